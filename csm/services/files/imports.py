"""Importing a file of records: one transaction, all or nothing unless bad rows are skipped.

Owns the run over the file, what is counted, and what happens to bad rows; what a row becomes is the matter of the
importer of its kind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib import import_module
from typing import Final, NamedTuple, TextIO

from csm.domain.errors import BadRow, CsmError, UsageFault
from csm.services.files.importing.books import as_book
from csm.services.files.importing.foreign import adapted, is_ours, note_headings
from csm.services.files.importing.rejects import Reject, open_rejects, without_reason
from csm.services.files.importing.rows import Double, Importer, Place, Task
from csm.services.files.importing.values import Reader, RowFault
from csm.services.work import Work
from csm.storage.file.database import Overtaken
from csm.transfer.encodings import open_text, taken_encoding
from csm.transfer.headings import OWN_ID, OWN_KEY, known_headings, normal, own_field
from csm.transfer.mapping import ColumnPlan, read_mapping
from csm.transfer.reading import Table, form_of, read_rows
from csm.transfer.sheet import unguard
from csm.transfer.survey_forms import Placed, as_rows, is_form_heading
from csm.transfer.survey_headings import survey_score

SHEETS: Final = ("csv", "tsv")
WHOSE: Final = ("customer", "customer_id", "customer_code", "phone", OWN_KEY, OWN_ID)
# What is imported: the module of its importer, the class, and of which fields a row must have one each.
KINDS: Final[dict[str, tuple[str, str, tuple[tuple[str, ...], ...]]]] = {
    "customers": ("customers", "Customers", (("name",),)),
    "contacts": ("contacts", "ContactRows", (("name",),)),
    "callbacks": ("callbacks", "Callbacks", (WHOSE,)),
    "complaints": ("complaints", "Complaints", (WHOSE, ("summary", "details"), ("received_at", "events"))),
    "promises": ("promises", "Promises", (WHOSE, ("text",), ("due_at",))),
    "sales": ("sales", "Sales", (WHOSE, ("product",), ("amount",), ("sold_on",))),
    "services": ("services", "Services", (WHOSE, ("kind",), ("done_on",))),
    "surveys": ("surveys", "Surveys", (("taken_on",),)),
    "notes": ("notes", "Notes", (WHOSE, ("text",))),
    "payments": ("payments", "Payments", ((*WHOSE, "sale_id", "external_id", "bill"), ("amount",), ("paid_on",))),
    "losses": ("losses", "Losses", (WHOSE, ("lost_on",))),
    "pledges": ("pledges", "Pledges", (("text",),)),
    "staff": ("staff", "Staff", (("name",),)),
    "settings": ("settings", "Settings", (("key",), ("value",))),
}
# With these a file can begin; the rest belongs to customers that are there.
FIRST: Final = frozenset({"customers", "pledges", "staff", "settings"})
# The fields of which one says whether a sale was paid.
PAYING: Final = frozenset({"paid", "paid_on", "status", "payments"})
MOST_NAMED = 11  # bad rows that an error names
LONGEST_SHOWN = 200  # characters of a bad value
ROWS_A_REPORT = 500


class Request(NamedTuple):
    """What is to be imported, and how.

    path: `-` is standard input. form: csv, tsv, json or jsonl; None is told by the path. pairs, constants: `--map` and
    `--set`. values: `--value`. rejects: the path for rejected rows. skip_lines: so many lines stand above the headings.
    decimal: the sign before the decimals, None where either is. round_: more decimals than are kept are rounded.
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
    skip_lines: int = 0
    decimal: str | None = None
    round_: bool = False


class Outcome(NamedTuple):
    """What came of an import; `errors` are the rejected rows as bad-row.

    inserted: with the rows that cancelled a sale, of which there are `cancelled`. unknown: headings that nothing takes.
    left_over: headings of columns with a cell that found no room, as another one for its field was filled. computed:
    fields in the file that csm works out itself. unpaid: they are sales, and nothing says what was paid. blank: it is a
    form that nobody filled in. timed: headings of which the day alone was kept. encoding: what the file was read in.
    title: what stood above the headings. doubles: the possible doubles, as far as they are known by line.
    """

    read: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    possible_doubles: int
    errors: list[BadRow]
    unknown: Sequence[str]
    computed: Sequence[str]
    cancelled: int
    unpaid: bool
    blank: bool
    timed: Sequence[str] = ()
    left_over: Sequence[str] = ()
    encoding: str = ""
    title: Sequence[str] = ()
    doubles: Sequence[Double] = ()

    @property
    def unused(self) -> list[str]:
        """Return the headings of all columns that were not imported, or not whole, each once."""
        return list(dict.fromkeys([*self.unknown, *self.left_over, *self.timed, *self.computed]))


