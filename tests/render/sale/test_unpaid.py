"""What is unpaid on a screen with little room: whom to call and whose signature is missing are seen there too."""

from __future__ import annotations

from csm.domain.kinds import names
from csm.domain.sale.record import UNPAID
from csm.render.listing import Listing
from csm.render.sale.unpaid import narrowed

BILL = {
    "id": 7, "bill": "F-1", "customer": "Golden\x1bDragon", "balance": 120050, "due_on": "2026-11-15", "days_late": 9,
    "contact": "Wang Gang", "phone": "139 0000 0200", "waits_for": "finance-manager", "since": "2026-11-13",
    "promised_on": "2026-11-27",
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
