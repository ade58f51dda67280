"""Callbacks: planned, done, logged; by cadence or along a route."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import CALLBACK

FILTERS: Final = tuple(field for field in CALLBACK if field.name not in ("id", "customer", "note", "phone"))
PLANNED: Final = tuple(field for field in CALLBACK if field.name in ("channel", "purpose", "note", "every", "owner"))

Text = Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What was said.")]
Satisfaction = Annotated[
    str | None, typer.Option("-s", "--satisfaction", metavar="1..5", help="How satisfied they are.")
]
NoAnswer = Annotated[bool, typer.Option("--no-answer", help="Nobody answered: it stays open for the next working day.")]
Postponed = Annotated[
    str | None,
    typer.Option("--postponed", metavar="WHEN", help="They asked for another day or time: it stays open."),
]
Refused = Annotated[bool, typer.Option("--refused", help="They didn't want to talk.")]
Next = Annotated[str | None, typer.Option("--next", metavar="WHEN", help="Plan the next one for this day or time.")]
Suggestion = Annotated[str | None, typer.Option("--suggestion", metavar="TEXT", help="The suggestion they made.")]
Objection = Annotated[
    str | None, typer.Option("--objection", help="false-objection, not-understood, quality, price or not-now.")
]
Cost = Annotated[str | None, typer.Option("--cost", metavar="AMOUNT", help="What it cost us.")]
Channel = Annotated[str | None, typer.Option("--channel", help="How: phone, visit, wechat, email, ...")]
At = Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was; now unless told.")]
Complaint = Annotated[
    str | None, typer.Option("--complaint", metavar="SUMMARY", help="A problem was heard: open a complaint about it.")
]
Summary = Annotated[
    str | None,
    typer.Option("--summary", metavar="TEXT", help="Sums up the case that the satisfaction callback closes."),
]
Contact = Annotated[str | None, typer.Option("--contact", metavar="NAME", help="Whom: a contact's name or id.")]
Sale = Annotated[str | None, typer.Option("--sale", metavar="ID", help="The sale it is about: 12, sa12 or its bill.")]


def _record(session: Session, callback_id: int) -> dict[str, Any]:
    from csm.storage import rows
    from csm.storage.listing import by_field

    return by_field(CALLBACK, rows.fetch(session.database.connection, "callback_list", callback_id) or {})


def _changed(ctx: typer.Context, sentence: str, callback_id: int) -> None:
    from csm.cli.output import changed

    session: Session = ctx.obj
    fields = [field for field in CALLBACK if field.listed]
    changed(session, ctx.meta["given"], sentence, fields, _record(session, callback_id))


def add(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The customer.")],
    on: Annotated[str, typer.Option("--on", metavar="WHEN", help="The planned day, with a time of day if need be.")],
    contact: Contact = None,
    sale: Sale = None,
    from_done: Annotated[
        bool, typer.Option("--from-done", help="Count the next one from the day it was done.")
    ] = False,
) -> None:
    """Plan a callback, once or repeating; with a time of day where one was agreed on.

    \b
    Example:
      csm callback add "Golden Dragon" --on "fri 15:00"
      csm callback add "Golden Dragon" --on fri --purpose usage --every 2w --note "ask about the new oven"
    """
    from csm.cli import drafts
    from csm.cli.days import appointed
    from csm.domain.errors import MissingOption
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services import references, values
    from csm.services.callback import writing as callbacks

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    customer = references.customer(session.database.connection, ref)
    planned = values.read_appointment(on, session)
    made = drafts.stored(session, CALLBACK, given.fields)
    if from_done and not made.get("every"):
        raise MissingOption(option="--every", command="csm callback add")
    if planned_note := made.pop("note", None):
        made["planned_note"] = planned_note
    if contact is not None:
        from csm.services.customer import contacts

        made["contact_id"] = contacts.there(session.database.connection, customer, contact, planned.day)
    elif customer.contact_id is not None:
        made["contact_id"] = customer.contact_id
    if sale is not None:
        from csm.services.sale import finding

        made["sale_id"] = finding.of_customer(session.database.connection, customer, sale)
    made |= {**planned.columns, "from_done": int(from_done)}
    callback_id = callbacks.add(session, customer, made)
    sentence = say(
        "planned callback cb{id} with {name} on {day}",
        id=callback_id,
        name=visible(customer.name),
        day=appointed(session, planned),
    )
    _changed(ctx, sentence, callback_id)


def list_(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, done, skipped or cancelled; repeat it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only of this owner; repeat it.")] = None,
    sale: Annotated[
        str | None, typer.Option("--sale", metavar="ID", help="Only about this sale: 12, sa12 or its bill.")
    ] = None,
) -> None:
    """List callbacks, the open ones unless told; every field is a filter.

    \b
    Example:
      csm callback list --due today..+7d --channel visit
    """
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CALLBACK, given.fields, view="callback_list")
    if status:
        from csm.services.values import read_term

        field = next(field for field in CALLBACK if field.name == "status")
        conditions.append(equals("v.status", [read_term(field, value) for value in status]))
    elif not everything:
        conditions += [Condition("v.status = 'open'"), Condition("v.archived_on IS NULL")]
    if owner:
        conditions.append(filters.owned_by(session, owner))
    if customer is not None:
        from csm.services import references

        found = references.customer(session.database.connection, customer)
        conditions.append(Condition("v.customer_id = ?", (found.id,)))
    if sale is not None:
        from csm.services.sale import finding

        sales = finding.find(session.database.connection, sale)
        conditions.append(equals("v.sale_id", [row["id"] for row in sales]))
    order = "v.due_on, v.due_at IS NULL, v.due_at, v.id"
    subject = lists.Subject("callback_list", CALLBACK, order, say("no callbacks"), {"customer": "v.customer"})
    lists.show(session, given, subject, conditions)


def done(
    ctx: typer.Context,
    ref: Annotated[
        str, typer.Argument(metavar="ID|CUSTOMER", help="The callback, or the customer for all that is due.")
    ],
    text: Text = None,
    satisfaction: Satisfaction = None,
    no_answer: NoAnswer = False,
    postponed: Postponed = None,
    refused: Refused = False,
    next_: Next = None,
    suggestion: Suggestion = None,
    objection: Objection = None,
    cost: Cost = None,
    channel: Channel = None,
    at: At = None,
    complaint: Complaint = None,
    summary: Summary = None,
) -> None:
    """Note what came of a planned callback; its series goes on by itself.

    \b
    Example:
      csm callback done 12 "happy with the oven, wants a second" -s 5 --next +2w
    """
    from csm.cli.callback.results import read_result, tell_case, tell_noted, with_case
    from csm.services.callback import writing as callbacks

    session: Session = ctx.obj
    words = {
        "satisfaction": satisfaction,
        "suggestion": suggestion,
        "objection": objection,
        "cost": cost,
        "channel": channel,
    }
    result = read_result(
        session, text, words, at=at, no_answer=no_answer, postponed=postponed, refused=refused, next_on=next_
    )
    result = with_case(session, result, complaint, summary)
    noted = callbacks.note(session, ref, result)
    _changed(ctx, tell_noted(session, noted, at=result.at.date() if at else None), noted.ids[0])
    tell_case(ctx, noted)


def log(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The customer.")],
    text: Text = None,
    satisfaction: Satisfaction = None,
    no_answer: NoAnswer = False,
    postponed: Postponed = None,
    refused: Refused = False,
    next_: Next = None,
    suggestion: Suggestion = None,
    objection: Objection = None,
    cost: Cost = None,
    channel: Channel = None,
    purpose: Annotated[str | None, typer.Option("--purpose", help="What it was for.")] = None,
    contact: Contact = None,
    sale: Sale = None,
    at: At = None,
    incoming: Annotated[bool, typer.Option("--incoming", help="The customer began it.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave open what is planned for today or before.")] = False,
    complaint: Complaint = None,
    summary: Summary = None,
) -> None:
    """Note a contact that wasn't planned; it fulfils what is due with the customer, and says so.

    \b
    Example:
      csm callback log "Golden Dragon" "called about the invoice" --incoming --purpose documents
    """
    from csm.cli.callback.results import read_result, tell_case, tell_noted, with_case
    from csm.services import references
    from csm.services.callback import writing as callbacks

    session: Session = ctx.obj
    customer = references.customer(session.database.connection, ref)
    words = {
        "satisfaction": satisfaction,
        "suggestion": suggestion,
        "objection": objection,
        "cost": cost,
        "channel": channel,
        "purpose": purpose,
        "direction": "incoming" if incoming else None,
    }
    result = read_result(
        session, text, words, at=at, no_answer=no_answer, postponed=postponed, refused=refused, next_on=next_
    )
    contact_id = customer.contact_id
    if contact is not None:
        from csm.services.customer import contacts

        contact_id = contacts.there(session.database.connection, customer, contact, result.at.date())
    if contact_id is not None:
        result = result._replace(values={**result.values, "contact_id": contact_id})
    if sale is not None:
        from csm.services.sale import finding

        sale_id = finding.of_customer(session.database.connection, customer, sale)
        result = result._replace(values={**result.values, "sale_id": sale_id})
    result = with_case(session, result, complaint, summary)
    noted = callbacks.log(session, customer, result, keep=keep)
    _changed(ctx, tell_noted(session, noted, customer.name, at=result.at.date() if at else None), noted.ids[0])
    tell_case(ctx, noted)


def move(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The callback.")],
    when: Annotated[str, typer.Argument(metavar="WHEN", help="The new day, or day and time.")],
) -> None:
    """Move an open callback to another day; it keeps its time of day, and its series its place.

    \b
    Example:
      csm callback move cb12 fri
    """
    from csm.cli.days import appointed
    from csm.i18n import say
    from csm.services import references, values
    from csm.services.callback import writing as callbacks

    session: Session = ctx.obj
    row = references.record(session.database.connection, "callback", ref)
    moved = callbacks.move(session, row, values.read_appointment(when, session))
    sentence = say("moved callback cb{id} to {day}", id=row["id"], day=appointed(session, moved))
    _changed(ctx, sentence, int(str(row["id"])))


def skip(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The callback.")],
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")] = None,
) -> None:
    """Skip an open callback; its series goes on.

    \b
    Example:
      csm callback skip cb12 --reason "closed for renovation"
    """
    from csm.cli.days import appointed, together
    from csm.i18n import say
    from csm.services import references
    from csm.services.callback import writing as callbacks

    session: Session = ctx.obj
    row = references.record(session.database.connection, "callback", ref)
    next_id, following = callbacks.skip(session, row, reason)
    sentence = say("skipped callback cb{id}", id=row["id"])
    if following is not None:
        said = say("next: cb{id} on {day}", id=next_id, day=appointed(session, following))
        sentence = together(sentence, said)
    _changed(ctx, sentence, int(str(row["id"])))


def plan(
    ctx: typer.Context,
    until: Annotated[
        str | None, typer.Option("--until", metavar="WHEN", help="Only what falls on this day or before.")
    ] = None,
    per_day: Annotated[
        str | None, typer.Option("--per-day", metavar="N", help="At most so many a day for each owner.")
    ] = None,
    route: Annotated[str | None, typer.Option("--route", help="Plan visits along this route instead.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day of the visits.")] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", help="What the visits are for. (default: usage)")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be planned; change nothing.")] = False,
) -> None:
    """Plan callbacks by cadence, or visits along a route; run twice, nothing is planned twice.

    \b
    Example:
      csm callback plan --per-day 20
      csm callback plan --route East --on tomorrow
    """
    from csm.cli.callback.results import show_planned
    from csm.cli.days import echoed, together
    from csm.domain.errors import MissingOption, OptionsExclude
    from csm.domain.settings import read_whole
    from csm.i18n import say_n
    from csm.services import values
    from csm.services.callback import planning

    session: Session = ctx.obj
    if route is None:
        if on is not None or purpose is not None:
            raise MissingOption(option="--route", command="csm callback plan")
        last = values.read_day(until, session) if until is not None else None
        most = read_whole(per_day, 1, 10**6) if per_day is not None else None
        planned = planning.by_cadence(session, until=last, per_day=most, dry_run=dry_run)
    else:
        if until is not None or per_day is not None:
            raise OptionsExclude(first="--route", second="--until" if until is not None else "--per-day")
        if on is None:
            raise MissingOption(option="--on", command="csm callback plan")
        day = values.read_day(on, session)
        known = values.read_term(next(field for field in CALLBACK if field.name == "purpose"), purpose or "usage")
        planned = planning.along_route(session, route, day, known, dry_run=dry_run)
    if dry_run:
        sentence = say_n("would plan {n} callback", "would plan {n} callbacks", len(planned))
    else:
        sentence = say_n("planned {n} callback", "planned {n} callbacks", len(planned))
    if planned:
        from datetime import date

        from csm.i18n import say

        first, last_day = min(row.due_on for row in planned), max(row.due_on for row in planned)
        days = {
            "first": echoed(session, date.fromisoformat(first)),
            "last": echoed(session, date.fromisoformat(last_day)),
        }
        span = say("on {first}", **days) if first == last_day else say("from {first} to {last}", **days)
        sentence = together(sentence, span, comma=True)
    show_planned(session, ctx.meta["given"], planned, sentence, show=dry_run)


VERBS: Final = {
    "add": Verb(add, "write", setters=PLANNED),
    "list": Verb(list_, "list", filters=tuple(field for field in FILTERS if field.name not in ("status", "owner"))),
    "done": Verb(done, "write"),
    "log": Verb(log, "write"),
    "move": Verb(move, "write"),
    "skip": Verb(skip, "write"),
    "plan": Verb(plan, "list"),
}
