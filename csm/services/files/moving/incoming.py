"""Reading a folder that `export all` wrote into an empty file, in one transaction.

Every row keeps its id. What a file of the folder only says again has to agree with the rest, so that nothing that
somebody changed in it is lost without a word; and so have a case and its events, a sale and its payments.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, Final, NamedTuple, TextIO

from csm.domain import settings
from csm.domain.complaint import problems
from csm.domain.errors import CsmError, NotFound, Unusable, UsageFault
from csm.domain.formats import DELIMITERS, IMPORTED
from csm.domain.kinds import OWN
from csm.domain.values.money import show_cents
from csm.i18n import add_own
from csm.services.complaint.recording import SAME, File, hours
from csm.services.files.moving.layout import (
    MANIFEST,
    Column,
    Sheet,
    Value,
    derive,
    from_cell,
    own_field,
    read,
    sheets,
    shown,
)
from csm.services.work import Work
from csm.storage.file import whole
from csm.storage.file.stamp import SCHEMA
from csm.transfer.encodings import open_text
from csm.transfer.folders import files_in
from csm.transfer.reading import read_rows

LONGEST_SHOWN: Final = 200  # characters of a bad value
ROWS_A_REPORT: Final = 500
# Stored columns that triggers make follow from other tables: what a file says of them is compared too.
FOLLOWING: Final = {"sale": ("paid",), "instalment": ("paid",)}

Texts = Sequence[str | None]


class Brought(NamedTuple):
    """What came in: the rows of each file; `unused` are files of the folder and columns (file: column) left aside."""

    rows: dict[str, int]
    unused: list[str]


class _Plan(NamedTuple):
    """The columns of one file: those that are stored and those that only say again, each with its place."""

    sheet: Sheet
    path: str
    stored: Sequence[tuple[int, Column]]
    again: Sequence[tuple[int, Column]]
    key: int

    @classmethod
    def of(cls, sheet: Sheet, path: str, places: Sequence[tuple[int, Column]]) -> _Plan:
        """Return the plan of the columns of a file, each with its place."""
        following = FOLLOWING.get(sheet.table, ())
        stored = [(place, column) for place, column in places if column.stored is not None]
        again = [(place, column) for place, column in places if column.stored is None or column.name in following]
        names = [column.name for _, column in stored]
        key = sheet.columns[0].name
        return cls(sheet, path, stored, again, names.index(key) if key in names else 0)

    def unguarded(self, texts: Texts) -> list[str | None]:
        """Return the cells of a spreadsheet's row as they were meant."""
        meant = list(texts)
        for place, column in (*self.stored, *self.again):
            meant[place] = from_cell(column, texts[place] or "")
        return meant


class _Undone(Exception):
    """Nothing of what was done is to stay."""


def load(work: Work, folder: str, *, dry_run: bool, progress: Callable[[int], None]) -> Brought:
    """Fill an empty file, made if there is none, with all that a folder holds; `progress` takes the rows so far.

    Raises not-a-whole-file, not-empty, newer-folder, bad-cell, wrong-row-count, and what opening a file raises.
    """
    folder = os.path.expanduser(folder)
    manifest = _manifest(folder)
    load = _Load(work, folder, manifest, progress)
    try:
        with work.database.writing(work.command, make=True, bulk=True) as connection:
            if found := whole.data_in(connection):
                raise UsageFault("not-empty", path=work.database.path, tables=found)
            load.into(connection)
            if dry_run:
                raise _Undone
    except _Undone:
        pass
    return Brought(load.counts, load.unused)


def _manifest(folder: str) -> dict[str, int]:
    """Return the rows of each file as the export counted them; raise not-a-whole-file, newer-folder."""
    names = files_in(folder)
    if MANIFEST not in names:
        raise UsageFault("not-a-whole-file", path=folder, missing=MANIFEST)
    path = os.path.join(folder, MANIFEST)
    with closing(open_text(path, "utf-8", form="json")) as stream:
        try:
            manifest = json.loads(stream.read())
            schema, rows = manifest["schema"], manifest["rows"]
            counted = {str(name): int(number) for name, number in rows.items()}
            newer = int(schema) > SCHEMA
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
            raise Unusable("unreadable-file", path=path, form="json", line=None, detail=str(fault)) from fault
    if newer:
        raise Unusable("newer-folder", path=folder, found=schema, known=SCHEMA)
    return counted


