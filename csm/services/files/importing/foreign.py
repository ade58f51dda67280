"""Which files are exports of csm, whose ids are ours, and what the same columns mean in every other file.

A number that another program calls its own is an external id here: it can be a text, and it never means a record of
ours (the command-line contract, section 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from csm.services.files.importing.values import Reader
from csm.transfer.headings import normal, own_field, targets
from csm.transfer.mapping import ColumnPlan, Source

OWN_HEADINGS: Final = frozenset({"id", "customer_id", "customer"})
# Kinds of records that keep another program's number of theirs.
NUMBERED: Final = frozenset({"callbacks", "complaints", "promises", "sales", "services", "surveys"})
# A customer, or what a quantity is counted in: as the other columns say.
_UNIT: Final = normal("单位")


def is_ours(record: str, headings: Sequence[str]) -> bool:
    """Return whether csm wrote a file: all its headings that name records are ours, to the letter.

    A list with columns of the user's choice is ours too where all its headings are names of ours.
    """
    names = {heading.strip().lstrip("\ufeff") for heading in headings}
    if names >= OWN_HEADINGS:
        return True
    own = {*targets(record), "fields"}
    return "id" in names and any("_" in name for name in names) and all(one in own or own_field(one) for one in names)


def adapted(record: str, plan: ColumnPlan, headings: Sequence[str]) -> ColumnPlan:
    """Return what the columns of a file mean that csm didn't write: its ids are external ids."""
    columns = dict(plan.columns)
    unused = list(plan.unused)
    if "id" in columns and record in (*NUMBERED, "contacts"):
        source = columns.pop("id")
        if record in NUMBERED and "external_id" not in plan.fields():
            columns["external_id"] = source
        else:
            unused += [headings[index] for index in source.indexes]
    if record == "sales" and "customer" in columns and "unit" not in columns:
        columns |= _customer_and_unit(columns["customer"], headings)
    return plan._replace(columns=columns, unused=unused)


def _customer_and_unit(source: Source, headings: Sequence[str]) -> dict[str, Source]:
    """Return which of several columns for the customer is what a quantity is counted in."""
    units = tuple(index for index in source.indexes if normal(headings[index]) == _UNIT)
    if not units or len(source.indexes) == 1:
        return {}
    left = tuple(index for index in source.indexes if index not in units)
    return {"customer": Source(left, source.joiner), "unit": Source(units, None)}


def note_headings(reader: Reader, plan: ColumnPlan, headings: Sequence[str]) -> None:
    """Tell a reader the heading of the column of each field: its brackets may hold a unit."""
    reader.headings = {field: headings[source.indexes[0]] for field, source in plan.columns.items() if source.indexes}
