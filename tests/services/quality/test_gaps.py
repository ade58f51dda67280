"""The five gaps of November 2026 (handbook 10.3), worked out by hand. Now is Saturday 2026-11-21, 09:00 UTC."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest

from csm.cli.session import Session
from csm.domain.quality.figures import Group, Measured
from csm.domain.time.period import Period, read_month
from csm.services.quality.gaps import details, measure_gaps
from tests.approx import approx
from tests.desk import Desk

NOVEMBER = read_month("2026-11")
NOTHING = Measured(None, 0)


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Give a file in UTC with two customers, of alice in the East and of nobody in the West."""
    desk.ok("config", "set", "file.timezone", "UTC")
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice", "--region", "East")
    desk.ok("customer", "add", "River Gym", "--region", "West")
    desk.sql("UPDATE customer SET owner = NULL WHERE id = 2")
    return desk


@pytest.fixture
def work(shop: Desk) -> Iterator[Session]:
    session = Session([])
    session.path, session.as_of, session.user_given = str(shop.path), shop.now, shop.user
    yield session
    session.close()


def gaps(work: Session, *only: str, days: Period = NOVEMBER) -> Group:
    """Return the gaps of everybody."""
    return measure_gaps(work, days, None, only or None)[None]


def survey(desk: Desk, day: str, respondent: str = "customer", customer: int | None = 1, **scores: object) -> None:
    values = {"taken_on": day, "respondent": respondent, "customer_id": customer, **scores}
    places = ", ".join("?" * len(values))
    desk.sql(f"INSERT INTO survey ({', '.join(values)}) VALUES ({places})", *values.values())


# --- gaps 1, 2 and 5 ----------------------------------------------------------------------------------------------


def test_signs_and_weights_of_the_gaps_that_are_scored(shop: Desk, work: Session) -> None:
    shop.ok("config", "set", "standard.reliability", "7")
    survey(shop, "2026-11-02", reliability_e=7, reliability_p=5, tangibles_e=5, tangibles_p=6)
    survey(shop, "2026-11-03", customer=2, reliability_e=6, reliability_p=6)
    # Managers look at other dimensions too; nobody asked customers about assurance.
    survey(shop, "2026-11-04", "manager", None, reliability_e=6, tangibles_e=6, assurance_e=3)
    survey(shop, "2026-11-04", "manager", None, reliability_e=5)
    found = gaps(work)
    # Reliability: managers (6 + 5) / 2 = 5.5, customers (7 + 6) / 2 = 6.5; tangibles 6 and 5.
    # (32 x -1 + 11 x 1) / 43 = -21 / 43; two managers and two customers.
    assert found["gap_1"] == (approx(-21 / 43), 2)
    # The one standard: 7 - 5.5, on two managers.
    assert found["gap_2"] == (approx(1.5), 2)
    # Reliability (-2 + 0) / 2 = -1, tangibles +1: (32 x -1 + 11 x 1) / 43.
    assert found["gap_5"] == (approx(-21 / 43), 2)
    scale, rows = details(work, NOVEMBER)
    assert scale == 7
    assert rows[0] == ("tangibles", 5, 6, None, 6, 1, None, 1)
    assert rows[1] == ("reliability", 6.5, 5.5, 7, 5.5, -1, 1.5, -1)
    assert rows[3] == ("assurance", None, 3, None, None, None, None, None)


def test_what_is_missing_is_no_gap(shop: Desk, work: Session) -> None:
    hard = ("deadlines_met", "deliveries_met", "promises_kept")
    assert gaps(work) == dict.fromkeys((*("gap_1", "gap_2", "gap_3", "gap_4", "gap_5"), *hard), NOTHING)
    survey(shop, "2026-11-04", "manager", None, reliability_e=6)
    # Out of November, about a competitor, and without any expectation.
    survey(shop, "2026-10-31", "manager", None, reliability_e=1)
    survey(shop, "2026-12-01", "manager", None, reliability_e=1)
    survey(shop, "2026-11-05", "manager", None, reliability_e=1, subject="Acme")
    survey(shop, "2026-11-05", "manager", None, reliability_p=1)
    assert gaps(work, "gap_1", "gap_2") == {"gap_1": NOTHING, "gap_2": NOTHING}
    assert details(work, NOVEMBER)[1][1] == ("reliability", None, 6, None, None, None, None, None)