class _Load:
    """One import of a folder."""

    def __init__(self, work: Work, folder: str, manifest: Mapping[str, int], progress: Callable[[int], None]) -> None:
        self._work = work
        self._zone = work.zone
        self._folder = folder
        self._manifest = manifest
        self._progress = progress
        self._read = 0
        self._plans: list[_Plan] = []
        self._again: dict[str, dict[Value, tuple[int, Texts]]] = {}
        self.counts: dict[str, int] = {}
        self.unused: list[str] = []

    def into(self, connection: sqlite3.Connection) -> None:
        """Insert all rows of the folder and see that they agree with each other."""
        files = self._files()
        whole.begin(connection)
        for sheet in sheets(connection):
            path = files.pop(sheet.name, None)
            if path is not None:
                self._fill(connection, sheet, path)
            elif sheet.name in self._manifest:
                raise UsageFault("not-a-whole-file", path=self._folder, missing=sheet.name)
        self.unused += [os.path.basename(path) for path in files.values()]
        self._check_links(connection)
        self._check_again(connection)
        self._check_sums(connection)
        self._check_cases(connection)
        for plan in self._plans:
            whole.keep_history(connection, plan.sheet.table)

    def _files(self) -> dict[str, str]:
        """Return the path of each file by its name without ending; raise two-files."""
        found: dict[str, str] = {}
        for name in files_in(self._folder):
            stem, _, ending = name.rpartition(".")
            if name == MANIFEST:
                continue
            if ending not in IMPORTED or stem not in self._manifest:
                self.unused.append(name)
            elif stem in found:
                raise UsageFault("two-files", first=os.path.basename(found[stem]), second=name)
            else:
                found[stem] = os.path.join(self._folder, name)
        return found

    # --- rows into tables -----------------------------------------------------------------------------------------

    def _fill(self, connection: sqlite3.Connection, sheet: Sheet, path: str) -> None:
        with closing(open_text(path, "utf-8", form=path.rpartition(".")[2])) as stream:
            headings, rows = _table(stream, path)
            plan = self._plan(sheet, path, headings)
            guarded = path.endswith((".csv", ".tsv"))
            self._plans.append(plan)
            keys = derive([column.name for column in whole.columns(connection, sheet.table)])
            kept = self._again.setdefault(sheet.name, {})
            number = 0
            for line, cells in rows:
                texts = plan.unguarded(cells) if guarded else cells
                if len(texts) > len(headings):
                    counts = UsageFault("too-many-cells", count=len(texts), expected=len(headings))
                    raise UsageFault("bad-cell", path=path, line=line, column="", value="", reason=counts)
                values = self._values(plan, line, texts)
                try:
                    whole.insert(connection, sheet.table, {**values, **keys(values)})
                except sqlite3.IntegrityError as fault:
                    raise _refusal(plan, line, values, str(fault)) from fault
                if plan.again:
                    kept[values[plan.stored[plan.key][1].stored or ""]] = (line, [texts[i] for i, _ in plan.again])
                number += 1
                self._note_read()
        if number != self._manifest[sheet.name]:
            raise UsageFault("wrong-row-count", path=path, found=number, expected=self._manifest[sheet.name])
        self.counts[sheet.name] = number

    def _plan(self, sheet: Sheet, path: str, headings: Sequence[str]) -> _Plan:
        known = {column.name: column for column in sheet.columns}
        _check_headings(sheet, path, headings)
        if sheet.table == "customer":
            known |= _own_fields(headings)
        places = [(place, known[name]) for place, name in enumerate(headings) if name in known]
        self.unused += [f"{os.path.basename(path)}: {name}" for name in headings if name not in known]
        return _Plan.of(sheet, path, places)

    def _values(self, plan: _Plan, line: int, texts: Texts) -> dict[str, Value]:
        made: dict[str, Value] = {}
        for place, column in plan.stored:
            text = texts[place]
            try:
                made[column.stored or ""] = read(column, text, self._zone)
            except UsageFault as fault:
                raise self._bad(plan, line, column.name, text, fault) from fault
        if plan.sheet.table == "setting":
            self._check_setting(plan, line, made)
        return made

    def _check_setting(self, plan: _Plan, line: int, values: Mapping[str, Value]) -> None:
        key, value = str(values.get("key")), str(values.get("value"))
        try:
            setting = settings.find(key)
        except UsageFault as fault:
            raise self._bad(plan, line, "key", key, fault) from fault
        try:
            setting.check(value)
        except UsageFault as fault:
            raise self._bad(plan, line, "value", value, fault) from fault
        if key == problems.KEY:
            add_own("problem", lambda: problems.own(value))

    def _note_read(self) -> None:
        self._read += 1
        if self._read % ROWS_A_REPORT == 0:
            self._progress(self._read)

    def _bad(self, plan: _Plan, line: int, column: str, text: str | None, reason: CsmError) -> UsageFault:
        return _bad(plan.path, line, column, text, reason)

    # --- what has to agree ----------------------------------------------------------------------------------------

    def _check_links(self, connection: sqlite3.Connection) -> None:
        orphan = whole.orphan(connection)
        if orphan is not None:
            reason = NotFound("no-such-record", kind=orphan.parent, ref=str(orphan.value))
            raise self._bad_row(orphan.table, orphan.row_id, orphan.column, str(orphan.value), reason)

    def _check_again(self, connection: sqlite3.Connection) -> None:
        """See that what is repeated is what is stored."""
        for plan in self._plans:
            if not plan.again:
                continue
            kept = self._again.pop(plan.sheet.name)
            columns = [column for _, column in plan.again]
            selected = [f"t.{plan.stored[plan.key][1].stored}", *(column.sql for column in columns)]
            for key, *values in whole.rows(connection, plan.sheet.table, plan.sheet.view, selected):
                line, texts = kept[key]
                for column, text, value in zip(columns, texts, values, strict=True):
                    self._compare(plan, line, column, text, value)

    def _compare(self, plan: _Plan, line: int, column: Column, text: str | None, value: Value) -> None:
        known = shown(column, value, self._zone) or ""
        try:
            same = text == known or (text or None) == value or read(column, text, self._zone) == value
        except UsageFault:
            same = False
        if not same:
            raise self._bad(plan, line, column.name, text, UsageFault("files-disagree", known=known))

    def _check_sums(self, connection: sqlite3.Connection) -> None:
        found = whole.unpaid_sum(connection)
        if found is not None:
            sale_id, paid, total = found
            reason = UsageFault("files-disagree", known=show_cents(total))
            raise self._bad_row("sale", sale_id, "paid", show_cents(paid), reason)

    def _check_cases(self, connection: sqlite3.Connection) -> None:
        """See that the state of every case is what its events add up to."""
        time = hours(self._work)
        for case_id, state in whole.states(connection, SAME):
            try:
                case = File(self._work, connection, case_id, time).case
            # the data of an event that somebody has changed can be anything
            except (ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
                reason = UsageFault("unreadable-events", detail=str(fault))
                raise self._bad_row("complaint", case_id, "id", str(case_id), reason) from fault
            for name, value in state.items():
                if (found := getattr(case, name)) != value:
                    reason_ = UsageFault("files-disagree", known="" if found is None else str(found))
                    raise self._bad_row("complaint_state", case_id, name, "" if value is None else str(value), reason_)

    def _bad_row(self, table: str, row_id: int, column: str, value: str, reason: CsmError) -> UsageFault:
        """Return the error of a row that is known by its key; its line is looked up in the file again."""
        plan = next(plan for plan in self._plans if plan.sheet.table == table)
        place = plan.stored[plan.key][0]
        with closing(open_text(plan.path, "utf-8")) as stream:
            _, rows = _table(stream, plan.path)
            line = next((line for line, texts in rows if texts[place] == str(row_id)), 0)
        return _bad(plan.path, line, column.removesuffix("_cents"), value, reason)


def _check_headings(sheet: Sheet, path: str, headings: Sequence[str]) -> None:
    """Raise column-missing for a file without a column that every row needs; one without headings has no rows."""
    missing = [column.name for column in sheet.columns if column.needed and column.name not in headings]
    if headings and missing:
        raise UsageFault("column-missing", path=path, missing=missing[0], choices=list(headings))


def _own_fields(headings: Sequence[str]) -> dict[str, Column]:
    return {name: own_field(name.removeprefix(OWN)) for name in headings if name.startswith(OWN)}


def _bad(path: str, line: int, column: str, text: str | None, reason: CsmError) -> UsageFault:
    value = text or ""
    if len(value) > LONGEST_SHOWN:
        value = value[:LONGEST_SHOWN] + "…"
    return UsageFault("bad-cell", path=os.path.basename(path), line=line, column=column, value=value, reason=reason)


def _refusal(plan: _Plan, line: int, values: Mapping[str, Value], detail: str) -> UsageFault:
    """Return the error of a row that breaks a rule of its table, which SQLite names in `detail`."""
    words = re.findall("[a-z_]+", detail.partition(":")[2])
    column = next((name for name in words if name in values), plan.stored[plan.key][1].stored or "")
    value = values[column]
    reason: CsmError = UsageFault("value-not-allowed", detail=detail)
    if detail.startswith("UNIQUE"):
        reason = UsageFault("value-twice")
    elif detail.startswith("NOT NULL"):
        reason = UsageFault("empty-value", field=column.removesuffix("_cents"))
    return _bad(plan.path, line, column.removesuffix("_cents"), None if value is None else str(value), reason)


# --- texts out of a file ------------------------------------------------------------------------------------------


def _table(stream: TextIO, path: str) -> tuple[list[str], Iterator[tuple[int, Texts]]]:
    """Return the headings of a file and its rows, each with its line; None is a cell without anything."""
    form = path.rpartition(".")[2]
    if form not in DELIMITERS:
        return _records(stream, form, path)
    table = read_rows(stream, form, path)
    return table.headings, table.rows


def _records(stream: TextIO, form: str, path: str) -> tuple[list[str], Iterator[tuple[int, Texts]]]:
    """Return what json says; an empty text and none differ there, and a number is the text it was written as."""
    records: list[tuple[int, dict[str, Any]]] = []
    for line, record in _decoded(stream, form, path):
        if not isinstance(record, dict) or not all(isinstance(value, str | None) for value in record.values()):
            raise Unusable("unreadable-file", path=path, form=form, line=line, detail="no object of texts and numbers")
        records.append((line, record))
    headings = list(dict.fromkeys(key for _, record in records for key in record))
    return headings, ((line, [record.get(key) for key in headings]) for line, record in records)


def _decoded(stream: TextIO, form: str, path: str) -> Iterator[tuple[int, Any]]:
    """Yield the values of a json array, or those of the lines of jsonl, each with its place; raise unreadable-file."""
    decode = json.JSONDecoder(parse_float=str, parse_int=str).decode
    texts = [stream.read()] if form == "json" else list(stream)
    for line, text in enumerate(texts, start=1):
        bare = text.strip("\ufeff \t\r\n")
        if form == "jsonl" and not bare:
            continue
        try:
            found = decode(bare)
        except (ValueError, RecursionError) as fault:
            raise Unusable("unreadable-file", path=path, form=form, line=line, detail=str(fault)) from fault
        several = found if form == "json" and isinstance(found, list) else [found]
        yield from enumerate(several, start=line)
