"""`csm complaint escalate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from csm.cli.complaint.messages import show_caught, tell_done
from csm.cli.complaint.options import choice, words
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.settings import read_whole
from csm.i18n import say
from csm.storage.complaint.rows import missed_since

if TYPE_CHECKING:
    from csm.domain.complaint.case import Event


def run(
    ctx: typer.Context,
    ref: Annotated[str | None, typer.Argument(metavar="[ID]", help="The case; none with --overdue.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")] = None,
    reply_by: Annotated[
        str | None,
        typer.Option("--reply-by", metavar="WHEN", help="The latest time of reply that the customer was told."),
    ] = None,
    to_level: Annotated[
        str | None, typer.Option("--to-level", metavar="N", help="To this level; one up unless told.")
    ] = None,
    trigger: Annotated[
        list[str] | None,
        typer.Option("--trigger", help="media, lawyer, authority, harm, leaving or claim; repeat it."),
    ] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Every case whose deadline has passed, by policy; for cron.")
    ] = False,
) -> None:
    """Pass a case to the next level of the ladder, or every case that missed a deadline.

    \b
    Example:
      csm complaint escalate cp12 --reason "beyond my authority" --reply-by "tomorrow 12:00"
      csm complaint escalate --overdue
    """
    session: Session = ctx.obj
    told = {"ID": ref, "--reason": reason, "--reply-by": reply_by}
    if overdue:
        for option, word in {**told, "--to-level": to_level, "--trigger": trigger}.items():
            if word:
                raise UsageFault("values-exclude", first="--overdue", second=option)
        _escalate_overdue(ctx)
        return
    from csm.services.complaint import other_events
    from csm.services.values import read_deadline

    if ref is None or reason is None or reply_by is None:
        missing = next(option for option, word in told.items() if word is None)
        raise UsageFault("missing-value", field=missing)
    level = read_whole(to_level, 1, 3) if to_level is not None else None
    triggers = [choice("trigger", "--trigger", word) for word in trigger or ()]
    why, reply_at = words("--reason", reason), read_deadline(reply_by, session)
    done = other_events.escalate(session, ref, why, reply_at, level, triggers)
    sentence = say("cp{id} is at level {level}", id=done.file.id, level=done.file.case.escalation_level)
    tell_done(ctx, done, sentence)


def _escalate_overdue(ctx: typer.Context) -> None:
    session: Session = ctx.obj
    caught: Sequence[tuple[int, Sequence[Event]]] = ()
    # It runs every few minutes, and mostly nothing has passed: then none of the ladder is loaded.
    if missed_since(session.database.connection, session.now_text):
        from csm.services.complaint.other_events import escalate_overdue

        caught = escalate_overdue(session)
    show_caught(ctx, caught)
