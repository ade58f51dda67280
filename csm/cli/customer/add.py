"""`csm customer add`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import drafts
from csm.cli.customer.lost import ask_how_lost
from csm.cli.customer.options import Force, OwnFields, Tags
from csm.cli.customer.results import print_changed, warn_of_likeness, with_days
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.customer.record import CUSTOMER
from csm.domain.errors import UsageFault
from csm.i18n import say
from csm.render.text import visible
from csm.services.customer import writing as customers
from csm.services.customer.churn import LOST, Told


def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The customer's name.")],
    contact: Annotated[
        list[str] | None, typer.Option("--contact", metavar="NAME;ROLE;PHONE", help="A contact there; repeat it.")
    ] = None,
    tag: Tags = None,
    field: OwnFields = None,
    force: Force = False,
) -> None:
    """Make a customer card; a name is enough to start with.

    \b
    Example:
      csm customer add "Golden Dragon" --phone "010-8888 6666" --region East --contact "Li Na;buyer;138 0013 8000"
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if not name.strip():
        raise UsageFault("empty-value", field="NAME")
    values = {"name": name.strip(), **drafts.stored(session, CUSTOMER, given.fields)}
    draft = customers.Draft(
        values,
        drafts.split_tags([*(tag or ()), *given.fields.get("tags", ())]),
        drafts.pairs("--field", field or ()),
        [drafts.contact(typed) for typed in contact or ()],
        told=ask_how_lost(name.strip()) if values.get("status") == LOST else Told(),
    )
    added = customers.add(session, draft, force=force)
    warn_of_likeness(added.namesakes)
    sentence = say("added customer {id}: {name}", id=added.id, name=visible(name.strip()))
    print_changed(session, given, with_days(sentence, draft.values), added.id)
