"""Pledges from a file: what the house promises everybody."""

from __future__ import annotations

from csm.domain.promise.record import PLEDGES
from csm.domain.time.working_hours import read_target, show_target
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import Row
from csm.services.files.importing.values import Convert


def _target(text: str) -> str:
    return show_target(read_target(text))


class Pledges(RowImporter):
    """Takes rows of pledges: one is known by its text."""

    table = "pledge"
    fields = PLEDGES.in_files
    looked_up = ("id",)
    required = (("text",),)
    needed = identity = likeness = ("text",)
    first = True
    of_customer = False

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads the time within which it holds."""
        return {"within": _target}

    def check(self, row: Row) -> None:
        """Raise RowFault for one that is retired on a day to come."""
        self.task.check_past("retired_on", row)

    def called(self, stored: Row) -> str:
        """Return its text."""
        return str(stored["text"])

    def new(self, row: Row) -> Row:
        """Return what a pledge is unless its row tells."""
        return {"scope": "attribute", "subject": "result", **super().new(row)}
