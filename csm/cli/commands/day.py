"""The three daily words: today, due, done."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import DUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm.render.listing import Listing
    from csm.storage.due import Item

WORDS: Final = True

EXIT_NOT_EMPTY: Final = 10

Owner = Annotated[list[str] | None, typer.Option("--owner", help="Only this owner's work; repeat it.")]


def due(
    ctx: typer.Context,
    days: Annotated[str, typer.Option("--days", metavar="N", help="The next N days too.")] = "0",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is late.")] = False,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only callback, reminder or birthday; repeat it.")
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
    from csm.cli import columns, output
    from csm.domain.settings import read_whole
    from csm.services import day
    from csm.storage import due as items

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    ahead = read_whole(days, 0, 3650)
    if overdue and ahead:
        from csm.domain.errors import OptionsExclude

        raise OptionsExclude(first="--overdue", second="--days")
    limit = columns.limit_of(given)
    connection = session.database.connection
    wanted = items.Wanted(
        session.today,
        session.today + timedelta(days=ahead),
        day.leads(session),
        overdue=overdue,
        kinds=_kinds(kind),
        owners=_owners(session, owner),
        customer_id=_customer_id(session, customer),
        limit=limit if given.sort is None else None,
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
    from csm.cli import columns, output
    from csm.i18n import say
    from csm.render import due as reading
    from csm.render.listing import Listing
    from csm.services import day

    rows = reading.rows(
        found,
        session.today,
        translated=given.form in output.READ_BY_PEOPLE,
        no_answer_limit=session.policy.number("callback.no_answer_limit"),
        deputies=day.deputies(session),
    )
    nothing = say("nothing is due")
    if given.form == "table" and given.columns is None:
        from csm.render.due_table import ALL, due_listing

        width = output.style(session, given, sys.stdout).width
        chosen = columns.chosen_rows(rows, DUE, DUE, given, limit)
        return due_listing(chosen, ALL, width, owners=not one_owner, empty=nothing)
    fields = columns.columns_of(DUE, given)
    if given.form in output.READ_BY_PEOPLE and given.columns is None:
        fields = [fields[-1], *fields[:-1]]  # the reference is what one types next
    chosen = columns.chosen_rows(rows, DUE, fields, given, limit)
    return Listing(fields, chosen, "", nothing, (), given.columns is not None)


def _owners(session: Session, typed: list[str] | None) -> list[str]:
    if not typed:
        return []
    from csm.cli import filters

    return filters.owners(session, typed)


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


def today(
    ctx: typer.Context,
    owner: Annotated[str | None, typer.Option("--owner", help="Only this owner's work.")] = None,
) -> None:
    """Show the page for the morning: late, today, the next days, today's route, and who has no next callback.

    \b
    Example:
      csm today --owner alice
      csm today -f html | mail -a "Content-Type: text/html; charset=utf-8" -s "Today" alice@example.com
    """
    from csm.cli import output
    from csm.render.today import write_day
    from csm.services import day

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    page = day.read(session, owner=owner, owners=_owners(session, [owner] if owner else None))
    output.tell_where(session)
    with output.opened(given) as stream:
        write_day(
            given.form,
            page,
            output.style(session, given, stream),
            stream,
            deputies=day.deputies(session),
            no_answer_limit=session.policy.number("callback.no_answer_limit"),
        )


def done(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The short reference of a due item: cb12, nt3.")],
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What was said or done.")] = None,
    satisfaction: Annotated[
        str | None, typer.Option("-s", "--satisfaction", metavar="1..5", help="How satisfied they are.")
    ] = None,
    next_: Annotated[str | None, typer.Option("--next", metavar="WHEN", help="Plan the next one for this day.")] = None,
) -> None:
    """Note a due item as done, by its short reference.

    \b
    Example:
      csm done cb12 "all fine" -s 5
    """
    from csm.cli.noting import read_result, tell_noted
    from csm.cli.output import changed
    from csm.domain.errors import NoSuchRecord, NotOfKind, NotTicked
    from csm.domain.records import CALLBACK, NOTE
    from csm.i18n import say
    from csm.services import callbacks, customers, references
    from csm.storage import rows
    from csm.storage.listing import by_field

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    kind, identity = references.split(ref) or ("callback", references.number("callback", ref) or 0)
    if kind == "callback":
        result = read_result(
            session,
            text,
            {"satisfaction": satisfaction},
            at=None,
            no_answer=False,
            postponed=None,
            refused=False,
            next_on=next_,
        )
        noted = callbacks.note(session, f"cb{identity}" if identity else ref, result)
        record = rows.fetch(connection, "callback_list", noted.ids[0]) or {}
        fields = [field for field in CALLBACK if field.listed]
        changed(session, given, tell_noted(session, noted), fields, by_field(CALLBACK, record))
    elif kind == "note":
        for option, typed in (("--satisfaction", satisfaction), ("--next", next_)):
            if typed is not None:
                raise NotOfKind(ref=ref, option=option)
        customers.settle_note(session, references.record(connection, "note", ref), (text or "").strip() or None)
        record = rows.fetch(connection, "note_list", identity) or {}
        changed(session, given, say("settled the reminder nt{id}", id=identity), NOTE, record)
    elif kind == "customer":
        raise NotTicked(ref=ref)
    else:
        raise NoSuchRecord(kind="due item", ref=ref)


VERBS: Final = {
    "today": Verb(today),
    "due": Verb(due, "list"),
    "done": Verb(done, "write"),
}
