"""`csm config unset`."""

from __future__ import annotations

import typer

from csm.cli.config.options import Force, Key
from csm.cli.config.results import print_changed, tell_moved
from csm.cli.session import Session
from csm.i18n import say
from csm.render.text import visible
from csm.services.house import policy


def run(ctx: typer.Context, key: Key, force: Force = False) -> None:
    """Take one setting back to its default.

    \b
    Example:
      csm config unset work.spans
    """
    session: Session = ctx.obj
    session.mends = key
    done = policy.reset(session, key, force=force)
    sentence = say("{key} is back at its default, {value}", key=visible(key), value=visible(done.value))
    print_changed(ctx, sentence, key, done.value)
    tell_moved(session, done.moved)
