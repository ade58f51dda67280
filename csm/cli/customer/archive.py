"""`csm customer archive`."""

from __future__ import annotations

import typer

from csm.cli.customer.options import Ref
from csm.cli.customer.results import print_changed, warn_of_branches
from csm.cli.session import Session
from csm.i18n import say
from csm.render.text import visible
from csm.services import references
from csm.services.customer import writing as customers


def run(ctx: typer.Context, ref: Ref) -> None:
    """Put a card away: it leaves lists and due items and keeps everything.

    \b
    Example:
      csm customer archive 12
    """
    session: Session = ctx.obj
    customer = references.customer(session.database.connection, ref)
    customers.archive(session, customer)
    sentence = say(
        "archived customer {id}: {name}; csm customer restore {id} takes it back",
        id=customer.id,
        name=visible(customer.name),
    )
    print_changed(session, ctx.meta["given"], sentence, customer.id)
    warn_of_branches(session, customer.id, customer.name)
