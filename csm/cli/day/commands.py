"""The three daily words: today, due, done."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import DUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm.render.day.due import Timing
    from csm.render.listing import Listing
    from csm.storage.day.due import Item

WORDS: Final = True

EXIT_NOT_EMPTY: Final = 10

Owner = Annotated[list[str] | None, typer.Option("--owner", help="Only this owner's work; repeat it.")]


def due(
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
    from csm.cli import columns, output
    from csm.domain.settings import read_whole
    from csm.services.day import page as day
    from csm.storage.day import due as items

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
        session.now_text,
        session.today + timedelta(days=ahead),
        day.leads(session),
        overdue=overdue,
        kinds=_kinds(kind),
        owners=_owners(session, owner),
        customer_id=_customer_id(session, customer),
        limit=limit if given.sort is None else None,
        ends=day.guarantees(session),
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
    from csm.render.listing import Listing

    nothing = say("nothing is due")
    if given.form not in output.READ_BY_PEOPLE:
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
    from csm.render.day import due as reading
    from csm.services.day import page as day

    return reading.rows(
        found,
        session.today,
        session.now_text,
        translated=translated,
        no_answer_limit=session.policy.number("callback.no_answer_limit"),
        deputies=day.deputies(session),
        timing=timing,
    )


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
    from csm.render.day.today import write_day
    from csm.services.day import page as day

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
            calendar=lambda: session.calendar,
        )


def done(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The short reference of a due item: cb12, cp3, pr7, nt3.")],
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What was said or done.")] = None,
    satisfaction: Annotated[
        str | None, typer.Option("-s", "--satisfaction", metavar="1..5", help="How satisfied they are.")
    ] = None,
    next_: Annotated[
        str | None, typer.Option("--next", metavar="WHEN", help="Plan the next one for this day or time.")
    ] = None,
) -> None:
    """Note a due item as done, by its short reference: a callback, a case's prevention, a promise, a reminder.

    \b
    Example:
      csm done cb12 "all fine" -s 5
      csm done cp3 "the driver has a list of the receiving hours now"
    """
    from csm.cli.callback.results import read_result, tell_case, tell_noted
    from csm.cli.output import changed
    from csm.domain.errors import NoSuchRecord, NotOfKind, NotTicked, SaleNotTicked
    from csm.domain.records import CALLBACK, NOTE
    from csm.i18n import say
    from csm.services import references
    from csm.services.callback import writing as callbacks
    from csm.services.customer import writing as customers
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
        tell_case(ctx, noted)
        return
    for option, typed in (("--satisfaction", satisfaction), ("--next", next_)):
        if typed is not None:
            raise NotOfKind(ref=ref, option=option)
    said = (text or "").strip() or None
    if kind == "complaint":
        _prevented(session, given, identity, said)
    elif kind == "promise":
        _kept(session, given, ref, said)
    elif kind == "note":
        customers.settle_note(session, references.record(connection, "note", ref), said)
        record = rows.fetch(connection, "note_list", identity) or {}
        changed(session, given, say("settled the reminder nt{id}", id=identity), NOTE, record)
    elif kind == "customer":
        raise NotTicked(ref=ref)
    elif kind == "sale":
        raise SaleNotTicked(ref=f"sa{references.record(connection, 'sale', ref)['id']}")
    else:
        raise NoSuchRecord(kind="due item", ref=ref)


def _prevented(session: Session, given: Given, complaint_id: int, text: str | None) -> None:
    from csm.cli.output import changed
    from csm.domain.records import Field
    from csm.i18n import say
    from csm.services.complaint import preventions
    from csm.storage.complaint.rows import customer_of

    record = preventions.done(session, complaint_id, text)
    fields = [
        Field("id", "id", "integer"),
        Field("complaint_id", "complaint", "integer"),
        Field("text", "prevention"),
        Field("in_charge", "in charge"),
        Field("due_on", "due", "date"),
        Field("done_at", "done", "instant"),
        Field("done_text", "note"),
    ]
    record["customer"] = customer_of(session.database.connection, complaint_id)
    changed(session, given, say("noted the prevention of cp{id} as done", id=complaint_id), fields, record)


def _kept(session: Session, given: Given, ref: str, text: str | None) -> None:
    from csm.cli.output import changed
    from csm.cli.promise.messages import kept
    from csm.domain.records import PROMISE
    from csm.services.promise import writing as promises
    from csm.storage import rows
    from csm.storage.listing import by_field

    identity = promises.keep(session, ref, text)
    record = rows.fetch(session.database.connection, "promise_list", identity) or {}
    fields = [field for field in PROMISE if field.listed]
    changed(session, given, kept(session, record), fields, by_field(PROMISE, record))


VERBS: Final = {
    "today": Verb(today),
    "due": Verb(due, "list"),
    "done": Verb(done, "write"),
}
