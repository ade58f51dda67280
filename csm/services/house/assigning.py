"""To whom work may be given: one rule for cards, callbacks, cases, promises, preventions and stand-ins.

Nothing goes to somebody who has left; what nobody is named for goes to whoever took over their work. Who is on no list
while there is one is remarked on, and gets it (handbook 3, 6.6).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from csm.domain.errors import Refused
from csm.domain.house.staff import Member, find, in_charge
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.services.work import Work


class Roster:
    """The staff list while work is given out, asked once."""

    def __init__(self, work: Work, connection: sqlite3.Connection) -> None:
        self._work = work
        self._connection = connection
        self._read: list[Member] | None = None
        self._found: dict[str, Member | None] = {}

    @property
    def _staff(self) -> Sequence[Member]:
        if self._read is None:
            self._read = [Member(*row) for row in settings.members(self._connection)]
        return self._read

    def _find(self, name: str) -> Member | None:
        if name not in self._found:
            self._found[name] = find(self._staff, name)
        return self._found[name]

    def spelt(self, name: str) -> str:
        """Return a name as the staff list has it; as it is where nobody is meant."""
        member = self._find(name)
        return name if member is None else member.name

    def named(self, name: str) -> str:
        """Return whom work is given to by name, spelt as on the list; raise has-left, has-left-to.

        A name that is on no list while there is one is remarked on.
        """
        self.check(name)
        member = self._find(name)
        if member is not None:
            return member.name
        in_service = [one.name for one in self._staff if one.retired_on is None]
        if in_service:
            self._work.strangers.setdefault(name, in_service)
        return name

    def of_card(self, owner: str | None) -> str | None:
        """Return who gets what a rule plans with a card: its owner by the rule of `usual`, nobody where it has none."""
        return self.usual(owner) if owner else None

    def usual(self, *names: str | None) -> str:
        """Return who gets what nobody was named for: the first of `names`, else whoever acts.

        Where that one has left it is who took over, which is remarked on. Raises has-left, has-left-to for an acting
        person who has left.
        """
        gone: list[Member] = []
        for name in names:
            if not name:
                continue
            member = self._find(name)
            if member is None or member.retired_on is None:
                return self._passed_on(gone, name)
            successor = in_charge(self._staff, member)
            if successor is not None:
                return self._passed_on([member], successor)
            gone.append(member)
        user = self._work.user
        self.check(user)
        return self._passed_on(gone, user)

    def _passed_on(self, gone: Sequence[Member], name: str) -> str:
        for member in gone:
            self._work.passed_on.setdefault(member.name, name)
        return name

    def check(self, name: str) -> None:
        """Raise has-left-to for somebody who has left, naming who is in charge of their work; has-left for nobody."""
        member = self._find(name)
        if member is None or member.retired_on is None:
            return
        successor = in_charge(self._staff, member)
        if successor is not None:
            raise Refused("has-left-to", name=member.name, day=member.retired_on, successor=successor)
        raise Refused("has-left", name=member.name, day=member.retired_on)

    def has_left(self, name: str) -> bool:
        """Tell whether somebody is on the list as one who has left."""
        member = self._find(name)
        return member is not None and member.retired_on is not None
