"""The types of stored rows: of each table the columns that the program reads by name; a test holds them to the schema.

Tables are STRICT, so SQLite has checked what these promise. Only the type checker loads this.
"""

from __future__ import annotations

from typing import TypedDict


class CardRow(TypedDict):
    id: int
    name: str
    status: str
    owner: str | None
    grade: str | None
    relationship: str | None
    credit_limit_cents: int | None
    terms: str | None
    supply_stopped: str | None
    channel: str | None
    do_not_contact: int
    archived_on: str | None
    route: str | None
    visit_every: str | None
    created_at: str


class CallbackRow(TypedDict):
    id: int
    customer_id: int
    contact_id: int | None
    owner: str | None
    channel: str
    purpose: str
    status: str
    outcome: str | None
    satisfaction: int | None
    note: str | None
    reason: str | None
    served_with: int | None
    done_at: str | None
    done_on: str | None
    origin: str
    due_on: str
    planned_on: str
    series_on: str | None
    every: str | None
    from_done: int
    planned_note: str | None
    tries: int
    complaint_id: int | None
    sale_id: int | None
    after_sale: str | None
    due_at: str | None
    series_time: str | None
    agreed_on: str | None
    counts_on: str


class SaleRow(TypedDict):
    id: int
    customer_id: int
    bill: str | None
    product: str
    line: str | None
    amount_cents: int
    sold_on: str
    delivery_on: str | None
    delivered_on: str | None
    install: int
    terms: str | None
    due_on: str
    paid_cents: int
    cancelled_on: str | None
    cancel_reason: str | None
    planned: int
    balance_cents: int


class StaffRow(TypedDict):
    id: int
    name: str
    retired_on: str | None


class LossRow(TypedDict):
    id: int
    customer_id: int
    lost_on: str
    kind: str | None
    cause: str | None
    text: str | None
