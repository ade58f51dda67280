"""Visits by the frequency on the card (handbook 3), worked out on a calendar; 2026-11-21 is a Saturday."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk, filled_once


def planned(desk: Desk) -> list[tuple[str, str]]:
    return [(row["customer"], row["due_on"]) for row in desk.json("callback", "list", "--origin", "visit")]


@pytest.fixture
@filled_once
def route(desk: Desk) -> Desk:
    """Return the desk of a route: Third, First and Second in this order, and somebody elsewhere; made on the 21st."""
    for name, place, every in (("Third", "3", "2w"), ("First", "1", "16d"), ("Second", "2", "30d")):
        desk.ok("customer", "add", name, "--route", "East", "--route-order", place, "--visit-every", every)
    desk.ok("customer", "add", "Elsewhere", "--visit-every", "1w")
    return desk


def test_visits_are_planned_along_the_route_on_one_day_as_far_as_possible(route: Desk) -> None:
    """From the making of the cards on 21 November.

    Third: 2w is 5 December, until the 8th. First: 16 days is the 7th, until the 11th. Both on the 7th. Second: 30 days
    is 21 December. Elsewhere: a week is the 28th.
    """
    dry = route.json("callback", "plan", "--dry-run")
    expected = [
        ("Elsewhere", "2026-11-28"),
        ("First", "2026-12-07"),
        ("Third", "2026-12-07"),
        ("Second", "2026-12-21"),
    ]
    assert [(row["customer"], row["due_on"]) for row in dry] == expected
    assert planned(route) == []
    assert route.message("callback", "plan") == (
        "planned 4 callbacks, from 2026-11-28 (Saturday) to 2026-12-21 (Monday)"
    )
    assert planned(route) == expected
    assert route.message("callback", "plan") == "planned 0 callbacks"
    [row] = route.json("callback", "list", "--customer", "First", "--columns", "channel,purpose,origin,planned_on")
    assert row == {"channel": "visit", "purpose": "usage", "origin": "visit", "planned_on": "2026-12-07"}


def test_so_many_a_day(route: Desk) -> None:
    """One a day for each owner: the second of the route on the 7th goes to the 8th."""
    route.ok("callback", "plan", "--per-day", "1")
    assert planned(route) == [
        ("Elsewhere", "2026-11-28"),
        ("First", "2026-12-07"),
        ("Third", "2026-12-08"),
        ("Second", "2026-12-21"),
    ]
    assert route("callback", "plan", "--per-day", "0").code == 2


def test_until_a_day(route: Desk) -> None:
    assert route.message("callback", "plan", "--until", "2026-12-07").startswith("planned 3 callbacks")


def test_whom_nobody_visits_is_left_out(desk: Desk) -> None:
    desk.ok("customer", "add", "A", "--visit-every", "1w", "--do-not-contact", "yes")
    desk.ok("customer", "add", "B", "--visit-every", "1w", "--status", "lost")
    desk.ok("customer", "add", "C", "--visit-every", "1w")
    desk.ok("customer", "archive", "3")
    desk.ok("customer", "add", "D")
    assert desk.message("callback", "plan") == "planned 0 callbacks"


def test_it_counts_from_the_last_visit_whoever_noted_it(desk: Desk) -> None:
    """A call isn't a visit: 10 November is, so 2w is the 24th. A service of kind visit on the 12th makes it the 26th."""
    desk.ok("customer", "add", "A", "--visit-every", "2w")
    desk.ok("callback", "log", "1", "--channel", "visit", "--at", "2026-11-10 10:00")
    desk.ok("callback", "log", "1", "--channel", "phone", "--at", "2026-11-20 10:00")
    assert planned(desk) == [("A", "2026-11-24")]
    desk.ok("service", "add", "1", "visit", "--on", "2026-11-12")
    assert planned(desk) == [("A", "2026-11-26")]
    # and one noted since moves what is planned: 14 days from the 21st
    desk.ok("service", "add", "1", "visit", "--on", "2026-11-21")
    assert planned(desk) == [("A", "2026-12-05")]


def test_visits_in_a_file_of_services_count_too(desk: Desk, tmp_path: Path) -> None:
    """Planned for 5 December, two weeks after the card was made; a visit on the 18th puts it on the 2nd."""
    desk.ok("customer", "add", "A", "--visit-every", "2w")
    desk.ok("callback", "plan")
    assert planned(desk) == [("A", "2026-12-05")]
    sheet = tmp_path / "services.csv"
    sheet.write_text("customer,kind,done_on\nA,visit,2026-11-18\n")
    desk.ok("import", "services", sheet)
    assert planned(desk) == [("A", "2026-12-02")]


