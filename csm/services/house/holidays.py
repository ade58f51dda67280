"""Reading a file of dated holidays and extra working days (调休上班日)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from csm.domain.errors import BadRow, UsageFault
from csm.domain.house.record import HOLIDAY
from csm.domain.time.sheet_time import read_sheet_date
from csm.services.values import read_term
from csm.transfer.encodings import open_text
from csm.transfer.headings import normal
from csm.transfer.reading import form_of, read_rows

if TYPE_CHECKING:
    from csm.services.work import Work

HEADINGS: Final = {
    "date": "date",
    "日期": "date",
    "kind": "kind",
    "type": "kind",
    "类型": "kind",
    "类别": "kind",
    "name": "name",
    "名称": "name",
    "节日": "name",
    "备注": "name",
}
KIND: Final = HOLIDAY[1]


def read(path: str, encoding: str | None, work: Work) -> list[tuple[str, str, str | None]]:
    """Return (date, kind, name) of every row; raise bad-row, no-heading and what opening the file raises."""
    form = form_of(path)
    with open_text(path, encoding, form=form) as stream:
        table = read_rows(stream, form, path)
        places = {
            HEADINGS[key]: place for place, text in enumerate(table.headings) if (key := normal(text)) in HEADINGS
        }
        for needed in ("date", "kind"):
            if needed not in places:
                raise UsageFault("no-holiday-heading", path=path, missing=needed, choices=table.headings)
        return list(_days(table.rows, places, work))


def _days(
    rows: Iterator[tuple[int, Sequence[str]]], places: dict[str, int], work: Work
) -> Iterator[tuple[str, str, str | None]]:
    for line, row in rows:
        column = "date"
        try:
            day = read_sheet_date(row[places["date"]].strip(), None, work.now.replace(tzinfo=None))
            column = "kind"
            kind = read_term(KIND, row[places["kind"]].strip())
        except UsageFault as reason:
            raise BadRow(line=line, column=column, value=row[places[column]], reason=reason) from reason
        name = row[places["name"]].strip() if "name" in places else ""
        yield day.isoformat(), kind, name or None
