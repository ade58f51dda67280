"""`csm complaint close`."""

from __future__ import annotations

from datetime import date
from typing import Any

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.cli.output import tell
from csm.domain.settings import read_whole
from csm.i18n import say
from csm.render.complaint.words import four_r_in_short
from csm.services.complaint import steps
from csm.services.complaint.reading import four_r
from csm.services.complaint.steps import Closing, Prevention
from csm.storage.complaint.rows import preventions


@asks(
    *("close", "explain", "unresolved"),
    summary="The case in a sentence.",
    lesson="What we learnt from it.",
    satisfaction="How satisfied they are now.",
    reason="Why nobody knows how satisfied they are.",
    prevent="What keeps it from happening again.",
    prevent_by="Who sees to that; you unless told.",
    prevent_on="By which day.",
    unresolved="No remedy is possible; why.",
    by="The leader, level 1 or above, who closes it unresolved.",
    apologised="We said that we are sorry.",
)
def run(
    ctx: typer.Context,
    ref: str,
    *,
    satisfaction: str | None,
    prevent: str | None,
    prevent_by: str | None,
    prevent_on: date | None,
    **answers: Any,
) -> None:
    """Step 8: sum up and close; a customer who isn't satisfied, 1 or 2, opens the case again.

    Without --satisfaction the summary is kept, and the satisfaction callback closes the case.

    \b
    Example:
      csm complaint close cp12 --summary "seal changed" --lesson "check seals on delivery" --satisfaction 5
    """
    asked, score = satisfaction is not None, None
    if satisfaction is not None and satisfaction.strip().casefold() not in ("unknown", "未知", "不明"):
        score = read_whole(satisfaction, 1, 5)
    prevention = None
    if prevent is not None and prevent_on is not None:
        prevention = Prevention(prevent, prevent_by, prevent_on)
    done = steps.close(ctx.obj, ref, Closing(satisfaction=score, asked=asked, prevention=prevention, **answers))
    if done.pending:
        sentence = say("the summary of cp{id} is written; the satisfaction callback closes it", id=done.file.id)
    elif done.reopened:
        sentence = say("cp{id} is open again: the customer isn't satisfied", id=done.file.id)
    else:
        sentence = say("closed cp{id}", id=done.file.id)
    tell_done(ctx, done, sentence)
    file = done.file
    if not (done.pending or done.reopened) and file.case.founded == "founded":
        # the closing view (source: handbook 6.7)
        tell(ctx.obj, four_r_in_short(four_r(file, preventions(file.connection, file.id))))
