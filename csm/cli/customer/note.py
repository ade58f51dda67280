"""`csm customer note`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.customer.options import Ref
from csm.cli.days import appointed, together
from csm.cli.output import changed
from csm.cli.session import Session
from csm.domain.customer.record import NOTE
from csm.domain.errors import UsageFault
from csm.i18n import say
from csm.render.text import visible
from csm.services import references, values
from csm.services.customer import writing as customers
from csm.storage import rows


def run(
    ctx: typer.Context,
    ref: Ref,
    text: Annotated[str, typer.Argument(help="What to remember.")],
    remind: Annotated[
        str | None,
        typer.Option("--remind", metavar="WHEN", help="Put it on the due list of that day or time."),
    ] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Keep it on top of the card.")] = False,
) -> None:
    """Write a dated note on a card.

    \b
    Example:
      csm customer note 12 "asks for the spring catalogue" --remind +1w
    """
    session: Session = ctx.obj
    if not text.strip():
        raise UsageFault("empty-value", field="TEXT")
    customer = references.customer(session.database.connection, ref)
    when = values.read_appointment(remind, session) if remind is not None else None
    note_id = customers.note(session, customer.id, text.strip(), remind=when, pinned=pin)
    sentence = say("noted on the card of {name}", name=visible(customer.name))
    if when is not None:
        sentence = together(sentence, say("reminder nt{id} on {day}", id=note_id, day=appointed(session, when)))
    record = rows.fetch(session.database.connection, "note_list", note_id) or {}
    changed(session, ctx.meta["given"], sentence, NOTE, record)
