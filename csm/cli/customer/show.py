"""`csm customer show`."""

from __future__ import annotations

import typer

from csm.cli.customer.options import Ref, WithBranches
from csm.cli.grammar import Given
from csm.cli.output import opened, style, tell_where
from csm.cli.session import Session
from csm.domain.formats import READ_BY_PEOPLE
from csm.render.formats import write_record
from csm.services import references
from csm.services.customer import reading as cards


def run(ctx: typer.Context, ref: Ref, with_branches: WithBranches = False) -> None:
    """Show the card of a customer, what to do next on top.

    \b
    Example:
      csm customer show "Golden Dragon"
      csm customer show "Golden Dragon" --with-branches
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    card = cards.read(session, references.customer(connection, ref).id, with_branches=with_branches)
    tell_where(session)
    with opened(given) as stream:
        if given.form == "table":
            from csm.render.customer.card import write_card

            write_card(card, style(session, given, stream), stream, session.today)
        else:
            from csm.render.customer.record import card_record

            write_record(
                given.form,
                *card_record(card, people=given.form in READ_BY_PEOPLE),
                style(session, given, stream),
                stream,
                str(card.customer["name"]),
            )
