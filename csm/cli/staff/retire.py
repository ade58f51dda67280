"""`csm staff retire`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.customer.handover import handed_over
from csm.cli.days import together
from csm.cli.session import Session
from csm.cli.staff.options import Ref
from csm.cli.staff.results import print_changed
from csm.domain.errors import UsageFault
from csm.i18n import say, say_n
from csm.render.text import visible
from csm.services.house import staff


def run(
    ctx: typer.Context,
    ref: Ref,
    to: Annotated[str | None, typer.Option("--to", metavar="NAME", help="Who takes over all their open work.")] = None,
) -> None:
    """Note that somebody has left, and hand over what they still have.

    \b
    Example:
      csm staff retire "Wang Fang" --to "Li Na"
    """
    session: Session = ctx.obj
    if to is not None and not to.strip():
        raise UsageFault("empty-value", field="--to")
    row = staff.find(session, ref)
    done = staff.retire(session, row, None if to is None else to.strip())
    name = visible(row["name"])
    sentence = say("{name} is no longer on the staff", name=name)
    if done.handed is not None:
        told = {"new": visible(str(done.successor)), "old": name, "work": handed_over(done.handed)}
        sentence = together(sentence, say("{new} takes over from {old}: {work}", **told))
    elif done.successor is not None:
        sentence = together(sentence, say("in charge of their work: {name}", name=visible(done.successor)))
    if done.stand_ins:
        ended = say_n("{n} stand-in of theirs ends", "{n} stand-ins of theirs end", done.stand_ins)
        sentence = together(sentence, ended)
    print_changed(ctx, sentence, row["id"])
