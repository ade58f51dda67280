"""Importing a file of records: one transaction, all or nothing unless bad rows are skipped.

Owns the run over the file, what is counted, and what happens to bad rows; what a row becomes is the matter of the
importer of its kind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib import import_module
from typing import Final, NamedTuple

from csm.domain import errors
from csm.services.importing.books import as_table
from csm.services.importing.rejects import Reject, open_rejects, without_reason
from csm.services.importing.rows import Importer, Task
from csm.services.importing.values import Reader, RowFault
from csm.services.work import Work
from csm.transfer.encodings import open_text
from csm.transfer.mapping import ColumnPlan, read_mapping
from csm.transfer.reading import Table, form_of, read_rows
from csm.transfer.sheet import unguard
from csm.transfer.survey_forms import Placed

WHOSE: Final = ("customer", "customer_id", "customer_code", "phone")
# What is imported: the module of its importer, the class, and of which fields a row must have one each.
KINDS: Final[dict[str, tuple[str, str, tuple[tuple[str, ...], ...]]]] = {
    "customers": ("customers", "Customers", (("name",),)),
    "contacts": ("contacts", "ContactRows", (("name",),)),
    "callbacks": ("callbacks", "Callbacks", (WHOSE,)),
    "complaints": ("complaints", "Complaints", (WHOSE, ("summary", "details"))),
    "promises": ("promises", "Promises", (WHOSE, ("text",), ("due_at",))),
    "sales": ("sales", "Sales", (WHOSE, ("product",), ("amount",), ("sold_on",))),
    "services": ("services", "Services", (WHOSE, ("kind",), ("done_on",))),
    "surveys": ("surveys", "Surveys", (("taken_on",),)),
}
# The fields of which one says whether a sale was paid.
PAYING: Final = frozenset({"paid", "paid_on", "status", "payments"})
MOST_NAMED = 11  # bad rows that an error names
LONGEST_SHOWN = 200  # characters of a bad value
ROWS_A_REPORT = 500


class Request(NamedTuple):
    """What is to be imported, and how.

    path: `-` is standard input. form: csv, tsv, json or jsonl; None is told by the path. pairs, constants: `--map` and
    `--set`. values: `--value`. rejects: the path for rejected rows.
    """

    kind: str
    path: str
    form: str | None = None
    encoding: str | None = None
    date_order: str | None = None
    pairs: Sequence[str] = ()
    constants: Sequence[str] = ()
    values: Sequence[str] = ()
    update: bool = False
    force: bool = False
    dry_run: bool = False
    skip_bad: bool = False
    rejects: str | None = None
    allow_negative: bool = False


class Outcome(NamedTuple):
    """What came of an import; `errors` are the rejected rows as BadRow.

    inserted: with the rows that cancelled a sale, of which there are `cancelled`. unknown: headings that nothing takes.
    computed: fields in the file that csm works out itself. unpaid: they are sales, and nothing says what was paid.
    blank: it is a form that nobody filled in.
    """

    read: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    possible_doubles: int
    errors: list[errors.BadRow]
    unknown: Sequence[str]
    computed: Sequence[str]
    cancelled: int
    unpaid: bool
    blank: bool


class _Undone(Exception):
    """Nothing of what was done is to stay."""


def load(
    work: Work, request: Request, *, words: Callable[[errors.CsmError], str], progress: Callable[[int], None]
) -> Outcome:
    """Import a file; `words` says an error for the file of rejected rows, `progress` is told the rows read so far.

    With bad rows nothing is imported, and `rejected` says how many there are, unless they are skipped. Raises what
    opening the file raises, NoHeading, UnknownHeading, UnknownField, UnreadablePair.
    """
    form = form_of(request.path, request.form)
    with closing(open_text(request.path, request.encoding, form=form)) as stream:
        return _Run(work, request, form, words, progress).over(read_rows(stream, form, request.path))


class _Run:
    def __init__(
        self,
        work: Work,
        request: Request,
        form: str,
        words: Callable[[errors.CsmError], str],
        progress: Callable[[int], None],
    ) -> None:
        self._work = work
        self._request = request
        self._guarded = form in ("csv", "tsv")
        self._words = words
        self._progress = progress
        self._bad: list[errors.BadRow] = []
        self._counts = {"inserted": 0, "updated": 0, "unchanged": 0, "cancelled": 0}
        # Rows that are taken when all others are read: line, cells, and the row as it stands in the file.
        self._put_off: list[tuple[int, Sequence[str], Sequence[str]]] = []
        self._read = 0

    def over(self, table: Table) -> Outcome:
        """Import the rows of a table."""
        request = self._request
        typed = [unguard(heading) for heading in table.headings] if self._guarded else table.headings
        headings = without_reason(request.kind, typed)
        raw = _Raw(table.rows, len(headings), added=len(table.headings) - len(headings))
        own = Table(headings, iter(raw))
        book = None if request.pairs else as_table(request.kind, own, guarded=self._guarded)
        used = book or own
        plan = read_mapping(request.kind, used.headings, request.pairs, request.constants, request.values)
        computed = self._check(plan, headings)
        doubles = 0
        # The rows of a form are its columns; what is rejected of it is written as rows.
        turned = book is not None and request.kind == "surveys"
        rejected = used.headings if turned else headings
        with open_rejects(request.rejects, request.kind, rejected, guarded=self._guarded and not turned) as reject:
            try:
                with self._transaction() as connection:
                    importer = self._importer(connection, plan, len(used.headings), book=book is not None)
                    for line, row in used.rows:
                        self._note_read()
                        self._take(importer, line, row, row if turned else raw.last, plan, used.headings, reject)
                    importer.finish()
                    put_off, self._put_off = self._put_off, []
                    for line, row, as_read in put_off:
                        self._take(importer, line, row, as_read, plan, used.headings, reject)
                    importer.finish()
                    doubles = importer.possible_doubles
                    if request.dry_run or (self._bad and not request.skip_bad):
                        raise _Undone
            except _Undone:
                pass
        undone = bool(self._bad) and not request.skip_bad
        inserted, updated, unchanged, cancelled = [0] * 4 if undone else self._counts.values()
        # An address book has columns for everything. A form has a question for what --set tells instead.
        unknown = (
            []
            if book is not None and not turned
            else [name for name in plan.unused if not (turned and name in plan.constants)]
        )
        self._bad.sort(key=lambda bad: int(bad.values["line"]))
        return Outcome(
            self._read,
            inserted + cancelled,
            updated,
            unchanged,
            len(self._bad),
            0 if undone else doubles,
            self._bad,
            unknown,
            computed,
            cancelled,
            request.kind == "sales" and PAYING.isdisjoint(plan.fields()),
            turned and not self._read,
        )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        # Only customers can stand at the beginning of a file; the rest belongs to customers that are there.
        make = self._request.kind == "customers"
        with self._work.database.writing(self._work.command, make=make, bulk=True) as connection:
            # Only the batches are silent; whatever else an import changes is kept by the row triggers.
            connection.execute("UPDATE current_command SET bulk = 0")
            yield connection

    def _check(self, plan: ColumnPlan, headings: Sequence[str]) -> list[str]:
        """Return the fields of the file that can't be imported; raise NoHeading, UnknownField."""
        module, _, required = KINDS[self._request.kind]
        given = plan.fields()
        for fields in required:
            if not any(field in given for field in fields):
                raise errors.NoHeading(path=self._request.path, missing=fields[0], choices=list(headings))
        computed: frozenset[str] = import_module(f"csm.services.importing.{module}").COMPUTED
        for field in plan.constants:
            if field in computed:
                raise errors.UnknownField(field=field, choices=[name for name in given if name not in computed])
        return [field for field in given if field in computed]

    def _importer(self, connection: sqlite3.Connection, plan: ColumnPlan, width: int, *, book: bool) -> Importer:
        module, name, _ = KINDS[self._request.kind]
        reader = Reader(self._work, self._request.date_order)
        request = self._request
        guarded = self._guarded and not book
        task = Task(
            *(self._work, connection, plan, reader, request.update, request.force, guarded, width, book),
            allow_negative=request.allow_negative,
        )
        made: Importer = getattr(import_module(f"csm.services.importing.{module}"), name)(task)
        return made

    def _note_read(self) -> None:
        self._read += 1
        if self._read % ROWS_A_REPORT == 0:
            self._progress(self._read)

    def _take(
        self,
        importer: Importer,
        line: int,
        row: Sequence[str],
        as_read: Sequence[str],
        plan: ColumnPlan,
        headings: Sequence[str],
        reject: Reject,
    ) -> None:
        try:
            verdict = importer.take(row)
        except RowFault as fault:
            self._bad.append(_bad_row(line, row, fault, plan, headings))
            reject(as_read, self._words(fault.error))
            return
        if verdict is None:
            self._put_off.append((line, row, as_read))
        else:
            self._counts[verdict] += 1


