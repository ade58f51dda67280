"""`csm complaint close`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.options import Ref, decider, words
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.settings import read_whole
from csm.i18n import say
from csm.services import values
from csm.services.complaint import steps
from csm.services.complaint.steps import Prevention
from csm.storage.house.settings import staff_name


def run(
    ctx: typer.Context,
    ref: Ref,
    summary: Annotated[str | None, typer.Option("--summary", metavar="TEXT", help="The case in a sentence.")] = None,
    lesson: Annotated[str | None, typer.Option("--lesson", metavar="TEXT", help="What we learnt from it.")] = None,
    satisfaction: Annotated[
        str | None, typer.Option("-s", "--satisfaction", metavar="1..5|unknown", help="How satisfied they are now.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why nobody knows how satisfied they are.")
    ] = None,
    prevent: Annotated[
        str | None, typer.Option("--prevent", metavar="TEXT", help="What keeps it from happening again.")
    ] = None,
    prevent_by: Annotated[
        str | None, typer.Option("--prevent-by", metavar="NAME", help="Who sees to that; you unless told.")
    ] = None,
    prevent_on: Annotated[str | None, typer.Option("--prevent-on", metavar="WHEN", help="By which day.")] = None,
    unresolved: Annotated[
        str | None, typer.Option("--unresolved", metavar="REASON", help="No remedy is possible; why.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="The leader, level 1 or above, who closes it unresolved.")
    ] = None,
) -> None:
    """Step 8: sum up and close; a customer who isn't satisfied, 1 or 2, opens the case again.

    Without --satisfaction the summary is kept, and the satisfaction callback closes the case.

    \b
    Example:
      csm complaint close cp12 --summary "seal changed" --lesson "check seals on delivery" --satisfaction 5
    """
    session: Session = ctx.obj
    asked = satisfaction is not None
    score = None
    if satisfaction is not None and satisfaction.strip().casefold() not in ("unknown", "未知", "不明"):
        score = read_whole(satisfaction, 1, 5)
    if by is not None and unresolved is None:
        raise UsageFault("missing-value", field="--unresolved")
    closing = steps.Closing(
        words("--summary", summary) if summary is not None else None,
        words("--lesson", lesson) if lesson is not None else None,
        score,
        asked,
        reason,
        words("--unresolved", unresolved) if unresolved is not None else None,
        decider(session, by),
        _prevention(session, prevent, prevent_by, prevent_on),
    )
    done = steps.close(session, ref, closing)
    if done.pending:
        sentence = say("the summary of cp{id} is written; the satisfaction callback closes it", id=done.file.id)
    elif done.reopened:
        sentence = say("cp{id} is open again: the customer isn't satisfied", id=done.file.id)
    else:
        sentence = say("closed cp{id}", id=done.file.id)
    tell_done(ctx, done, sentence)


def _prevention(session: Session, text: str | None, by: str | None, on: str | None) -> Prevention | None:
    if text is None:
        if by is not None or on is not None:
            raise UsageFault("missing-value", field="--prevent")
        return None
    if on is None:
        raise UsageFault("missing-value", field="--prevent-on")

    name = staff_name(session.database.connection, words("--prevent-by", by)) if by is not None else session.user
    return Prevention(words("--prevent", text), name, values.read_day(on, session))
