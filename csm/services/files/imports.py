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

from csm.domain.customer.branches import Passed
from csm.domain.errors import BadRow, CsmError, UsageFault
from csm.domain.formats import DELIMITERS, by_sign
from csm.services.customer.branches import above_limits
from csm.services.files.importing.contact_tables import ContactTable, contact_table
from csm.services.files.importing.foreign import adapted, is_ours, note_headings
from csm.services.files.importing.rejects import Reject, open_rejects, without_reason
from csm.services.files.importing.rows import Double, Importer, Place, RowWaits, Task
from csm.services.files.importing.values import Reader, RowFault
from csm.services.work import Work
from csm.storage.file.database import Overtaken
from csm.transfer.encodings import open_text, taken_encoding
from csm.transfer.headings import OWN_KEY, known_headings, normal, own_field
from csm.transfer.mapping import ColumnPlan, read_mapping
from csm.transfer.reading import Table, form_of, read_rows
from csm.transfer.sheet import unguard
from csm.transfer.survey_forms import Placed, as_rows, is_form_heading
from csm.transfer.survey_headings import survey_score

# What is imported, by the module and the class of its importer: only that of the kind that is asked for is loaded.
KINDS: Final = {
    "customers": "customers:Customers",
    "contacts": "contacts:ContactRows",
    "callbacks": "callbacks:Callbacks",
    "complaints": "complaints:Complaints",
    "promises": "promises:Promises",
    "sales": "sales:Sales",
    "services": "services:Services",
    "surveys": "surveys:Surveys",
    "notes": "notes_and_losses:Notes",
    "payments": "payments:Payments",
    "losses": "notes_and_losses:Losses",
    "pledges": "house:Pledges",
    "staff": "house:Staff",
    "settings": "house:Settings",
}
# The fields of which one says whether a sale was paid.
PAYING: Final = frozenset({"paid", "paid_on", "status", "payments"})
MOST_NAMED = 11  # bad rows that an error names
LONGEST_SHOWN = 200  # characters of a bad value
ROWS_A_REPORT = 500


class Request(NamedTuple):
    """What is to be imported, and how.

    path: `-` is standard input. form: csv, tsv, json or jsonl; None is found from the path. pairs, constants, values:
    as `csm.transfer.mapping` reads them. rejects: the path for rejected rows. skip_lines: so many lines stand above the
    headings. decimal: the sign before the decimals, None where either is. round_: more decimals than are kept are
    rounded.
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
    title: what stood above the headings. doubles: the possible doubles, as far as they are known by line. moved,
    dropped: how many planned callbacks moved or were cancelled with their cards.
    passed: the credit limits above which somebody is who owes more now.
    """

    read: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    possible_doubles: int = 0
    errors: Sequence[BadRow] = ()
    unknown: Sequence[str] = ()
    computed: Sequence[str] = ()
    cancelled: int = 0
    unpaid: bool = False
    blank: bool = False
    timed: Sequence[str] = ()
    left_over: Sequence[str] = ()
    encoding: str = ""
    title: Sequence[str] = ()
    doubles: Sequence[Double] = ()
    moved: int = 0
    dropped: int = 0
    passed: Sequence[Passed] = ()

    @property
    def unused(self) -> list[str]:
        """Return the headings of all columns that were not imported, or not whole, without repetition."""
        return list(dict.fromkeys([*self.unknown, *self.left_over, *self.timed, *self.computed]))


Numbered = tuple[int, Sequence[str]]


class _Records(NamedTuple):
    """A table as records, each row of one with the line, its cells, and the row as it stands in the file.

    headings: those of the cells. typed: those of the file. in_file: those of the rows as they stand in the file, which
    for a form, whose columns are its rows, are the cells. book: what makes records of a table of persons.
    """

    plan: ColumnPlan
    headings: Sequence[str]
    typed: Sequence[str]
    in_file: Sequence[str]
    rows: Iterable[tuple[int, Sequence[str], Sequence[str]]]
    contacts: ContactTable | None = None
    is_form: bool = False

    @property
    def is_plain(self) -> bool:
        """Return whether the rows are taken as they stand in the file."""
        return self.contacts is None and not self.is_form

    def headings_of(self, fields: Iterable[str]) -> list[str]:
        """Return the headings of the columns of some fields, in their order; a constant one is itself."""
        taken = {field: self.plan.indexes_of(field) for field in fields}
        places = {field: indexes[0] for field, indexes in taken.items() if indexes}
        constant = sorted(field for field in fields if field in self.plan.constants)
        return [*(self.headings[index] for index in sorted(places.values())), *constant]

    def unknown(self) -> list[str]:
        """Return the headings that nothing takes; an address book has columns for everything, most of them empty."""
        unused = self.plan.unused
        if self.contacts is not None:
            return [name for name in unused if name in self.contacts.filled]
        return [name for name in unused if not (self.is_form and name in self.plan.constants)]

    def left_over(self) -> list[str]:
        """Return the headings of columns of which not every cell found room."""
        lost = self.contacts.lost if self.contacts is not None else ()
        return [*lost, *(self.headings[index] for index in sorted(self.plan.left_over))]


