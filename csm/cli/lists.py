"""What all lists share: the columns, order and number of rows that were asked for, and the line about the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

from csm.cli.columns import OWN, columns_of, limit_of, tell_rest
from csm.cli.grammar import Given
from csm.cli.output import style, tell_where, write_rows
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.records import Field
from csm.domain.value import Value
from csm.render.listing import Listing, Row
from csm.storage import listing
from csm.storage.listing import Condition, Page, stored_column


class Subject(Value):
    """What a list is of: the view, its fields, its usual order, and the sentence for no rows.

    sorts: columns of the view that an order by a field really means.
    own_column: makes the SQL of an own field's column, where records have own fields.
    made: the SQL, in brackets, of fields that depend on the time taken as now.
    """

    view: str
    fields: tuple[Field, ...]
    order: str
    empty: str
    sorts: dict[str, str]
    own_column: Callable[[str], str] | None = None
    made: dict[str, str] | None = None


def order_of(subject: Subject, given: Given) -> str:
    """Return the SQL order: --sort, -column for descending, else the usual one."""
    if given.sort is None:
        return subject.order
    name = given.sort.removeprefix("-").strip()
    name = name if name.startswith(OWN) else name.replace("-", "_")
    return listing.order_by(_sort_column(subject, name), descending=given.sort.startswith("-"))


def _sort_column(subject: Subject, name: str) -> str:
    if name in subject.sorts:
        return subject.sorts[name]
    for field in subject.fields:
        if field.name == name:
            return f"v.{stored_column(field)}"
    if subject.own_column is not None and name.startswith(OWN):
        return subject.own_column(name.removeprefix(OWN))
    raise UsageFault("unknown-column", column=name, choices=[field.name for field in subject.fields])


def selected(subject: Subject, field: Field) -> str:
    """Return the SQL that a view's row gives for a field."""
    if subject.made is not None and field.name in subject.made:
        return subject.made[field.name]
    if subject.own_column is not None and field.name.startswith(OWN):
        return subject.own_column(field.name.removeprefix(OWN))
    return stored_column(field)


def show(
    session: Session,
    given: Given,
    subject: Subject,
    conditions: Sequence[Condition],
    *,
    title: str = "",
    colour_by: Field | None = None,
    below: Callable[[], Listing] | None = None,
    shape: Callable[[Listing, int | None], Listing] | None = None,
) -> int:
    """Write a list of `subject` and say how many rows were left out; return how many were written.

    below: gives a list that stands under it where people read it, such as its sums.
    shape: fits the list to a screen of so many columns, where it is a table whose columns nobody chose.
    """
    fields = columns_of(subject.fields, given, own=subject.own_column is not None)
    limit = limit_of(given)
    colour_of = None
    if colour_by is not None:
        from csm.render.colours import colour_of_place

        if colour_by not in fields:
            fields = [*fields, colour_by._replace(shown=1)]
        colour_of = colour_of_place(fields.index(next(field for field in fields if field.name == colour_by.name)))
    page = Page(
        subject.view, [selected(subject, field) for field in fields], conditions, order_of(subject, given), limit
    )
    connection = session.database.connection
    tell_where(session)
    rows: Iterator[Row] = listing.read(connection, page)
    shown = Listing(fields, rows, title, subject.empty, (), given.columns is not None, colour_of, below=below)
    if shape is not None and given.form == "table" and given.columns is None:
        shown = shape(shown, style(session, given, sys.stdout).width)
    written = write_rows(session, given, shown)
    if limit is not None and given.limit is None and written == limit:
        tell_rest(session, listing.count(connection, page) - written)
    return written
