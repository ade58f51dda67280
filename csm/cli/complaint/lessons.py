"""`csm complaint lessons`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.complaint.record import LESSONS
from csm.i18n import say


def run(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Only with these words in lesson, summary or prevention.")
    ] = None,
) -> None:
    """List what was learnt from closed cases, and what was to keep them from happening again.

    \b
    Example:
      csm complaint lessons delivery
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, LESSONS, text=text)
    lists.show(session, given, LESSONS, asked, empty=say("no lessons"))
