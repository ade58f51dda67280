"""The SQL by which an import finds the cases and promises that are here already, and what an export adds to a case."""

from __future__ import annotations

import sqlite3
from typing import Final

from csm.storage import rows
from csm.storage.files.known import Row

# What a case has several of, as one text of json: columns of an export (`csm.storage.listing`).
EVENTS: Final = (
    "(SELECT json_group_array(json_object("
    "'at', at, 'by', by, 'step', step, 'text', text, 'level', level, 'data', json(data)))"
    " FROM (SELECT * FROM complaint_event WHERE complaint_id = v.id ORDER BY id))"
)
PREVENTIONS: Final = (
    "(SELECT json_group_array(json_object('text', text, 'in_charge', in_charge, 'due_on', due_on,"
    " 'done_at', done_at, 'done_text', done_text, 'created_at', created_at))"
    " FROM (SELECT * FROM prevention WHERE complaint_id = v.id ORDER BY id))"
)


def complaint_by_external_id(connection: sqlite3.Connection, external_id: str) -> Row | None:
    """Return the first case with an external id."""
    found = rows.fetch_all(connection, "complaint", "external_id = ? ORDER BY id LIMIT 1", [external_id])
    return found[0] if found else None


def complaints_like(
    connection: sqlite3.Connection, customer_id: int, received_at: str | None, summary: str, *, up_to: int
) -> list[Row]:
    """Return the cases of a customer received at an instant, or at any for None, and called `summary`, in order.

    None of them has an id above `up_to`.
    """
    condition = "customer_id = :customer AND {} AND summary = :summary AND id <= :up_to ORDER BY id"
    received = "received_at = :at" if received_at is not None else ":at IS NULL"
    return rows.fetch_all(
        connection,
        "complaint",
        condition.format(received),
        {"customer": customer_id, "at": received_at, "summary": summary, "up_to": up_to},
    )


def case(connection: sqlite3.Connection, complaint_id: int) -> Row:
    """Return what lists show of a case."""
    return rows.fetch(connection, "complaint_list", complaint_id) or {}


def prevention_rows(connection: sqlite3.Connection, complaint_id: int) -> list[Row]:
    """Return the preventions of a case in the order in which they were written down."""
    return rows.fetch_all(connection, "prevention", "complaint_id = ? ORDER BY id", [complaint_id])


def forget_deadlines(connection: sqlite3.Connection, complaint_id: int) -> None:
    """Remove the stored deadlines of a case, which are about to be worked out from another past."""
    connection.execute("DELETE FROM complaint_deadline WHERE complaint_id = ?", [complaint_id])


def customer_of(connection: sqlite3.Connection, table: str, row_id: int) -> int | None:
    """Return the customer of a row of a table, None where there is no such row."""
    found = connection.execute(f"SELECT customer_id FROM {table} WHERE id = ?", [row_id]).fetchone()
    return None if found is None else int(found[0])


def has_pledge(connection: sqlite3.Connection, pledge_id: int) -> bool:
    """Tell whether there is a pledge with an id."""
    return connection.execute("SELECT 1 FROM pledge WHERE id = ?", [pledge_id]).fetchone() is not None


def promise_by_external_id(connection: sqlite3.Connection, external_id: str) -> Row | None:
    """Return the first promise with an external id."""
    found = rows.fetch_all(connection, "promise", "external_id = ? ORDER BY id LIMIT 1", [external_id])
    return found[0] if found else None


def promises_like(connection: sqlite3.Connection, customer_id: int, due_at: str, text: str, *, up_to: int) -> list[Row]:
    """Return the promises of a customer due at an instant that say `text`, none with an id above `up_to`, in order."""
    condition = "customer_id = ? AND due_at = ? AND text = ? AND id <= ? ORDER BY id"
    return rows.fetch_all(connection, "promise", condition, [customer_id, due_at, text, up_to])
