"""`csm pledge add`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from csm.cli import drafts
from csm.cli.grammar import Given
from csm.cli.output import tell
from csm.cli.pledge.results import print_changed
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.promise.record import PLEDGE
from csm.domain.time.working_hours import read_target, show_target
from csm.i18n import say
from csm.render.text import visible
from csm.services.promise import pledges


def run(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The pledge in one sentence.")],
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="TARGET", help="Its time: 2h, 2d (working days), 15cd (calendar days), 2w."),
    ] = None,
) -> None:
    """Add a pledge: guaranteed, clear, simple, and worth something to the customer.

    \b
    Example:
      csm pledge add "a repaired oven is back within two working days" --within 2d --compensation 200
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if not text.strip():
        raise UsageFault("empty-value", field="TEXT")
    values: dict[str, Any] = {"text": text.strip(), **drafts.stored(session, PLEDGE, given.fields)}
    if within is not None:
        values["within"] = show_target(read_target(within))
    pledge_id = pledges.add(session, values)
    print_changed(ctx, say("added pledge {id}: {text}", id=pledge_id, text=visible(text.strip())), pledge_id)
    for hint in _lacks(values):
        tell(session, say("hint: {hint}", hint=hint))


def _lacks(values: dict[str, Any]) -> list[str]:
    """Return, in one sentence or none, what keeps a pledge from being a good one (source: handbook 7)."""
    bare, conditional = not values.get("compensation_cents"), bool(values.get("conditions"))
    if bare and conditional:
        return [
            say(
                "a good pledge is guaranteed and simple; this one has no compensation when it is broken, and conditions"
            )
        ]
    if bare:
        return [say("a good pledge is guaranteed; this one has no compensation when it is broken")]
    if conditional:
        return [say("a good pledge is simple; this one has conditions")]
    return []
