"""What the importers of records without a life of their own share: notes, payments, losses, pledges, staff.

A row is the record with its id where the rest of its identity agrees, else the next equal one that no other row of the
file is, else the next that is alike, else a new one. Two rows of one id that differ contradict each other: the second
is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, ClassVar

from csm.domain.errors import UsageFault
from csm.domain.records import Field
from csm.services.files.importing import links
from csm.services.files.importing.rows import Difference, KeptIds, Task, Verdict, Waiting, settle, shown
from csm.services.files.importing.values import Cells, Convert, RowFault
from csm.services.values import column
from csm.storage import rows
from csm.storage.files import known

Told = dict[str, Any]


class Plain:
    """Takes rows of one table; a subclass says which, and what makes a record what it is.

    table, ref: the table, and the prefix of its short references where there are some. fields: those of its file.
    looked_up: those that find other records. needed: those that a row must have. stamps: what csm writes itself, not
    compared. unique: the field of which no two records have the same text, whatever its case.
    """

    table: ClassVar[str]
    ref: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    looked_up: ClassVar[tuple[str, ...]] = ("id", "customer_id", "customer")
    needed: ClassVar[tuple[str, ...]] = ()
    stamps: ClassVar[frozenset[str]] = frozenset({"created_at", "by"})
    of_customer: ClassVar[bool] = True
    unique: ClassVar[str] = ""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self.task = task
        self.connection = task.connection
        stored = [field for field in self.fields if field.name not in self.looked_up]
        converters: dict[str, Convert | None] = {field.name: task.reader.converter(field) for field in stored}
        converters |= self.converters()
        converters["id"] = task.reader.whole
        if self.of_customer:
            converters |= links.converters(task)
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._named = {column(field): field for field in stored}
        names = {field.name: column(field) for field in stored}
        self._names = [names.get(name, name) for name in converters]
        self._links = links.Customers(task) if self.of_customer else None
        self._columns = [*self._named, *self.linked()]
        self.waiting = Waiting(self.connection)
        self._batch = self.waiting.batch(self.table, self._columns)
        self.faithful = known.is_empty(self.connection, self.table) and "id" in task.plan.fields()
        self._ids = KeptIds(self._batch, empty=self.faithful, place=task.place, prefix=self.ref)
        self.last_known = known.last_id(self.connection, self.table)
        self.met: set[int] = set()
        self._texts: dict[str, Told] = {}

    # --- what a subclass says ------------------------------------------------------------------------------------

    def converters(self) -> dict[str, Convert | None]:
        """Return the converters of fields that aren't read as their kind is."""
        return {}

    def linked(self) -> Sequence[str]:
        """Return the columns of the table that hold the ids of other records."""
        return ("customer_id",) if self.of_customer else ()

    def link(self, told: Told) -> None:
        """Put the ids of other records into `told`; raise RowFault."""
        if self._links is not None:
            told["customer_id"] = self._links.of(told)

    def check(self, told: Told) -> None:
        """Raise RowFault for what can't be; complete what follows from the rest."""

    def put_off(self, told: Told) -> bool:
        """Tell whether a row is to be taken once all others are read."""
        return False

    def same(self, stored: Told, told: Told) -> bool:
        """Tell whether the stored record with the id of a row is the one that the row means."""
        raise NotImplementedError

    def alike(self, told: Told) -> list[Told]:
        """Return the stored records that a row without a known id may be, in order."""
        raise NotImplementedError

    def usual(self, told: Told) -> Told:
        """Return what a new record has where its row says nothing."""
        return {}

    def inserted(self, made: Told) -> None:
        """Do what follows from a new record."""

    def called(self, stored: Told) -> str:
        """Return what an error calls a known record."""
        return f"{self.ref}{stored['id']}"

    # --- a row ---------------------------------------------------------------------------------------------------

    def take(self, row: Sequence[str]) -> Verdict | None:
        """Import one row; raise RowFault. None puts it off until all others are read."""
        values = self._cells.read(row)
        told: Told = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
        if not self.task.ours:
            told.pop("id", None)
        self.link(told)
        for field in self.needed:
            if field not in told:
                raise RowFault(self._field(field), UsageFault("empty-value", field=self._field(field)))
        self.check(told)
        if self.unique and self._stands_twice(told):
            return "unchanged"
        if self.put_off(told):
            return None
        stored, again = self._stored(told)
        if stored is None:
            return self.insert(told)
        self.met.add(stored["id"])
        differences = list(self._differences(stored, told))
        if differences:
            self.waiting.flush()
        return settle(differences, self.called(stored), update=self.task.update and not again, place=self.task.place)

    def finish(self) -> None:
        """Write what still waits."""
        self.waiting.flush()

    def insert(self, told: Told) -> Verdict:
        """Add a record."""
        made = {**self.usual(told), **told}
        record_id = self.new_id(told.get("id"))
        self.waiting.add(self._batch, [record_id, *(made.get(name) for name in self._columns)])
        self.inserted(made)
        return "inserted"

    def _stands_twice(self, told: Told) -> bool:
        """Tell whether an earlier row of the file is equal; raise RowFault where it only has the same unique text."""
        before = self._texts.setdefault(told[self.unique].casefold(), told)
        if before is told:
            return False
        for name in dict.fromkeys([*before, *told]):
            if name not in ("id", self.unique) and before.get(name) != told.get(name):
                field = self._named[name]
                raise RowFault(
                    field.name, UsageFault("row-differs", ref=told[self.unique], known=shown(field, before.get(name)))
                )
        return True

    def new_id(self, file_id: Any) -> int:
        """Return the id of a new record: the one in the file where that is kept."""
        return self._ids.new(file_id)

    def past(self, field: str, told: Told) -> None:
        """Raise RowFault for a day or an instant that lies ahead."""
        value = told.get(field)
        work = self.task.work
        if value is not None and value > (work.now_text if field.endswith("_at") else work.today.isoformat()):
            shown_ = f"{work.zone.local(value):%Y-%m-%d %H:%M}" if field.endswith("_at") else value
            raise RowFault(field, UsageFault("date-in-future", value=shown_))

    def _field(self, name: str) -> str:
        return self._named[name].name if name in self._named else name

    def _stored(self, told: Told) -> tuple[Told | None, bool]:
        """Return the record that a row is, and whether another row of the file was it by its id."""
        made = self._ids.known(told.get("id"))
        if made is not None:
            self.waiting.flush()
            return rows.fetch(self.connection, self.table, made), True
        if not self.last_known:
            return None, False
        if "id" in told and told["id"] <= self.last_known:
            found = rows.fetch(self.connection, self.table, told["id"])
            if found is not None and self.same(found, told):
                return found, found["id"] in self.met
        left = [one for one in self.alike(told) if one["id"] <= self.last_known and one["id"] not in self.met]
        equal = (one for one in left if not any(self._differences(one, told)))
        return next(equal, left[0] if left else None), False

    def _differences(self, stored: Told, told: Told) -> Iterator[Difference]:
        for name, field in self._named.items():
            new = told.get(name)
            if new is not None and name not in self.stamps and new != stored[name]:
                change = partial(self.change, stored, {name: new})
                yield Difference(field.name, shown(field, stored[name]), change)

    def change(self, stored: Told, change: Told) -> None:
        """Change a known record."""
        rows.update(self.connection, self.table, stored["id"], change)
