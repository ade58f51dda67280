"""Our own people: name, department, level of authority (handbook 6.6); each change is one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.value import Value
from csm.domain.values.folding import folded
from csm.services import spellings
from csm.services.customer import writing as customers_service
from csm.services.customer.writing import HandedOver
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.complaint import rows as complaints
from csm.storage.customer import rows as customers
from csm.storage.house import settings

if TYPE_CHECKING:
    import sqlite3

    from csm.services.work import Work
    from csm.storage.row_types import StaffRow


def find(work: Work, ref: str) -> StaffRow:
    """Return the member of staff with a name or an id, or the only one with such a part in the name.

    Raises no-such-record, not-unique.
    """
    key, text = folded(ref), ref.strip()
    known = settings.staff(work.database.connection)
    identity = int(text) if text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < 19 else None
    for tier in (
        [row for row in known if row["name"] == text],
        [row for row in known if folded(row["name"]) == key],
        [row for row in known if row["id"] == identity],
        [row for row in known if key and key in folded(row["name"])],
    ):
        if len(tier) == 1:
            return tier[0]
        if tier:
            raise NotFound("not-unique", kind="staff", ref=ref, candidates=[(row["id"], row["name"]) for row in tier])
    raise NotFound("no-such-record", kind="staff", ref=ref, near=[(row["id"], row["name"]) for row in known[:10]])


class Added(Value):
    """A member of staff who was listed, or who had left and is back."""

    id: int
    is_back: bool


def add(work: Work, values: Mapping[str, object]) -> Added:
    """List a member of staff, again where they had left; raise same-name-twice."""
    with work.database.writing(work.command, make=True) as connection:
        name = folded(str(values["name"]))
        for row in settings.staff(connection):
            if row["retired_on"] is not None and folded(row["name"]) == name:
                back = {**values, "name": row["name"], "retired_on": None, "successor": None}
                rows.update(connection, "staff", row["id"], back)
                return Added(row["id"], is_back=True)
        _check_name(work, str(values["name"]), None)
        return Added(rows.insert(connection, "staff", values), is_back=False)


def _check_name(work: Work, name: str, own_id: object) -> None:
    for row in settings.staff(work.database.connection):
        if row["id"] != own_id and folded(row["name"]) == folded(name):
            raise Refused("same-name-twice", kind="staff", name=name)


def edit(work: Work, row: StaffRow, values: Mapping[str, object]) -> bool:
    """Change a member of staff; a new name goes along to cards and open callbacks. Return whether anything changed.

    Raises nothing-to-change, same-name-twice.
    """
    if not values:
        raise UsageFault("nothing-to-change")
    with work.database.writing(work.command) as connection:
        if values.get("name"):
            _check_name(work, str(values["name"]), row["id"])
            settings.rename_successor(connection, row["name"], str(values["name"]))
            customers.give_cards(connection, row["name"], str(values["name"]), work.now_text, archived=True)
            callbacks.hand_over(connection, row["name"], str(values["name"]))
            if values["name"] != row["name"]:
                complaints.rename_about(connection, row["name"], str(values["name"]))
                customers_service.hand_over_cases(work, connection, row["name"], str(values["name"]))
        return rows.update(connection, "staff", row["id"], values)


class Retired(Value):
    """What came of somebody's leaving: who took over and how much, the day they left, and how many stand-ins ended.

    handed: None where nobody was named. successor: also where one was known before.
    """

    successor: str | None
    handed: HandedOver | None
    stand_ins: int


def retire(work: Work, row: StaffRow, to: str | None = None) -> Retired:
    """Note that somebody has left, and give all their open work to `to`, who is in charge of it from then on.

    Raises still-in-use where there is work and nobody is named, same-person, has-left, has-left-to (source: handbook
    3). Where they stand in for others, `to` does, or from today on nobody.
    """
    with work.database.writing(work.command) as connection:
        name = row["name"]
        values: dict[str, object] = {} if row["retired_on"] else {"retired_on": work.today.isoformat()}
        if to is not None:
            to = Roster(work, connection).named(to)
            if to == name:
                raise UsageFault("same-person", name=name)
        spelt = [one for one in spellings.owner(connection, name, work.user) if one != to]
        handed = None
        if to is not None:
            handed = customers_service.hand_over_all(work, connection, spelt, to, None)
            values["successor"] = to
        else:
            _refuse_with_work(connection, name, spelt)
        today, before = work.today.isoformat(), (work.today - timedelta(days=1)).isoformat()
        ended = sum(settings.pass_on_stand_ins(connection, one, to, today, before) for one in spelt)
        if values:
            rows.update(connection, "staff", row["id"], values)
        successor = rows.known(connection, "staff", row["id"])["successor"]
        return Retired(successor, handed, ended if to is None else 0)


def _refuse_with_work(connection: sqlite3.Connection, name: str, spelt: Sequence[str]) -> None:
    """Raise still-in-use for somebody with open work under any spelling of the name."""
    counts = [sum(found) for found in zip(*(customers.count_owned(connection, one) for one in spelt), strict=True)]
    if any(counts):
        kinds = ("customers", "callbacks", "complaints", "promises")
        raise Refused("still-in-use", name=name, **dict(zip(kinds, counts, strict=True)))
