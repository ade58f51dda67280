"""`csm done`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.callback.results import read_result, tell_more, tell_noted
from csm.cli.grammar import Given
from csm.cli.output import changed
from csm.cli.session import Session
from csm.domain.callback.record import CALLBACK
from csm.domain.customer.record import NOTE
from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.kinds import Field
from csm.domain.promise.record import PROMISE
from csm.domain.values.money import typed_cents
from csm.i18n import say
from csm.services import references
from csm.services.callback import writing as callbacks
from csm.services.customer import writing as customers
from csm.storage import rows
from csm.storage.listing import by_field


def run(
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
        tell_more(ctx, noted)
        return
    for option, typed in (("--satisfaction", satisfaction), ("--next", next_)):
        if typed is not None:
            raise UsageFault("not-of-kind", ref=ref, field=option)
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
        raise Refused("not-ticked", ref=ref)
    elif kind == "sale":
        raise Refused("sale-not-ticked", ref=f"sa{references.record(connection, 'sale', ref)['id']}")
    elif kind == "instalment":
        _refuse_instalment(session, ref)
    else:
        raise NotFound("no-such-record", kind="due item", ref=ref)


def _refuse_instalment(session: Session, ref: str) -> None:
    """Raise instalment-not-ticked with what is asked of the part, instalment-not-asked for nothing; no-such-record."""
    connection = session.database.connection
    part = references.record(connection, "instalment", ref)
    plan = rows.known(connection, "repayment_plan", part["plan_id"])
    told = {"ref": f"in{part['id']}", "customer_id": plan["customer_id"]}
    left = 0 if part["cancelled_on"] else part["amount_cents"] - part["paid_cents"]
    asked = min(left, rows.known(connection, "customer_list", plan["customer_id"])["balance_cents"])
    if asked <= 0:
        raise Refused("instalment-not-asked", **told)
    raise Refused("instalment-not-ticked", amount=typed_cents(asked), **told)


def _prevented(session: Session, given: Given, complaint_id: int, text: str | None) -> None:
    from csm.services.complaint import other_events
    from csm.storage.complaint.rows import customer_of

    record = other_events.prevention_done(session, complaint_id, text)
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
    from csm.cli.promise.messages import kept
    from csm.services.promise import writing as promises

    identity = promises.keep(session, ref, text)
    record = rows.fetch(session.database.connection, "promise_list", identity) or {}
    fields = [field for field in PROMISE if field.listed]
    changed(session, given, kept(session, record), fields, by_field(PROMISE, record))
