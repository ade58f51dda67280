"""Settings of a file, a key and a value a row; what is due at other times then is moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from csm.domain import settings as policy
from csm.domain.errors import UsageFault
from csm.services.files.importing.rows import Task, Verdict
from csm.services.files.importing.values import Cells, RowFault
from csm.services.house.policy import CALENDAR
from csm.storage.file import whole
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.domain.settings import Setting

COMPUTED: Final[frozenset[str]] = frozenset()


class Settings:
    """Takes rows of settings; those of the file itself, its zone and currency, give way in an empty file."""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self._task = task
        self._cells = Cells(task.plan, {"key": None, "value": None}, guarded=task.guarded, width=task.width)
        self._stored = settings.load(task.connection)
        self._empty = not whole.data_in(task.connection)
        self._told: dict[str, str] = {}
        self._changed: list[str] = []

    def take(self, row: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault."""
        key, value = self._cells.read(row)
        if key is None:
            raise RowFault("key", UsageFault("empty-value", field="key"))
        try:
            setting = policy.find(str(key))
        except UsageFault as fault:
            raise RowFault("key", fault) from fault
        try:
            # an empty list of items is a value too
            checked = setting.check("" if value is None else str(value))
        except UsageFault as fault:
            raise RowFault("value", fault) from fault
        return self._settle(setting, checked)

    def _settle(self, setting: Setting, value: str) -> Verdict:
        key = setting.key
        before = self._told.setdefault(key, value)
        known = self._stored.get(key)
        if before != value:
            raise RowFault("value", UsageFault("row-differs", ref=key, known=before))
        if known == value:
            return "unchanged"
        gives_way = self._empty and key.startswith("file.")
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
            from csm.services.complaint import approvals

            approvals.pass_on(self._task.connection)
        if not set(changed).isdisjoint(CALENDAR):
            from csm.services.complaint.recomputing import recompute

            recompute(self._task.work, self._task.connection)
