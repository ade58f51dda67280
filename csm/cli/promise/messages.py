"""How a promise is named in a sentence, and what is said when it was kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csm.cli.days import said_moment
from csm.cli.session import Session
from csm.domain.promise.rules import OURS
from csm.i18n import say
from csm.render.text import visible


def named(record: Mapping[str, Any]) -> str:
    """Return a promise by its reference and whose it is, for the start of a sentence."""
    told = {"id": record["id"], "name": visible(str(record["customer"]))}
    if record["direction"] == OURS:
        return say("promise pr{id} to {name}", **told)
    return say("promise pr{id} of {name}", **told)


def kept(session: Session, record: Mapping[str, Any]) -> str:
    """Return the sentence of a promise that was kept, in time or late."""
    told = {"promise": named(record), "due": said_moment(session, str(record["due_at"]))}
    if record["status"] == "late":
        return say("{promise} kept late; it was due {due}", **told)
    return say("{promise} kept in time; it was due {due}", **told)
