"""`csm callback add`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import drafts
from csm.cli.callback.options import Contact, Sale
from csm.cli.callback.results import print_changed, tell_free_day, tell_others
from csm.cli.days import appointed
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.callback.record import CALLBACK
from csm.domain.errors import UsageFault
from csm.i18n import say
from csm.render.text import visible
from csm.services import references, values
from csm.services.callback import writing as callbacks
from csm.services.customer import contacts
from csm.services.sale import finding


def run(
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

    Says what is planned with the customer within a week anyway. A date of a series that isn't a working day is due on
    the next one.

    \b
    Example:
      csm callback add "Golden Dragon" --on "fri 15:00"
      csm callback add "Golden Dragon" --on fri --purpose usage --every 2w --note "ask about the new oven"
      csm callback add "Golden Dragon" --on 2026-12-31 --purpose reconcile --every eom
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    customer = references.customer(session.database.connection, ref)
    planned = values.read_appointment(on, session)
    made = drafts.stored(session, CALLBACK, given.fields)
    if from_done and not made.get("every"):
        raise UsageFault("missing-value", field="--every")
    if planned_note := made.pop("note", None):
        made["planned_note"] = planned_note
    if contact is not None:
        made["contact_id"] = contacts.there(session.database.connection, customer, contact, planned.day)
    elif customer.contact_id is not None:
        made["contact_id"] = customer.contact_id
    if sale is not None:
        made["sale_id"] = finding.of_customer(session.database.connection, customer, sale)
    made["from_done"] = int(from_done)
    added = callbacks.add(session, customer, made, planned)
    sentence = say(
        "planned callback cb{id} with {name} on {day}",
        id=added.id,
        name=visible(customer.name),
        day=appointed(session, added.due),
    )
    tell_free_day(session, added.free_day or added.due.day)
    tell_others(session, customer.id, added.due.day, [added.id])
    print_changed(ctx, sentence, added.id)
