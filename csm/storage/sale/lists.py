"""What lists and files of sales show that isn't stored: days late, whom to call, what a sale has several of."""

from __future__ import annotations

from datetime import date
from typing import Final

from csm.domain.sale.bands import LAST_DAYS, LATEST, NOT_DUE
from csm.storage.listing import Condition
from csm.storage.sale.payments import phone_of
from csm.storage.sale.rows import IN_FAVOUR, OPEN_PART, UNDELIVERED, UNPAID

IS_UNDELIVERED: Final = Condition(UNDELIVERED)
# The index is walked before anything is joined, whatever the order.
IS_IN_FAVOUR: Final = Condition(f"v.id IN (SELECT v.id FROM sale AS v INDEXED BY sale_in_favour WHERE {IN_FAVOUR})")

_AMOUNT: Final = "json(printf('%s%d.%02d', iif({0} < 0, '-', ''), abs({0}) / 100, abs({0}) % 100))"
# What a sale has several of, each as one text of json.
NESTED: Final = {
    "payments": f"(SELECT json_group_array(json_object('id', id, 'amount', {_AMOUNT.format('amount_cents')},"
    " 'paid_on', paid_on, 'note', note, 'by', by, 'created_at', created_at))"
    " FROM (SELECT * FROM payment WHERE sale_id = v.id ORDER BY id))",
    "signatures": "(SELECT json_group_array(json_object('name', name, 'contact', contact, 'sign_off', sign_off,"
    " 'signed_on', signed_on, 'created_at', created_at))"
    " FROM (SELECT signature.*, contact.name AS contact FROM signature LEFT JOIN contact ON contact.id = contact_id"
    " WHERE sale_id = v.id ORDER BY signature.id))",
}
# Where all was paid back there is no sum that the day of the last payment could come back with.
PAID_AS_ONE_SUM: Final = {"paid_on": "(iif(v.paid_cents <> 0, v.paid_on, NULL))"}

_FIRST: Final = "(SELECT min(id) FROM contact WHERE customer_id = v.customer_id AND left_on IS NULL)"
_NEXT: Final = f"coalesce(v.next_contact_id, {_FIRST})"
# What is to be paid back, and whom to call about it.
REFUND: Final = {
    "contact": f"(SELECT name FROM contact WHERE id = {_FIRST})",
    "phone": phone_of(_FIRST),
    "refund": "(-v.balance_cents)",
}


# Nothing that the customer has with us covers all of it.
_IS_ASKED: Final = "EXISTS (SELECT 1 FROM sale_unpaid AS asked WHERE asked.id = v.id AND asked.asked_cents > 0)"


def overdue(today: date) -> Condition:
    """Return the condition that a customer is asked to pay for a sale whose day is past (source: handbook 8)."""
    return Condition(f"{UNPAID} AND v.due_on < ? AND {_IS_ASKED}", (today.isoformat(),))


def days_late(today: date) -> dict[str, str]:
    """Return the SQL of how late a sale is on a day; negative before its day, NULL where nothing is asked for it."""
    late = f"(CASE WHEN {UNPAID} AND {_IS_ASKED} THEN {_days_late(today)} END)"
    return {"days_late": late}


def unpaid(today: date) -> dict[str, str]:
    """Return the SQL of what the view of unpaid sales leaves out: days late on a day, whom to call."""
    late = _days_late(today)
    return {
        "days_late": f"({late})",
        "band": _band(late),
        "waits_for": "(SELECT sign_off FROM contact WHERE id = v.next_contact_id)",
        "contact": f"(SELECT name FROM contact WHERE id = {_NEXT})",
        "phone": phone_of(_NEXT),
        # their next promise, or the next part of their repayment plan (source: handbook 8)
        "promised_on": "(SELECT min(due_on) FROM ("
        "SELECT due_on FROM promise WHERE customer_id = v.customer_id AND direction = 'theirs' AND status = 'open'"
        " UNION ALL SELECT due_on FROM repayment_plan AS plan CROSS JOIN instalment ON instalment.plan_id = plan.id"
        f" WHERE plan.customer_id = v.customer_id AND plan.ended_on IS NULL AND {OPEN_PART}))",
    }


def _days_late(today: date) -> str:
    return f"CAST(julianday('{today.isoformat()}') - julianday(v.due_on) AS INTEGER)"


def _band(late: str) -> str:
    """Return the SQL of the band of so many days late, by the borders of `csm.domain.sale.bands`."""
    bands = " ".join(f"WHEN {late} <= {last} THEN '{name}'" for last, name in LAST_DAYS)
    return f"(CASE WHEN {late} < 0 THEN '{NOT_DUE}' {bands} ELSE '{LATEST}' END)"