class _Raw:
    """Rows on their way from the file, the last one at hand; a column of reasons that was added is taken off."""

    def __init__(self, rows: Iterator[tuple[int, Sequence[str]]], width: int, *, added: int) -> None:
        self._rows = rows
        self._width = width
        self._added = added
        self.last: Sequence[str] = ()

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        for line, row in self._rows:
            self.last = [*row[: self._width], *row[self._width + self._added :]] if self._added else row
            yield line, self.last


def _bad_row(
    line: int, row: Sequence[str], fault: RowFault, plan: ColumnPlan, headings: Sequence[str]
) -> errors.BadRow:
    field = fault.field if fault.field in plan.fields() else {"customer_phone": "phone"}.get(fault.field, fault.field)
    index = plan.column_of(field)
    if index is not None:
        column, value = headings[index], row[index]
        if isinstance(value, Placed):
            line, column = value.line, value.column
    else:
        column, value = field, plan.constants.get(field, "")
    if len(value) > LONGEST_SHOWN:
        value = value[:LONGEST_SHOWN] + "…"
    return (errors.BadRow if column else errors.BadLine)(line=line, column=column, value=value, reason=fault.error)


def refusal(outcome: Outcome) -> errors.BadRow:
    """Return the error of an import that bad rows stopped: the first, the next ones, and how many more there are."""
    first, *others = outcome.errors[:MOST_NAMED]
    more = outcome.rejected - 1 - len(others)
    return type(first)(**first.values, others=others, more=more)
