"""Our own people from a file, with their level of authority."""

from __future__ import annotations

from csm.domain.errors import Refused, UsageFault
from csm.domain.file_records import STAFF_ROW
from csm.domain.records import named
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import Row, Task, Verdict, shown
from csm.services.files.importing.values import Convert, RowFault
from csm.services.values import read_whole_term
from csm.storage.customer import rows as customers
from csm.storage.files import known


def _level(text: str) -> int:
    return int(read_whole_term(named(STAFF_ROW, "level"), text))


class Staff(RowImporter):
    """Takes rows of staff: somebody is known by the name, whatever its case, so a name stands in one row only."""

    table = "staff"
    fields = STAFF_ROW
    looked_up = ("id",)
    required = (("name",),)
    needed = ("name",)
    first = True
    of_customer = False

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._by_name: dict[str, Row] = {}

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads the level, which is stored as a number."""
        return {"level": _level}

    def check(self, row: Row) -> Verdict | None:
        """Raise RowFault for somebody who has left and yet owns work (source: handbook 3), and for another row of them.

        A second row that is equal changes nothing.
        """
        self.task.check_past("retired_on", row)
        if "retired_on" in row and not self.faithful:
            counts = customers.count_owned(self.connection, row["name"])
            if any(counts):
                values = dict(zip(("customers", "callbacks", "complaints", "promises"), counts, strict=True))
                raise RowFault("retired_on", Refused("still-in-use", name=row["name"], **values))
        before = self._by_name.setdefault(row["name"].casefold(), row)
        for name in dict.fromkeys([*before, *row]):
            if name not in ("id", "name") and before.get(name) != row.get(name):
                field = self.fields_by_column[name]
                known_as = shown(field, before.get(name))
                raise RowFault(field.name, UsageFault("row-differs", ref=row["name"], known=known_as))
        return None if before is row else "unchanged"

    def same(self, stored: Row, row: Row) -> bool:
        """Return whether the names agree."""
        return str(stored["name"]).casefold() == str(row["name"]).casefold()

    def alike(self, row: Row) -> list[Row]:
        """Return whoever bears the name."""
        return known.people_called(self.connection, row["name"])

    def called(self, stored: Row) -> str:
        """Return the name."""
        return str(stored["name"])

    def new(self, row: Row) -> Row:
        """Return somebody of the lowest level, unless the row has another value."""
        return {"level": 0, **super().new(row)}
