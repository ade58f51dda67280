"""What the importers of every kind of record share: their surroundings, what a row came to, and the rows that wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal, NamedTuple, Protocol

from csm.domain.errors import UsageFault
from csm.domain.kinds import Field
from csm.domain.values.money import show_cents
from csm.services.files.importing.values import Reader, RowFault
from csm.services.values import Stored
from csm.services.work import Work
from csm.storage.file.bulk import ROWS_A_BATCH, Batch, Derived
from csm.transfer.headings import OWN_ID, OWN_KEY
from csm.transfer.mapping import ColumnPlan

Verdict = Literal["inserted", "updated", "unchanged", "cancelled"]
# The stored values of a row or a record, by column.
Row = dict[str, Any]
# The fields of which a row must have one, so that its customer can be found.
WHOSE = ("customer", "customer_id", "customer_code", "phone", OWN_KEY, OWN_ID)
ANY_ID = 2**62  # above every id


class Double(NamedTuple):
    """A row that looks like another record: `other` is the line of the same file that made it, else its reference."""

    line: int
    other: int | str


class Place:
    """Where the run over a file is: the line of the row, and which line made or met each record.

    possible_doubles: how many rows look like another record. doubles: those of them of which the other is known.
    moved, dropped: how many planned callbacks moved or were cancelled with their cards.
    buyers: the customers who owe more by a row.
    """

    def __init__(self) -> None:
        self.line = 0
        self.lines: dict[str, int] = {}
        self.possible_doubles = 0
        self.moved = 0
        self.dropped = 0
        self.doubles: list[Double] = []
        self.buyers: set[int] = set()


class Task(NamedTuple):
    """What an importer works with.

    update: rows that differ from their record change it. force: a double is let in. guarded: the cells are a
    spreadsheet's. width: how many columns the rows have. derived: the rows were made of an address book or of a form.
    allow_negative: a sale below zero that cancels none is a credit note. place: where the run over the file is.
    ours: csm wrote the file, so its ids are ours.
    """

    work: Work
    connection: sqlite3.Connection
    plan: ColumnPlan
    reader: Reader
    update: bool
    force: bool
    guarded: bool
    width: int
    derived: bool
    place: Place
    allow_negative: bool = False
    ours: bool = False

    def check_past(self, field: str, row: Row) -> None:
        """Raise RowFault for a day or an instant of a row that lies ahead."""
        value = row.get(field)
        if value is not None and value > (self.work.now_text if field.endswith("_at") else self.work.today.isoformat()):
            raise RowFault(
                field, UsageFault("date-in-future", value=self.shown(value) if field.endswith("_at") else value)
            )

    def shown(self, instant: str) -> str:
        """Return an instant as local text."""
        return f"{self.work.zone.local(instant):%Y-%m-%d %H:%M}"


class Importer(Protocol):
    """Takes the rows of one kind of record one by one.

    computed: fields that csm works out itself. required: of each of these groups a file must have a field. first: a
    file of csm can begin with these rows; others belong to customers that are there.
    """

    computed: ClassVar[frozenset[str]]
    required: ClassVar[tuple[tuple[str, ...], ...]]
    first: ClassVar[bool]

    def __init__(self, task: Task) -> None: ...

    def take(self, cells: Sequence[str]) -> Verdict:
        """Import one row and return what it came to.

        Raises RowFault, and leaves no trace of a row that can't be; and RowWaits for a row that is to be taken again
        when all others are read and `finish` has been called, as often as others come in between.
        """

    def finish(self) -> None:
        """Write what still waits."""


class RowWaits(Exception):
    """A row is to be taken when all others are read."""


class Difference(NamedTuple):
    """Something that differs between a row and the record: the field, the record's own value, and how to change it."""

    field: str
    known: str
    apply: Callable[[], object]


class Waiting:
    """The batches of an import in the order in which their rows need each other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._batches: dict[str, Batch | Derived] = {}

    def batch(self, table: str, columns: Sequence[str]) -> Batch:
        """Return a new batch; it is written after those that were made before it."""
        made = self._batches[table] = Batch(self._connection, table, columns)
        return made

    def derived(self, table: str, columns: Sequence[str]) -> Derived:
        """Return where rows of a table wait that is worked out from others; written in its turn, as a batch is."""
        made = self._batches[table] = Derived(self._connection, table, columns)
        return made

    def flush(self) -> None:
        """Write all that waits."""
        for batch in self._batches.values():
            batch.flush()

    def add(self, batch: Batch, row: Sequence[object]) -> None:
        """Let a row of the main table wait; with a lot of them all is written."""
        batch.rows.append(row)
        if len(batch.rows) >= ROWS_A_BATCH:
            self.flush()


class KeptIds:
    """The ids in a file, kept where its table is `empty`: there an id is a key that links the rows of one export.

    `place` takes note of the line that makes a record, under its reference, which begins with `prefix`.
    """

    def __init__(self, batch: Batch, *, empty: bool, place: Place, prefix: str) -> None:
        self.kept = empty
        self._place = place
        self._prefix = prefix
        self._batch = batch
        self._made: dict[int, int] = {}
        self._numbered: set[int] = set()

    def known(self, file_id: Stored) -> int | None:
        """Return the record that an earlier row with this id made."""
        return self._made.get(file_id) if isinstance(file_id, int) else None

    def new(self, file_id: Stored) -> int:
        """Return the id of a new record: the one in the file, unless a row without one has it."""
        if not self.kept or not isinstance(file_id, int):
            made = self._batch.new_id()
            if self.kept:
                self._numbered.add(made)
        else:
            made = self._batch.new_id() if file_id in self._numbered else file_id
            self._batch.claim(file_id)
            self._made[file_id] = made
        self._place.lines[f"{self._prefix}{made}"] = self._place.line
        return made


def shown(field: Field | None, value: object) -> str:
    """Return a stored value as a file would have it."""
    if value is None:
        return ""
    return show_cents(value) if field is not None and field.kind == "money" and isinstance(value, int) else str(value)


def settle(
    differences: Sequence[Difference], ref: str, *, update: bool, place: Place, adds_tags: bool = False
) -> Verdict:
    """Apply the differences of a row from the record `ref`; raise RowFault with row-differs unless `update`.

    What an earlier row of the same file made or matched isn't changed by another one: that raises row-contradicts, so
    that the same file twice comes to the same. What a row adds isn't a contradiction; with `adds_tags` its tags do.
    """
    earlier = place.lines.setdefault(ref, place.line)
    if not differences:
        return "unchanged"
    if earlier != place.line:
        for difference in differences:
            if difference.known and not (adds_tags and difference.field == "tags"):
                raise RowFault(difference.field, UsageFault("row-contradicts", other=earlier, known=difference.known))
    if not update:
        raise RowFault(differences[0].field, UsageFault("row-differs", ref=ref, known=differences[0].known))
    for difference in differences:
        difference.apply()
    return "updated"


def text_of(value: object) -> str | None:
    """Return a stored text as such."""
    return None if value is None else str(value)
