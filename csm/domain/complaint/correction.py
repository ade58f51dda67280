"""Correcting the facts of a case that were written down wrongly (handbook 6.3).

What was written down stays in the events as it was; what is corrected is an event of its own, with before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from csm.domain.complaint.case import Case, Event

# The columns of a case that are facts, and not a link to another record or program.
FACTS: Final = (
    *("summary", "details", "content", "problem", "channel", "want", "claim_cents", "contact_id", "caller"),
    *("caller_phone", "about", "found_by", "sale_id"),
)
# What an event says in place of an id that only this file knows.
NAMED: Final = {"contact_id": "contact"}
# What happens to a case without anybody doing something about it.
_BY_ITSELF: Final = ("record", "imported", "correct", "miss", "handover")


def differing(stored: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of which something else is told than is stored."""
    return {name: value for name, value in told.items() if value != stored[name]}


def latest_summary(events: Sequence[Event]) -> str | None:
    """Return what a case is about by its events: as it was last corrected, else as it was recorded."""
    corrected = [event.data["after"]["summary"] for event in events if "summary" in event.data.get("after", ())]
    return (corrected or [events[0].text])[-1] or None


def latest_receipt(case: Case, events: Iterable[Event]) -> int | None:
    """Return the instant, in epoch seconds, after which a case can't have been received; None for any.

    That is when the customer was first contacted, or anything else was first done about it.
    """
    done = [
        event.at
        for event in events
        if event.step not in _BY_ITSELF and (event.step != "escalate" or event.data.get("how") == "hand")
    ]
    if not case.live and case.first_response_at is not None:
        done.append(case.first_response_at)
    done += [at for at in (case.first_implemented_at, case.closed_at) if at is not None]
    return min(done, default=None)
