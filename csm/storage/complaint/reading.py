"""What lists and files of cases show that isn't stored, and how an import finds the cases that are here: the SQL."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from csm.storage import rows

if TYPE_CHECKING:
    from csm.storage.files.known import Row

# A grievance has no severity of complaints where people read it.
KIND_OF_CASE: Final = (
    "(CASE WHEN v.level = 'complaint' THEN v.severity WHEN v.severity = 'general' THEN 'grievance'"
    " ELSE 'serious-grievance' END)"
)
# How a case stands where people read it: withdrawn as what, where it counts nowhere.
ENDING_OF_CASE: Final = "(v.status || coalesce('-' || v.void, ''))"
# What a case has several of, each as one text of json.
NESTED: Final = {
    "events": "(SELECT json_group_array(json_object("
    "'at', at, 'by', by, 'step', step, 'text', text, 'level', level, 'data', json(data)))"
    " FROM (SELECT * FROM complaint_event WHERE complaint_id = v.id ORDER BY id))",
    "preventions": "(SELECT json_group_array(json_object('text', text, 'in_charge', in_charge, 'due_on', due_on,"
    " 'done_at', done_at, 'done_text', done_text, 'created_at', created_at))"
    " FROM (SELECT * FROM prevention WHERE complaint_id = v.id ORDER BY id))",
}


def overdue(now: str) -> str:
    """Return the SQL of whether a deadline of a case is past at an instant, UTC text."""
    return f"(coalesce(v.next_due_at < '{now}', 0))"


def case(connection: sqlite3.Connection, complaint_id: int) -> Row:
    """Return what lists show of a case."""
    return rows.known(connection, "complaint_list", complaint_id)


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