def test_a_standard_of_none_is_no_standard(shop: Desk, work: Session) -> None:
    survey(shop, "2026-11-04", "manager", None, reliability_e=6, empathy_e=4)
    shop.ok("config", "set", "standard.reliability", "5")
    shop.ok("config", "set", "standard.empathy", "none")
    assert gaps(work, "gap_2") == {"gap_2": Measured(-1, 1)}


def test_another_scale_has_no_standards(shop: Desk, work: Session) -> None:
    shop.ok("config", "set", "standard.reliability", "6")
    survey(shop, "2026-11-02", scale=5, reliability_e=5, reliability_p=3)
    survey(shop, "2026-11-04", "manager", None, scale=5, reliability_e=4)
    survey(shop, "2026-11-04", "manager", None, scale=7, reliability_e=7)
    found = gaps(work, "gap_1", "gap_2", "gap_5")
    # The manager on the scale of 7 isn't averaged with the customers' scale of 5.
    assert found == {"gap_1": Measured(-1, 1), "gap_2": NOTHING, "gap_5": Measured(-2, 1)}
    assert details(work, NOVEMBER)[1][1] == ("reliability", 5, 4, None, 3, -1, None, -2)


def test_managers_alone_are_on_the_scale_that_most_of_them_used(shop: Desk, work: Session) -> None:
    for scale, score in ((5, 4), (5, 5), (7, 7)):
        survey(shop, "2026-11-04", "manager", None, scale=scale, reliability_e=score)
    scale, rows = details(work, NOVEMBER)
    assert (scale, rows[1].managers) == (5, 4.5)


# --- gap 3 --------------------------------------------------------------------------------------------------------


def case(desk: Desk, at: str = "2026-11-10T02:00:00Z", customer: int = 1, **state: object) -> int:
    """Store a complaint received at an instant, with its state; return its id."""
    desk.sql("INSERT INTO complaint (customer_id, summary, received_at) VALUES (?, 'cold', ?)", customer, at)
    ((number,),) = desk.sql("SELECT max(id) FROM complaint")
    values = {
        "complaint_id": number,
        "level": "complaint",
        "severity": "general",
        "status": "open",
        "step": "record",
        "received_at": at,
        **state,
    }
    desk.sql(
        f"INSERT INTO complaint_state ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", *values.values()
    )
    return int(number)


def deadline(
    desk: Desk,
    case_id: int,
    standing: str,
    due: str,
    met: str | None = None,
    missed: int = 0,
    clock: str = "resolution",
) -> None:
    desk.sql(
        "INSERT INTO complaint_deadline (complaint_id, clock, round, start_at, target, due_at, due_on, met_at, missed,"
        " standing) VALUES (?1, ?2, (SELECT count(*) + 1 FROM complaint_deadline WHERE complaint_id = ?1),"
        " '2026-11-10T02:00:00Z', '1d', ?3, substr(?3, 1, 10), ?4, ?5, ?6)",
        *(case_id, clock, due, met, missed, standing),
    )


def test_deadlines_met_missed_and_running(shop: Desk, work: Session) -> None:
    one = case(shop)
    deadline(shop, one, "met", "2026-11-12T10:00:00Z", "2026-11-12T10:00:00Z")  # met to the second
    deadline(shop, one, "met", "2026-11-12T10:00:00Z", "2026-11-13T10:00:00Z", 1)  # answered late
    deadline(shop, one, "met", "2026-11-12T10:00:00Z", "2026-11-12T10:00:01Z")  # late, told by an import
    deadline(shop, one, "running", "2026-11-21T08:59:59Z")  # open and late by a second
    deadline(shop, one, "running", "2026-11-21T09:00:00Z")  # open, due this very second: not yet late
    deadline(shop, one, "running", "2026-11-30T09:00:00Z")  # open and in time
    deadline(shop, one, "paused", "2026-11-12T10:00:00Z")  # waits for the customer
    deadline(shop, one, "paused", "2026-11-12T10:00:00Z", missed=1)  # was late before it waited
    deadline(shop, one, "stopped", "2026-11-12T10:00:00Z")
    deadline(shop, one, "stopped", "2026-11-12T10:00:00Z", missed=1)  # stopped when it had been missed
    # 1 of 1 met + 5 missed.
    assert gaps(work, "deadlines_met", "gap_3") == {"gap_3": Measured(1 / 6, 6), "deadlines_met": Measured(1 / 6, 6)}


