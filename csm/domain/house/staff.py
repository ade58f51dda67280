"""Who is on the staff list, who has left it, and who is in charge of the work of somebody who has (handbook 3, 6.6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from csm.domain.value import Value
from csm.domain.values.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator


class Member(Value):
    """Somebody on the staff list.

    retired_on: the day they left, ISO text. successor: who took their work over.
    """

    name: str
    retired_on: str | None = None
    successor: str | None = None


def find(staff: Sequence[Member], name: str) -> Member | None:
    """Return whom a name means, however it is spelt: who is in service before who has left, as typed before folded.

    source: handbook 6.6.
    """
    key = folded(name)
    alike = [one for one in staff if one.name == name or folded(one.name) == key]
    return min(alike, key=lambda one: (one.retired_on is not None, one.name != name), default=None)


def in_charge(staff: Sequence[Member], gone: Member) -> str | None:
    """Return who is in charge of the work of somebody who has left: the successor, or that one's, and so on.

    None where nobody was named, or only people who have left too. source: handbook 3.
    """
    for name, member in _successors(staff, gone):
        if member is None or member.retired_on is None:
            return name if member is None else member.name
    return None


def _successors(staff: Sequence[Member], gone: Member) -> Iterator[tuple[str, Member | None]]:
    """Yield each successor in turn, a name and who is listed under it; nobody twice."""
    seen = {gone.name}
    successor = gone.successor
    while successor is not None:
        member = find(staff, successor)
        yield successor, member
        if member is None or member.name in seen:
            return
        seen.add(member.name)
        successor = member.successor
