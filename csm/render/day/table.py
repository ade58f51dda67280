"""Due items as tables for people: which columns, what shares a cell on a narrow screen, how a day is said.

The sections of the page for the morning and the list of `csm due` are laid out here, and alike. Not on the way of
`due -f csv`. Nothing here decides what is due or writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from csm.domain.kinds import Field, FieldKind
from csm.domain.value import Value
from csm.i18n import say, say_n
from csm.render.day.due import Timing, said_last
from csm.render.day.words import lateness, weekday
from csm.render.listing import Listing, Row
from csm.render.text import visible

if TYPE_CHECKING:
    from csm.domain.time.calendar import Calendar
    from csm.domain.time.instant import Zone
    from csm.domain.time.working_hours import WorkingHours
    from csm.storage.day.due import Item

# Below this many columns what belongs together shares a cell: the contact stands under the customer, what was said
# last under what is due, so that the phone number stays whole.
WIDE: Final = 120
# From this many columns on the day of an item and how late it is have columns of their own in a list of all days.
WIDER: Final = 160

_DAY: Final = len("2026-11-21")
_HOUR: Final = 3600
_MINUTE: Final = 60

# The list that isn't a section of the page: items of any day.
ALL: Final = "all"


class Due(Value):
    """The values of `csm.domain.day.record.DUE` with how late it is in words, and of a visit its route and place on it.

    `due` ends in the time of day of what has one.
    """

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
    due_at: str | None = None
    best_time: str | None = None
    late_words: str | None = None
    route: str | None = None
    route_order: int | None = None

    @property
    def is_late(self) -> bool:
        """Tell whether its day or its time has passed."""
        return self.days_late > 0 or self.late_words is not None

    @property
    def lateness(self) -> str:
        """Return how late it is, or how soon due."""
        return self.late_words or lateness(self.days_late)


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
    items = [_item(row, width) for row in rows]
    columns = _columns(section, narrow=_below(width, WIDE))
    # words on working hours are long enough to fold where there is little room, days aren't
    columns += _days(section, width, "text" if any(item.late_words for item in items) else "date")
    if owners:
        columns.append(_Column(_field("owner"), lambda item: item.owner))
    filled = [(column.field, cells) for column in columns if set(cells := _cells(column, items)) - {None, ""}]
    return Listing(
        [field for field, _ in filled],
        # whether an item is late stands behind the cells that are shown, for its colour
        list(zip(*[cells for _, cells in filled], [item.is_late for item in items], strict=True)),
        title,
        empty,
        lines=width is not None,
        late=lambda row: bool(row[-1]),
    )


def _cells(column: _Column, items: Sequence[Due]) -> list[Any]:
    """Return the cells of a column; one without any is left out, as of the second rank it would give way elsewhere."""
    return [column.value(item) for item in items]


def columns_listing(
    rows: Iterable[Row], fields: Sequence[Field], chosen: Sequence[Field], *, empty: str, by_user: bool
) -> Listing:
    """Return translated rows, values of `fields` with how late in words, as a list in the `chosen` columns."""
    places = [fields.index(field) for field in chosen]
    late = [_late("days late", "date") if field.name == "days_late" else field for field in chosen]

    def values(row: Row) -> Row:
        item = Due(*row)
        cells = [item.lateness if fields[place].name == "days_late" else row[place] for place in places]
        return [*cells, item.is_late]

    shown = [field._replace(shown=old.shown) for field, old in zip(late, chosen, strict=True)]
    return Listing(shown, map(values, rows), "", empty, (), by_user, late=lambda row: bool(row[-1]))


def day_and_weekday(due: str) -> str:
    """Return a stored day, with its time where it has one, and the name of its weekday."""
    return f"{due} {_weekday(due)}"


def timing_of(now: str, zone: Zone, calendar: Callable[[], Calendar]) -> Timing:
    """Return what says the time of an item and how late it is at `now`, UTC text, in the words of the language in use.

    Days, or where it is late by less than a working day, working hours (source: handbook 12).
    """
    hours: WorkingHours | None = None

    def timing(item: Item) -> tuple[str, str | None]:
        nonlocal hours
        due_at = item.due_at or ""
        local = zone.local(due_at)
        if due_at >= now:
            return f"{local:%H:%M}", None
        from csm.domain.time.working_hours import WorkingHours, epoch

        hours = hours or WorkingHours(calendar(), zone)
        days_late = (zone.local(now).date() - local.date()).days
        return f"{local:%H:%M}", _late_words(hours, epoch(due_at), epoch(now), days_late, f"{local:%H:%M}")

    return timing


def _late_words(hours: WorkingHours, due: int, now: int, days_late: int, time: str) -> str:
    seconds = hours.between(due, now)
    if days_late > 0 and (hours.add_days(due, 1) <= now or not seconds):
        return lateness(days_late)
    if seconds >= _HOUR:
        return say_n("{n} working hour late", "{n} working hours late", seconds // _HOUR)
    if seconds >= _MINUTE:
        return say_n("{n} working minute late", "{n} working minutes late", seconds // _MINUTE)
    return say("late since {time}", time=time)


# --- columns --------------------------------------------------------------------------------------------------


def _item(row: Row, width: int | None) -> Due:
    # made visible first: only those line breaks are kept that part what shares a cell
    return Due(*row) if width is None else Due(*map(_on_one_line, row))


def _below(width: int | None, most: int) -> bool:
    """Tell whether there is a screen, and it is narrower than `most` columns."""
    return width is not None and width < most


def _columns(section: str, *, narrow: bool) -> list[_Column]:
    if section == "route":
        return _route(narrow)
    return _narrow() if narrow else _wide()


def _field(name: str, heading: str = "", kind: FieldKind = "text") -> Field:
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


def _days(section: str, width: int | None, late: FieldKind) -> list[_Column]:
    """Return when an item of a section is due, as far as the section doesn't say so itself.

    `late` is the kind of a narrow column of how late it is.
    """
    due, how_late = _field("due", kind="date"), _Column(_late("days late", "date"), lambda item: item.lateness)
    if section == "late" and _below(width, WIDE):
        return [_Column(_late("days late", late), lambda item: f"{item.lateness}\n{item.due}")]
    if section == "late":
        return [_Column(due, lambda item: item.due), how_late]
    if section == "today":
        return [_Column(due, lambda item: item.due[_DAY:].strip())]
    if section == "coming":
        return [_Column(due, _parted if _below(width, WIDE) else lambda item: day_and_weekday(item.due))]
    if section == ALL and _below(width, WIDER):
        return [_Column(_late("due", late), _late_and_day)]
    return [_Column(due, lambda item: day_and_weekday(item.due)), how_late] if section == ALL else []


def _late(heading: str, kind: FieldKind) -> Field:
    return _field("days_late", heading, kind)


# --- cells ----------------------------------------------------------------------------------------------------


def _on_one_line(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value


def _weekday(day: str) -> str:
    return weekday(date.fromisoformat(day[:_DAY]))


def _parted(item: Due) -> str:
    """Return day, time and weekday below each other."""
    return "\n".join([*item.due.split(), _weekday(item.due)])


def _other_contact(item: Due) -> str | None:
    """Return the contact; a private customer is its own and isn't named twice."""
    return item.contact if item.contact != item.customer else None


def _customer_and_contact(item: Due) -> str:
    contact = _other_contact(item)
    return f"{item.customer}\n{contact}" if contact else item.customer


def _what_and_last_said(item: Due) -> str:
    return f"{item.what}\n{said_last(item.last_said)}" if item.last_said else item.what


def _late_and_day(item: Due) -> str:
    return f"{item.lateness}\n{item.due}\n{_weekday(item.due)}"