def _form_of_text(stream: TextIO) -> str:
    """Return the form of a text without a name to tell it: no table begins with the brackets of json."""
    head = stream.read(LONGEST_SHOWN).lstrip("\ufeff \r\n\t")
    stream.seek(0)
    return {"[": "json", "{": "jsonl"}.get(head[:1], "csv")


class _Undone(Exception):
    """Nothing of what was done is to stay."""


def load(work: Work, request: Request, *, words: Callable[[CsmError], str], progress: Callable[[int], None]) -> Outcome:
    """Import a file; `words` says an error for the file of rejected rows, `progress` is told the rows read so far.

    With bad rows nothing is imported, and `rejected` says how many there are, unless they are skipped. Raises what
    opening the file raises, no-heading, no-headings, unknown-heading, unknown-field, unreadable-pair, options-exclude.
    """
    form = form_of(request.path, request.form)
    known = known_headings(request.kind)

    def is_known(heading: str) -> bool:
        if normal(heading) in known or own_field(heading) or heading.strip() in mapped:
            return True
        return request.kind == "surveys" and (is_form_heading(heading) or bool(survey_score(heading)))

    mapped = {pair.rpartition("=")[0].strip() for pair in request.pairs}
    with closing(open_text(request.path, request.encoding, form=form)) as stream:
        if request.path == "-" and request.form is None:
            form = _form_of_text(stream)
        if request.skip_lines and form not in SHEETS:
            raise UsageFault("options-exclude", first="--skip-lines", second=form)

        def run(*, late: bool) -> Outcome:
            table = read_rows(stream, form, request.path, skip=request.skip_lines, known=is_known)
            outcome = _Run(work, request, form, words, progress, late=late).over(table)
            return outcome._replace(encoding=taken_encoding(stream), title=table.title)

        # Rows are matched before the lock is taken, so that others write meanwhile. Where one of them did, all is done
        # again with the lock; what stands on standard output can't be taken back for that.
        if request.rejects != "-":
            try:
                return run(late=True)
            except Overtaken:
                stream.seek(0)
        return run(late=False)


