"""`csm customer restore`."""

from __future__ import annotations

import typer

from csm.cli.customer.options import Ref
from csm.cli.customer.results import print_changed
from csm.cli.session import Session


def run(ctx: typer.Context, ref: Ref) -> None:
    """Take an archived card back into use.

    \b
    Example:
      csm customer restore 12
    """
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services import references
    from csm.services.customer import writing as customers

    session: Session = ctx.obj
    customer = references.customer(session.database.connection, ref)
    restored = customers.restore(session, customer)
    sentence = (
        say("customer {id} is back in use: {name}", id=customer.id, name=visible(customer.name))
        if restored
        else say("customer {id} wasn't archived: {name}", id=customer.id, name=visible(customer.name))
    )
    print_changed(session, ctx.meta["given"], sentence, customer.id)
