"""From the cells of one row of a file to stored values, by converters made for the whole file.

It knows fields, not records: which row is which record is for the importers of each kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache, partial
from typing import NamedTuple

from csm.domain.errors import CsmError, UnreadableBirthday, UnreadableDate, UsageFault
from csm.domain.kinds import Field
from csm.domain.settings import read_whole
from csm.domain.time import lunar
from csm.domain.time.sheet_time import read_sheet_date, read_written
from csm.domain.time.when import FIRST_YEAR, LAST_YEAR, read_birthday
from csm.domain.values.email import check_email
from csm.domain.values.money_cell import (
    Spelling,
    power_of_heading,
    read_decimal,
    read_many,
    read_money,
    unit_of_heading,
)
from csm.domain.values.phone import check_phone
from csm.services import values
from csm.services.customer import birthdays
from csm.services.values import Stored
from csm.services.work import Work
from csm.transfer.headings import KEYS, PHONES
from csm.transfer.mapping import ColumnPlan, join
from csm.transfer.sheet import unguard, unguard_key, unguard_phone

Convert = Callable[[str], Stored]
REMEMBERED = 4096
DIRECT: Mapping[str, Convert | None] = {"text": None, "tags": None, "phone": check_phone, "email": check_email}
MINUTES_AN_HOUR = 60
_HOURS = frozenset({"小时", "时", "钟头", "h", "hr", "hrs", "hour", "hours"})


class DayAlone(str):
    """The UTC text of a moment of which only the day is known."""

    __slots__ = ()


class Quantity(float):
    """A quantity with what it is counted in, None where that is unknown."""

    unit: str | None = None


class RowFault(Exception):
    """A row can't be imported, for what stands in `field` ("" for the row as a whole)."""

    def __init__(self, field: str, error: CsmError) -> None:
        super().__init__(field, error)
        self.field = field
        self.error = error