class _Run:
    def __init__(
        self,
        work: Work,
        request: Request,
        form: str,
        words: Callable[[CsmError], str],
        progress: Callable[[int], None],
        *,
        late: bool,
    ) -> None:
        self._work = work
        self._late = late
        self._request = request
        self._guarded = form in SHEETS
        self._words = words
        self._progress = progress
        self._bad: list[BadRow] = []
        self._counts = {"inserted": 0, "updated": 0, "unchanged": 0, "cancelled": 0}
        # Rows that are taken when all others are read: line, cells, and the row as it stands in the file.
        self._put_off: list[tuple[int, Sequence[str], Sequence[str]]] = []
        self._read = 0
        self._reader = Reader(work, request.date_order, decimal=request.decimal, round_=request.round_)
        self._ours = False
        self._place = Place()

    def over(self, table: Table) -> Outcome:
        """Import the rows of a table."""
        request = self._request
        if table.empty:
            # our own export of nothing; a table of another program has headings at least
            return Outcome(0, 0, 0, 0, 0, 0, [], [], [], 0, unpaid=False, blank=False)
        typed = [unguard(heading) for heading in table.headings] if self._guarded else table.headings
        headings = without_reason(request.kind, typed)
        raw = _Raw(table.rows, len(headings), added=len(table.headings) - len(headings))
        turned = as_rows(Table(headings, iter(raw)), guarded=self._guarded) if request.kind == "surveys" else None
        book = as_book(request.kind, headings, request.pairs, guarded=self._guarded)
        used = turned.headings if turned else book.headings if book else headings
        plan = read_mapping(
            *(request.kind, used, request.pairs, request.constants, request.values, book.made if book else {})
        )
        self._ours = not (turned or book) and is_ours(request.kind, used)
        if not self._ours:
            plan = adapted(request.kind, plan, used)
        note_headings(self._reader, plan, used)
        computed = self._check(plan, headings)
        doubles = 0
        # The rows of a form are its columns; what is rejected of it is written as rows.
        rejected = used if turned else headings
        place = self._place
        unknown = [name for name in plan.unused if not (turned and name in plan.constants)]
        with open_rejects(request.rejects, request.kind, rejected, guarded=self._guarded and not turned) as reject:
            rows: Iterator[tuple[int, Sequence[str], Sequence[str]]]
            if turned:
                rows = ((line, row, row) for line, row in turned.rows)
            elif book:
                whole = list(raw)
                filled = book.has_content(whole)
                # An address book has columns for everything; most of them are empty.
                unused = {*plan.by_hand, *plan.constants}
                unknown = [name for name in plan.unused if name in filled]
                rows = book.rows(whole, unused)
            else:
                rows = ((line, row, row) for line, row in raw)
            try:
                with self._transaction() as connection:
                    persons, plain = bool(turned or (book and book.persons)), not (book or turned)
                    importer = self._importer(connection, plan, len(used), book=persons, plain=plain)
                    for line, row, as_read in rows:
                        self._note_read()
                        self._take(importer, line, row, as_read, plan, used, rejected, reject)
                    importer.finish()
                    put_off, self._put_off = self._put_off, []
                    for line, row, as_read in put_off:
                        self._take(importer, line, row, as_read, plan, used, rejected, reject)
                    importer.finish()
                    doubles = importer.possible_doubles
                    if request.dry_run or (self._bad and not request.skip_bad):
                        raise _Undone
            except _Undone:
                pass
        undone = bool(self._bad) and not request.skip_bad
        inserted, updated, unchanged, cancelled = [0] * 4 if undone else self._counts.values()
        unknown = [*unknown, *self._headings(self._reader.unkept, plan, used)]
        self._bad.sort(key=lambda bad: int(bad.values["line"]))
        lost = [*(book.lost if book else ()), *(used[index] for index in sorted(plan.left_over))]
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
            bool(turned) and not self._read,
            self._headings(self._reader.timed, plan, used),
            lost,
            doubles=[] if undone else place.doubles,
        )

    @staticmethod
    def _headings(fields: Iterable[str], plan: ColumnPlan, headings: Sequence[str]) -> list[str]:
        """Return the headings of the columns of some fields, in their order; a field that `--set` gives is itself."""
        taken = {field: plan.indexes_of(field) for field in fields}
        places = {field: indexes[0] for field, indexes in taken.items() if indexes}
        told = sorted(field for field in fields if field in plan.constants)
        return [*(headings[index] for index in sorted(places.values())), *told]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        make = self._request.kind in FIRST
        database, command = self._work.database, self._work.command
        with database.writing(command, make=make, bulk=not self._late, late=self._late) as connection:
            if not self._late:
                # Only the batches are silent; whatever else an import changes is kept by the row triggers.
                connection.execute("UPDATE current_command SET bulk = 0")
            yield connection

    def _check(self, plan: ColumnPlan, headings: Sequence[str]) -> list[str]:
        """Return the fields of the file that can't be imported; raise no-heading, no-headings, unknown-field."""
        module, _, required = KINDS[self._request.kind]
        given = plan.fields()
        missing = [fields[0] for fields in required if not any(field in given for field in fields)]
        if missing:
            choices = list(headings)
            free = [heading for heading in choices if heading.strip() and heading in plan.unused]
            example = (free or [heading for heading in choices if heading.strip()] or ["Column"])[0]
            first = missing[0]
            raise UsageFault(
                "no-headings" if missing[1:] else "no-heading",
                path=self._request.path,
                missing=missing if missing[1:] else first,
                first=first,
                example=example,
                choices=choices,
            )
        computed: frozenset[str] = import_module(f"csm.services.files.importing.{module}").COMPUTED
        for field in (*plan.constants, *plan.by_hand):
            if field in computed:
                raise UsageFault("unknown-field", field=field, choices=[name for name in given if name not in computed])
        return [field for field in given if field in computed]

    def _importer(
        self, connection: sqlite3.Connection, plan: ColumnPlan, width: int, *, book: bool, plain: bool
    ) -> Importer:
        module, name, _ = KINDS[self._request.kind]
        request = self._request
        guarded = self._guarded and plain
        task = Task(
            *(self._work, connection, plan, self._reader, request.update, request.force, guarded, width, book),
            allow_negative=request.allow_negative,
            ours=self._ours,
            place=self._place,
        )
        made: Importer = getattr(import_module(f"csm.services.files.importing.{module}"), name)(task)
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
        in_file: Sequence[str],
        reject: Reject,
    ) -> None:
        self._place.line = line
        try:
            verdict = importer.take(row)
        except RowFault as caught:
            fault = caught
            if fault.error.code == "too-many-cells" and as_read is not row:
                # counted as the row stands in the file, not as what was made of it
                counts = {"count": len(as_read), "expected": len(in_file)}
                fault = RowFault(fault.field, UsageFault("too-many-cells", **counts))
            self._bad.append(_bad_row(line, row, fault, plan, headings, dict(zip(in_file, as_read, strict=False))))
            reject(as_read, self._words(fault.error))
            return
        if verdict is None:
            self._put_off.append((line, row, as_read))
        else:
            self._counts[verdict] += 1


