"""Promises: ours and theirs, with their due times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.promise.rules import OURS
from csm.domain.records import PROMISE
from csm.domain.records import named as field_named
from csm.i18n import label, say
from csm.render.text import visible

if TYPE_CHECKING:
    import sqlite3

    from csm.storage.customer.rows import Candidate
    from csm.storage.listing import Condition

LISTED: Final = [field for field in PROMISE if field.listed]
FILTERS: Final = tuple(field for field in PROMISE if field.name not in ("id", "customer", "status", "phone"))

# How a promise stands where people read it: whose release it was depends on whose promise it is.
ENDING: Final = (
    "(CASE WHEN v.status <> 'released' THEN v.status WHEN v.direction = 'ours' THEN 'released-by-customer'"
    " ELSE 'released-by-us' END)"
)

Ref = Annotated[str, typer.Argument(metavar="ID", help="The promise.")]
HowItEnded = Annotated[str | None, typer.Argument(metavar="[TEXT]", help="How it ended.")]


def _record(session: Session, promise_id: int) -> dict[str, Any]:
    from csm.storage import rows
    from csm.storage.listing import by_field

    return by_field(LISTED, rows.fetch(session.database.connection, "promise_list", promise_id) or {})


def _changed(ctx: typer.Context, sentence: str, record: dict[str, Any]) -> None:
    from csm.cli.output import changed

    changed(ctx.obj, ctx.meta["given"], sentence, LISTED, record)


def _echoed(session: Session, due_at: str) -> str:
    """Return when something is due; what is past is said to be overdue."""
    from csm.cli.days import said_moment

    shown = said_moment(session, due_at)
    return say("{day}, overdue", day=shown) if due_at < session.now_text else shown


def _meant(connection: sqlite3.Connection, ref: str, complaint: str | None) -> tuple[Candidate, int | None]:
    """Return the customer that `ref` says, and the case: that of --complaint, or `ref` itself where it is cp12."""
    from csm.domain.errors import OptionsExclude
    from csm.services import references
    from csm.storage.customer import rows as customers

    said = references.split(ref)
    if said is None or said[0] != "complaint":
        customer = references.customer(connection, ref)
        if complaint is None:
            return customer, None
        return customer, int(str(references.record(connection, "complaint", complaint)["id"]))
    if complaint is not None:
        raise OptionsExclude(first=ref, second="--complaint")
    case = references.record(connection, "complaint", ref)
    return customers.by_id(connection, int(str(case["customer_id"])))[0], said[1]


def add(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The customer, or a complaint such as cp12.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is promised.")],
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="WHEN", help="When it is due; a day alone is the end of its working time."),
    ] = None,
    theirs: Annotated[bool, typer.Option("--theirs", help="The customer promised it.")] = False,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="Who on our side is in charge (default: you).")
    ] = None,
    clock: Annotated[
        str | None,
        typer.Option(
            "--clock", metavar="C", help="first-response, proposal or resolution: bring this deadline forward."
        ),
    ] = None,
    complaint: Annotated[
        str | None, typer.Option("--complaint", metavar="ID", help="The complaint that it is made on.")
    ] = None,
    pledge: Annotated[
        str | None,
        typer.Option("--pledge", metavar="ID", help="The pledge behind it (default of --by and --compensation)."),
    ] = None,
    compensation: Annotated[
        str | None,
        typer.Option("--compensation", metavar="AMOUNT", help="What the customer gets when it is broken."),
    ] = None,
) -> None:
    """Make a promise to a customer, or note one of theirs.

    \b
    Example:
      csm promise add "Golden Dragon" "bring the spare key" --by fri --to "Wang Fang"
      csm promise add cp12 "call back about the oven" --by "today 16:00" --clock first-response
    """
    from csm.cli.days import said_moment, together
    from csm.cli.output import warn
    from csm.domain.errors import EmptyValue
    from csm.domain.values.money import group_cents
    from csm.services import values
    from csm.services.promise import pledges
    from csm.services.promise import writing as promises

    session: Session = ctx.obj
    connection = session.database.connection
    for name, word in (("TEXT", text), ("--to", to)):
        if word is not None and not word.strip():
            raise EmptyValue(field=name)
    customer, complaint_id = _meant(connection, ref, complaint)
    cents = (
        values.read(field_named(PROMISE, "compensation"), compensation, session) if compensation is not None else None
    )
    hurried = values.read(field_named(PROMISE, "clock"), clock, session) if clock is not None else None
    draft = promises.Draft(
        text=text.strip(),
        due=values.read_deadline(by, session) if by is not None else None,
        direction="theirs" if theirs else "ours",
        in_charge=to.strip() if to is not None else None,
        compensation_cents=int(cents) if cents is not None else None,
        clock=str(hurried) if hurried is not None else None,
        complaint_id=complaint_id,
        pledge_id=int(pledges.find(connection, pledge)["id"]) if pledge is not None else None,
    )
    made = promises.add(session, customer, draft)
    record = _record(session, made.id)
    told = {"id": made.id, "name": visible(customer.name), "due": _echoed(session, record["due_at"])}
    sentence = (
        say("{name} promised pr{id} by {due}", **told) if theirs else say("promised {name} pr{id} by {due}", **told)
    )
    if complaint_id is not None:
        sentence = together(sentence, say("on cp{id}", id=complaint_id), comma=True)
    _changed(ctx, sentence, record)
    if made.pledged is not None:
        pledged = said_moment(session, made.pledged)
        warn(
            say(
                "warning: pledge {id} promises everybody this by {due}, which is sooner",
                id=draft.pledge_id,
                due=pledged,
            )
        )
    if made.pledged_cents is not None:
        amount = group_cents(made.pledged_cents)
        warn(say("warning: pledge {id} gives more when it is broken: {amount}", id=draft.pledge_id, amount=amount))
    if made.above is not None:
        warn(
            say(
                "warning: {amount} is above your authority; it takes level {needed}, and you act with level {level}",
                amount=group_cents(made.above.cents),
                needed=made.above.needed,
                level=made.above.level,
            )
        )


def list_(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, kept, late, broken or released; repeat it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that have ended.")] = False,
    owner: Annotated[
        list[str] | None,
        typer.Option("--owner", metavar="NAME", help="Only those this one is in charge of; repeat it."),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose time is past.")] = False,
    ours: Annotated[bool, typer.Option("--ours", help="Only ours.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Only theirs.")] = False,
) -> None:
    """List promises (default: the open ones); every field is a filter.

    \b
    Example:
      csm promise list --overdue --ours
    """
    from csm.cli import filters, lists
    from csm.cli.output import READ_BY_PEOPLE
    from csm.domain.errors import OptionsExclude
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if ours and theirs:
        raise OptionsExclude(first="--ours", second="--theirs")
    conditions = filters.conditions(session, PROMISE, given.fields, view="promise_list")
    if status:
        conditions.append(_standing(status))
    elif not everything:
        conditions += [Condition("v.status = 'open'"), Condition("v.archived_on IS NULL")]
    if ours or theirs:
        conditions.append(Condition("v.direction = ?", ("ours" if ours else "theirs",)))
    if overdue:
        conditions.append(Condition("v.due_at < ?", (session.now_text,)))
    if owner:
        conditions.append(filters.owned_by(session, owner, "v.in_charge"))
    if customer is not None:
        from csm.services import references

        found = references.customer(session.database.connection, customer)
        conditions.append(Condition("v.customer_id = ?", (found.id,)))
    subject = lists.Subject("promise_list", PROMISE, "v.due_at, v.id", say("no promises"), {"status": "v.status"})
    if given.form in READ_BY_PEOPLE:
        fields = tuple(field._replace(terms="promise_ending") if field.name == "status" else field for field in PROMISE)
        subject = subject._replace(fields=fields, made={"status": ENDING})
    lists.show(session, given, subject, conditions)


def _standing(typed: list[str]) -> Condition:
    """Return the condition that a promise stands in one of the typed ways; whose release it was can be typed too."""
    from csm.i18n.terms import term
    from csm.services.values import read_term
    from csm.storage.listing import Condition

    parts, bound = [], []
    for text in typed:
        ending = term("promise_ending", ("released-by-customer", "released-by-us"), text)
        if ending is not None and text.strip() != label("promise_status", "released"):
            parts.append(f"{ENDING} = ?")
            bound.append(ending)
        else:
            parts.append("v.status = ?")
            bound.append(read_term(field_named(PROMISE, "status"), text))
    return Condition(" OR ".join(parts), tuple(bound))


def keep(
    ctx: typer.Context,
    ref: Ref,
    text: HowItEnded = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was kept (default: now).")] = None,
) -> None:
    """Note that a promise was kept, on time or late.

    \b
    Example:
      csm promise keep pr3 "brought the key"
    """
    from csm.cli.promise.messages import kept
    from csm.services import values
    from csm.services.promise import writing as promises

    session: Session = ctx.obj
    moment = values.read_past_moment(at, session) if at is not None else None
    record = _record(session, promises.keep(session, ref, text or None, moment))
    _changed(ctx, kept(session, record), record)


def break_(ctx: typer.Context, ref: Ref, text: HowItEnded = None) -> None:
    """Note that a promise wasn't kept; its compensation is proposed.

    \b
    Example:
      csm promise break pr3 "the part never came"
    """
    from csm.cli.output import tell
    from csm.cli.promise.messages import named
    from csm.domain.values.money import group_cents, show_cents
    from csm.services.promise import writing as promises

    session: Session = ctx.obj
    broken = promises.break_(session, ref, text or None)
    record = _record(session, broken.id)
    _changed(ctx, say("{promise} broken", promise=named(record)), record)
    if broken.compensation_cents is None:
        return
    amount = group_cents(broken.compensation_cents)
    if broken.complaint_id is None:
        name = visible(str(record["customer"]))
        tell(session, say("the compensation promised to {name} is {amount}", name=name, amount=amount))
        return
    command = (
        f'csm complaint propose {broken.complaint_id} "..." --compensation {show_cents(broken.compensation_cents)}'
    )
    tell(
        session,
        say("the compensation promised is {amount}: {command}", amount=amount, command=f"{command} --recovery equal"),
    )


def release(ctx: typer.Context, ref: Ref, text: HowItEnded = None) -> None:
    """Release a promise: whoever it was made to no longer requires it, the customer or, with one of theirs, we.

    \b
    Example:
      csm promise release pr3 "they fetched it themselves"
    """
    from csm.cli.promise.messages import named
    from csm.services.promise import writing as promises

    session: Session = ctx.obj
    record = _record(session, promises.release(session, ref, text or None))
    promise = named(record)
    if record["direction"] == OURS:
        sentence = say("{promise} released by the customer", promise=promise)
    else:
        sentence = say("{promise} released by us", promise=promise)
    _changed(ctx, sentence, record)


def move(
    ctx: typer.Context,
    ref: Ref,
    when: Annotated[str, typer.Argument(metavar="WHEN", help="The new time, a later one.")],
    told: Annotated[bool, typer.Option("--told", help="The other side was told.")] = False,
) -> None:
    """Move a promise to a later time, before it is due, when the other side was told.

    \b
    Example:
      csm promise move pr3 "fri 12:00" --told
    """
    from csm.cli.promise.messages import named
    from csm.services import values
    from csm.services.promise import writing as promises

    session: Session = ctx.obj
    record = _record(session, promises.move(session, ref, values.read_deadline(when, session), told))
    _changed(
        ctx, say("{promise} moved to {due}", promise=named(record), due=_echoed(session, record["due_at"])), record
    )


VERBS: Final = {
    "add": Verb(add, "write"),
    "list": Verb(list_, "list", filters=FILTERS),
    "keep": Verb(keep, "write"),
    "break": Verb(break_, "write"),
    "release": Verb(release, "write"),
    "move": Verb(move, "write"),
}
