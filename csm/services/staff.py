"""Our own people: name, department, level of authority (handbook 6.6); each change is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from csm.domain import errors
from csm.services import customers as customers_service
from csm.storage import callbacks, complaints, customers, rows

if TYPE_CHECKING:
    from csm.services.work import Work


def find(work: Work, ref: str) -> dict[str, object]:
    """Return the member of staff with a name or an id; raise NoSuchRecord."""
    connection = work.database.connection
    found = rows.fetch_all(
        connection, "staff", "name = :name COLLATE NOCASE ORDER BY name = :name DESC", {"name": ref.strip()}
    )
    if not found and ref.strip().isascii() and ref.strip().isdecimal() and len(ref.strip()) < 19:
        found = rows.fetch_all(connection, "staff", "id = ?", [int(ref)])
    if not found:
        known = rows.fetch_all(connection, "staff", "1 ORDER BY name LIMIT 10", [])
        raise errors.NoSuchRecord(kind="staff", ref=ref, near=[(row["id"], row["name"]) for row in known])
    return found[0]


def add(work: Work, values: Mapping[str, object]) -> int:
    """List a member of staff; return the id. Raises SameNameTwice."""
    with work.database.writing(work.command, make=True) as connection:
        _check_name(work, str(values["name"]), None)
        return rows.insert(connection, "staff", values)


def _check_name(work: Work, name: str, own_id: object) -> None:
    for row in rows.fetch_all(work.database.connection, "staff", "name = ? COLLATE NOCASE", [name]):
        if row["id"] != own_id:
            raise errors.SameNameTwice(kind="staff", name=name)


def edit(work: Work, row: Mapping[str, object], values: Mapping[str, object]) -> bool:
    """Change a member of staff; a new name goes along to cards and open callbacks. Return whether anything changed.

    Raises NothingGiven, SameNameTwice.
    """
    if not values:
        raise errors.NothingGiven()
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
    """Note that somebody has left; whoever still owns customers can't: raise StillInUse."""
    with work.database.writing(work.command) as connection:
        cards, waiting, cases, promises = customers.count_owned(connection, str(row["name"]))
        if cards or waiting or cases or promises:
            raise errors.StillInUse(
                name=row["name"], customers=cards, callbacks=waiting, complaints=cases, promises=promises
            )
        rows.update(connection, "staff", int(str(row["id"])), {"retired_on": work.today.isoformat()})