def test_which_cases_have_deadlines_that_count(shop: Desk, work: Session) -> None:
    due, met = "2026-12-01T10:00:00Z", "2026-11-30T10:00:00Z"
    live = case(shop, live=1)
    deadline(shop, live, "met", due, met, clock="first-response")  # answered as it came in: no feat
    deadline(shop, live, "met", due, met)
    deadline(shop, case(shop, level="grievance"), "met", due, met)
    deadline(shop, case(shop, "2026-10-31T23:59:59Z"), "met", due, met)
    deadline(shop, case(shop, "2026-11-01T00:00:00Z"), "met", due, met, 1)
    deadline(shop, case(shop, "2026-12-01T00:00:00Z"), "met", due, met)
    # The live one's resolution of the two that November has.
    assert gaps(work, "deadlines_met")["deadlines_met"] == Measured(1 / 2, 2)


def test_a_day_begins_where_the_house_is(shop: Desk) -> None:
    shop.ok("config", "set", "file.timezone", "Asia/Shanghai")
    deadline(shop, case(shop, "2026-10-31T16:00:00Z"), "met", "2026-11-12T10:00:00Z", "2026-11-11T10:00:00Z")
    deadline(shop, case(shop, "2026-10-31T15:59:59Z"), "met", "2026-11-12T10:00:00Z", "2026-11-13T10:00:00Z", 1)
    assert shop.json("quality", "gaps", "--month", "2026-11")["deadlines_met"] == 1


def deliver(
    desk: Desk, promised: str | None, came: str | None, customer: int = 1, cancelled: str | None = None
) -> None:
    desk.sql(
        "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, delivery_on, delivered_on, cancelled_on)"
        " VALUES (?, 'oven', 100, '2026-10-01', '2026-11-30', ?, ?, ?)",
        *(customer, promised, came, cancelled),
    )


def test_deliveries(shop: Desk, work: Session) -> None:
    deliver(shop, "2026-11-05", "2026-11-05")  # on the day
    deliver(shop, "2026-11-05", "2026-11-03")  # before it
    deliver(shop, "2026-11-05", "2026-11-06")  # late
    deliver(shop, "2026-11-20", None)  # open and late
    deliver(shop, "2026-11-21", None)  # due today
    deliver(shop, "2026-11-28", None)  # not due yet
    deliver(shop, None, "2026-11-05")  # no day was promised
    deliver(shop, "2026-11-05", None, cancelled="2026-11-04")
    deliver(shop, "2026-10-31", "2026-11-05")  # promised for October
    assert gaps(work, "deliveries_met")["deliveries_met"] == Measured(2 / 4, 4)
    deadline(shop, case(shop), "met", "2026-11-12T10:00:00Z", "2026-11-12T09:00:00Z")
    # One deadline and two deliveries of five.
    assert gaps(work, "gap_3") == {"gap_3": Measured(3 / 5, 5)}


# --- gap 4 --------------------------------------------------------------------------------------------------------


def serve(desk: Desk, day: str, *met: int, sale: int | None = 1) -> None:
    desk.sql(
        "INSERT INTO service (customer_id, sale_id, kind, phase, done_on) VALUES (1, ?, 'delivery', 'after', ?)",
        sale,
        day,
    )
    for place, one in enumerate(met):
        desk.sql(
            "INSERT INTO service_check (service_id, item, met) SELECT max(id), ?, ? FROM service", f"item{place}", one
        )


def ask(desk: Desk, day: str, satisfaction: int | None, sale: int = 1) -> None:
    desk.sql(
        "INSERT INTO callback (customer_id, sale_id, status, due_on, planned_on, done_at, done_on, satisfaction)"
        " VALUES (1, ?1, 'done', ?2, ?2, ?2 || 'T02:00:00Z', ?2, ?3)",
        *(sale, day, satisfaction),
    )


def test_cases_within_the_standard_that_felt_bad(shop: Desk, work: Session) -> None:
    case(shop, status="closed", satisfaction=2)
    case(shop, status="closed", satisfaction=1, missed=1)  # late: no wonder
    case(shop, status="closed", satisfaction=3)
    case(shop, status="closed", satisfaction=5)
    case(shop, status="closed")  # nobody asked
    case(shop, status="unresolved", satisfaction=1)
    case(shop, status="closed", satisfaction=1, level="grievance")
    case(shop, "2026-10-30T02:00:00Z", status="closed", satisfaction=1)
    # The first of the three that are closed, in time and rated.
    assert gaps(work, "gap_4") == {"gap_4": Measured(1 / 3, 3)}


