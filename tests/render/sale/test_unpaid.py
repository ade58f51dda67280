"""What is unpaid on a screen with little room: whom to call and whose signature is missing are seen there too."""

from __future__ import annotations

from csm.domain.kinds import names
from csm.domain.sale.record import UNPAID
from csm.render.listing import Listing
from csm.render.sale.unpaid import narrowed, shaped

BILL = {
    "id": 7, "bill": "F-1", "customer": "Golden\x1bDragon", "balance": 120050, "due_on": "2026-11-15", "days_late": 9,
    "contact": "Wang Gang", "phone": "139 0000 0200", "waits_for": "finance-manager", "since": "2026-11-13",
    "promised_on": "2026-11-27", "kind": "bill", "asked": None,
}  # fmt: skip


def listed(*bills: dict[str, object]) -> Listing:
    return Listing(UNPAID, [[bill.get(name) for name in names(UNPAID)] for bill in bills])


def test_what_belongs_together_shares_a_cell() -> None:
    narrow = narrowed(listed(BILL), 80)
    assert names(tuple(narrow.fields)) == ["id", "customer", "phone", "balance", "days_late", "waits_for"]
    assert list(narrow.rows) == [
        (
            7, "Golden␛Dragon\nWang Gang", "139 0000 0200", 120050, "9 days late\n2026-11-15",
            "finance manager\nsince 2026-11-13\npromised by 2026-11-27", True,
        )
    ]  # fmt: skip


def test_a_private_customer_is_named_once_and_nobody_has_to_sign() -> None:
    alone = {**BILL, "customer": "Li Na", "contact": "Li Na", "waits_for": None, "promised_on": None, "days_late": -3}
    (row,) = narrowed(listed(alone), 149).rows
    assert (row[1], row[4], row[5], row[6]) == ("Li Na", "in 3 days\n2026-11-15", "", False)


def test_where_there_is_room_the_list_stays_as_it_is() -> None:
    everything = listed(BILL)
    assert narrowed(everything, 150) is everything
    assert narrowed(everything, None) is everything


CREDIT = {
    "id": 9, "customer": "Golden Dragon", "balance": -5000, "phone": "139 0000 0200", "since": "2026-11-13",
    "kind": "credit-note",
}  # fmt: skip


def test_what_is_no_bill_says_what_it_is_and_since_when() -> None:
    (row,) = narrowed(listed(CREDIT), 80).rows
    assert row == (9, "Golden Dragon", "139 0000 0200", -5000, "credit note\n2026-11-13", "", False)


def test_what_is_asked_for_is_said_where_it_is_not_the_balance() -> None:
    def said(asked: int | None) -> str:
        (row,) = shaped(listed({**BILL, "waits_for": None, "promised_on": None, "asked": asked}), 80).rows
        return str(row[5])

    assert said(120050) == said(None) == ""
    assert said(5) == "ask for 0.05"
    assert said(0) == "ask for nothing"


def test_people_see_kinds_only_where_not_everything_is_a_bill() -> None:
    alone = shaped(listed(BILL), 200)
    assert "kind" not in names(tuple(alone.fields))
    both = shaped(listed({**BILL, "asked": 5}, CREDIT), 200)
    shown = names(tuple(both.fields))
    assert shown[:3] == ["id", "kind", "bill"] and shown[shown.index("due_on") - 1] == "asked"
    assert [(row[1], row[shown.index("asked")]) for row in both.rows] == [("bill", 5), ("credit-note", None)]
