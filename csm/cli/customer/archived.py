"""The word about an archived card on which something was recorded all the same."""

from __future__ import annotations

from csm.cli.output import warn
from csm.i18n import say
from csm.render.text import visible


def warn_archived(name: str, customer_id: int) -> None:
    """Say that the card of a customer is archived, and what takes it back."""
    warn(
        say(
            "note: the card of {name} is archived; csm customer restore {id} takes it back",
            name=visible(name),
            id=customer_id,
        )
    )