def test_who_was_not_content_at_first_counts_as_that(desk: Desk) -> None:
    def at(day: str, *words: str) -> None:
        desk.ok("--as-of", f"2026-11-{day}", *words)

    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0199")
    for day, case_id, callback in (("03", "1", "1"), ("04", "2", "3")):
        at(f"{day} 10:00", "complaint", "open", "1", "the lid is cracked", "--live", "--settled", "a new lid")
        at(f"{day} 11:00", "callback", "done", callback, "it cracked again", "-s", "2")
        if case_id == "1":
            at(
                f"{day} 12:00",
                "complaint",
                "settle",
                "1",
                "--did",
                "a lid of steel",
                "--failure",
                "outcome",
                "--cause",
                "service",
            )
            at(f"{day} 13:00", "callback", "done", "2", "this one holds", "-s", "4", "--summary", "a lid of steel")
    assert desk.sql("SELECT status, satisfaction FROM complaint_state") == [("closed", 4), ("open", None)]
    # Both were answered in time and rated 2; that one of them was mended afterwards doesn't take it back.
    read = desk.json("--as-of", "2026-11-05 10:00", "quality", "gaps")
    assert (read["gap_4"], read["counted"]["gap_4"]) == (1, 2)


def test_services_within_the_standard_that_felt_bad(shop: Desk, work: Session) -> None:
    for _ in range(3):
        deliver(shop, None, None)
    serve(shop, "2026-11-05", 1, 1)
    ask(shop, "2026-11-05", 5)  # on the day itself
    ask(shop, "2026-11-09", 2)  # the latest counts
    ask(shop, "2026-11-10", None)
    assert gaps(work, "gap_4") == {"gap_4": Measured(1, 1)}
    serve(shop, "2026-11-06", 1, 0, sale=2)  # an item wasn't met
    ask(shop, "2026-11-08", 1, sale=2)
    serve(shop, "2026-11-06", sale=2)  # nothing was ticked
    serve(shop, "2026-11-12", 1, sale=3)
    ask(shop, "2026-11-11", 1, sale=3)  # before it
    serve(shop, "2026-11-12", 1, sale=None)
    assert gaps(work, "gap_4") == {"gap_4": Measured(1, 1)}
    ask(shop, "2026-11-13", 4, sale=3)
    case(shop, status="closed", satisfaction=4)
    # One bad of two services and a case.
    assert gaps(work, "gap_4") == {"gap_4": Measured(1 / 3, 3)}


def test_promises_stand_beside(shop: Desk, work: Session) -> None:
    for status, due in (("kept", "2026-11-05"), ("late", "2026-11-05"), ("open", "2026-11-20"), ("open", "2026-11-28")):
        shop.sql(
            "INSERT INTO promise (customer_id, text, due_at, due_on, status) VALUES (1, 'key', ?1 || 'T10:00:00Z', ?1, ?2)",
            *(due, status),
        )
    # Kept of kept, kept late, open and past due; the last isn't due.
    assert gaps(work, "promises_kept") == {"promises_kept": Measured(1 / 3, 3)}


# --- by what the cards say ----------------------------------------------------------------------------------------


def by(work: Session, kind: str, only: Collection[str]) -> dict[str | None, Group]:
    return measure_gaps(work, NOVEMBER, kind, only)


def test_groups_of_customers(shop: Desk, work: Session) -> None:
    survey(shop, "2026-11-02", reliability_e=7, reliability_p=5)
    survey(shop, "2026-11-02", customer=2, reliability_e=5, reliability_p=5)
    survey(shop, "2026-11-04", "manager", 1, reliability_e=6)
    survey(shop, "2026-11-04", "manager", None, reliability_e=1)  # of nobody's customers
    deliver(shop, "2026-11-05", "2026-11-05", customer=2)
    deadline(shop, case(shop), "met", "2026-11-12T10:00:00Z", None, 1)
    case(shop, status="closed", satisfaction=1)
    found = by(work, "owner", ("gap_1", "gap_3", "gap_4", "gap_5"))
    assert found == {
        "alice": {"gap_1": Measured(-1, 1), "gap_3": Measured(0, 1), "gap_4": Measured(1, 1), "gap_5": Measured(-2, 1)},
        None: {"gap_1": NOTHING, "gap_3": Measured(1, 1), "gap_4": NOTHING, "gap_5": Measured(0, 1)},
    }
    assert set(by(work, "region", ("gap_3",))) == {"East", "West"}
    assert set(by(work, "grade", ("gap_3",))) == {None}
    # Nothing of the West was rated, so it is left out.
    assert set(by(work, "region", ("gap_4",))) == {"East"}