class _Undone(Exception):
    """Nothing of what was done is to stay."""


def load(work: Work, request: Request, *, words: Callable[[CsmError], str], progress: Callable[[int], None]) -> Outcome:
    """Import a file; `words` says an error for the file of rejected rows, `progress` takes the rows read so far.

    With bad rows nothing is imported, and `rejected` says how many there are, unless they are skipped. Raises what
    opening the file raises, no-heading, no-headings, unknown-heading, unknown-field, unreadable-pair, values-exclude,
    no-lines-above.
    """
    form = form_of(request.path, request.form)
    known = known_headings(request.kind)
    mapped = {pair.rpartition("=")[0].strip() for pair in request.pairs}

    def is_known(heading: str) -> bool:
        if normal(heading) in known or own_field(heading) or heading.strip() in mapped:
            return True
        return request.kind == "surveys" and (is_form_heading(heading) or bool(survey_score(heading)))

    with closing(open_text(request.path, request.encoding, form=form)) as stream:
        if request.path == "-" and request.form is None:
            form = _form_of_text(stream)
        if request.skip_lines and form not in DELIMITERS:
            raise UsageFault("no-lines-above", form=form)

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


def _form_of_text(stream: TextIO) -> str:
    """Return the form of a text without a name to tell it: no table begins with the brackets of json."""
    head = stream.read(LONGEST_SHOWN).lstrip("\ufeff \r\n\t")
    stream.seek(0)
    return by_sign(head)


