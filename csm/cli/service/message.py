"""`csm service message`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.service.results import print_changed, record_of
from csm.cli.session import Session
from csm.domain.errors import UsageFault


def run(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="done", help="What to do.")],
    ref: Annotated[str, typer.Argument(metavar="ID", help="The service that has the message: 12 or sv12.")],
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What was answered.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHEN", help="When it was dealt with; today unless told.")
    ] = None,
) -> None:
    """Note that the customer's message was dealt with, so that it leaves the top of the card.

    \b
    Example:
      csm service message done sv3 "supply comes on Thursday; they know"
    """
    from csm.cli.days import said_day
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services import values
    from csm.services.service import writing as services_rendered

    if action != "done":
        raise UsageFault("unknown-command", name=action, before="csm service message", near=["done"])
    session: Session = ctx.obj
    day = values.read_day(on, session, past=True) if on is not None else None
    answer = (text or "").strip() or None
    record = record_of(session, services_rendered.deal_with_message(session, ref, answer, day))
    sentence = say(
        "the message of sv{id} from {name} is dealt with, {day}",
        id=record["id"],
        name=visible(record["customer"]),
        day=said_day(session.today.fromisoformat(record["message_done_on"])),
    )
    print_changed(ctx, sentence, record["id"])
