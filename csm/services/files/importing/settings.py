"""Settings of a file, a key and a value a row; what is due at other times then is moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from csm.domain import settings as policy
from csm.domain.errors import UsageFault
from csm.services.complaint import approvals
from csm.services.complaint.recomputing import recompute
from csm.services.files.importing.rows import Task, Verdict
from csm.services.files.importing.values import Cells, RowFault
from csm.services.house.policy import CALENDAR
from csm.storage.file import whole
from csm.storage.house import settings


class Settings:
    """Takes rows of settings; those of the file itself, its zone and currency, give way in an empty file."""

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
        settings.store(self._task.connection, key, value)
        self._stored[key] = value
        self._changed.append(key)
        return "inserted" if known is None or gives_way else "updated"

    def finish(self) -> None:
        """Let follow what follows from other working hours, another zone, another authority."""
        changed, self._changed = self._changed, []
        if any(key.startswith("authority.") for key in changed):
            approvals.pass_on(self._task.connection)
        if not set(changed).isdisjoint(CALENDAR):
            recompute(self._task.work, self._task.connection)
