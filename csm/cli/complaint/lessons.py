"""`csm complaint lessons`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.grammar import Given
from csm.cli.session import Session


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
    from csm.cli import filters, lists
    from csm.domain.records import LESSON
    from csm.i18n import say
    from csm.storage.listing import holds_any

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, LESSON, given.fields, view="lesson_list")
    conditions += holds_any(["v.lesson", "v.summary", "v.prevention", "v.customer"], text or "")
    subject = lists.Subject("lesson_list", LESSON, "v.closed_at DESC, v.id", say("no lessons"), {})
    lists.show(session, given, subject, conditions)
