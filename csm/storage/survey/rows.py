"""The SQL of surveys: what a list shows of their items, one as lists show it, what an import finds."""

from __future__ import annotations

import sqlite3
from typing import Final

from csm.domain.survey.scores import CODES, SIDES
from csm.storage import rows
from csm.storage.files.known import Row

# Columns of lists that are made of `items`, as SQL over the view `survey_list` (`csm.storage.listing`).
MADE: Final = {
    **{f"{code}_{side}": f"(json_extract(v.items, '$.{code}.{side}'))" for code in CODES for side in SIDES},
    "reverse": "(v.items LIKE '%\"r\":1%')",
}


def fetch(connection: sqlite3.Connection, survey_id: int) -> dict[str, object]:
    """Return a survey as lists show it, with every column of MADE."""
    columns = ", ".join(f'{sql} AS "{name}"' for name, sql in MADE.items())
    found = rows.fetch_all(connection, f"(SELECT v.*, {columns} FROM survey_list AS v)", "id = ?", [survey_id])
    return found[0]


def taken_on(connection: sqlite3.Connection, customer_id: int | None, day: str, *, up_to: int) -> list[Row]:
    """Return the surveys of a customer, or of none, on a day, none with an id above `up_to`, in order."""
    condition = "customer_id IS ? AND taken_on = ? AND id <= ? ORDER BY id"
    return rows.fetch_all(connection, "survey", condition, [customer_id, day, up_to])


def by_external_id(connection: sqlite3.Connection, external_id: str) -> Row | None:
    """Return the first survey with an external id."""
    found = rows.fetch_all(connection, "survey", "external_id = ? ORDER BY id LIMIT 1", [external_id])
    return found[0] if found else None