class Reader:
    """Reads the values of other programs' files, each with all that belongs to it, or refuses them.

    decimal, round_: the decimal sign of the file, and whether amounts with more decimals than can be stored are
    rounded. headings: by field the heading of its (first) column, whose brackets may
    hold a unit. timed: the fields of which a time of day was read, which a day has no place for. unkept: those with
    values, of which no record has any.
    """

    def __init__(self, work: Work, date_order: str | None, *, decimal: str | None = None, round_: bool = False) -> None:
        self.decimal = decimal
        self.round_ = round_
        self.headings: Mapping[str, str] = {}
        self.timed: set[str] = set()
        self.unkept: set[str] = set()
        self._work = work
        self._order = date_order
        self._now = work.now.replace(tzinfo=None)

    def converter(self, field: Field, *, allow_negative: bool = False) -> Convert | None:
        """Return what turns a stripped, non-empty text into what is stored for `field`; None where it is the text.

        Raises other-currency for a heading that says its amounts are in another currency.
        """
        kind = field.kind
        if kind in DIRECT:
            return DIRECT[kind]
        if kind == "money":
            return self._money(field, allow_negative=allow_negative)
        if kind == "quantity":
            return self._quantity(field, allow_negative=allow_negative)
        if field.name == "minutes" and unit_of_heading(self.headings.get(field.name, "")).casefold() in _HOURS:
            return self._hours
        often: dict[str, Convert] = {
            "date": partial(self.day, field=field.name),
            "instant": self.instant,
            "birthday": self.birthday,
            "lunar": self.lunar_birthday,
            "choice": partial(values.read_whole_term, field),
        }
        read = often.get(kind, partial(values.read_cell, field))
        return lru_cache(REMEMBERED)(read) if kind in (*often, "flag", "interval") else read

    # --- numbers ------------------------------------------------------------------------------------------------

    @property
    def spelling(self) -> Spelling:
        """Return how numbers are written in the file."""
        return Spelling(self._work.policy.text("file.currency"), self.decimal or ".", self.round_)

    def _money(self, field: Field, *, allow_negative: bool) -> Convert:
        power = power_of_heading(self.headings.get(field.name, ""), self.spelling.currency)
        return partial(read_money, spelling=self.spelling, allow_negative=allow_negative, power=power)

    def money(self, text: str) -> int:
        """Return the cents of an amount that may be below zero; raise unreadable-amount and its kind."""
        return read_money(text, self.spelling, allow_negative=True)

    def _quantity(self, field: Field, *, allow_negative: bool) -> Convert:
        usual, spelling = unit_of_heading(self.headings.get(field.name, "")) or None, self.spelling

        def read(text: str) -> Quantity:
            number, unit = read_many(text, spelling, allow_negative=allow_negative)
            quantity = Quantity(number)
            quantity.unit = unit or usual
            return quantity

        return lru_cache(REMEMBERED)(read)

    def score(self, text: str) -> str:
        """Return the text of a score with a decimal point."""
        return read_decimal(text, self.decimal or ".")

    def _hours(self, text: str) -> int:
        """Return the minutes of a number of hours; raise unreadable-number."""
        number, unit = read_many(text, self.spelling)
        if unit is not None or (minutes := number * MINUTES_AN_HOUR) % 1:
            raise UsageFault("unreadable-number", value=text, low=0, high=10**15)
        return int(minutes)

    # --- days and times -----------------------------------------------------------------------------------------

    def day(self, text: str, field: str = "") -> str:
        """Return the ISO text of a date; an instant with an offset is its day in the file's zone.

        A time of day is noted under `field`. Raises unreadable-date, doubtful-date.
        """
        day, clock = read_written(text, self._order, self._now)
        if clock is None:
            return day.isoformat()
        moment = datetime.combine(day, clock)
        if moment.tzinfo is not None:
            moment = self._work.zone.to_local(moment).replace(tzinfo=None)
        if field and moment.time() != time():
            self.timed.add(field)
        return moment.date().isoformat()

    def instant(self, text: str) -> str:
        """Return the UTC text of a moment; a day alone is its start of work. Raises unreadable-date, doubtful-date."""
        return self._moment(text, self.start_of_work)

    def appointment(self, text: str) -> str:
        """Return a planned day as ISO text, or with a time of day as UTC text; midnight is how a sheet says a day.

        Raises unreadable-date, doubtful-date.
        """
        day, clock = read_written(text, self._order, self._now)
        if clock is None or clock == time():
            return day.isoformat()
        return self._work.zone.to_utc_text(datetime.combine(day, clock))

    def deadline(self, text: str) -> str:
        """Return the UTC text of when something is due; a day alone is its end of work. Raises as `instant`."""
        return self._moment(text, self.end_of_work)

    def _moment(self, text: str, time_of: Callable[[date], datetime]) -> str:
        if len(text) > len("2026-11-21T15:30") and text[10] in " T":
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                pass
            else:
                if FIRST_YEAR <= moment.year <= LAST_YEAR:
                    return self._work.zone.to_utc_text(moment)
        day, clock = read_written(text, self._order, self._now)
        if clock is None:
            return DayAlone(self._work.zone.to_utc_text(time_of(day)))
        return self._work.zone.to_utc_text(datetime.combine(day, clock))

    def start_of_work(self, day: date) -> datetime:
        """Return when work began on a day of the past; on the day taken as today it is now at the latest."""
        calendar = self._work.calendar
        moment = datetime.combine(day, calendar.opening(calendar.next_working_day(day)) or time.min)
        return min(moment, self._now) if day == self._now.date() else moment

    def end_of_work(self, day: date) -> datetime:
        """Return when work ends on a day; on a day off that is its last minute."""
        return datetime.combine(day, self._work.calendar.closing(day) or time(23, 59))

    def birthday(self, text: str) -> str:
        """Return a birthday as it is stored, in the order of dates passed; one of the lunar calendar is a `LunarText`.

        Raises unreadable-birthday, doubtful-date, and what `lunar_birthday` raises.
        """
        if lunar.is_lunar(text):
            return self.lunar_birthday(text)
        try:
            return read_birthday(text)
        except UnreadableBirthday:
            try:
                return read_sheet_date(text, self._order, self._now).isoformat()
            except UnreadableDate:
                pass
            raise

    def lunar_birthday(self, text: str) -> str:
        """Return a birthday of the lunar calendar as it is stored.

        Raises unreadable-birthday, lunar-year-unknown, no-lunar-day, date-in-future.
        """
        return birthdays.read(text, self._work.today)

    def whole(self, text: str) -> int:
        """Return an id; raise unreadable-number."""
        return read_whole(text, 1, 10**15)


def split_tags(text: str) -> list[str]:
    """Return the tags of a cell, without repetition, in order."""
    return list(dict.fromkeys(tag.strip() for tag in re.split("[;,；，]", text) if tag.strip()))