class _Run:
    """One run over the rows of a file. late: the lock is taken when they are matched."""

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
        self._guarded = form in DELIMITERS
        self._words = words
        self._progress = progress
        self._bad: list[BadRow] = []
        self._counts = {"inserted": 0, "updated": 0, "unchanged": 0, "cancelled": 0}
        self._read = 0
        self._reader = Reader(work, request.date_order, decimal=request.decimal, round_=request.round_)
        self._place = Place()
        self._passed: list[Passed] = []
        module, _, name = KINDS[request.kind].partition(":")
        self._kind: type[Importer] = getattr(import_module(f"csm.services.files.importing.{module}"), name)

    def over(self, table: Table) -> Outcome:
        """Import the rows of a table."""
        if table.empty:
            # our own export of nothing; a table of another program has headings at least
            return Outcome()
        records = self._records(table)
        note_headings(self._reader, records.plan, records.headings)
        computed = self._check(records)
        guarded = self._guarded and not records.is_form
        with open_rejects(self._request.rejects, self._request.kind, records.in_file, guarded=guarded) as reject:
            try:
                with self._transaction() as connection:
                    self._take_all(self._importer(connection, records), records, reject)
                    self._passed = above_limits(connection, self._place.buyers) if self._place.buyers else []
                    if self._request.dry_run or self._is_undone():
                        raise _Undone
            except _Undone:
                pass
        return self._outcome(records, computed)

    def _is_undone(self) -> bool:
        return bool(self._bad) and not self._request.skip_bad

    def _outcome(self, records: _Records, computed: list[str]) -> Outcome:
        self._bad.sort(key=lambda bad: int(bad.values["line"]))
        outcome = Outcome(
            read=self._read,
            rejected=len(self._bad),
            errors=self._bad,
            unknown=[*records.unknown(), *records.headings_of(self._reader.unkept)],
            computed=computed,
            unpaid=self._request.kind == "sales" and PAYING.isdisjoint(records.plan.fields()),
            blank=records.is_form and not self._read,
            timed=records.headings_of(self._reader.timed),
            left_over=records.left_over(),
        )
        if self._is_undone():
            return outcome
        cancelled = self._counts["cancelled"]
        return outcome._replace(
            inserted=self._counts["inserted"] + cancelled,
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            cancelled=cancelled,
            possible_doubles=self._place.possible_doubles,
            doubles=self._place.doubles,
            moved=self._place.moved,
            dropped=self._place.dropped,
            passed=self._passed,
        )

    # --- the rows as records -------------------------------------------------------------------------------------

    def _records(self, table: Table) -> _Records:
        """Return the rows of a table as records: those of a filled form, of a table of persons, or as they stand."""
        request, guarded = self._request, self._guarded
        typed = [unguard(heading) for heading in table.headings] if guarded else table.headings
        headings = without_reason(request.kind, typed)
        raw = _without_reasons(table.rows, len(headings), added=len(table.headings) - len(headings))
        form = as_rows(Table(headings, raw), guarded=guarded) if request.kind == "surveys" else None
        if form is not None:
            plan = adapted(request.kind, self._mapping(form.headings), form.headings)
            return _Records(plan, form.headings, headings, form.headings, _doubled(form.rows), is_form=True)
        contacts = contact_table(request.kind, headings, request.pairs, guarded=guarded)
        if contacts is not None:
            plan = adapted(request.kind, self._mapping(contacts.headings, contacts.made), contacts.headings)
            rows = contacts.rows(raw, {*plan.by_hand, *plan.constants})
            return _Records(plan, contacts.headings, headings, headings, rows, contacts)
        plan = self._mapping(headings)
        if not is_ours(request.kind, headings):
            plan = adapted(request.kind, plan, headings)
        return _Records(plan, headings, headings, headings, _doubled(raw))

    def _mapping(self, headings: Sequence[str], made: Mapping[int, str] | None = None) -> ColumnPlan:
        request = self._request
        return read_mapping(request.kind, headings, request.pairs, request.constants, request.values, made or {})

    def _check(self, records: _Records) -> list[str]:
        """Return the fields of the file that can't be imported; raise no-heading, no-headings, unknown-field."""
        plan = records.plan
        file_fields = plan.fields()
        if missing := [fields[0] for fields in self._kind.required if set(fields).isdisjoint(file_fields)]:
            raise self._lacking(missing, list(records.typed), plan)
        computed = [field for field in file_fields if field in self._kind.computed]
        for field in {**plan.constants, **dict.fromkeys(plan.by_hand)}:
            if field in computed:
                choices = [name for name in file_fields if name not in computed]
                raise UsageFault("unknown-field", field=field, choices=choices)
        return computed

    def _lacking(self, missing: list[str], headings: list[str], plan: ColumnPlan) -> CsmError:
        """Return the error of a file without columns for what every row needs; its hint takes one of the headings."""
        filled = [heading for heading in headings if heading.strip()]
        example = next((heading for heading in filled if heading in plan.unused), (filled or ["Column"])[0])
        kind = "no-heading" if len(missing) == 1 else "no-headings"
        named = missing if missing[1:] else missing[0]
        path = self._request.path
        return UsageFault(kind, path=path, missing=named, first=missing[0], example=example, choices=headings)

    # --- into the file -------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        database, command = self._work.database, self._work.command
        with database.writing(command, make=self._kind.first, bulk=not self._late, late=self._late) as connection:
            if not self._late:
                # Only the batches are silent; whatever else an import changes is kept by the row triggers.
                connection.execute("UPDATE current_command SET bulk = 0")
            yield connection

    def _importer(self, connection: sqlite3.Connection, records: _Records) -> Importer:
        request = self._request
        task = Task(
            work=self._work,
            connection=connection,
            plan=records.plan,
            reader=self._reader,
            update=request.update,
            force=request.force,
            guarded=self._guarded and records.is_plain,
            width=len(records.headings),
            derived=records.is_form or bool(records.contacts and records.contacts.persons),
            place=self._place,
            allow_negative=request.allow_negative,
            ours=records.is_plain and is_ours(request.kind, records.headings),
        )
        return self._kind(task)

    def _take_all(self, importer: Importer, records: _Records, reject: Reject) -> None:
        """Let an importer take all rows, those that wait for others after them, as long as there are any."""
        waiting = []
        for row in records.rows:
            self._read += 1
            if self._read % ROWS_A_REPORT == 0:
                self._progress(self._read)
            try:
                self._take(importer, records, reject, *row)
            except RowWaits:
                waiting.append(row)
        importer.finish()
        while waiting:
            again, waiting = waiting, []
            for row in again:
                try:
                    self._take(importer, records, reject, *row)
                except RowWaits:
                    waiting.append(row)
            importer.finish()

    def _take(
        self,
        importer: Importer,
        records: _Records,
        reject: Reject,
        line: int,
        cells: Sequence[str],
        as_read: Sequence[str],
    ) -> None:
        self._place.line = line
        try:
            self._counts[importer.take(cells)] += 1
        except RowFault as fault:
            named = fault
            if fault.error.code == "too-many-cells" and as_read is not cells:
                # counted as the row stands in the file, not as what was made of it
                counts = {"count": len(as_read), "expected": len(records.in_file)}
                named = RowFault(fault.field, UsageFault("too-many-cells", **counts))
            self._bad.append(_bad_row(line, cells, named, records, as_read))
            reject(as_read, self._words(named.error))


