"""Services rendered: what was done for customers, at what cost, with its checklist and message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import Field, named
from csm.domain.trade_records import CHECKED, SERVICE

TOLD: Final = ("phase", "place", "paid", "cost", "minutes", "term", "by", "message", "note", "external_id")
SETTERS: Final = tuple(named(SERVICE, name) for name in TOLD)
EDITED: Final = tuple(named(SERVICE, name) for name in ("kind", *TOLD, "technical", "regular"))
# Found by an option of its own, or too long to filter by.
NO_FILTERS: Final = frozenset({"id", "customer", "customer_id", "sale_id", "checks", "not_met"})
FILTERS: Final = tuple(field for field in SERVICE if field.name not in NO_FILTERS)
CLEARABLE: Final = (
    *(named(SERVICE, name) for name in ("minutes", "by", "message", "note", "external_id")),
    Field("sale", "sale"),
)
CHECK: Final = (Field("item", "checks", "choice", "check_item", shown=1), Field("met", "items met", "flag", shown=1))
# Formats in which a checklist has a place of its own; elsewhere it is one cell.
NESTING: Final = ("json", "jsonl", "md", "html")
BY: Final = ("item", "person", "customer")

Ref = Annotated[str, typer.Argument(metavar="ID", help="The service: 12 or sv12.")]
Check = Annotated[
    list[str] | None,
    typer.Option("--check", metavar="ITEM=yes|no", help="An item of the kind's checklist, met or not; repeat it."),
]
Sale = Annotated[str | None, typer.Option("--sale", metavar="ID", help="The sale that it belongs to.")]
On = Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day it was done; today unless told.")]


# --- writing ------------------------------------------------------------------------------------------------------


def add(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The customer.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What was done: delivery, repair, visit, ...")],
    on: On = None,
    technical: Annotated[
        bool | None,
        typer.Option("--technical/--not-technical", help="Whether it was technical; as usual for the kind."),
    ] = None,
    regular: Annotated[bool, typer.Option("--regular", help="It is done regularly, not once.")] = False,
    sale: Sale = None,
    check: Check = None,
) -> None:
    """Note a service rendered; what isn't told is as usual for its kind.

    \b
    Example:
      csm service add "Golden Dragon" delivery --check on-time=yes --check goods-placed=no --message "call me"
      csm service add "Golden Dragon" repair --cost 80 --minutes 45 --sale sa12 --note "new door seal"
    """
    from csm.cli import drafts
    from csm.cli.complaint.options import choice
    from csm.cli.days import said_day
    from csm.cli.service import messages as service_words
    from csm.i18n import label, say
    from csm.render.text import visible
    from csm.services import references
    from csm.services.service import writing as services_rendered

    session: Session = ctx.obj
    connection = session.database.connection
    customer = references.customer(connection, ref)
    stored: dict[str, object] = {"kind": choice("service_kind", "KIND", kind)}
    stored |= drafts.stored(session, SETTERS, ctx.meta["given"].fields)
    stored |= _told(session, on, sale)
    stored |= {"regular": 1} if regular else {}
    stored |= {"technical": int(technical)} if technical is not None else {}
    noted = services_rendered.add(session, customer, stored, _checks(check))
    record = _record(session, noted.id)
    sentence = say(
        "noted sv{id} for {name}: {service}, {day}",
        id=noted.id,
        name=visible(customer.name),
        service=label("service_kind", record["kind"]),
        day=said_day(session.today.fromisoformat(record["done_on"])),
    )
    _changed(ctx, sentence, noted.id)
    if customer.archived:
        from csm.cli.customer.archived import warn_archived

        warn_archived(customer.name, customer.id)
    service_words.tell_checklist(session, noted)
    service_words.tell_message(session, record)


def edit(
    ctx: typer.Context,
    ref: Ref,
    on: On = None,
    sale: Sale = None,
    check: Check = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
) -> None:
    """Change a service, or tick more of its checklist; an item that is ticked again is replaced.

    \b
    Example:
      csm service edit sv3 --check on-time=no --minutes 30 --technical no
    """
    from csm.cli import drafts
    from csm.cli.service import messages as service_words
    from csm.domain.errors import NothingGiven, OptionsExclude
    from csm.i18n import say
    from csm.services.service import writing as services_rendered

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    stored = drafts.stored(session, EDITED, given.fields) | _told(session, on, sale)
    for emptied in drafts.cleared(CLEARABLE, clear or ()):
        column = {"sale": "sale_id"}.get(emptied.name, emptied.name)
        if column in stored:
            raise OptionsExclude(first=emptied.option, second=f"--clear {emptied.name}")
        stored[column] = None
    ticked = _checks(check)
    if not stored and not ticked:
        raise NothingGiven
    noted = services_rendered.edit(session, ref, stored, ticked)
    _changed(ctx, say("changed sv{id}", id=noted.id) if noted.changed else say("nothing changed"), noted.id)
    if ticked or "kind" in stored:
        service_words.tell_checklist(session, noted)
    if "message" in stored:
        service_words.tell_message(session, _record(session, noted.id))


def message(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="done", help="What to do.")],
    ref: Annotated[str, typer.Argument(metavar="ID", help="The service that has the message: 12 or sv12.")],
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What was answered.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHEN", help="When it was dealt with; today unless told.")
    ] = None,
) -> None:
    """Note that the customer's message was dealt with, so that it leaves the top of the card.

    \b
    Example:
      csm service message done sv3 "supply comes on Thursday; they know"
    """
    from csm.cli.days import said_day
    from csm.domain.errors import UnknownCommand
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services import values
    from csm.services.service import writing as services_rendered

    if action != "done":
        raise UnknownCommand(name=action, before="csm service message", near=["done"])
    session: Session = ctx.obj
    day = values.read_day(on, session, past=True) if on is not None else None
    answer = (text or "").strip() or None
    record = _record(session, services_rendered.deal_with_message(session, ref, answer, day))
    sentence = say(
        "the message of sv{id} from {name} is dealt with, {day}",
        id=record["id"],
        name=visible(record["customer"]),
        day=said_day(session.today.fromisoformat(record["message_done_on"])),
    )
    _changed(ctx, sentence, record["id"])


def _told(session: Session, on: str | None, sale: str | None) -> dict[str, object]:
    """Return the columns of what has options of its own: the day, and the sale."""
    from csm.services import values

    told: dict[str, object] = {}
    if on is not None:
        told["done_on"] = values.read_day(on, session, past=True).isoformat()
    if sale is not None:
        from csm.services.sale.finding import find_one

        told["sale_id"] = find_one(session.database.connection, sale)["id"]
    return told


def _checks(typed: Sequence[str] | None) -> dict[str, int]:
    """Return the items that --check names with 1 or 0; raise UnreadablePair, UnreadableFlag."""
    import re

    from csm.domain.errors import UnreadablePair
    from csm.services.values import read_flag

    found = {}
    for word in typed or ():
        # The last sign: a team's own item may have one in it.
        pair = re.fullmatch("(.*\\S)\\s*[=＝](.*)", word, re.DOTALL)
        if pair is None:
            raise UnreadablePair(option="--check", value=word)
        found[pair[1].strip()] = read_flag(pair[2].strip())
    return found


# --- the record ---------------------------------------------------------------------------------------------------


def _record(session: Session, service_id: int) -> dict[str, Any]:
    from csm.storage import rows
    from csm.storage.listing import by_field

    return by_field(SERVICE, rows.fetch(session.database.connection, "service_list", service_id) or {})


def _nesting(session: Session, record: Mapping[str, Any]) -> tuple[list[Field], dict[str, Any]]:
    """Return fields and record of a service with its checklist as records of its own."""
    from csm.render.listing import Nested
    from csm.storage.service import rows as services

    checks = services.checks(session.database.connection, record["id"])
    return [field for field in SERVICE if field.name != "checks"], {**record, "checks": Nested(CHECK, checks)}


def _changed(ctx: typer.Context, sentence: str, service_id: int) -> None:
    from csm.cli.output import changed, tell, tell_where, write_one

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    record = _record(session, service_id)
    if given.form not in NESTING:
        changed(session, given, sentence, [field for field in SERVICE if field.listed], record)
        return
    tell_where(session)
    fields, nested = _nesting(session, record)
    listed = [field for field in fields if field.listed]
    kept = {name: nested[name] for name in (*(field.name for field in listed), "checks")}
    write_one(session, given, listed, kept)
    tell(session, sentence)


# --- reading ------------------------------------------------------------------------------------------------------


def list_(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only for this customer.")] = None,
    sale: Annotated[str | None, typer.Option("--sale", metavar="ID", help="Only for this sale, or this bill.")] = None,
    not_met: Annotated[bool, typer.Option("--not-met", help="Only with items of the checklist not met.")] = False,
    messages: Annotated[bool, typer.Option("--messages", help="Only with a message that waits.")] = False,
) -> None:
    """List services rendered, the latest first; every field is a filter.

    \b
    Example:
      csm service list --kind delivery --done 2026-11-01.. --not-met
      csm service list --messages
    """
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.listing import Condition, equals
    from csm.storage.service.rows import CHECKS, WAITING

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    conditions = filters.conditions(session, SERVICE, given.fields, view="service_list")
    if customer is not None:
        from csm.services import references

        conditions.append(Condition("v.customer_id = ?", (references.customer(connection, customer).id,)))
    if sale is not None:
        from csm.services.sale.finding import find

        conditions.append(equals("v.sale_id", [row["id"] for row in find(connection, sale)]))
    if not_met:
        conditions.append(Condition("v.not_met > 0"))
    if messages:
        conditions.append(WAITING)
    # What was asked for is shown on a small screen too.
    first = {"message": messages, "not_met": not_met}
    fields = tuple(field._replace(shown=1) if first.get(field.name) else field for field in SERVICE)
    made = None
    if given.form in ("json", "jsonl"):
        fields = tuple(field._replace(kind="json") if field.name == "checks" else field for field in fields)
        made = {"checks": CHECKS}
    subject = lists.Subject("service_list", fields, "v.done_on DESC, v.id DESC", say("no services"), {}, made=made)
    lists.show(session, given, subject, conditions)


def show(ctx: typer.Context, ref: Ref) -> None:
    """Show a service: what was done, for whom, its message and its checklist.

    \b
    Example:
      csm service show sv3
    """
    from csm.cli.output import opened, style, tell_where, write_one
    from csm.services import references
    from csm.storage.service import rows as services

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    record = _record(session, int(str(references.record(connection, "service", ref)["id"])))
    tell_where(session)
    if given.form == "table":
        from csm.render.service.page import write_service

        with opened(given) as stream:
            write_service(record, services.checks(connection, record["id"]), style(session, given, stream), stream)
        return
    fields, shown = _nesting(session, record) if given.form in NESTING else (list(SERVICE), record)
    write_one(session, given, fields, shown, f"sv{record['id']}")


def checks(
    ctx: typer.Context,
    by: Annotated[str, typer.Option("--by", help="Counted by item, person or customer.")] = "item",
    kind: Annotated[str | None, typer.Option("--kind", help="Only of this kind of service.")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Only done from this day on.")] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="WHEN", help="Only done until this day, it included.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that were always met too.")] = False,
) -> None:
    """Count the items of checklists that weren't met, the worst first: early signs beside complaints.

    \b
    Example:
      csm service checks --by person --kind delivery --from 2026-11-01
    """
    from csm.cli import columns
    from csm.cli.complaint.options import choice, grouping
    from csm.cli.output import READ_BY_PEOPLE, tell_where, write_rows
    from csm.domain import errors
    from csm.i18n import say
    from csm.render.listing import Listing
    from csm.services import values
    from csm.storage.service import rows as services

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    by = grouping(BY, by)
    first, last = (values.read_day(word, session, past=True).isoformat() if word else None for word in (from_, to))
    if first and last and last < first:
        raise errors.EndBeforeStart(start=first, end=last)
    of_kind = choice("service_kind", "--kind", kind) if kind is not None else None
    counted = services.counted(session.database.connection, by, of_kind, first, last)
    rows = [row for row in counted if everything or row[CHECKED.index(named(CHECKED, "not_met"))]]
    # People read items by their labels; elsewhere a team's own item is a text as any other, guarded in csv.
    labelled = by == "item" and given.form in READ_BY_PEOPLE
    name = CHECKED[0]._replace(kind="choice", terms="check_item") if labelled else CHECKED[0]
    fields: tuple[Field, ...] = (name, *CHECKED[1:])
    chosen, limit = columns.columns_of(fields, given), columns.limit_of(given)
    tell_where(session)
    page = columns.chosen_rows(rows if given.sort else rows[:limit], fields, chosen, given, limit)
    written = write_rows(
        session, given, Listing(chosen, page, "", say("no items not met"), (), given.columns is not None)
    )
    if given.limit is None:
        columns.tell_rest(session, len(rows) - written)


VERBS: Final = {
    "add": Verb(add, "write", setters=SETTERS),
    "list": Verb(list_, "list", filters=FILTERS),
    "show": Verb(show),
    "edit": Verb(edit, "write", setters=EDITED),
    "message": Verb(message, "write"),
    "checks": Verb(checks, "list"),
}
