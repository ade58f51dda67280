"""The SQL of a customer's journey: every touch point from the tables it is kept in, as one list."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from csm.domain.value import Value

# What is read of a customer, one query a table. `day` is a date, `at` an instant, one of them NULL; `term` is a value
# of a closed list that says more about the touch point, `until` an instant of it. The place bound is the customer.
_SALES: Final = """SELECT 'sale' AS touch, 'sa' || id AS ref, sold_on AS day, NULL AS at, NULL AS phase,
    NULL AS channel, NULL AS direction, NULL AS satisfaction, NULL AS term, product AS text, amount_cents AS cents,
    NULL AS until, created_by AS by
  FROM sale WHERE customer_id = ?
  ORDER BY id"""
_DELIVERIES: Final = """SELECT 'delivered', 'sa' || id, delivered_on, NULL, NULL, NULL, NULL, NULL, NULL, product, NULL,
    NULL, NULL
  FROM sale WHERE customer_id = ? AND delivered_on IS NOT NULL
  ORDER BY id"""
# What was set off is nothing that happened with the customer.
_PAYMENTS: Final = """SELECT 'payment', 'sa' || sale.id, payment.paid_on, NULL, NULL, NULL, NULL, NULL, NULL,
    coalesce(payment.note, sale.product), payment.amount_cents, NULL, payment.by
  FROM sale JOIN payment ON payment.sale_id = sale.id WHERE sale.customer_id = ? AND payment.set_off IS NULL
  ORDER BY payment.id"""
_DEPOSITS: Final = """SELECT 'payment', NULL, paid_on, NULL, NULL, NULL, NULL, NULL, NULL, note, amount_cents, NULL, by
  FROM payment WHERE customer_id = ? AND set_off IS NULL
  ORDER BY id"""
_CANCELLATIONS: Final = """SELECT 'cancelled', 'sa' || id, cancelled_on, NULL, NULL, NULL, NULL, NULL, NULL,
    product || coalesce(': ' || cancel_reason, ''), NULL, NULL, NULL
  FROM sale WHERE customer_id = ? AND cancelled_on IS NOT NULL
  ORDER BY id"""
_SERVICES: Final = """SELECT 'service', 'sv' || id, done_on, NULL, phase, NULL, NULL, NULL, kind,
    coalesce(note || '; ' || message, note, message), NULL, NULL, by
  FROM service WHERE customer_id = ?
  ORDER BY id"""
# One call may serve several callbacks; it is one touch point.
_CALLBACKS: Final = """SELECT 'callback', 'cb' || id, NULL, done_at, NULL, channel, direction, satisfaction, purpose,
    note, NULL, NULL, done_by
  FROM callback WHERE customer_id = ? AND status = 'done' AND served_with IS NULL
  ORDER BY id"""
# A try in vain is a touch point where something was said on it.
_TRIES: Final = """SELECT 'callback', 'cb' || callback.id, NULL, tried.at, NULL,
    coalesce(tried.channel, callback.channel), callback.direction, NULL, tried.outcome, tried.note, NULL, NULL, tried.by
  FROM callback CROSS JOIN callback_try AS tried ON tried.callback_id = callback.id
  WHERE callback.customer_id = ? AND (tried.note IS NOT NULL OR tried.outcome = 'postponed')
  ORDER BY tried.id"""
_COMPLAINTS: Final = """SELECT 'complaint', 'cp' || id, NULL, received_at, NULL, channel, 'incoming', NULL,
    (SELECT level FROM complaint_state AS state WHERE state.complaint_id = complaint.id AND level = 'grievance'),
    summary, NULL, NULL, (SELECT by FROM complaint_event WHERE complaint_id = complaint.id ORDER BY id LIMIT 1)
  FROM complaint WHERE customer_id = ? AND id NOT IN (SELECT id FROM complaint_void)
  ORDER BY id"""
# What the customer said on a callback about the case is that callback's satisfaction already.
_CLOSINGS: Final = """SELECT 'complaint-closed', 'cp' || complaint.id, NULL, state.closed_at, NULL, NULL, NULL,
    CASE WHEN NOT EXISTS (
      SELECT 1 FROM callback WHERE callback.complaint_id = complaint.id AND callback.satisfaction = state.satisfaction
    ) THEN state.satisfaction END,
    state.status, summary, NULL, NULL, state.owner
  FROM complaint JOIN complaint_counted AS state ON state.id = complaint.id
  WHERE complaint.customer_id = ? AND state.closed_at IS NOT NULL
  ORDER BY complaint.id"""
# An imported promise can have been made, by its row, after it ended.
_PROMISES: Final = """SELECT 'promise', 'pr' || id, NULL, min(created_at, due_at, coalesce(kept_at, due_at)), NULL,
    NULL, NULL, NULL, direction, text, NULL, due_at, created_by
  FROM promise WHERE customer_id = ?
  ORDER BY id"""
_ENDED: Final = """SELECT 'promise', 'pr' || id, NULL, coalesce(kept_at, due_at), NULL, NULL, NULL, NULL, status,
    coalesce(text || ': ' || ended_text, text), NULL, NULL, in_charge
  FROM promise WHERE customer_id = ? AND status IN ('kept', 'late', 'broken')
  ORDER BY id"""
_NOTES: Final = """SELECT 'note', 'nt' || id, NULL, noted_at, NULL, NULL, NULL, NULL, NULL, text, NULL, NULL, by
  FROM note WHERE customer_id = ?
  ORDER BY id"""
_LOSSES: Final = """SELECT 'lost', NULL, lost_on, NULL, NULL, NULL, NULL, NULL, kind, text, NULL, NULL, by
  FROM loss WHERE customer_id = ?
  ORDER BY id"""
_WIN_BACKS: Final = """SELECT 'won-back', NULL, won_back_on, NULL, NULL, NULL, NULL, NULL, NULL, won_back_text, NULL,
    NULL, won_back_by
  FROM loss WHERE customer_id = ? AND won_back_on IS NOT NULL
  ORDER BY id"""
_GRADINGS: Final = """SELECT 'graded', NULL, graded_on, NULL, NULL, NULL, NULL, NULL, grade, old_grade, NULL, NULL, by
  FROM grading WHERE customer_id = ?
  ORDER BY id"""
# What a manager thinks of them is no touch point; what they say of a competitor doesn't say how satisfied they are.
_SURVEYS: Final = """SELECT 'survey', 'su' || id, taken_on, NULL, NULL, NULL, NULL,
    CASE WHEN subject IS NULL THEN csat END, CASE WHEN subject IS NULL THEN nps END,
    CASE WHEN subject IS NULL THEN comment ELSE subject || coalesce(': ' || comment, '') END, NULL, NULL, created_by
  FROM survey WHERE customer_id = ? AND respondent = 'customer'
  ORDER BY id"""
# Who has left, and where they are now where that is known.
_LEFT: Final = """SELECT 'contact', 'ct' || contact.id, contact.left_on, NULL, NULL, NULL, NULL, NULL,
    CASE WHEN contact.moved_to IS NULL THEN 'left' ELSE 'moved' END,
    contact.name, NULL, NULL, NULL, elsewhere.name
  FROM contact LEFT JOIN contact AS now ON now.id = contact.moved_to
  LEFT JOIN customer AS elsewhere ON elsewhere.id = now.customer_id
  WHERE contact.customer_id = ? AND contact.left_on IS NOT NULL
  ORDER BY contact.id"""
# Who came from another customer, on the day on which they left there.
_CAME: Final = """SELECT 'contact', 'ct' || contact.id, before.left_on, NULL, NULL, NULL, NULL, NULL, 'came',
    contact.name, NULL, NULL, NULL, elsewhere.name
  FROM contact JOIN contact AS before ON before.moved_to = contact.id
  JOIN customer AS elsewhere ON elsewhere.id = before.customer_id
  WHERE contact.customer_id = ? AND before.left_on IS NOT NULL
  ORDER BY contact.id, before.id"""
_PARTS: Final = (
    _SALES,
    _DELIVERIES,
    _PAYMENTS,
    _DEPOSITS,
    _CANCELLATIONS,
    _SERVICES,
    _CALLBACKS,
    _TRIES,
    _COMPLAINTS,
    _CLOSINGS,
    _PROMISES,
    _ENDED,
    _NOTES,
    _LOSSES,
    _WIN_BACKS,
    _GRADINGS,
    _SURVEYS,
    _LEFT,
    _CAME,
)


class Stored(Value):
    """A touch point as it is stored; `day` ISO text or `at` UTC text, `cents` an amount where it has one.

    term: the kind of a service or loss, the purpose of a callback, the outcome of a try in vain, that a case is a
    grievance, that a contact left, moved or came (to or from the customer `other`), how one that has ended or a promise
    stands, a grade, how likely a survey says they recommend us (0 to 10), or whose a promise is that was made, due
    `until` (UTC text).
    """

    touch: str
    ref: str | None
    day: str | None
    at: str | None
    phase: str | None
    channel: str | None
    direction: str | None
    satisfaction: int | None
    term: str | int | None
    text: str | None
    cents: int | None
    until: str | None
    by: str | None
    other: str | None = None


def touches(connection: sqlite3.Connection, customer_id: int) -> Iterator[Stored]:
    """Give every touch point of a customer, those of a table in the order of their ids."""
    return (Stored(*row) for part in _PARTS for row in connection.execute(part, [customer_id]))


def first_sale_on(connection: sqlite3.Connection, customer_id: int) -> str | None:
    """Return the day of the customer's first purchase that wasn't cancelled, or None."""
    (day,) = connection.execute("SELECT min(sold_on) FROM purchase_day WHERE customer_id = ?", [customer_id]).fetchone()
    return None if day is None else str(day)
