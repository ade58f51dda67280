"""Due items as tables for people: which columns, what shares a cell on a narrow screen, how a day is said.

The sections of the page for the morning and the list of `csm due` are laid out here, and alike. Not on the way of
`due -f csv`. Nothing here decides what is due or writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from csm.domain.records import Field, Kind
from csm.domain.value import Value
from csm.i18n import say
from csm.render.days import lateness, weekday
from csm.render.listing import Listing, Row
from csm.render.text import visible

# Below this many columns what belongs together shares a cell: the contact stands under the customer, what was said
# last under what is due, so that the phone number stays whole.
WIDE: Final = 120
# From this many columns on the day of an item and how late it is have columns of their own in a list of all days.
WIDER: Final = 160

# The list that isn't a section of the page: items of any day.
ALL: Final = "all"


class Due(Value):
    """The values of `csm.domain.records.DUE`, and of a visit its route and its place on it."""

    kind: str
    id: int
    customer_id: int
    customer: str
    contact: str | None
    phone: str | None
    what: str
    due: str
    days_late: int
    owner: str | None
    level: int | None
    last_said: str | None
    ref: str
    route: str | None = None
    route_order: int | None = None


class _Column(Value):
    field: Field
    value: Callable[[Due], Any]


def due_listing(
    rows: Iterable[Row], section: str, width: int | None, *, owners: bool, title: str = "", empty: str = ""
) -> Listing:
    """Return translated rows of due items as a list for people, on a screen of `width` cells or of any width.

    `section` is late, today, coming or route, or ALL for items of any day, each with its day and how late it is.
    Owners are shown if `owners`. A column that is empty in every row is left out, no other one.
    """
    # made visible first: only those line breaks are kept that part what shares a cell
    items = [Due(*row) if width is None else Due(*map(_on_one_line, row)) for row in rows]
    narrow = width is not None and width < WIDE
    columns = _route(narrow) if section == "route" else _narrow() if narrow else _wide()
    columns += _days(section, width)
    if owners:
        columns.append(_Column(_field("owner"), lambda item: item.owner))
    values = [[column.value(item) for column in columns] for item in items]
    # left out here: a column of the second rank would give way on a screen too small for all
    kept = [place for place in range(len(columns)) if any(row[place] not in (None, "") for row in values)]
    return Listing(
        [columns[place].field for place in kept],
        # how late an item is stands behind the cells that are shown, for its colour
        [[*[row[place] for place in kept], item.days_late] for row, item in zip(values, items, strict=True)],
        title,
        empty,
        lines=width is not None,
        late=lambda row: row[-1] > 0,
    )


def day_and_weekday(day: str) -> str:
    """Return a stored day with the name of its weekday."""
    return f"{day} {_weekday(day)}"


def said_last(text: str) -> str:
    """Return what was said last as a line of its own."""
    return say("last: {text}", text=visible(text))


# --- columns --------------------------------------------------------------------------------------------------


def _field(name: str, heading: str = "", kind: Kind = "text") -> Field:
    return Field(name, heading or name, kind, shown=1)


def _wide() -> list[_Column]:
    return [
        _Column(_field("ref"), lambda item: item.ref),
        _Column(_field("customer"), lambda item: item.customer),
        _Column(_field("contact"), _other_contact),
        _Column(_field("phone", kind="phone"), lambda item: item.phone),
        _Column(_field("what"), lambda item: item.what),
        _Column(_field("last_said", "last said"), lambda item: item.last_said),
    ]


def _narrow() -> list[_Column]:
    return [
        _Column(_field("ref"), lambda item: item.ref),
        _Column(_field("customer"), _customer_and_contact),
        _Column(_field("phone", kind="phone"), lambda item: item.phone),
        _Column(_field("what"), _what_and_last_said),
    ]


def _route(narrow: bool) -> list[_Column]:
    """Return the columns of a route, in whose order its visits are made; what was said is found above."""
    columns = [_Column(_field("route_order", "place on route", "integer"), lambda item: item.route_order), *_wide()[:5]]
    if narrow:
        columns[2:4] = _narrow()[1:2]
    return columns


def _days(section: str, width: int | None) -> list[_Column]:
    """Return when an item of a section is due, as far as the section doesn't say so itself."""
    narrow = width is not None and width < WIDE
    if section == "late" and narrow:
        return [_Column(_late("days late", "date"), lambda item: f"{lateness(item.days_late)}\n{item.due}")]
    if section == "late":
        return [
            _Column(_field("due", kind="date"), lambda item: item.due),
            _Column(_late("days late", "integer"), lambda item: item.days_late),
        ]
    if section == "coming":
        between = "\n" if narrow else " "
        return [_Column(_field("due", kind="date"), lambda item: f"{item.due}{between}{_weekday(item.due)}")]
    if section == ALL and width is not None and width < WIDER:
        return [_Column(_late("due", "date"), _late_and_day)]
    if section == ALL:
        return [
            _Column(_field("due", kind="date"), lambda item: day_and_weekday(item.due)),
            _Column(_late("days late", "integer"), lambda item: item.days_late),
        ]
    return []


def _late(heading: str, kind: Kind) -> Field:
    return _field("days_late", heading, kind)


# --- cells ----------------------------------------------------------------------------------------------------


def _on_one_line(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value


def _weekday(day: str) -> str:
    return weekday(date.fromisoformat(day))


def _other_contact(item: Due) -> str | None:
    """Return the contact; a private customer is its own and isn't named twice."""
    return item.contact if item.contact != item.customer else None


def _customer_and_contact(item: Due) -> str:
    contact = _other_contact(item)
    return f"{item.customer}\n{contact}" if contact else item.customer


def _what_and_last_said(item: Due) -> str:
    return f"{item.what}\n{said_last(item.last_said)}" if item.last_said else item.what


def _late_and_day(item: Due) -> str:
    return f"{lateness(item.days_late)}\n{item.due}\n{_weekday(item.due)}"
