"""`csm customer show`."""

from __future__ import annotations

import typer

from csm.cli.customer.options import Ref
from csm.cli.grammar import Given
from csm.cli.session import Session


def run(ctx: typer.Context, ref: Ref) -> None:
    """Show the card of a customer, what to do next on top.

    \b
    Example:
      csm customer show "Golden Dragon"
    """
    from csm.cli.output import READ_BY_PEOPLE, opened, style, tell_where
    from csm.services import references
    from csm.services.customer import reading as cards

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    card = cards.read(session, references.customer(connection, ref).id)
    tell_where(session)
    with opened(given) as stream:
        if given.form == "table":
            from csm.render.customer.card import write_card

            write_card(card, style(session, given, stream), stream, session.today)
        else:
            from csm.render.customer.record import card_record
            from csm.render.formats import write_record

            write_record(
                given.form,
                *card_record(card, people=given.form in READ_BY_PEOPLE),
                style(session, given, stream),
                stream,
                str(card.customer["name"]),
            )
