"""How a promise stands in the words of people: whose release it was depends on whose promise it is (handbook 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from csm.domain.promise.rules import OURS, ending
from csm.domain.records import Field
from csm.i18n import label

Record = Mapping[str, Any]


def standing(row: Record) -> str:
    """Return how a promise stands, in words; a stored row of a case without a direction is ours."""
    return label("promise_ending", ending(row["status"], row.get("direction") or OURS)).replace("-", " ")


def for_people(fields: Sequence[Field], records: Sequence[Record]) -> tuple[list[Field], list[Record]]:
    """Return the fields and records of promises as md and html show them: how each stands is said by whose it is."""
    said = [field._replace(terms="promise_ending") if field.name == "status" else field for field in fields]
    return said, [{**row, "status": ending(row["status"], row.get("direction") or OURS)} for row in records]
