"""`csm callback log`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.callback.options import (
    At,
    Channel,
    Complaint,
    Contact,
    Cost,
    Next,
    NoAnswer,
    Objection,
    Postponed,
    Refused,
    Sale,
    Satisfaction,
    Suggestion,
    Summary,
    Text,
)
from csm.cli.callback.results import print_changed, read_result, tell_more, tell_noted, with_case
from csm.cli.session import Session
from csm.services import references
from csm.services.callback import writing as callbacks


def run(
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
    print_changed(ctx, tell_noted(session, noted, customer.name, at=result.at.date() if at else None), noted.ids[0])
    tell_more(ctx, noted)
