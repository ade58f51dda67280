"""The file of rejected rows: the input's own columns and the reason, ready to be mended and imported again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TextIO

from csm.domain.formats import DELIMITERS
from csm.transfer.headings import KEYS, PHONES, known_headings, normal
from csm.transfer.reading import form_of
from csm.transfer.sheet import csv_writer, guard, guard_key, guard_phone, unguard, unguard_key, unguard_phone
from csm.transfer.writing import open_sheet

REASON: Final = "reason"

Reject = Callable[[Sequence[str], str], None]


def without_reason(kind: str, headings: Sequence[str]) -> list[str]:
    """Return the headings of a file without the last one where `open_rejects` added it.

    A callback has a reason of its own, so there only a second one was added.
    """
    own = 2 if kind == "callbacks" else 1
    added = headings[-1:] == [REASON] and list(headings).count(REASON) >= own
    return list(headings[:-1] if added else headings)


@contextmanager
def open_rejects(path: str | None, kind: str, headings: Sequence[str], *, guarded: bool) -> Iterator[Reject]:
    """Yield what takes a rejected row, as it stands in the input, and its reason; without a path it forgets them.

    `headings` are the input's; `guarded` tells that its cells are a spreadsheet's.
    """
    if path is None:
        yield lambda row, reason: None
        return
    form = form_of(path)
    with open_sheet(path, form=form) as stream:
        if form in DELIMITERS:
            yield _sheet(stream, kind, headings, DELIMITERS[form], guarded=guarded, crlf=path != "-")
        else:
            yield from _objects(stream, form, headings, guarded=guarded)


def _sheet(stream: TextIO, kind: str, headings: Sequence[str], delimiter: str, *, guarded: bool, crlf: bool) -> Reject:
    writer = csv_writer(stream, delimiter=delimiter, crlf=crlf)
    writer.writerow([*map(guard, headings), REASON])
    known = known_headings(kind)
    fields = [known.get(normal(heading), "") for heading in headings]

    def cell(text: str, field: str) -> str:
        freed, guarding = unguard, guard
        if field in PHONES or field in KEYS:
            freed, guarding = (unguard_phone, guard_phone) if field in PHONES else (unguard_key, guard_key)
        return guarding(freed(text) if guarded else text)

    def reject(row: Sequence[str], reason: str) -> None:
        width = len(headings)
        cells = [cell(text, field) for text, field in zip(row, fields, strict=False)]
        writer.writerow([*cells, guard(reason), *map(guard, row[max(width, len(cells)) :])])

    return reject


def _objects(stream: TextIO, form: str, headings: Sequence[str], *, guarded: bool) -> Iterator[Reject]:
    before = "[\n" if form == "json" else ""

    def reject(row: Sequence[str], reason: str) -> None:
        nonlocal before
        cells = {heading: unguard(text) if guarded else text for heading, text in zip(headings, row, strict=False)}
        stream.write(before + json.dumps({**cells, REASON: reason}, ensure_ascii=False))
        before = ",\n" if form == "json" else "\n"

    yield reject
    if form == "json":
        stream.write("\n]\n" if before != "[\n" else "[]\n")
    elif before:
        stream.write("\n")
