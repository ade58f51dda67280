"""Who may decide what: the levels of the ladder and the amounts they may approve (handbook 6.6).

What is spent on a case is decided by `decision` alone, whichever command spends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from csm.domain.terms import TOP_LEVEL
from csm.domain.value import Value
from csm.domain.values.money import read_cents

if TYPE_CHECKING:
    from csm.domain.complaint.case import Case
    from csm.domain.settings import Policy

LEADER: Final = 1  # the lowest level that may close as unresolved, reopen what was unfounded, read feedback
MALICIOUS: Final = 2  # the lowest level that may judge a complaint malicious


def limit(level: int, policy: Policy) -> int | None:
    """Return up to how many cents a level may approve; None is no limit (source: handbook 6.6)."""
    return None if level >= TOP_LEVEL else read_cents(policy.text(f"authority.level_{level}"))


def covers(level: int, cents: int, policy: Policy) -> bool:
    """Tell whether a level may approve an amount."""
    most = limit(level, policy)
    return most is None or cents <= most


def level_for(cents: int, policy: Policy) -> int:
    """Return the lowest level that may approve an amount."""
    return next(level for level in range(TOP_LEVEL + 1) if covers(level, cents, policy))


class Decision(Value):
    """The money that a decision on a case is about, in cents, and the lowest level that may make it.

    given: what the case has been given in all its rounds. proposed: what is to be given in addition.
    """

    given: int
    proposed: int
    needed: int

    @property
    def total(self) -> int:
        """Return what counts against the limit of whoever decides."""
        return self.given + self.proposed


def decision(case: Case, policy: Policy, proposed: int | None = None) -> Decision:
    """Return what is to be decided in a case: all that it has been given already plus what is proposed.

    `proposed` is given in cents where no proposal of the case waits for it. A proposal that was rejected, replaced or
    found impossible was never given. Source: handbook 6.6.
    """
    given = case.given_cents or 0
    cents = (case.proposed_cents or 0) if proposed is None else proposed
    return Decision(given, cents, level_for(given + cents, policy))


def at_once(triggers: Iterable[str], claim_cents: int | None, level: int, policy: Policy) -> list[str]:
    """Return what sends a case to level 1 at once: the triggers told, and a claim above the handler's authority.

    Source: handbook 6.6.
    """
    found = list(dict.fromkeys(triggers))
    if claim_cents is not None and "claim" not in found and not covers(level, claim_cents, policy):
        found.append("claim")
    return found
