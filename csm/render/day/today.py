"""The page for the morning, in every format: warnings, late, today, the next days, today's route, who has no next one.

What stands on it, and in which words, is in `page`; `table` lays its tables out, the formats paint, `mail` is the mail.
Nothing here decides what is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TextIO

from csm.domain.day.record import DUE
from csm.domain.kinds import Field
from csm.render.day.page import Reading, closing, notices, routes, sections, title
from csm.render.day.table import due_listing, timing_of
from csm.render.formats import write_list, write_record
from csm.render.listing import Listing, Nested, Row, Style
from csm.render.table import paragraphs
from csm.storage.day.due import Day, Item

if TYPE_CHECKING:
    from csm.domain.time.calendar import Calendar

_SECTION: Final = Field("section", "section", given=False, shown=1)
_ON_ROUTE: Final = (
    Field("route", "route", given=False),
    Field("route_order", "place on route", "integer", given=False),
)


def write_day(
    form: str,
    day: Day,
    style: Style,
    stream: TextIO,
    *,
    deputies: Mapping[str, str],
    no_answer_limit: int,
    calendar: Callable[[], Calendar],
) -> None:
    """Write the page of `day` in the format `form`; raise unknown-value.

    From `no_answer_limit` tries on a callback says so; `calendar` is asked where something is late by hours of work.
    Source: handbook 12.
    """
    reading = Reading(day, deputies, no_answer_limit, timing_of(day.now, style.zone, calendar))
    if form == "table":
        _write_table(reading, style, stream)
    elif form in ("md", "html"):
        from csm.render.day.mail import write_mail, write_md

        if form == "md":
            write_md(reading, _listings(reading, None), style, stream)
        else:
            write_mail(reading, style, stream)
    elif form == "json":
        _write_json(reading, style, stream)
    else:
        listed = [(part.name, *row) for part in sections(day) for row in reading.rows(part.items)]
        write_list(form, Listing((_SECTION, *DUE), listed), style, stream)


# --- tables ---------------------------------------------------------------------------------------------------


def _write_table(reading: Reading, style: Style, stream: TextIO) -> None:
    paragraphs([title(reading.day)], style, stream, look="title")
    if lines := notices(reading.day):
        paragraphs(["", *lines], style, stream)
    for listing in _listings(reading, style.width):
        stream.write("\n")
        write_list("table", listing, style, stream)
    last = closing(reading.day)
    if last:
        paragraphs(["", last], style, stream)


def _listings(reading: Reading, width: int | None) -> Iterable[Listing]:
    owners = reading.day.owner is None
    for part in sections(reading.day):
        yield due_listing(reading.translated_rows(part.items), part.name, width, owners=owners, title=part.title)
    for part in routes(reading.day):
        visits = _with_route(reading.translated_rows(part.items), part.items)
        yield due_listing(visits, part.name, width, owners=owners, title=part.title)


def _with_route(values: Iterable[Row], items: Sequence[Item]) -> list[Row]:
    return [(*row, item.route, item.route_order) for row, item in zip(values, items, strict=True)]


# --- json -----------------------------------------------------------------------------------------------------


def _write_json(reading: Reading, style: Style, stream: TextIO) -> None:
    day = reading.day
    fields = (Field("day", "day", "date"), Field("owner", "owner"))
    record = {
        "day": day.day.isoformat(),
        "owner": day.owner,
        "late": Nested(DUE, list(reading.rows(day.late))),
        "today": Nested(DUE, list(reading.rows(day.today))),
        "coming": Nested(DUE, list(reading.rows(day.coming))),
        "route": Nested((*DUE, *_ON_ROUTE), _with_route(reading.rows(day.route), day.route)),
        "unplanned": day.unplanned,
        "warnings": [
            {
                "problem": found.problem,
                "customers": found.customers,
                "complaint_ids": found.complaint_ids,
                "line": found.line,
            }
            for found in day.warnings
        ],
        "feedback": list(day.feedback),
        "waiting": [{"complaint_id": case, "since": since} for case, since in day.waiting],
        "to_close": list(day.to_close),
        "messages": [
            dict(zip(("service_id", "customer_id", "customer", "message"), row, strict=True)) for row in day.messages
        ],
    }
    write_record("json", fields, record, style, stream)
