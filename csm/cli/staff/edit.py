"""`csm staff edit`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import drafts
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.cli.staff.options import Ref
from csm.cli.staff.results import print_changed, read_values
from csm.domain.house.record import STAFF
from csm.i18n import say
from csm.render.text import visible
from csm.services.house import staff


def run(
    ctx: typer.Context,
    ref: Ref,
    name: Annotated[str | None, typer.Option("--name", help="The name.")] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
) -> None:
    """Change a staff member.

    \b
    Example:
      csm staff edit "Wang Fang" --level 2
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    row = staff.find(session, ref)
    values = read_values(session, given.fields | ({"name": [name]} if name is not None else {}))
    for emptied in drafts.cleared(STAFF, clear or ()):
        values[emptied.name] = 0 if emptied.name == "level" else None
    done = staff.edit(session, row, values)
    shown = visible(str(values.get("name") or row["name"]))
    print_changed(
        ctx,
        say("changed staff member {name}", name=shown) if done else say("nothing changed: {name}", name=shown),
        row["id"],
    )