def test_a_visit_done_plans_the_next_beside_others_of_its_route(route: Desk) -> None:
    """First is visited on the 7th, 16 days on is the 23rd. Second is 30 days, planned on the 21st before that.

    Third is visited on the 7th too: 2w is 21 December, on which the route is visited anyway.
    """
    route.ok("callback", "plan")
    route.now = "2026-12-07 15:00"
    assert route.message("callback", "done", "First", "fine").endswith("next: cb5 on 2026-12-23 (Wednesday)")
    assert route.message("done", "cb3").endswith("next: cb6 on 2026-12-21 (Monday)")
    assert planned(route) == [
        ("Elsewhere", "2026-11-28"),
        ("Second", "2026-12-21"),
        ("Third", "2026-12-21"),
        ("First", "2026-12-23"),
    ]


def test_a_visit_waits_for_its_route(desk: Desk) -> None:
    """A is planned for 7 December. B, visited on the 21st, is wanted on the 5th and may wait until the 8th: the 7th."""
    desk.ok("customer", "add", "A", "--route", "East", "--visit-every", "16d")
    desk.ok("customer", "add", "B", "--route", "East", "--visit-every", "2w")
    desk.ok("callback", "plan", "--until", "2026-11-22")
    desk.sql(
        "INSERT INTO callback (customer_id, channel, purpose, origin, due_on, planned_on)"
        " VALUES (1, 'visit', 'usage', 'visit', '2026-12-07', '2026-12-07')"
    )
    assert desk.message("callback", "log", "B", "looked in", "--channel", "visit").endswith(
        "next: cb3 on 2026-12-07 (Monday)"
    )


def test_a_visit_of_the_route_leaves_no_room_for_another(route: Desk) -> None:
    route.ok("callback", "plan", "--route", "East", "--on", "2026-11-30")
    assert [row["customer"] for row in route.json("callback", "plan", "--dry-run")] == ["Elsewhere"]
    route.now = "2026-11-30 10:00"
    # done, it plans the next by the frequency: 16 days on
    assert route.message("callback", "done", "First").endswith("on 2026-12-16 (Wednesday)")


def test_another_frequency_moves_it_by_command_and_by_file(route: Desk, tmp_path: Path) -> None:
    """Elsewhere, made on the 21st: a week is the 28th, three weeks the 12th, a month the 21st."""
    route.ok("callback", "plan", "--until", "2026-11-30")
    told = route("customer", "edit", "Elsewhere", "--visit-every", "3w")
    assert told.err.splitlines() == [
        "changed customer 4: Elsewhere",
        "the next visit, cb1, is on 2026-12-12 (Saturday)",
    ]
    sheet = tmp_path / "cards.csv"
    sheet.write_text("id,name,visit_every\n4,Elsewhere,1m\n")
    route.ok("import", "customers", sheet, "--update")
    assert planned(route) == [("Elsewhere", "2026-12-21")]
    route.ok("customer", "edit", "Elsewhere", "--clear", "visit_every")
    assert planned(route) == []
    assert route.json("callback", "list", "--all", "--customer", "4")[0]["status"] == "cancelled"


@pytest.mark.parametrize(
    "way", [("lost", "4", "--kind", "competitor", "--cause", "price"), ("edit", "4", "--status", "lost")]
)
def test_a_lost_customer_is_not_visited(route: Desk, way: tuple[str, ...]) -> None:
    route.ok("callback", "plan", "--until", "2026-11-30")
    route.ok("customer", *way)
    assert planned(route) == []


def test_visits_are_a_kind_of_their_own_in_what_is_due(route: Desk) -> None:
    route.ok("callback", "plan")
    route.ok("callback", "add", "First", "--on", "2026-12-07")
    route.now = "2026-12-07 08:00"
    found = [(row["kind"], row["ref"], row["customer"]) for row in route.json("due")]
    assert found == [
        ("visit", "cb1", "Elsewhere"),
        ("callback", "cb5", "First"),
        ("visit", "cb2", "First"),
        ("visit", "cb3", "Third"),
    ]
    assert [row["ref"] for row in route.json("due", "--kind", "visit")] == ["cb1", "cb2", "cb3"]
    assert [row["ref"] for row in route.json("due", "--kind", "callback")] == ["cb5"]
    assert [row["ref"] for row in route.json("due", "--kind", "拜访")] == ["cb1", "cb2", "cb3"]
    assert [row["customer"] for row in route.json("today")["route"]] == ["First", "Third"]
    assert [row["ref"] for row in route.json("due", "--owner", "alice", "--kind", "visit")] == ["cb1", "cb2", "cb3"]


def test_another_programs_frequency_that_nobody_can_read_plans_nothing(desk: Desk) -> None:
    desk.ok("customer", "add", "A")
    desk.sql("UPDATE customer SET visit_every = 'now and then'")
    assert desk.message("callback", "plan") == "planned 0 callbacks"
    desk.ok("callback", "log", "1", "--channel", "visit")
