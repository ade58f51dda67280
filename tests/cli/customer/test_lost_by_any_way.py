"""A customer is lost, found again or left in peace the same way, whoever writes it (handbook 4, 9.4)."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, filled_once
from tests.terminal import screen_of

ROOT = Path(__file__).parents[3]
HOW = "warning: nobody said how and why Golden Dragon was lost; csm customer lost 1 --kind KIND --cause CAUSE"


@pytest.fixture
@filled_once
def house(desk: Desk) -> Desk:
    """Return a desk with a customer who has a callback by cadence, a visit by frequency and one of their own."""
    desk.ok("customer", "add", "Golden Dragon", "--relationship", "proactive", "--visit-every", "2w")
    desk.ok("customer", "add", "Jade Garden")
    desk.ok("callback", "plan")
    desk.ok("callback", "add", "1", "--on", "2027-03-01", "--purpose", "offer")
    assert desk.sql("SELECT origin FROM callback ORDER BY origin") == [("cadence",), ("manual",), ("visit",)]
    return desk


def load(house: Desk, kind: str, text: str, *more: str) -> tuple[int, list[str]]:
    path = house.folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    result = house("import", kind, path, *more)
    return result.code, result.err.splitlines()


def followed(house: Desk) -> None:
    """See that what is planned by rule is cancelled, the rest is open, and there is one loss, of today."""
    assert house.sql("SELECT origin, status, reason FROM callback ORDER BY origin") == [
        ("cadence", "cancelled", "lost"),
        ("manual", "open", None),
        ("visit", "cancelled", "lost"),
    ]
    assert house.sql("SELECT customer_id, lost_on, won_back_on FROM loss") == [(1, "2026-11-21", None)]
    assert house.sql("SELECT status FROM customer WHERE id = 1") == [("lost",)]


def by_edit(house: Desk) -> None:
    result = house("customer", "edit", "1", "--status", "lost")
    assert result.err.splitlines() == ["changed customer 1: Golden Dragon; 2 open callbacks cancelled", HOW]


def by_verb(house: Desk) -> None:
    assert house.message("customer", "lost", "1", "--kind", "natural") == (
        "lost Golden Dragon on 2026-11-21 (Saturday): natural; 2 planned callbacks cancelled; 1 open callback stays"
    )


def by_customers(house: Desk) -> None:
    code, lines = load(house, "customers", "name,status\nGolden Dragon,lost\n", "--update")
    assert (code, lines) == (
        0,
        [
            "imported: 1 read, 0 inserted, 1 updated, 0 unchanged, 0 rejected; 2 planned callbacks cancelled",
            HOW,
        ],
    )


def by_losses(house: Desk) -> None:
    code, lines = load(house, "losses", "customer,lost_on\nGolden Dragon,2026-11-21\n")
    assert (code, lines) == (
        0,
        [
            "imported: 1 read, 1 inserted, 0 updated, 0 unchanged, 0 rejected; 2 planned callbacks cancelled",
            HOW,
        ],
    )


def by_another_program(house: Desk) -> None:
    house.sql("UPDATE customer SET status = 'lost' WHERE id = 1")
    # its clock is the machine's, so the day is the machine's too
    house.sql("UPDATE loss SET lost_on = '2026-11-21'")


@pytest.mark.parametrize("lose", [by_edit, by_verb, by_customers, by_losses, by_another_program])
def test_all_ways_do_the_same(house: Desk, lose: object) -> None:
    assert callable(lose)
    lose(house)
    followed(house)
    # planning plans nothing with them
    house.ok("callback", "plan")
    assert house.sql("SELECT count(*) FROM callback WHERE status = 'open'") == [(1,)]


@pytest.mark.parametrize("lose", [by_edit, by_customers, by_losses, by_another_program])
def test_how_and_why_is_filled_in_and_makes_no_second_loss(house: Desk, lose: object) -> None:
    assert callable(lose)
    lose(house)
    house.now = "2026-11-25 09:00"
    assert house.message("customer", "lost", "1", "cheaper opposite", "--kind", "competitor") == (
        "lost Golden Dragon on 2026-11-21 (Saturday): competitor; 1 open callback stays"
    )
    # the cause of the same kind can come later still; another kind contradicts
    assert house("customer", "lost", "1", "--kind", "natural", "--cause", "price").code == 4
    house.ok("customer", "lost", "1", "--kind", "competitor", "--cause", "price")
    assert house("customer", "lost", "1", "--kind", "competitor", "--cause", "product").code == 4
    assert house.sql("SELECT lost_on, kind, cause, text FROM loss") == [
        ("2026-11-21", "competitor", "price", "cheaper opposite")
    ]


def test_a_file_of_losses_says_how_and_when_a_card_was_lost(house: Desk) -> None:
    by_edit(house)
    text = "customer,lost_on,kind,cause\nGolden Dragon,2026-10-01,competitor,price\n"
    assert load(house, "losses", text)[1] == ["imported: 1 read, 0 inserted, 1 updated, 0 unchanged, 0 rejected"]
    assert load(house, "losses", text)[1] == ["imported: 1 read, 0 inserted, 0 updated, 1 unchanged, 0 rejected"]
    assert house.sql("SELECT lost_on, kind, cause FROM loss") == [("2026-10-01", "competitor", "price")]
    # a loss that was said already isn't another one's
    other = "customer,lost_on,kind,won_back_on\nGolden Dragon,2025-01-01,natural,2025-03-01\n"
    assert load(house, "losses", other)[1] == ["imported: 1 read, 1 inserted, 0 updated, 0 unchanged, 0 rejected"]


def test_new_cards_that_are_lost_have_a_loss_and_are_asked_for_together(house: Desk) -> None:
    code, lines = load(house, "customers", "name,status\nLotus,lost\nBamboo,流失\nWillow,active\n")
    assert (code, lines[-1]) == (
        0,
        "warning: nobody said how and why 2 customers were lost; the first: "
        "csm customer lost 3 --kind KIND --cause CAUSE",
    )
    assert house.sql("SELECT customer_id, lost_on, kind, by FROM loss") == [
        (3, "2026-11-21", None, "alice"),
        (4, "2026-11-21", None, "alice"),
    ]
    told = house("customer", "add", "Pine", "--status", "lost")
    assert told.err.splitlines()[-1] == HOW.replace("Golden Dragon", "Pine").replace("lost 1", "lost 6")
    assert house.sql("SELECT count(*) FROM loss WHERE customer_id = 6") == [(1,)]
    assert house("customer", "add", "Elm", "--status", "lost", lang="zh").err.splitlines()[-1] == (
        "警告：Elm流失的方式和原因还没有记录；csm customer lost 7 --kind 方式 --cause 原因"
    )


def test_a_terminal_asks_how_and_why(house: Desk) -> None:
    ours, theirs = pty.openpty()
    environment = {"PYTHONPATH": str(ROOT), "CSM_DB": str(house.path), "CSM_NOW": "2026-11-21 09:00", "TERM": "dumb"}
    process = subprocess.Popen(
        [sys.executable, "-m", "csm", "customer", "edit", "1", "--status", "lost"],
        cwd=house.folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, b"competitor\nprice\n")
    screen = screen_of(ours)
    assert process.wait() == 0
    assert b"how Golden Dragon was lost, or nothing (natural, need-changed, competitor, our-fault" in screen
    assert b"why Golden Dragon was lost, or nothing (" in screen and b"warning" not in screen
    assert house.sql("SELECT kind, cause FROM loss") == [("competitor", "price")]


# --- back ---------------------------------------------------------------------------------------------------------


def test_who_isn_t_lost_any_more_has_no_open_loss_by_any_way(house: Desk) -> None:
    house.ok("customer", "lost", "1", "--kind", "natural")
    house.now = "2026-11-25 09:00"
    house.ok("customer", "edit", "1", "--status", "active")
    assert house.sql("SELECT lost_on, kind, won_back_on, won_back_by FROM loss") == [
        ("2026-11-21", "natural", "2026-11-25", "alice")
    ]
    house.ok("customer", "lost", "1", "--kind", "competitor")
    house.now = "2026-11-30 09:00"
    load(house, "customers", "name,status\nGolden Dragon,won-back\n", "--update")
    assert house.sql("SELECT kind, won_back_on FROM loss ORDER BY id") == [
        ("natural", "2026-11-25"),
        ("competitor", "2026-11-30"),
    ]
    house.ok("customer", "lost", "1", "--kind", "our-fault")
    house.sql("UPDATE customer SET status = 'active' WHERE id = 1")
    assert house.sql("SELECT count(*) FROM loss WHERE won_back_on IS NULL") == [(0,)]
    assert house("customer", "won-back", "1").code == 4


def test_a_slip_of_the_same_day_leaves_no_loss(house: Desk) -> None:
    house.ok("customer", "edit", "2", "--status", "lost")
    house.ok("customer", "edit", "2", "--status", "active")
    assert house.sql("SELECT * FROM loss") == []


# --- left in peace ------------------------------------------------------------------------------------------------


def test_who_wants_no_calls_has_nothing_planned_by_any_way(house: Desk) -> None:
    before = house.path.read_bytes()
    for way in (
        lambda: house.ok("customer", "edit", "1", "--do-not-contact", "yes"),
        lambda: load(house, "customers", "name,do_not_contact\nGolden Dragon,yes\n", "--update"),
        lambda: house.sql("UPDATE customer SET do_not_contact = 1 WHERE id = 1"),
    ):
        house.restore(before)
        way()
        assert house.sql("SELECT DISTINCT status, reason FROM callback") == [("cancelled", "do-not-contact")]
