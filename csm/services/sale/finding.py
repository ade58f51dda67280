"""From what a user typed to the sales that are meant: one by its id, or all that stand on one bill."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from csm.domain.errors import NotFound, UsageFault
from csm.services.short_references import number, refuse_other_kind
from csm.storage import rows
from csm.storage.customer.rows import Candidate

Row = Mapping[str, object]


def find(connection: sqlite3.Connection, ref: str) -> list[dict[str, object]]:
    """Return the stored sales that `ref` means, in the order of their ids: an id or sa12, an external id, a bill.

    The first of these that answers decides. A bill can hold several sales. Raises no-such-record, other-kind, and
    not-unique where the bills of two customers have one number.
    """
    text = ref.strip()
    identity = number("sale", text)
    row = rows.fetch(connection, "sale", identity) if identity is not None else None
    if row is not None:
        return [row]
    found = rows.fetch_all(connection, "sale", "external_id = ? ORDER BY id", [text]) if text else []
    found = found or (rows.fetch_all(connection, "sale", "bill = ? ORDER BY id", [text]) if text else [])
    if not found:
        refuse_other_kind(connection, "sale", ref)
        raise NotFound("no-such-record", kind="sale", ref=ref)
    if len({sale["customer_id"] for sale in found}) > 1:
        # Whose they are tells them apart.
        listed = [rows.fetch(connection, "sale_list", int(str(sale["id"]))) or {} for sale in found[:10]]
        candidates = [(f"sa{sale['id']}", sale["product"], sale["customer"]) for sale in listed]
        raise NotFound("not-unique", kind="sale", ref=ref, candidates=candidates)
    return found


def also_bill(connection: sqlite3.Connection, ref: str) -> int | None:
    """Return the id that `ref` was taken as where another sale stands on a bill of that number, else None."""
    text = ref.strip()
    identity = number("sale", text)
    row = rows.fetch(connection, "sale", identity) if identity is not None else None
    if row is None or row["bill"] == text:
        return None
    on_bill = rows.fetch_all(connection, "sale", "bill = ? LIMIT 1", [text])
    return identity if on_bill else None


def find_one(connection: sqlite3.Connection, ref: str) -> dict[str, object]:
    """Return the one stored sale that `ref` means; raise no-such-record, not-unique where it is a bill of several."""
    found = find(connection, ref)
    if len(found) > 1:
        candidates = [(f"sa{sale['id']}", sale["product"], sale["sold_on"]) for sale in found[:10]]
        raise NotFound("not-unique", kind="sale", ref=ref, candidates=candidates)
    return found[0]


def of_customer(connection: sqlite3.Connection, customer: Candidate, ref: str) -> int:
    """Return the id of the one sale to `customer` that `ref` means; raise what `find_one` does, and sale-of-another."""
    row = find_one(connection, ref)
    if row["customer_id"] != customer.id:
        raise UsageFault("sale-of-another", ref=f"sa{row['id']}", customer=customer.name)
    return int(str(row["id"]))
