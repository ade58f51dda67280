"""What a file holds of the house itself: pledges, our own people with their level of authority, and settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from csm.domain import settings as policy
from csm.domain.errors import CsmError, Refused, UsageFault
from csm.domain.house.record import STAFF_MEMBERS
from csm.domain.promise.record import PLEDGES
from csm.domain.time.working_hours import read_target, show_target
from csm.services.complaint import recomputing
from csm.services.complaint.recomputing import recompute
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import Row, Task, Verdict, shown
from csm.services.files.importing.values import Cells, Convert, RowFault
from csm.services.house.policy import CALENDAR, check_problems, refuse_under_amounts
from csm.services.values import read_whole_term
from csm.storage.customer import rows as customers
from csm.storage.file import whole
from csm.storage.files import known
from csm.storage.house import settings


def _target(text: str) -> str:
    return show_target(read_target(text))


def _level(text: str) -> int:
    return int(read_whole_term(STAFF_MEMBERS.field("level"), text))


class Pledges(RowImporter):
    """Takes rows of pledges, what the house promises everybody: one is known by its text."""

    table = "pledge"
    fields = PLEDGES.in_files
    looked_up = ("id",)
    required = (("text",),)
    needed = identity = likeness = ("text",)
    first = True
    of_customer = False
    readers: ClassVar[Mapping[str, Convert | None]] = {"within": _target}
    past = ("retired_on",)
    usual: ClassVar[Row] = {"scope": "attribute", "subject": "result"}
    named_by = "text"


class Staff(RowImporter):
    """Takes rows of staff: somebody is known by the name, whatever its case, so a name stands in one row only."""

    table = "staff"
    fields = STAFF_MEMBERS.in_files
    looked_up = ("id",)
    required = (("name",),)
    needed = ("name",)
    first = True
    of_customer = False
    readers: ClassVar[Mapping[str, Convert | None]] = {"level": _level}
    past = ("retired_on",)
    usual: ClassVar[Row] = {"level": 0}
    named_by = "name"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._by_name: dict[str, Row] = {}

    def check(self, row: Row) -> Verdict | None:
        """Raise RowFault for somebody who has left and yet owns work (source: handbook 3), and for another row of them.

        A second row that is equal changes nothing.
        """
        if "retired_on" in row and not self.faithful and not self.roster.has_left(row["name"]):
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


class Settings:
    """Takes rows of settings, a key and a value each, and moves what is due at other times then.

    Those of the file itself, its zone and currency, give way in an empty file.
    """

    computed: ClassVar[frozenset[str]] = frozenset()
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("key",), ("value",))
    first: ClassVar[bool] = True

    def __init__(self, task: Task) -> None:
        self._task = task
        self._cells = Cells(task.plan, {"key": None, "value": None}, guarded=task.guarded, width=task.width)
        self._stored = settings.load(task.connection)
        self._empty = not whole.data_in(task.connection)
        self._by_key: dict[str, str] = {}
        self._changed: list[str] = []

    def take(self, cells: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault."""
        key, value = self._cells.read(cells)
        if key is None:
            raise RowFault("key", UsageFault("empty-value", field="key"))
        field = "key"
        try:
            setting = policy.find(str(key))
            field = "value"
            # an empty list of items is a value too
            checked = setting.check("" if value is None else str(value))
        except UsageFault as fault:
            raise RowFault(field, fault) from fault
        return self._settle(setting.key, checked)

    def _settle(self, key: str, value: str) -> Verdict:
        before, known = self._by_key.setdefault(key, value), self._stored.get(key)
        gives_way = self._empty and key.startswith("file.")
        if before != value:
            raise RowFault("value", UsageFault("row-differs", ref=key, known=before))
        if known == value:
            return "unchanged"
        if known is not None and not gives_way and not self._task.update:
            raise RowFault("value", UsageFault("row-differs", ref=key, known=known))
        try:
            refuse_under_amounts(self._task.connection, key, value)
            check_problems(self._task.connection, key, value)
        except CsmError as fault:
            raise RowFault("value", fault) from fault
        settings.store(self._task.connection, key, value)
        self._stored[key] = value
        self._changed.append(key)
        return "inserted" if known is None or gives_way else "updated"

    def finish(self) -> None:
        """Let follow what follows from other working hours, another zone, another authority."""
        changed, self._changed = self._changed, []
        if any(key.startswith("authority.") for key in changed):
            recomputing.pass_on_approvals(self._task.connection)
        if not set(changed).isdisjoint(CALENDAR):
            recompute(self._task.work, self._task.connection)
