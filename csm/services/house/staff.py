"""Our own people: name, department, level of authority (handbook 6.6); each change is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from csm.domain.errors import NotFound, Refused, UsageFault
from csm.services.customer import writing as customers_service
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.complaint import rows as complaints
from csm.storage.customer import rows as customers

if TYPE_CHECKING:
    from csm.services.work import Work


def find(work: Work, ref: str) -> dict[str, object]:
    """Return the member of staff with a name or an id, or the only one with such a part in the name.

    Raises no-such-record, not-unique.
    """
    from csm.domain.values.folding import folded

    key, text = folded(ref), ref.strip()
    known = rows.fetch_all(work.database.connection, "staff", "1 ORDER BY retired_on IS NOT NULL, name", [])
    identity = int(text) if text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < 19 else None
    for tier in (
        [row for row in known if row["name"] == text],
        [row for row in known if folded(str(row["name"])) == key],
        [row for row in known if row["id"] == identity],
        [row for row in known if key and key in folded(str(row["name"]))],
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
    from csm.domain.values.folding import folded

    for row in rows.fetch_all(work.database.connection, "staff", "1", []):
        if row["id"] != own_id and folded(str(row["name"])) == folded(name):
            raise Refused("same-name-twice", kind="staff", name=name)


def edit(work: Work, row: Mapping[str, object], values: Mapping[str, object]) -> bool:
    """Change a member of staff; a new name goes along to cards and open callbacks. Return whether anything changed.

    Raises nothing-given, same-name-twice.
    """
    if not values:
        raise UsageFault("nothing-given")
    with work.database.writing(work.command) as connection:
        if values.get("name"):
            _check_name(work, str(values["name"]), row["id"])
            customers.give_cards(connection, str(row["name"]), str(values["name"]), work.now_text, archived=True)
            callbacks.hand_over(connection, str(row["name"]), str(values["name"]))
            if values["name"] != row["name"]:
                complaints.rename_about(connection, str(row["name"]), str(values["name"]))
                customers_service.hand_over_cases(work, connection, str(row["name"]), str(values["name"]))
        return rows.update(connection, "staff", int(str(row["id"])), values)


def retire(work: Work, row: Mapping[str, object]) -> None:
    """Note that somebody has left; whoever still owns customers can't: raise still-in-use."""
    with work.database.writing(work.command) as connection:
        cards, waiting, cases, promises = customers.count_owned(connection, str(row["name"]))
        if cards or waiting or cases or promises:
            raise Refused(
                "still-in-use",
                name=row["name"],
                customers=cards,
                callbacks=waiting,
                complaints=cases,
                promises=promises,
            )
        rows.update(connection, "staff", int(str(row["id"])), {"retired_on": work.today.isoformat()})
