"""What all lists share: the columns, order and number of rows that were asked for, and the line about the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from csm.cli.columns import columns_of, limit_of, tell_rest
from csm.cli.grammar import Given
from csm.cli.output import style, tell_where, write_rows
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.kinds import OWN, Field, Kind
from csm.render.listing import Listing, Row
from csm.storage import listing
from csm.storage.listing import Condition, Page, Part

if TYPE_CHECKING:
    import sqlite3


def order_of(kind: Kind, given: Given, usual: str, made: Mapping[str, str] | None = None) -> str:
    """Return the SQL order: --sort, -column for descending, else the usual one, as a kind writes it.

    Raises unknown-column.
    """
    if given.sort is None:
        return listing.order_of(usual)
    return listing.order_by(_sorted_by(kind, given.sort, made), descending=given.sort.startswith("-"))


def _sorted_by(kind: Kind, sort: str, made: Mapping[str, str] | None) -> str:
    """Return the SQL of the column that --sort names; raise unknown-column."""
    name = sort.removeprefix("-").strip()
    name = name if name.startswith(OWN) else name.replace("-", "_")
    column = listing.sort_column(kind, name, made)
    if column is None:
        raise UsageFault("unknown-column", column=name, choices=[field.name for field in kind.fields])
    return column


def _coloured(fields: list[Field], by: Field | None) -> tuple[list[Field], Callable[[Row], str] | None]:
    """Return the columns with the one by which rows are coloured, and what gives a row its colour."""
    if by is None:
        return fields, None
    from csm.render.looks import colour_of_place

    if by not in fields:
        fields = [*fields, by._replace(shown=1)]
    return fields, colour_of_place([field.name for field in fields].index(by.name))


def show(
    session: Session,
    given: Given,
    kind: Kind,
    conditions: Sequence[Condition],
    *,
    empty: str,
    usual: bool = False,
    order: str = "",
    made: Mapping[str, str] | None = None,
    instead: Mapping[str, str] | None = None,
    colour_by: Field | None = None,
    below: Callable[[], Listing] | None = None,
    shape: Callable[[Listing, int | None], Listing] | None = None,
) -> int:
    """Write a list of a kind and say how many rows were left out; return how many were written.

    empty: the sentence for no rows. usual: only what is shown without --all. order: another one than the usual.
    made, instead: the SQL of fields that the view lacks, or that are shown otherwise than they are sorted.
    below: makes a list that stands under it where people read it, such as its sums.
    shape: fits the list to a screen of so many columns, where it is a table whose columns nobody chose.
    """
    part = Part(
        kind.view,
        [*conditions, *(listing.usual(kind) if usual else ())],
        order or kind.order,
        made,
        instead,
    )
    return show_parts(session, given, kind, [part], empty=empty, colour_by=colour_by, below=below, shape=shape)


def show_parts(
    session: Session,
    given: Given,
    kind: Kind,
    parts: Sequence[Part],
    *,
    empty: str,
    colour_by: Field | None = None,
    below: Callable[[], Listing] | None = None,
    shape: Callable[[Listing, int | None], Listing] | None = None,
) -> int:
    """Write a list that goes through several views, one after the other, or with --sort as one; else as `show`."""
    fields = columns_of(kind.fields, given, own=kind.own_fields)
    limit = limit_of(given)
    fields, colour_of = _coloured(fields, colour_by)
    sort = given.sort if len(parts) > 1 else None
    pages = [_page(kind, given, part, fields, limit) for part in parts]
    connection = session.database.connection
    tell_where(session)
    rows = listing.read_in_turn(connection, pages) if sort is None else _merged(connection, kind, parts, pages, sort)
    shown = Listing(fields, rows, "", empty, (), given.columns is not None, colour_of, below=below)
    if shape is not None and _is_for_people(given):
        shown = shape(shown, style(session, given, sys.stdout).width)
    written = write_rows(session, given, shown)
    if limit is not None and given.limit is None and written == limit:
        tell_rest(session, sum(listing.count(connection, page) for page in pages) - written)
    return written


def _is_for_people(given: Given) -> bool:
    """Tell whether people read a list whose columns they haven't chosen."""
    return given.form in READ_BY_PEOPLE and given.columns is None


def _merged(
    connection: sqlite3.Connection, kind: Kind, parts: Sequence[Part], pages: Sequence[Page], sort: str
) -> Iterator[Row]:
    """Yield the rows of all pages in one order; each page ends in what they are sorted together by."""
    sorted_pages = [
        page._replace(columns=[*page.columns, f"({_sorted_by(kind, sort, part.made)})", "(v.id)"])
        for page, part in zip(pages, parts, strict=True)
    ]
    return listing.read_merged(connection, sorted_pages, descending=sort.startswith("-"))


def _page(kind: Kind, given: Given, part: Part, fields: Sequence[Field], limit: int | None) -> Page:
    columns = listing.selected(kind, fields, part.made, part.instead)
    return Page(part.view, columns, part.conditions, order_of(kind, given, part.order, part.made), limit)


def asked(
    session: Session,
    given: Given,
    kind: Kind,
    *,
    status: Sequence[str] | None = None,
    owner: Sequence[str] | None = None,
    customer: str | None = None,
    sale: str | None = None,
    text: str | None = None,
    made: Mapping[str, str] | None = None,
) -> list[Condition]:
    """Return the conditions of what was typed for the options that lists and exports share.

    made: the SQL of fields that depend on the time taken as now. Raises what `csm.cli.filters` raises, of which a list
    without filters loads nothing.
    """
    found = listing.words_in(kind, text)
    if not (given.fields or status or owner or customer is not None or sale is not None):
        return found
    from csm.cli import filters

    asked_for = filters.of_fields(session, given.fields, kind, made)
    if status:
        asked_for.append(filters.of_status(session, kind, status))
    if owner:
        asked_for.append(filters.owned_by(session, owner, kind.owner))
    if customer is not None:
        asked_for.append(filters.of_customer(session, customer))
    if sale is not None:
        asked_for.append(filters.of_sale(session, sale))
    return asked_for + found
