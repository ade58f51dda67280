"""`csm due`."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli import columns, output
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.day.record import DUE
from csm.domain.errors import UsageFault
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.settings import read_whole
from csm.i18n import say
from csm.render.day import due as reading
from csm.render.listing import Listing
from csm.services.day import page as day
from csm.storage.day import due as items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm.render.day.due import Timing
    from csm.storage.day.due import Item
from csm.cli.day.results import owners_typed

EXIT_NOT_EMPTY: Final = 10
Owner = Annotated[list[str] | None, typer.Option("--owner", help="Only this owner's work; repeat it.")]


def run(
    ctx: typer.Context,
    days: Annotated[str, typer.Option("--days", metavar="N", help="The next N days too.")] = "0",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is late.")] = False,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="Only callback, resolution, promise, reminder or another kind; repeat it."),
    ] = None,
    owner: Owner = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 10 when the list isn't empty.")] = False,
) -> None:
    """List what has to happen by today, late first, with whom to call and what was said last.

    \b
    Example:
      csm due --days 7 --owner alice
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    ahead = read_whole(days, 0, 3650)
    if overdue and ahead:
        raise UsageFault("values-exclude", first="--overdue", second="--days")
    limit = columns.limit_of(given)
    connection = session.database.connection
    wanted = items.Wanted(
        session.today,
        session.now_text,
        session.today + timedelta(days=ahead),
        day.leads(session),
        overdue=overdue,
        kinds=_kinds(kind),
        owners=owners_typed(session, owner),
        customer_id=_customer_id(session, customer),
        limit=limit if given.sort is None else None,
        ends=day.guarantees(session),
        lunar=day.lunar_birthdays(session),
    )
    output.tell_where(session)
    found = items.read(connection, wanted)
    written = output.write_rows(session, given, _listing(session, given, found, limit, one_owner=len(owner or ()) == 1))
    if limit is not None and given.limit is None and written == limit:
        columns.tell_rest(session, items.count(connection, wanted) - written)
    if exit_code and written:
        raise typer.Exit(EXIT_NOT_EMPTY)


def _listing(session: Session, given: Given, found: Iterator[Item], limit: int | None, *, one_owner: bool) -> Listing:
    """Return the due items as a list for programs, or for people in the layout of the morning page."""
    nothing = say("nothing is due")
    if given.form not in READ_BY_PEOPLE:
        fields = columns.columns_of(DUE, given)
        rows = _rows(session, found, translated=False, timing=None)
        return Listing(fields, columns.chosen_rows(rows, DUE, fields, given, limit), "", nothing)
    from csm.render.day.table import ALL, columns_listing, due_listing, timing_of

    timing = timing_of(session.now_text, session.zone, lambda: session.calendar)
    said = columns.chosen_rows(_rows(session, found, translated=True, timing=timing), DUE, DUE, given, limit)
    if given.form == "table" and given.columns is None:
        width = output.style(session, given, sys.stdout).width
        return due_listing(said, ALL, width, owners=not one_owner, empty=nothing)
    fields = columns.columns_of(DUE, given)
    if given.columns is None:
        # the reference is what one types next
        fields.sort(key=lambda field: field.name != "ref")
    return columns_listing(said, DUE, fields, empty=nothing, by_user=given.columns is not None)


def _rows(
    session: Session, found: Iterator[Item], *, translated: bool, timing: Timing | None
) -> Iterator[tuple[Any, ...]]:
    return reading.rows(
        found,
        session.today,
        session.now_text,
        translated=translated,
        no_answer_limit=session.policy.number("callback.no_answer_limit"),
        deputies=day.deputies(session),
        timing=timing,
    )


def _kinds(typed: list[str] | None) -> list[str]:
    if not typed:
        return []
    from csm.services.values import read_term

    return [read_term(DUE[0], word) for word in typed]


def _customer_id(session: Session, ref: str | None) -> int | None:
    if ref is None:
        return None
    from csm.services import references

    return references.customer(session.database.connection, ref).id
