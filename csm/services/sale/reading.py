"""A sale as it is shown: everything that hangs on it, read at once, and the guarantees it has (handbook 8)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.record import COMPLAINT
from csm.domain.errors import Refused
from csm.domain.sale import guarantee
from csm.domain.sale.guarantee import Guarantee
from csm.domain.sale.page import NextSigner, SaleFile
from csm.domain.sale.record import PAYMENT, SALE, SIGNATURE
from csm.domain.service.record import SERVICE
from csm.services.sale import finding
from csm.storage import rows
from csm.storage.listing import by_field
from csm.storage.sale import payments
from csm.storage.sale import rows as sales

if TYPE_CHECKING:
    from csm.services.work import Work

Row = Mapping[str, Any]


def record(connection: sqlite3.Connection, sale_id: int, today: date) -> dict[str, Any]:
    """Return the exact values of a sale by field, days late as of `today`."""
    row = rows.known(connection, "sale_list", sale_id)
    found: dict[str, Any] = by_field(SALE, row)
    late = row["balance_cents"] > 0 and payments.asked_of(connection, sale_id) > 0
    found["days_late"] = (today - date.fromisoformat(str(row["due_on"]))).days if late else None
    return found


def read(work: Work, sale_id: int) -> SaleFile:
    """Return a sale with all that hangs on it, as of the day taken as today."""
    connection = work.database.connection
    sale = record(connection, sale_id, work.today)
    held = sale["status"] != "cancelled" and sale["amount"] >= 0
    return SaleFile(
        sale,
        [by_field(PAYMENT, row) for row in sales.of_view(connection, "payment_list", sale_id, "paid_on, id")],
        [by_field(SIGNATURE, row) for row in sales.of_view(connection, "signature_list", sale_id, "signed_on, id")],
        _next_signer(connection, sale_id),
        [by_field(CALLBACK, row) for row in sales.of_view(connection, "callback_list", sale_id, "due_on, id")],
        [by_field(COMPLAINT, row) for row in sales.of_view(connection, "complaint_list", sale_id, "id")],
        [by_field(SERVICE, row) for row in sales.of_view(connection, "service_list", sale_id, "done_on, id")],
        _standing(work, sale, work.today) if held else [],
        guarantee.terms_of(work.policy, sale["line"]) if held else "",
        payments.credit_of(connection, sale["customer_id"]) > 0,
    )


def _next_signer(connection: sqlite3.Connection, sale_id: int) -> NextSigner | None:
    unpaid = rows.fetch(connection, "sale_unpaid", sale_id)
    if unpaid is None or unpaid["next_contact_id"] is None:
        return None
    contact = rows.known(connection, "contact_list", unpaid["next_contact_id"])
    phone = str(contact["phone"]).partition(";")[0] if contact["phone"] else None
    return NextSigner(str(contact["name"]), str(contact["sign_off"]), phone, str(unpaid["since"]))


def guarantees(work: Work, ref: str, on: date) -> tuple[dict[str, Any], list[Guarantee], str]:
    """Return a sale, its three guarantees as they stand on a day, and their scope and terms, which may be "".

    Raises no-such-record, not-unique, not-open for a cancelled sale, no-guarantee for a credit note (source: handbook
    8).
    """
    connection = work.database.connection
    sale = record(connection, finding.find_one(connection, ref)["id"], work.today)
    if sale["status"] == "cancelled":
        raise Refused("not-open", ref=f"sa{sale['id']}", status="cancelled")
    if sale["amount"] < 0:
        raise Refused("no-guarantee", ref=f"sa{sale['id']}")
    return sale, _standing(work, sale, on), guarantee.terms_of(work.policy, sale["line"])


def _standing(work: Work, sale: Row, on: date) -> list[Guarantee]:
    delivered = date.fromisoformat(sale["delivered_on"]) if sale["delivered_on"] else None
    return guarantee.standing(work.policy, sale["line"], date.fromisoformat(sale["sold_on"]), delivered, on)
