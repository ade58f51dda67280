"""`csm staff add`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.cli.staff.results import print_changed, read_values
from csm.domain.errors import UsageFault
from csm.i18n import say
from csm.render.text import visible
from csm.services.house import staff


def run(
    ctx: typer.Context, name: Annotated[str, typer.Argument(help="The name as written in cases and cards.")]
) -> None:
    """Add a staff member, also one who had left and is back.

    \b
    Example:
      csm staff add "Wang Fang" --level 1 --department "customer service"
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if not name.strip():
        raise UsageFault("empty-value", field="NAME")
    added = staff.add(session, {"name": name.strip(), **read_values(session, given.fields)})
    told = {"name": visible(name.strip())}
    sentence = (
        say("{name} is on the staff again", **told) if added.is_back else say("added staff member {name}", **told)
    )
    print_changed(ctx, sentence, added.id)