class _Raw:
    """Rows on their way from the file; a column of reasons that was added is taken off."""

    def __init__(self, rows: Iterator[tuple[int, Sequence[str]]], width: int, *, added: int) -> None:
        self._rows = rows
        self._width = width
        self._added = added

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        if not self._added:
            return self._rows
        return ((line, [*row[: self._width], *row[self._width + self._added :]]) for line, row in self._rows)


def _bad_row(
    line: int,
    row: Sequence[str],
    fault: RowFault,
    plan: ColumnPlan,
    headings: Sequence[str],
    in_file: Mapping[str, str],
) -> BadRow:
    field = fault.field
    if field not in plan.fields():
        field = {"customer_phone": "phone", OWN_KEY: "customer_id"}.get(field, field)
    column, value = field, plan.constants.get(field, "")
    if indexes := plan.indexes_of(field):
        # of several columns it is the one that holds what was refused
        refused = str(fault.error.values.get("value", "")).strip()
        holding = [index for index in indexes if refused and refused in row[index]]
        filled = [index for index in indexes if row[index].strip()]
        index = (holding or filled or [*indexes])[0]
        column, value = headings[index], row[index]
        if isinstance(value, Placed):
            line, column = value.line, value.column
        elif column not in in_file and refused:
            # what was made of an address book stands in a column of the file
            column, value = next(((name, cell) for name, cell in in_file.items() if refused in cell), (column, value))
    # Some hints name the column.
    fault.error.values.setdefault("column", column)
    if len(value) > LONGEST_SHOWN:
        value = value[:LONGEST_SHOWN] + "…"
    return BadRow("bad-row" if column else "bad-line", line=line, column=column, value=value, reason=fault.error)


def distinct(bad: Sequence[BadRow]) -> list[BadRow]:
    """Return the rejected rows, those with the same bad value in the same column once: `again` says how many more."""
    first: dict[tuple[object, ...], BadRow] = {}
    again: dict[tuple[object, ...], int] = {}
    for row in bad:
        column, value, reason = (row.values[name] for name in ("column", "value", "reason"))
        # a row that looks like another one is a matter of its own
        alone = not column or "candidates" in reason.values or reason.code in ("row-differs", "row-contradicts")
        key = (row.values["line"],) if alone else (column, value, reason.code)
        first.setdefault(key, row)
        again[key] = again.get(key, -1) + 1
    return [BadRow(row.code, **row.values, again=again[key]) for key, row in first.items()]


def refusal(outcome: Outcome) -> BadRow:
    """Return the error of an import that bad rows stopped: the first, the next ones, and how many more there are."""
    first, *others = distinct(outcome.errors)[:MOST_NAMED]
    more = outcome.rejected - sum(1 + row.values["again"] for row in (first, *others))
    return BadRow(first.code, **first.values, others=others, more=more, rows=outcome.errors)
