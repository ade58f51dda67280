"""`csm service list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.formats import OBJECTS
from csm.domain.service.record import SERVICES
from csm.i18n import say
from csm.storage import listing
from csm.storage.service.rows import CHECKS, WAITING


def run(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only for this customer.")] = None,
    sale: Annotated[str | None, typer.Option("--sale", metavar="ID", help="Only for this sale, or this bill.")] = None,
    not_met: Annotated[bool, typer.Option("--not-met", help="Only with items of the checklist not met.")] = False,
    messages: Annotated[bool, typer.Option("--messages", help="Only with a message that waits.")] = False,
) -> None:
    """List services rendered, the latest first; every field is a filter.

    \b
    Example:
      csm service list --kind delivery --done 2026-11-01.. --not-met
      csm service list --messages
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, SERVICES, customer=customer, sale=sale)
    if not_met:
        asked.append(listing.more_than("not_met", 0))
    if messages:
        asked.append(WAITING)
    kind, instead = SERVICES, None
    # What was asked for is shown on a small screen too.
    for name, wanted in (("message", messages), ("not_met", not_met)):
        kind = kind.changed(name, shown=1) if wanted else kind
    if given.form in OBJECTS:
        kind, instead = kind.changed("checks", kind="json"), {"checks": CHECKS}
    lists.show(session, given, kind, asked, empty=say("no services"), instead=instead)
