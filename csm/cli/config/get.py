"""`csm config get`."""

from __future__ import annotations

import typer

from csm.cli.config.options import Key
from csm.cli.config.results import record_of
from csm.cli.grammar import Given
from csm.cli.output import opened, write_one
from csm.cli.session import Session
from csm.domain.house.record import SETTING
from csm.domain.settings import find
from csm.render.text import visible


def run(ctx: typer.Context, key: Key) -> None:
    """Print the value of one setting.

    \b
    Example:
      csm config get work.spans
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    entry = find(key)
    value = session.policy.text(entry.key)
    if given.form == "table":
        with opened(given) as stream:
            stream.write(visible(value) + "\n")
    else:
        write_one(session, given, SETTING, record_of(entry, value))
