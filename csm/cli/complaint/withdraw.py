"""`csm complaint withdraw`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.options import Ref, words
from csm.cli.session import Session, somebody_is_there, typed, warn
from csm.domain.errors import Refused, UsageFault
from csm.i18n import say
from csm.services.complaint import other_events, voiding
from csm.services.complaint.steps import Done
from csm.services.values import YES


def run(
    ctx: typer.Context,
    ref: Ref,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason", metavar="TEXT", help="Why the customer takes it back; may be left out with the others."
        ),
    ] = None,
    double_of: Annotated[
        str | None,
        typer.Option("--double-of", metavar="ID", help="It was recorded twice: the other case, where it goes on."),
    ] = None,
    mistake: Annotated[bool, typer.Option("--mistake", help="It was recorded by mistake: it counts nowhere.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Join it to the other though that is a case of another customer.")
    ] = False,
) -> None:
    """Close a case that the customer takes back, that was recorded twice, or that was recorded by mistake.

    \b
    Example:
      csm complaint withdraw cp12 --reason "found the parcel"
      csm complaint withdraw cp12 --double-of cp9
    """
    session: Session = ctx.obj
    told = None if reason is None else words("--reason", reason)
    if mistake and double_of is not None:
        raise UsageFault("values-exclude", first="--mistake", second="--double-of")
    if force and double_of is None:
        raise UsageFault("missing-value", field="--double-of")
    if mistake:
        done = voiding.withdraw_mistake(session, ref, told)
        sentence = say("cp{id} was recorded by mistake; it counts nowhere", id=done.file.id)
    elif double_of is not None:
        done = _joined(session, ref, told, double_of, force=force)
        other = done.joined.id if done.joined is not None else 0
        sentence = say(
            "cp{id} is a double of cp{other}; it counts nowhere and is read there", id=done.file.id, other=other
        )
    elif told is None:
        raise UsageFault("missing-value", field="--reason")
    else:
        done = other_events.withdraw(session, ref, told)
        sentence = say("cp{id} is withdrawn", id=done.file.id)
    tell_done(ctx, done, sentence)


def _joined(session: Session, ref: str, reason: str | None, double_of: str, *, force: bool) -> Done:
    """Join a case to the other; on a terminal ask where that is another customer's."""
    try:
        return voiding.withdraw_double(session, ref, reason, double_of, force=force)
    except Refused as refusal:
        if refusal.code != "double-of-another" or not somebody_is_there():
            raise
        warn(say("cp{other} is a case of {name}", other=refusal.values["other"], name=refusal.values["name"]))
        answer = typed(say("Join cp{id} to it all the same? (yes/no)", id=refusal.values["case_id"]))
        if (answer or "").casefold() not in YES:
            raise
    return voiding.withdraw_double(session, ref, reason, double_of, force=True)
