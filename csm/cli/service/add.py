"""`csm service add`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.service import SETTERS
from csm.cli.service.options import Check, On, Sale
from csm.cli.service.results import checks, print_changed, record_lines, record_of
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The customer.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What was done: delivery, repair, visit, ...")],
    on: On = None,
    technical: Annotated[
        bool | None,
        typer.Option("--technical/--not-technical", help="Whether it was technical; as usual for the kind."),
    ] = None,
    regular: Annotated[bool, typer.Option("--regular", help="It is done regularly, not once.")] = False,
    sale: Sale = None,
    check: Check = None,
) -> None:
    """Note a service rendered; what isn't told is as usual for its kind.

    \b
    Example:
      csm service add "Golden Dragon" delivery --check on-time=yes --check goods-placed=no --message "call me"
      csm service add "Golden Dragon" repair --cost 80 --minutes 45 --sale sa12 --note "new door seal"
    """
    from csm.cli import drafts
    from csm.cli.complaint.options import choice
    from csm.cli.days import said_day
    from csm.cli.service import messages as service_words
    from csm.i18n import label, say
    from csm.render.text import visible
    from csm.services import references
    from csm.services.service import writing as services_rendered

    session: Session = ctx.obj
    connection = session.database.connection
    customer = references.customer(connection, ref)
    stored: dict[str, object] = {"kind": choice("service_kind", "KIND", kind)}
    stored |= drafts.stored(session, SETTERS, ctx.meta["given"].fields)
    stored |= record_lines(session, on, sale)
    stored |= {"regular": 1} if regular else {}
    stored |= {"technical": int(technical)} if technical is not None else {}
    noted = services_rendered.add(session, customer, stored, checks(check))
    record = record_of(session, noted.id)
    sentence = say(
        "noted sv{id} for {name}: {service}, {day}",
        id=noted.id,
        name=visible(customer.name),
        service=label("service_kind", record["kind"]),
        day=said_day(session.today.fromisoformat(record["done_on"])),
    )
    print_changed(ctx, sentence, noted.id)
    if customer.archived:
        from csm.cli.customer.archived import warn_archived

        warn_archived(customer.name, customer.id)
    service_words.tell_checklist(session, noted)
    service_words.tell_message(session, record)
