"""`csm promise add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from csm.cli.days import said_moment, together
from csm.cli.session import Session, warn
from csm.domain.errors import UsageFault
from csm.domain.kinds import named as field_named
from csm.domain.promise.record import PROMISE
from csm.domain.values.money import group_cents
from csm.i18n import say
from csm.render.text import visible
from csm.services import references, values
from csm.services.promise import pledges
from csm.services.promise import writing as promises
from csm.storage.customer import rows as customers

if TYPE_CHECKING:
    import sqlite3

    from csm.storage.customer.rows import Candidate
from csm.cli.promise.results import echoed, print_changed, record_of


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The customer, or a complaint such as cp12.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is promised.")],
    due: Annotated[
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
    session: Session = ctx.obj
    connection = session.database.connection
    for name, word in (("TEXT", text), ("--to", to)):
        if word is not None and not word.strip():
            raise UsageFault("empty-value", field=name)
    customer, complaint_id = _meant(connection, ref, complaint)
    cents = (
        values.read(field_named(PROMISE, "compensation"), compensation, session) if compensation is not None else None
    )
    hurried = values.read(field_named(PROMISE, "clock"), clock, session) if clock is not None else None
    draft = promises.Draft(
        text=text.strip(),
        due=values.read_deadline(due, session) if due is not None else None,
        direction="theirs" if theirs else "ours",
        in_charge=to.strip() if to is not None else None,
        compensation_cents=int(cents) if cents is not None else None,
        clock=str(hurried) if hurried is not None else None,
        complaint_id=complaint_id,
        pledge_id=int(pledges.find(connection, pledge)["id"]) if pledge is not None else None,
    )
    made = promises.add(session, customer, draft)
    record = record_of(session, made.id)
    told = {"id": made.id, "name": visible(customer.name), "due": echoed(session, record["due_at"])}
    sentence = (
        say("{name} promised pr{id} by {due}", **told) if theirs else say("promised {name} pr{id} by {due}", **told)
    )
    if complaint_id is not None:
        sentence = together(sentence, say("on cp{id}", id=complaint_id), comma=True)
    print_changed(ctx, sentence, record)
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
                "warning: {amount} is above your authority; it takes level {needed}, and you have level {level}",
                amount=_promised(made.above),
                needed=made.above.needed,
                level=made.above.level,
            )
        )


def _promised(above: promises.Above) -> str:
    """Return the money that was promised, with what its case has received already."""
    amount = group_cents(above.cents)
    if not above.given:
        return amount
    return say("{amount}, after {given} given already,", amount=amount, given=group_cents(above.given))


def _meant(connection: sqlite3.Connection, ref: str, complaint: str | None) -> tuple[Candidate, int | None]:
    """Return the customer that `ref` says, and the case: that of --complaint, or `ref` itself where it is cp12."""
    said = references.split(ref)
    if said is None or said[0] != "complaint":
        customer = references.customer(connection, ref)
        if complaint is None:
            return customer, None
        return customer, references.identity(connection, "complaint", complaint)
    if complaint is not None:
        raise UsageFault("values-exclude", first=ref, second="--complaint")
    case = references.record(connection, "complaint", ref)
    return customers.by_id(connection, case["customer_id"])[0], said[1]
