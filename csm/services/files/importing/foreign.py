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
    """Tell whether csm wrote a file: all its headings that name records are ours, to the letter.

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
    if record in NUMBERED and "id" in columns:
        source = columns.pop("id")
        if "external_id" in plan.fields():
            unused += [headings[index] for index in source.indexes]
        else:
            columns["external_id"] = source
    if record == "contacts" and "id" in columns:
        unused += [headings[index] for index in columns.pop("id").indexes]
    customers = columns.get("customer")
    if record == "sales" and customers is not None and len(customers.indexes) > 1 and "unit" not in columns:
        units = [index for index in customers.indexes if normal(headings[index]) == _UNIT]
        if units:
            left = tuple(index for index in customers.indexes if index not in units)
            columns["customer"] = Source(left, customers.joiner)
            columns["unit"] = Source(tuple(units), None)
    return plan._replace(columns=columns, unused=unused)


def note_headings(reader: Reader, plan: ColumnPlan, headings: Sequence[str]) -> None:
    """Tell a reader the heading of the column of each field: its brackets may hold a unit."""
    reader.headings = {field: headings[source.indexes[0]] for field, source in plan.columns.items() if source.indexes}
