"""`csm callback add`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import drafts
from csm.cli.callback.options import Contact, Sale
from csm.cli.callback.results import print_changed
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

    \b
    Example:
      csm callback add "Golden Dragon" --on "fri 15:00"
      csm callback add "Golden Dragon" --on fri --purpose usage --every 2w --note "ask about the new oven"
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
    made |= {**planned.columns, "from_done": int(from_done)}
    callback_id = callbacks.add(session, customer, made)
    sentence = say(
        "planned callback cb{id} with {name} on {day}",
        id=callback_id,
        name=visible(customer.name),
        day=appointed(session, planned),
    )
    print_changed(ctx, sentence, callback_id)
