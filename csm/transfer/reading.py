"""Rows out of csv, tsv, json and jsonl, one at a time, every cell as text.

Owns dialects and shapes only: what a heading means comes from `csm.transfer.headings`, what a cell means by the
importer. Errors of a single row are left to the importer; a file that isn't well formed is refused here.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple, TextIO

from csm.domain.errors import Unusable, UsageFault
from csm.domain.formats import BY_ENDING, IMPORTED

_FIELD_LIMIT: Final = 1 << 26  # characters of a cell; an unterminated quote is noticed there at the latest
_LONGEST_NUMBER: Final = 400  # characters; the largest number that is counted in has 309 digits
_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_HEADING_LINES: Final = 1000  # lines a heading may have
_TITLE_LINES: Final = 20  # records that may stand above the headings


class Table(NamedTuple):
    """What a file holds: its headings as they stand, and its rows; `title` is what stood above the headings, if read.

    empty: there are no headings since the file holds no record at all (json, jsonl).

    A row is the line on which it starts (1-based; for json the place in the array) and its cells, at least as many
    as there are headings; more only where a surplus cell isn't empty. Rows without any content are left out.
    """

    headings: list[str]
    rows: Iterator[tuple[int, Sequence[str]]]
    title: Sequence[str] = ()
    empty: bool = False


def form_of(path: str, form: str | None = None) -> str:
    """Return `form`, else the one of the suffix of `path`, else csv; raise unknown-value.

    Tables of other programs are called anything, .txt and .dat too; what isn't text is refused where it is opened.
    """
    if form is not None:
        if form not in IMPORTED:
            raise UsageFault("unknown-value", value=form, choices=IMPORTED, field="format")
        return form
    found = BY_ENDING.get(path.rpartition(".")[2].lower())
    return found.name if found is not None and found.imported else "csv"


def read_rows(
    stream: TextIO, form: str, path: str, *, skip: int = 0, known: Callable[[str], bool] | None = None
) -> Table:
    """Return the table in `stream` (opened with newline="", seekable); `path` names it in errors.

    skip: so many lines come before the headings (csv, tsv). known: tells a known heading; without `skip`, lines above
    the first with known headings are a title. Raises unreadable-file, also while the rows are taken.
    """
    if form == "json":
        return _read_json(stream, path)
    if form == "jsonl":
        return _read_jsonl(stream, path)
    return _read_csv(stream, form, path, skip, known)


# --- csv and tsv ----------------------------------------------------------------------------------------------


def _read_csv(stream: TextIO, form: str, path: str, skip: int, known: Callable[[str], bool] | None) -> Table:
    csv.field_size_limit(_FIELD_LIMIT)
    for _ in range(skip):
        next(stream, None)
    top = _top(stream, form, None if skip else known)
    skipped, delimiter = skip + top.skipped, "\t" if form == "tsv" else top.delimiter
    reader = csv.reader(chain(top.lines, stream), delimiter=delimiter or _delimiter_of(top.heading), strict=True)

    def refuse(line: int, detail: str) -> Unusable:
        return Unusable("unreadable-file", path=path, form=form, line=line, detail=detail)

    try:
        headings = next(reader, [])
    except csv.Error as fault:
        raise refuse(skipped + 1, str(fault)) from fault

    def rows() -> Iterator[tuple[int, Sequence[str]]]:
        width = len(headings)
        while True:
            start = skipped + reader.line_num + 1
            try:
                row = next(reader, None)
            except csv.Error as fault:
                raise refuse(start, str(fault)) from fault
            if row is None:
                return
            if any(row):
                yield start, _fitted(row, width)

    return Table(headings, rows(), top.title)


class _Top(NamedTuple):
    """The first lines of a file: what stands above the headings in `skipped` lines, then all lines that were read."""

    title: list[str]
    skipped: int
    delimiter: str
    heading: str
    lines: Sequence[str]


def _top(stream: TextIO, form: str, known: Callable[[str], bool] | None) -> _Top:
    """Read as far as it takes to see where the headings are: on top, or below a title where some are `known`."""
    records = [_heading_lines(stream)]
    delimiter = records[0].delimiter
    cells: list[list[str]] = []
    place = 0
    if known is not None:
        records += [record for _ in range(_TITLE_LINES) if (record := _heading_lines(stream)).lines]
        cells = [_cells(record, form, delimiter) for record in records]
        place = _heading_place(cells, known)
    title = list(filter(str.strip, chain.from_iterable(cells[:place])))
    heading = records[place]
    skipped = [line for record in records[:place] for line in (*record.blank, *record.lines)]
    lines = [*heading.lines, *chain.from_iterable((*record.blank, *record.lines) for record in records[place + 1 :])]
    return _Top(title, len(skipped) + heading.skipped, delimiter, "".join(heading.lines), lines)


def _fitted(row: list[str], width: int) -> list[str]:
    if len(row) < width:
        row += [""] * (width - len(row))
    elif len(row) > width and not any(row[width:]):
        del row[width:]
    return row


class _Record(NamedTuple):
    """A record as it stands: the blank lines before it (and Excel's `sep=`), its lines, the delimiter they name."""

    blank: list[str]
    lines: list[str]
    delimiter: str

    @property
    def skipped(self) -> int:
        return len(self.blank)


def _heading_lines(stream: TextIO) -> _Record:
    """Return the lines of the next record that isn't blank; none at the end of the file."""
    quotes, delimiter = 0, ""
    blank: list[str] = []
    lines: list[str] = []
    for line in stream:
        text = line if blank or lines else line.lstrip("\ufeff")
        if not lines and (not text.strip() or _named_delimiter(text)):
            delimiter = _named_delimiter(text) or delimiter
            blank.append(line)
            continue
        lines.append(text)
        quotes += text.count('"')
        if quotes % 2 == 0 or len(lines) == _HEADING_LINES:
            break
    return _Record(blank, lines, delimiter)


def _cells(record: _Record, form: str, delimiter: str) -> list[str]:
    text = "".join(record.lines)
    named = "\t" if form == "tsv" else delimiter or _delimiter_of(text)
    try:
        return next(csv.reader(record.lines, delimiter=named), [])
    except csv.Error:
        return []


def _heading_place(records: Sequence[Sequence[str]], known: Callable[[str], bool]) -> int:
    """Return which of the first records are the headings: the first, unless it is a title above known headings."""
    filled = [list(filter(str.strip, record)) for record in records]
    counts = [sum(map(known, cells)) for cells in filled]
    if counts[0] > 1 or (counts[0] and len(filled[0]) > 1):
        return 0
    for place, count in enumerate(counts):
        if count > counts[0] and _are_headings(count, len(filled[place])):
            return place
    return 0


def _are_headings(known: int, filled: int) -> bool:
    # a row of data may hold one word that is a heading too
    return (known > 1 or filled == 1) and known >= filled / 2


def _named_delimiter(line: str) -> str:
    """Return what Excel's own first line `sep=;` names, else nothing."""
    text = line.strip("\r\n").strip('"').lower()
    return text[4:] if text[:4] == "sep=" and text[4:] in {",", ";", "\t"} else ""


def _delimiter_of(heading: str) -> str:
    unquoted = "".join(heading.split('"')[::2])
    return max(",;\t", key=unquoted.count)


# --- json and jsonl -------------------------------------------------------------------------------------------


def _read_json(stream: TextIO, path: str) -> Table:
    content = _decoder("json", path)(stream.read().lstrip("\ufeff"), 0)
    objects = [content] if isinstance(content, dict) else content
    if not isinstance(objects, list):
        raise Unusable("unreadable-file", path=path, form="json", line=1, detail="no object")

    def records() -> Iterator[tuple[int, dict[str, str]]]:
        for line, value in enumerate(objects, start=1):
            yield line, _flat(value, "json", path, line)

    return _table(records)


def _read_jsonl(stream: TextIO, path: str) -> Table:
    decode = _decoder("jsonl", path)

    def records() -> Iterator[tuple[int, dict[str, str]]]:
        stream.seek(0)
        for line, text in enumerate(stream, start=1):
            bare = text.strip("\ufeff \t\r\n")
            if bare:
                yield line, _flat(decode(bare, line), "jsonl", path, line)

    return _table(records)


def _table(records: Callable[[], Iterable[tuple[int, dict[str, str]]]]) -> Table:
    """Build the table from two passes: a key may turn up first in the last record."""
    keys: dict[str, None] = {}
    empty = True
    for _, record in records():
        keys.update(dict.fromkeys(record))
        empty = False
    headings = list(keys)

    def rows() -> Iterator[tuple[int, Sequence[str]]]:
        for line, record in records():
            row = [record.get(key, "") for key in headings]
            if any(row):
                yield line, row

    return Table(headings, rows(), empty=empty)


class _Number(str):
    """A number in JSON as the text it was: so it comes into a cell, and within a nested record it is a number again."""

    __slots__ = ()


def _decoder(form: str, path: str) -> Callable[[str, int], Any]:
    """Return a function from JSON text to values whose numbers stay the text they were.

    Its second argument is the line to name in an error, 0 for the decoder's own.
    """

    def refuse_constant(text: str) -> None:
        raise ValueError(text)

    def number(text: str) -> _Number:
        if len(text) > _LONGEST_NUMBER:
            raise ValueError(f"a number of {len(text)} characters")
        return _Number(text)

    decode = json.JSONDecoder(parse_float=number, parse_int=number, parse_constant=refuse_constant).decode

    def checked(text: str, line: int) -> Any:
        try:
            value = decode(text)
        except json.JSONDecodeError as fault:
            raise Unusable(
                "unreadable-file", path=path, form=form, line=line or fault.lineno, detail=fault.msg
            ) from fault
        except (ValueError, RecursionError) as fault:
            raise Unusable("unreadable-file", path=path, form=form, line=line or None, detail=str(fault)) from fault
        if "\\u" in text:
            try:  # half a character can be written in JSON, and nowhere else
                written = json.dumps(value, ensure_ascii=False)
                written.encode()
            except UnicodeEncodeError as fault:
                raise Unusable(
                    "unreadable-file", path=path, form=form, line=line or None, detail=fault.reason
                ) from fault
            if _NUL.search(written):  # as in csv, which couldn't carry it on
                raise Unusable("unreadable-file", path=path, form=form, line=line or None, detail="NUL character")
        return value

    return checked


def _flat(record: Any, form: str, path: str, line: int) -> dict[str, str]:
    """Return the cells of one JSON object, own fields under `field.KEY`."""
    if not isinstance(record, dict):
        raise Unusable("unreadable-file", path=path, form=form, line=line, detail="no object")
    cells = {key: value if type(value) is str else _text(value) for key, value in record.items()}
    if isinstance(record.get("fields"), dict):
        del cells["fields"]
        cells.update((f"field.{key}", _text(value)) for key, value in record["fields"].items())
    return cells


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return ";".join(map(_text, value))
    return json.dumps(_with_numbers(value), ensure_ascii=False)


def _with_numbers(value: Any) -> Any:
    """Return a nested value with its numbers as numbers."""
    if isinstance(value, _Number):
        return json.loads(value)
    if isinstance(value, list):
        return [_with_numbers(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_numbers(item) for key, item in value.items()}
    return value
