"""Pledges from a file: what the house promises everybody."""

from __future__ import annotations

from typing import Final

from csm.domain.file_records import PLEDGE_ROW
from csm.domain.time.working_hours import read_target, show_target
from csm.services.files.importing.plain import Plain, Told
from csm.services.files.importing.values import Convert
from csm.storage import rows

COMPUTED: Final[frozenset[str]] = frozenset()


def _target(text: str) -> str:
    return show_target(read_target(text))


class Pledges(Plain):
    """Takes rows of pledges: one is known by its text."""

    table = "pledge"
    ref = ""
    fields = PLEDGE_ROW
    looked_up = ("id",)
    needed = ("text",)
    of_customer = False

    def converters(self) -> dict[str, Convert | None]:
        """Return that of the time within which it holds."""
        return {"within": _target}

    def check(self, told: Told) -> None:
        """Raise RowFault for one that is retired on a day to come."""
        self.past("retired_on", told)

    def same(self, stored: Told, told: Told) -> bool:
        """Tell whether the texts agree."""
        return bool(stored["text"] == told["text"])

    def alike(self, told: Told) -> list[Told]:
        """Return the pledges with this text."""
        return rows.fetch_all(self.connection, "pledge", "text = ? ORDER BY id", [told["text"]])

    def called(self, stored: Told) -> str:
        """Return its text."""
        return str(stored["text"])

    def usual(self, told: Told) -> Told:
        """Return what a pledge is unless its row tells."""
        return {"scope": "attribute", "subject": "result", "created_at": self.task.work.now_text}
