"""`csm config set`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.config.options import Force, Key
from csm.cli.config.results import print_changed, tell_moved
from csm.cli.session import Session
from csm.i18n import say
from csm.render.text import visible
from csm.services.house import policy


def run(
    ctx: typer.Context,
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The new value.")],
    force: Force = False,
) -> None:
    """Change one setting.

    \b
    Example:
      csm config set work.spans "mon-fri 09:00-12:00 13:00-18:00; sat 10:00-14:00"
    """
    session: Session = ctx.obj
    session.mends = key
    done = policy.change(session, key, value, force=force)
    print_changed(ctx, say("{key} is now {value}", key=visible(key), value=visible(done.value)), key, done.value)
    tell_moved(session, done.moved)
