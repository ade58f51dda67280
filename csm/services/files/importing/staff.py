"""Our own people from a file, with their level of authority."""

from __future__ import annotations

from typing import Final

from csm.domain.errors import Refused
from csm.domain.file_records import STAFF_ROW
from csm.domain.records import named
from csm.services.files.importing.plain import Plain, Told
from csm.services.files.importing.values import Convert, RowFault
from csm.services.values import read_whole_term
from csm.storage import rows
from csm.storage.customer import rows as customers

COMPUTED: Final[frozenset[str]] = frozenset()


def _level(text: str) -> int:
    return int(read_whole_term(named(STAFF_ROW, "level"), text))


class Staff(Plain):
    """Takes rows of staff: somebody is known by the name, whatever its case."""

    table = "staff"
    ref = ""
    fields = STAFF_ROW
    looked_up = ("id",)
    needed = ("name",)
    of_customer = False
    unique = "name"

    def converters(self) -> dict[str, Convert | None]:
        """Return that of the level, which is stored as a number."""
        return {"level": _level}

    def check(self, told: Told) -> None:
        """Raise RowFault for somebody who has left and yet owns work (source: handbook 3)."""
        self.past("retired_on", told)
        if told.get("retired_on") is not None and not self.faithful:
            cards, waiting, cases, promises = customers.count_owned(self.connection, told["name"])
            if cards or waiting or cases or promises:
                values = {"customers": cards, "callbacks": waiting, "complaints": cases, "promises": promises}
                raise RowFault("retired_on", Refused("still-in-use", name=told["name"], **values))

    def same(self, stored: Told, told: Told) -> bool:
        """Tell whether the names agree."""
        return str(stored["name"]).casefold() == str(told["name"]).casefold()

    def alike(self, told: Told) -> list[Told]:
        """Return whoever bears the name."""
        return rows.fetch_all(self.connection, "staff", "name = ? COLLATE NOCASE ORDER BY id", [told["name"]])

    def called(self, stored: Told) -> str:
        """Return the name."""
        return str(stored["name"])

    def usual(self, told: Told) -> Told:
        """Return the lowest level."""
        return {"level": 0}
