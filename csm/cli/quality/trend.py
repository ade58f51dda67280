"""`quality trend`: the main figures of service quality over the last months."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli.complaint.options import choice, whole
from csm.cli.grammar import Given
from csm.cli.output import opened, style, tell_where, write_rows
from csm.cli.quality.tables import write_definitions
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import DELIMITERS, OBJECTS, READ_BY_PEOPLE
from csm.domain.kinds import Field
from csm.domain.quality.figures import MOST_MONTHS, SUMMARY, TREND_MONTHS, month_name, rounded
from csm.domain.quality.record import FIGURE
from csm.i18n.terms import term
from csm.render.formats import write_list
from csm.render.listing import Listing
from csm.render.quality.tables import cards_note
from csm.render.quality.trend import Series, ascii_only, footer_of, groups_listing, trend_listing, write_trend
from csm.services.quality.measuring import ON_CARDS
from csm.services.quality.trend import trend_of
from csm.storage.quality.customers import has_sales

if TYPE_CHECKING:
    from csm.render.listing import Row
    from csm.services.quality.trend import Month, Trend

# Figures made of active customers, for which cards stand in where no sales are recorded.
_OF_CUSTOMERS: Final = frozenset({("complaints", "per_100_customers"), ("heart", "engagement"), ("heart", "adoption")})


def run(
    ctx: typer.Context,
    months: Annotated[
        str | None, typer.Option("--months", metavar="N", help="How many months, 1 to 36; 6 unless told.")
    ] = None,
    section: Annotated[
        str | None, typer.Option("--section", metavar="NAME", help="Only this section: complaints, gaps, heart, ...")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHAT", help="A group for each owner, region or grade.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what each figure is, instead of the figures.")
    ] = False,
) -> None:
    """Show the main figures of the last months side by side; this month up to today.

    \b
    Example:
      csm quality trend --months 12
      csm quality trend --section complaints --by owner
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    number = whole("--months", months, 1, MOST_MONTHS) if months is not None else TREND_MONTHS
    sections = SUMMARY if section is None else (choice("quality_section", "--section", section),)
    group = _grouping(by)
    if explain:
        write_definitions(session, given, sections)
        return
    found = trend_of(session, number, sections, group, compare=given.form in DELIMITERS)
    tell_where(session)
    if given.form in READ_BY_PEOPLE:
        _write(session, given, found, group)
    elif given.form in OBJECTS:
        _write_json(session, given, found, group)
    else:
        _write_csv(session, given, found, group)


def _grouping(by: str | None) -> str | None:
    if by is None:
        return None

    # The months are there anyway.
    found = term("quality_by", ON_CARDS, by)
    if found is None:
        raise UsageFault("unknown-value", field="--by", value=by, choices=list(ON_CARDS))
    return found


# --- for people -----------------------------------------------------------------------------------------------


def _write(session: Session, given: Given, found: Trend, by: str | None) -> None:
    thin = session.policy.number("quality.thin")
    groups = {group: _series(found, months) for group, months in found.months.items()}
    footer = _footer(session, found, groups, thin, brackets=by is not None or given.form != "table")
    with opened(given) as stream:
        look = style(session, given, stream)
        if by is not None:
            signs, markup = ascii_only(look, stream), given.form != "table"
            listing = groups_listing(found.days, by, groups, footer, thin, ascii_only=signs, markup=markup)
            write_list(given.form, listing, look, stream)
        elif given.form == "table":
            write_trend(found.days, groups[None], footer, thin, look, stream)
        else:
            write_list(given.form, trend_listing(found.days, groups[None], footer, thin), look, stream)


def _footer(
    session: Session, found: Trend, groups: Mapping[str | None, Sequence[Series]], thin: int, *, brackets: bool
) -> list[str]:
    lines = footer_of([row for rows in groups.values() for row in rows], thin, brackets=brackets)
    of_customers = not _OF_CUSTOMERS.isdisjoint((figure.section, figure.name) for figure in found.figures)
    if of_customers and not has_sales(session.database.connection):
        lines.append(cards_note())
    return lines


def _series(found: Trend, months: Sequence[Month]) -> list[Series]:
    scales = [month.scale for month in months]
    return [Series(figure, [month.of(figure) for month in months], scales) for figure in found.figures]


# --- for programs ---------------------------------------------------------------------------------------------


def _write_csv(session: Session, given: Given, found: Trend, by: str | None) -> None:
    write_rows(session, given, Listing((*_keys(by), *FIGURE), list(_rows(found, by))))


def _keys(by: str | None) -> list[Field]:
    return [Field(name, name) for name in ("month", by) if name is not None]


def _months(found: Trend, by: str | None) -> Iterator[tuple[list[Any], Month]]:
    """Give each month's groups, the earliest month first: what they are called, and their figures."""
    for place, days in enumerate(found.days):
        for group, months in found.months.items():
            yield [month_name(days.now), group][: 1 if by is None else 2], months[place]


def _rows(found: Trend, by: str | None) -> Iterator[Row]:
    for key, month in _months(found, by):
        for figure in found.figures:
            yield (*key, figure.section, figure.name, *month.of(figure), month.compared(figure).value)


def _write_json(session: Session, given: Given, found: Trend, by: str | None) -> None:
    sections = dict.fromkeys(figure.section for figure in found.figures)
    fields = [*_keys(by), *(Field(section, section, "json") for section in sections)]
    rows = [
        [*key, *(json.dumps(_section(found, section, month)) for section in sections)]
        for key, month in _months(found, by)
    ]
    write_rows(session, given, Listing(fields, rows))


def _section(found: Trend, section: str, month: Month) -> dict[str, Any]:
    """Return the figures of a section by name, and under "counted" of how many those were made that aren't counts."""
    figures = [figure for figure in found.figures if figure.section == section]
    values = {figure.name: rounded(month.of(figure).value) for figure in figures}
    return {**values, "counted": {figure.name: month.of(figure).n for figure in figures if figure.kind != "count"}}
