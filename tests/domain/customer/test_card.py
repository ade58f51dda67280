"""Completeness and doubles, by hand from handbook 3; the view computes the same share as the rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csm.domain.customer.card import (
    Card,
    Identity,
    PaymentState,
    Step,
    completeness,
    likeness,
    missing,
    name_key,
    next_steps,
)
from csm.domain.time.instant import Zone
from tests.desk import Desk

FULL = {
    "name": "x", "phone": "1", "email": "e", "industry": "i", "region": "r", "size": "small", "source": "s", "owner": "o",
    "grade": "A", "relationship": "basic", "channel": "phone", "contacts": [1],
}  # fmt: skip


def test_a_name_alone_is_a_twelfth() -> None:
    assert completeness({"name": "x"}) == 8
    assert missing({"name": "x"})[:3] == ["phone", "email", "industry"]


def test_one_of_a_group_is_enough() -> None:
    assert completeness(FULL) == 100
    assert completeness({**FULL, "email": None, "address": "Main St 1"}) == 100
    assert completeness({**FULL, "channel": None, "best_time": "mornings"}) == 100
    assert missing({**FULL, "channel": None}) == ["best_time"]


@pytest.mark.parametrize(
    ("new", "known", "expected"),
    [
        (Identity("A1", None, "x"), Identity("A1", "1", "y"), "same"),
        (Identity(None, "138", "x"), Identity(None, "138", "y"), "same"),
        (Identity(None, None, "x"), Identity(None, "138", "x"), "same"),
        (Identity(None, "138", "x"), Identity(None, None, "x"), "same"),
        (Identity(None, None, "x"), Identity(None, None, "x"), "same"),
        (Identity(None, "138", "x"), Identity(None, "139", "x"), "namesake"),
        (Identity("A1", "138", "x"), Identity("A2", "139", "y"), "none"),
        (Identity(None, None, "x"), Identity(None, None, "y"), "none"),
    ],
)
def test_who_is_the_same_customer(new: Identity, known: Identity, expected: str) -> None:
    assert likeness(new, known) == expected


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  Golden   DRAGON ", "golden dragon"),
        ("Ｇｏｌｄ店", "gold店"),
        ("Straße", "strasse"),
        ("金龙　餐厅", "金龙 餐厅"),
    ],
)
def test_names_are_compared_without_width_case_and_spaces(typed: str, key: str) -> None:
    assert name_key(typed) == key


def test_the_view_agrees_with_the_rule(desk: Desk) -> None:
    desk.ok("customer", "add", "Bare", "--owner", "o")
    desk.ok(
        "customer", "add", "Full", "--phone", "010-5550 0001", "--email", "a@example.com", "--industry", "i", "--region", "r",
        "--size", "small", "--source", "s", "--owner", "o", "--grade", "A", "--relationship", "basic", "--channel", "phone",
        "--contact", "Li Na",
    )  # fmt: skip
    shares = dict(desk.sql("SELECT name, completeness FROM customer_list"))
    assert shares == {"Bare": completeness({"name": "Bare", "owner": "o"}), "Full": 100}
    assert shares["Bare"] == 16


# --- what to do next; it is 15:30 of Saturday, 2026-11-21, in Shanghai, eight hours before UTC ------------------

TODAY = date(2026, 11, 21)
ZONE = Zone("Asia/Shanghai")


def card(customer: dict[str, Any] | None = None, **parts: Any) -> Card:
    who = {"archived_on": None, "do_not_contact": 0, **(customer or {})}
    given: dict[str, Any] = {"planned": [], "complaints": [], "promises": [], "notes": [], "lacking": [], **parts}
    return Card(
        customer=who,
        fields={},
        contacts=[],
        past=[],
        deputy=None,
        cadence_days=None,
        now="2026-11-21T07:30:00Z",
        **given,
    )


def case(number: int, due: str | None = None, overdue: int = 0, status: str = "open") -> dict[str, Any]:
    return {"id": number, "status": status, "overdue": overdue, "next_due_at": due, "summary": f"case {number}"}


def promise(number: int, due: str, direction: str = "ours", status: str = "open") -> dict[str, Any]:
    return {"id": number, "due_at": due, "direction": direction, "status": status, "text": f"promise {number}"}


def call(number: int, due: str) -> dict[str, Any]:
    return {"id": number, "due_on": due, "due_at": None, "note": None}


def reminder(number: int, day: str | None, settled: str | None = None) -> dict[str, Any]:
    return {"id": number, "remind_on": day, "remind_at": None, "settled_on": settled, "text": f"note {number}"}


def steps(found: Card) -> list[tuple[str, str]]:
    return [(step.what, step.ref) for step in next_steps(found, TODAY, ZONE)]


def test_what_is_late_comes_first_then_what_is_due_today() -> None:
    found = card(
        {"do_not_contact": 1},
        complaints=[
            case(1, "2026-11-20T08:00:00Z", overdue=1), case(2, "2026-11-21T08:00:00Z"), case(3, "2026-11-24T08:00:00Z"),
            case(4, status="waiting"), case(5),
        ],
        promises=[promise(1, "2026-11-20T01:00:00Z"), promise(2, "2026-11-21T10:00:00Z")],
        planned=[call(1, "2026-11-19"), call(2, "2026-11-21"), call(3, "2026-12-01")],
        notes=[reminder(1, "2026-11-21"), reminder(2, "2026-11-20"), reminder(3, "2026-11-20", "2026-11-20"), reminder(4, None)],
        lacking=["size"],
    )  # fmt: skip
    assert steps(found) == [
        ("do-not-contact", ""),
        ("case-late", "cp1"), ("promise-late", "pr1"), ("call-late", "cb1"), ("remind-late", "nt2"),
        ("case-next", "cp2"), ("promise-today", "pr2"), ("call-today", "cb2"), ("remind-today", "nt1"),
        ("case-next", "cp3"), ("case-waiting", "cp4"), ("case-next", "cp5"), ("complete", ""),
    ]  # fmt: skip


def test_a_case_that_is_not_due_comes_before_the_next_callback() -> None:
    found = card(complaints=[case(1, "2026-11-24T08:00:00Z")], planned=[call(1, "2026-11-23"), call(2, "2026-11-30")])
    assert steps(found) == [("case-next", "cp1"), ("call-next", "cb1")]


def test_a_day_is_the_local_one() -> None:
    # 17:30 UTC is half past one of the next day in Shanghai
    found = card(complaints=[case(1, "2026-11-21T17:30:00Z")], promises=[promise(1, "2026-11-20T17:30:00Z")])
    assert next_steps(found, TODAY, ZONE) == [
        Step("promise-late", date(2026, 11, 21), "pr1", "promise 1"),
        Step("case-next", date(2026, 11, 22), "cp1", "case 1"),
        Step("plan"),
    ]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (promise(1, "2026-11-21T07:29:59Z"), "promise-late"),
        (promise(1, "2026-11-21T07:30:00Z"), "promise-today"),  # at the second it is due it is on time
        (promise(1, "2026-11-21T15:59:59Z"), "promise-today"),
        (promise(1, "2026-11-21T16:00:00Z"), None),
        (promise(1, "2026-11-21T07:29:59Z", "theirs"), "promise-theirs-late"),
        (promise(1, "2026-11-21T10:00:00Z", "theirs"), None),
        (promise(1, "2026-11-20T10:00:00Z", status="broken"), None),
    ],
)
def test_when_a_promise_is_to_be_kept(made: dict[str, Any], expected: str | None) -> None:
    found = card(promises=[made])
    assert steps(found) == [*([(expected, "pr1")] if expected else []), ("plan", "")]


@pytest.mark.parametrize("status", ["closed", "unfounded", "unresolved", "withdrawn"])
def test_a_case_that_has_ended_is_no_step(status: str) -> None:
    assert steps(card(complaints=[case(1, status=status)])) == [("plan", "")]


def test_what_was_late_when_the_wait_began_stays_late() -> None:
    assert steps(card(complaints=[case(1, "2026-11-20T08:00:00Z", 1, "waiting")]))[0] == ("case-late", "cp1")


def test_cases_and_promises_outlive_the_card() -> None:
    found = card(
        {"archived_on": "2026-11-20"}, planned=[call(1, "2026-11-19")], notes=[reminder(1, "2026-11-19")],
        lacking=["size"], complaints=[case(1, "2026-11-24T08:00:00Z")], promises=[promise(1, "2026-11-20T01:00:00Z")],
    )  # fmt: skip
    assert steps(found) == [("archived", ""), ("promise-late", "pr1"), ("case-next", "cp1")]


# --- trade -----------------------------------------------------------------------------------------------------


def goods(number: int, day: str) -> dict[str, Any]:
    return {"id": number, "delivery_on": day, "product": f"goods {number}"}


def owing(late: int) -> PaymentState:
    oldest = {"id": 9, "due_on": "2026-11-20" if late else "2026-11-21", "product": "oven"}
    return PaymentState([("0-30", 100)], late, 100 if late else 0, oldest, [])


def test_messages_come_first_and_trade_between_promises_and_calls() -> None:
    found = card(
        {"contract_end_on": "2026-12-21"},
        messages=[{"id": 3, "done_on": "2026-11-19", "message": "move the oven"}],
        promises=[promise(1, "2026-11-20T01:00:00Z")],
        undelivered=[goods(1, "2026-11-20"), goods(2, "2026-11-21")],
        owed=owing(2),
        planned=[call(1, "2026-11-19"), call(2, "2026-11-21")],
        contract_lead=30,
    )
    assert steps(found) == [
        ("message", "sv3"),
        ("promise-late", "pr1"), ("deliver-late", "sa1"), ("payment-late", "sa9"), ("call-late", "cb1"),
        ("deliver-today", "sa2"), ("call-today", "cb2"),
        ("contract", ""),
    ]  # fmt: skip


def test_a_bill_that_is_due_today_is_not_late() -> None:
    assert steps(card(owed=owing(0))) == [("plan", "")]


@pytest.mark.parametrize(
    ("end", "named"), [("2026-11-20", False), ("2026-11-21", True), ("2026-12-21", True), ("2026-12-22", False)]
)
def test_a_contract_is_named_from_its_lead_to_its_day(end: str, named: bool) -> None:
    found = card({"contract_end_on": end}, contract_lead=30)
    assert (("contract", "") in steps(found)) is named


def test_deliveries_payments_and_messages_outlive_the_card() -> None:
    found = card(
        {"archived_on": "2026-11-20", "contract_end_on": "2026-11-25"},
        messages=[{"id": 3, "done_on": "2026-11-19", "message": "move the oven"}],
        undelivered=[goods(1, "2026-11-20")],
        owed=owing(1),
        contract_lead=30,
    )
    assert steps(found) == [("message", "sv3"), ("archived", ""), ("deliver-late", "sa1"), ("payment-late", "sa9")]