class _Joined(NamedTuple):
    field: str
    place: int
    indexes: Sequence[int]
    joiner: str | None
    convert: Convert | None
    further: str


class Cells:
    """What a row says in the fields asked for, in their order; None throughout for what the file doesn't have."""

    def __init__(
        self, plan: ColumnPlan, converters: Mapping[str, Convert | None], *, guarded: bool, width: int
    ) -> None:
        self.fields = list(converters)
        self.file_fields = frozenset(plan.fields())
        self._width = width
        self._guarded = guarded
        self._template: list[Stored] = [None] * len(converters)
        self._single: list[tuple[int, int, Convert | None]] = []
        self._joined: list[_Joined] = []
        self._left_over = plan.left_over
        self._unguards = [unguard] * width
        for place, (field, own) in enumerate(converters.items()):
            if constant := plan.constants.get(field, "").strip():
                self._template[place] = constant if own is None else own(constant)
            if field in plan.columns:
                self._add_column(plan, place, field, own)
        # A field that takes what others have no room for comes after them.
        order = list(dict.fromkeys([*plan.further, *converters]))
        self._joined.sort(key=lambda joined: order.index(joined.field))
        uses = Counter(index for source in plan.columns.values() for index in source.indexes)
        self._shared = frozenset(index for index, times in uses.items() if times > 1)

    def _add_column(self, plan: ColumnPlan, place: int, field: str, own: Convert | None) -> None:
        """Take note of where the cells of a field stand, and what reads them."""
        indexes, joiner = plan.columns[field]
        meant, further = plan.meaning(field), plan.further.get(field, "")
        convert = own if meant is None else _after(meant, own)
        if len(indexes) == 1 and not further and field not in plan.further.values():
            self._single.append((place, indexes[0], convert))
        else:
            self._joined.append(_Joined(field, place, indexes, joiner, convert, further))
        if field in PHONES or field in KEYS:
            for index in indexes:
                self._unguards[index] = unguard_phone if field in PHONES else unguard_key

    def read(self, row: Sequence[str]) -> list[Stored]:
        """Return the stored values of a row; raise RowFault."""
        if len(row) > self._width:
            raise RowFault("", UsageFault("too-many-cells", count=len(row), expected=self._width))
        row = self.clean(row)
        found = self._template.copy()
        place = -1
        try:
            for place, index, convert in self._single:
                text = row[index]
                if text and (text := text.strip()):
                    found[place] = text if convert is None else convert(text)
            passed_on: dict[str, list[str]] = {}
            for joined in self._joined:
                place = joined.place
                if text := self._text(joined, row, passed_on):
                    found[place] = text if joined.convert is None else joined.convert(text)
        except UsageFault as fault:
            raise self._fault(self.fields[place], fault) from fault
        return found

    @staticmethod
    def _fault(field: str, fault: UsageFault) -> RowFault:
        """Return the fault of a cell, which names the field as the file does."""
        named = UsageFault("unknown-value", **{**fault.values, "field": field})
        return RowFault(field, named if fault.code == "unknown-value" else fault)

    def _text(self, joined: _Joined, row: Sequence[str], passed_on: dict[str, list[str]]) -> str:
        """Return what several cells say in a field, and pass on what it has no room for."""
        own = {index: text for index in joined.indexes if (text := row[index].strip())}
        texts = [*passed_on.get(joined.field, ()), *own.values()]
        if joined.joiner is not None:
            return join(texts, joined.joiner)
        first = "".join(texts[:1])
        if joined.further:
            passed_on.setdefault(joined.further, []).extend(text for text in texts if text != first)
        elif isinstance(self._left_over, set):
            lost = {index for index, text in own.items() if text != first}
            self._left_over |= lost - self._shared
        return first

    def clean(self, row: Sequence[str]) -> Sequence[str]:
        """Return the cells of a row, those of a spreadsheet without the `'` that guards them."""
        # one look at the whole row is quicker than one at every cell
        if not self._guarded or "'" not in "".join(row):
            return row
        return [unguarded(cell) for unguarded, cell in zip(self._unguards, row, strict=False)]


def _after(meant: Callable[[str], str], convert: Convert | None) -> Convert:
    """Return what converts not a text itself but what `--value` maps it to."""

    def converted(text: str) -> Stored:
        text = meant(text).strip()
        return (text if convert is None else convert(text)) if text else None

    return converted
