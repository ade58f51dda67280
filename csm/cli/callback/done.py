"""`csm callback done`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.callback.options import (
    At,
    Channel,
    Complaint,
    Cost,
    Next,
    NoAnswer,
    Objection,
    Postponed,
    Refused,
    Satisfaction,
    Suggestion,
    Summary,
    Text,
)
from csm.cli.callback.results import print_changed, read_result, tell_more, tell_noted, with_case
from csm.cli.session import Session
from csm.services.callback import writing as callbacks


def run(
    ctx: typer.Context,
    ref: Annotated[
        str, typer.Argument(metavar="ID|CUSTOMER", help="The callback, or the customer for all that is due.")
    ],
    text: Text = None,
    satisfaction: Satisfaction = None,
    no_answer: NoAnswer = False,
    postponed: Postponed = None,
    refused: Refused = False,
    next_: Next = None,
    suggestion: Suggestion = None,
    objection: Objection = None,
    cost: Cost = None,
    channel: Channel = None,
    at: At = None,
    complaint: Complaint = None,
    summary: Summary = None,
) -> None:
    """Note what came of a planned callback; its series goes on by itself.

    \b
    Example:
      csm callback done 12 "happy with the oven, wants a second" -s 5 --next +2w
    """
    session: Session = ctx.obj
    words = {
        "satisfaction": satisfaction,
        "suggestion": suggestion,
        "objection": objection,
        "cost": cost,
        "channel": channel,
    }
    result = read_result(
        session, text, words, at=at, no_answer=no_answer, postponed=postponed, refused=refused, next_on=next_
    )
    result = with_case(session, result, complaint, summary)
    noted = callbacks.note(session, ref, result)
    print_changed(ctx, tell_noted(session, noted, at=result.at.date() if at else None), noted.ids[0])
    tell_more(ctx, noted)
