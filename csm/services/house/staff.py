"""Our own people: name, department, level of authority (handbook 6.6); each change is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.values.folding import folded
from csm.services.customer import writing as customers_service
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.complaint import rows as complaints
from csm.storage.customer import rows as customers
from csm.storage.house import settings

if TYPE_CHECKING:
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


def add(work: Work, values: Mapping[str, object]) -> int:
    """List a member of staff; return the id. Raises same-name-twice."""
    with work.database.writing(work.command, make=True) as connection:
        _check_name(work, str(values["name"]), None)
        return rows.insert(connection, "staff", values)


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
            customers.give_cards(connection, row["name"], str(values["name"]), work.now_text, archived=True)
            callbacks.hand_over(connection, row["name"], str(values["name"]))
            if values["name"] != row["name"]:
                complaints.rename_about(connection, row["name"], str(values["name"]))
                customers_service.hand_over_cases(work, connection, row["name"], str(values["name"]))
        return rows.update(connection, "staff", row["id"], values)


def retire(work: Work, row: StaffRow) -> None:
    """Note that somebody has left; whoever still owns customers can't: raise still-in-use."""
    with work.database.writing(work.command) as connection:
        cards, waiting, cases, promises = customers.count_owned(connection, row["name"])
        if cards or waiting or cases or promises:
            raise Refused(
                "still-in-use",
                name=row["name"],
                customers=cards,
                callbacks=waiting,
                complaints=cases,
                promises=promises,
            )
        rows.update(connection, "staff", row["id"], {"retired_on": work.today.isoformat()})
