"""What is said after a service was noted or changed: its checklist, and the message that waits."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from csm.cli.output import tell
from csm.cli.session import Session
from csm.i18n import label, say, say_n
from csm.render.text import visible
from csm.services.service.writing import Ticked


def _items(items: Sequence[str]) -> str:
    return say(", ").join(visible(label("check_item", item)) for item in items)


def _not_met(items: Sequence[str]) -> str:
    return say_n("{n} item not met: {items}", "{n} items not met: {items}", len(items), items=_items(items))


def tell_checklist(session: Session, noted: Ticked) -> None:
    """Say what of the checklist isn't met and what wasn't ticked, with the command that ticks it."""
    if noted.not_met:
        tell(session, _not_met(noted.not_met))
    if noted.not_ticked:
        left = say_n(
            "{n} of {all} items not ticked: {items}",
            "{n} of {all} items not ticked: {items}",
            len(noted.not_ticked),
            all=noted.items,
            items=_items(noted.not_ticked),
        )
        tell(session, left)
        tell(session, say("to tick them: {command}", command=_ticking(noted)))


def _ticking(noted: Ticked) -> str:
    """Return the command that ticks the first item left, as a pattern for the others."""
    return visible(f"csm service edit {noted.id} --check {shlex.quote(noted.not_ticked[0] + '=yes')}")


def tell_message(session: Session, record: Mapping[str, Any]) -> None:
    """Say of a message that waits how long it is shown, with the command that deals with it."""
    if record["message"] is not None and record["message_done_on"] is None:
        told = say("the message stays on the card until it is dealt with: csm service message done {id}", **record)
        tell(session, told)
