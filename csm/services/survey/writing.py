"""What a user means to do with surveys: record one, mend it, take it away (handbook 10.1).

Each function is one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from csm.domain.errors import FieldName, Refused, UsageFault
from csm.domain.survey.scores import DIMENSIONS, RANGES, SIDES, Scores, columns
from csm.services import short_references
from csm.storage import rows

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.customer.rows import Candidate

Row = Mapping[str, Any]

ANSWERS: Final = (*(f"{name}_{side}" for name in DIMENSIONS for side in SIDES), *RANGES, "items", "comment")


def add(work: Work, customer: Candidate | None, values: Row, scores: Scores) -> int:
    """Record a survey, today's unless told; `values` are stored columns. Return its id.

    customer: None only where a manager speaks of the customers at large.

    Raises no-answer, date-in-future, case-of-another, missing-value for the customer, values-exclude for a manager's
    about a competitor, and what `csm.domain.survey.scores.columns` raises.
    """
    made = {
        "taken_on": work.today.isoformat(),
        "scale": 7,
        "respondent": "customer",
        **values,
        "customer_id": None if customer is None else customer.id,
        "created_at": work.now_text,
        "created_by": work.user,
    }
    made |= columns(scores, int(made["scale"]))
    with work.database.writing(work.command) as connection:
        _check(work, connection, made)
        return rows.insert_anew(connection, "survey", made)


def edit(work: Work, ref: str, values: Row, scores: Scores) -> tuple[int, bool]:
    """Change what is told of a survey, its scores side by side; return its id and whether that changed anything.

    Raises no-such-record and what `add` raises.
    """
    with work.database.writing(work.command) as connection:
        row = short_references.record(connection, "survey", ref)
        changes = {**values, **columns(scores, int(values.get("scale", row["scale"])), row)}
        _check(work, connection, {**row, **changes})
        return row["id"], rows.update(connection, "survey", row["id"], changes)


def remove(work: Work, ref: str) -> int:
    """Take away a survey, which stays among the kept changes; return its id. Raises no-such-record."""
    with work.database.writing(work.command) as connection:
        survey_id = short_references.identity(connection, "survey", ref)
        rows.delete(connection, "survey", survey_id)
        return survey_id


def _check(work: Work, connection: sqlite3.Connection, row: Row) -> None:
    """Raise what can't be of a survey."""
    manager = row["respondent"] == "manager"
    if row["customer_id"] is None and (not manager or row.get("complaint_id") is not None):
        raise UsageFault("missing-value", field=FieldName("customer"))
    if manager and row.get("subject") is not None:
        raise UsageFault("values-exclude", first=FieldName("subject"), second=FieldName("respondent manager"))
    if row["taken_on"] > work.today.isoformat():
        raise UsageFault("date-in-future", value=row["taken_on"])
    if all(row.get(name) is None for name in ANSWERS):
        raise UsageFault("no-answer")
    case = rows.fetch(connection, "complaint", row["complaint_id"]) if row.get("complaint_id") is not None else None
    if case is not None and case["customer_id"] != row["customer_id"]:
        card = rows.known(connection, "customer", row["customer_id"])
        raise Refused("case-of-another", ref=f"cp{case['id']}", customer=card["name"])
