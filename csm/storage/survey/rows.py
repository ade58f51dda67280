"""The SQL of surveys: what a list shows of their items, one as lists show it, what an import finds."""

from __future__ import annotations

import sqlite3
from typing import Final

from csm.domain.survey.scores import CODES, SIDES
from csm.storage import rows

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
