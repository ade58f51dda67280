"""The commands for what may happen to a case at any time: contacts, waits, the ladder, reopening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from csm.cli.complaint.options import By, Ref, choice, decider, words
from csm.cli.session import Session

if TYPE_CHECKING:
    from csm.domain.complaint.case import Event

Text = Annotated[str, typer.Argument(metavar="TEXT", help="What was said or written down.")]


def respond(
    ctx: typer.Context,
    ref: Ref,
    text: Text,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When; now unless told.")] = None,
    apologised: Annotated[bool, typer.Option("--apologised", help="We said that we are sorry.")] = False,
) -> None:
    """Note a contact with the customer about a case; the first one answers it.

    \b
    Example:
      csm complaint respond cp12 "rang; a technician comes at four" --apologised
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services import values
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    moment = values.read_past_moment(at, session) if at is not None else None
    done = beside.respond(session, ref, words("TEXT", text), moment, apologised=apologised)
    tell_done(ctx, done, say("noted the contact about cp{id}", id=done.file.id))


def note(ctx: typer.Context, ref: Ref, text: Text) -> None:
    """Write something down on a case.

    \b
    Example:
      csm complaint note cp12 "the driver remembers the address was wrong"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.note(session, ref, words("TEXT", text))
    tell_done(ctx, done, say("noted on cp{id}", id=done.file.id))


def wait(
    ctx: typer.Context,
    ref: Ref,
    what_for: Annotated[str, typer.Option("--for", metavar="TEXT", help="What the customer is to bring or say.")],
) -> None:
    """Wait for the customer; proposal and resolution stand still meanwhile.

    \b
    Example:
      csm complaint wait cp12 --for "the delivery note"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.wait(session, ref, words("--for", what_for))
    tell_done(ctx, done, say("cp{id} waits for the customer", id=done.file.id))


def resume(ctx: typer.Context, ref: Ref) -> None:
    """Go on with a case that waited for the customer.

    \b
    Example:
      csm complaint resume cp12
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.resume(session, ref)
    tell_done(ctx, done, say("cp{id} goes on", id=done.file.id))


def raise_(
    ctx: typer.Context,
    ref: Ref,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")] = None,
) -> None:
    """Make a grievance a complaint, which starts step 2.

    \b
    Example:
      csm complaint raise cp12 --reason "wants a written answer"
    """
    from csm.cli.complaint.messages import customer_of, tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.raise_grievance(session, ref, reason)
    name = customer_of(session, done.file)
    tell_done(ctx, done, say("grievance cp{id} of {name} is a complaint now", id=done.file.id, name=name))


def withdraw(
    ctx: typer.Context,
    ref: Ref,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the customer takes it back.")],
) -> None:
    """Close a case that the customer takes back.

    \b
    Example:
      csm complaint withdraw cp12 --reason "found the parcel"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.withdraw(session, ref, words("--reason", reason))
    tell_done(ctx, done, say("cp{id} is withdrawn", id=done.file.id))


def reopen(
    ctx: typer.Context,
    ref: Ref,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    by: By = None,
) -> None:
    """Open a closed case again, at step 4; one that was unfounded takes a leader.

    \b
    Example:
      csm complaint reopen cp12 --reason "the oven is cold again"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.reopen(session, ref, words("--reason", reason), decider(session, by))
    tell_done(ctx, done, say("cp{id} is open again", id=done.file.id))


def feedback_read(ctx: typer.Context, ref: Ref, by: By = None) -> None:
    """Mark the feedback of a technician as read; the dedicated manager does.

    \b
    Example:
      csm complaint feedback-read cp12 --by "Wang Fang"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.read_feedback(session, ref, decider(session, by))
    tell_done(ctx, done, say("the feedback on cp{id} is read and archived", id=done.file.id))


def escalate(
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
                from csm.domain.errors import OptionsExclude

                raise OptionsExclude(first="--overdue", second=option)
        _escalate_overdue(ctx)
        return
    from csm.cli.complaint.messages import tell_done
    from csm.domain.settings import read_whole
    from csm.i18n import say
    from csm.services.complaint import other_events as beside
    from csm.services.values import read_deadline

    if ref is None or reason is None or reply_by is None:
        from csm.domain.errors import MissingOption

        missing = next(option for option, word in told.items() if word is None)
        raise MissingOption(option=missing, command="csm complaint escalate")
    level = read_whole(to_level, 1, 3) if to_level is not None else None
    triggers = [choice("trigger", "--trigger", word) for word in trigger or ()]
    done = beside.escalate(session, ref, words("--reason", reason), read_deadline(reply_by, session), level, triggers)
    sentence = say("cp{id} is at level {level}", id=done.file.id, level=done.file.case.escalation_level)
    tell_done(ctx, done, sentence)


def _escalate_overdue(ctx: typer.Context) -> None:
    from csm.cli.complaint.messages import show_caught
    from csm.storage.complaint.rows import missed_since

    session: Session = ctx.obj
    caught: Sequence[tuple[int, Sequence[Event]]] = ()
    # It runs every few minutes, and mostly nothing has passed: then none of the ladder is loaded.
    if missed_since(session.database.connection, session.now_text):
        from csm.services.complaint.other_events import escalate_overdue

        caught = escalate_overdue(session)
    show_caught(ctx, caught)
