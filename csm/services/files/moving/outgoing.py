"""Writing every table of a file to a folder, and a list of what it holds; whole or not at all."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TextIO

from csm.domain.errors import UsageFault
from csm.services.files.moving.layout import MANIFEST, Column, Sheet, cell, member, sheets
from csm.storage.file import whole
from csm.storage.file.database import SCHEMA
from csm.transfer.folders import seal, whole_folder
from csm.transfer.sheet import csv_text
from csm.transfer.writing import open_sheet

if TYPE_CHECKING:
    from csm.domain.time.instant import Zone
    from csm.services.work import Work

ROWS_AT_A_TIME: Final = 250
DELIMITERS: Final = {"csv": ",", "tsv": "\t"}

Rows = Iterable[tuple[Any, ...]]


def export(work: Work, folder: str, form: str) -> dict[str, int]:
    """Write all tables but the history to `folder` as csv, tsv, json or jsonl; return the rows of each file.

    Raises what opening the file raises, folder-not-empty, cannot-open, disk-full, text-with-nul.
    """
    connection = work.database.connection
    zone = work.zone
    counts: dict[str, int] = {}
    with whole_folder(folder) as draft, whole.snapshot(connection):
        for sheet in sheets(connection):
            path = os.path.join(draft, f"{sheet.name}.{form}")
            with open_sheet(path, form=form) as stream:
                counts[sheet.name] = _write(stream, form, sheet, _rows(connection, sheet), zone)
            seal(path)
        path = os.path.join(draft, MANIFEST)
        with open_sheet(path, form="json") as stream:
            json.dump({"program": "csm", "schema": SCHEMA, "rows": counts}, stream, indent=2)
            stream.write("\n")
        seal(path)
    return counts


def _rows(connection: sqlite3.Connection, sheet: Sheet) -> Rows:
    return whole.rows(connection, sheet.table, sheet.view, [column.sql for column in sheet.columns])


def _write(stream: TextIO, form: str, sheet: Sheet, rows: Rows, zone: Zone) -> int:
    if form in DELIMITERS:
        return _separated(stream, DELIMITERS[form], sheet, rows, zone)
    count = 0
    before = "[\n" if form == "json" else ""
    for text in _objects(sheet.columns, rows, zone):
        stream.write(before + text)
        before = ",\n" if form == "json" else "\n"
        count += 1
    if form == "json":
        stream.write("\n]\n" if count else "[]\n")
    elif count:
        stream.write("\n")
    return count


def _separated(stream: TextIO, delimiter: str, sheet: Sheet, rows: Rows, zone: Zone) -> int:
    stream.write(csv_text([[column.name] for column in sheet.columns], delimiter=delimiter, crlf=True))
    count = 0
    remaining = iter(rows)
    while some := list(islice(remaining, ROWS_AT_A_TIME)):
        columns = [
            [cell(column, value, zone) for value in values]
            for column, values in zip(sheet.columns, zip(*some, strict=True), strict=True)
        ]
        text = csv_text(columns, delimiter=delimiter, crlf=True)
        if "\0" in text:
            raise UsageFault("text-with-nul", name=sheet.name)
        stream.write(text)
        count += len(some)
    return count


def _objects(columns: Sequence[Column], rows: Rows, zone: Zone) -> Iterator[str]:
    keys = [json.dumps(column.name, ensure_ascii=False) + ": " for column in columns]
    for row in rows:
        members = [key + member(column, value, zone) for key, column, value in zip(keys, columns, row, strict=True)]
        yield "{" + ", ".join(members) + "}"