def _doubled(rows: Iterable[Numbered]) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    return ((line, row, row) for line, row in rows)


def _without_reasons(rows: Iterator[Numbered], width: int, *, added: int) -> Iterator[Numbered]:
    """Return rows as they come from the file; a column of reasons that was added is taken off."""
    if not added:
        return rows
    return ((line, [*row[:width], *row[width + added :]]) for line, row in rows)


def _bad_row(line: int, row: Sequence[str], fault: RowFault, records: _Records, as_read: Sequence[str]) -> BadRow:
    """Return the error of a rejected row, with the column and the cell that it is about as they stand in the file."""
    plan, field = records.plan, fault.field
    if field not in plan.fields():
        field = {"customer_phone": "phone", OWN_KEY: "customer_id"}.get(field, field)
    column, value = field, plan.constants.get(field, "")
    if indexes := plan.indexes_of(field):
        refused = str(fault.error.values.get("value", "")).strip()
        index = _place_of(refused, indexes, row)
        column, value = records.headings[index], row[index]
        if isinstance(value, Placed):
            line, column = value.line, value.column
        elif refused and column not in records.in_file:
            # what was made of an address book stands in a column of the file
            in_file = dict(zip(records.in_file, as_read, strict=False))
            column, value = next(((name, cell) for name, cell in in_file.items() if refused in cell), (column, value))
    # Some hints name the column.
    fault.error.values.setdefault("column", column)
    if len(value) > LONGEST_SHOWN:
        value = value[:LONGEST_SHOWN] + "…"
    return BadRow("bad-row" if column else "bad-line", line=line, column=column, value=value, reason=fault.error)


def _place_of(refused: str, indexes: Sequence[int], row: Sequence[str]) -> int:
    """Return which of several columns is meant: the one that holds what was refused, else the first that is filled."""
    holding = [index for index in indexes if refused and refused in row[index]]
    filled = [index for index in indexes if row[index].strip()]
    return (holding or filled or [*indexes])[0]


def distinct(bad: Sequence[BadRow]) -> list[BadRow]:
    """Return the rejected rows, those with the same bad value in the same column once: `again` says how many more."""
    first: dict[tuple[object, ...], BadRow] = {}
    again: dict[tuple[object, ...], int] = {}
    for row in bad:
        column, value, reason = (row.values[name] for name in ("column", "value", "reason"))
        # a row that looks like another one is a matter of its own
        alone = (
            not column
            or "candidates" in reason.values
            or reason.code in ("row-differs", "row-handled", "row-contradicts")
        )
        key = (row.values["line"],) if alone else (column, value, reason.code)
        first.setdefault(key, row)
        again[key] = again.get(key, -1) + 1
    return [BadRow(row.code, **row.values, again=again[key]) for key, row in first.items()]


def refusal(outcome: Outcome) -> BadRow:
    """Return the error of an import that bad rows stopped: the first, the next ones, and how many more there are."""
    first, *others = distinct(outcome.errors)[:MOST_NAMED]
    more = outcome.rejected - sum(1 + row.values["again"] for row in (first, *others))
    return BadRow(first.code, **first.values, others=others, more=more, rows=outcome.errors)
