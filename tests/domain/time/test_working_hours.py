"""Deadlines in working time: every line of the table was worked out by hand, with a calendar on paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csm.domain.time.calendar import Calendar, WorkWeek, read_spans
from csm.domain.time.instant import Zone, utc_text
from csm.domain.time.working_hours import Target, WorkingHours, due, epoch, read_target, show_target, utc
from tests.refusals import refused_as

# 2026-11-23 is a Monday, the 27th a Friday, the 29th a Sunday. October 1st to 7th, 2026, is the national holiday, and
# Sunday, September 27th, is worked for it.
WEEKS = {
    "default": "mon-sat 09:00-12:00 13:00-18:00",
    "china": "mon-sat 09:00-12:00 13:00-18:00",
    "five": "mon-fri 09:00-17:00",
    "short": "mon-fri 09:00-18:00; sat 10:00-14:00",
    "uneven": "mon,wed 09:00-17:00; tue 09:00-12:00 13:00-18:00",
    "night": "mon-fri 00:00-06:00 22:00-24:00",
    "evening": "mon,wed 18:00-24:00; tue 00:00-06:00; thu 09:00-18:00",
    "dawn": "mon-sun 01:00-05:00",
    "half past two": "mon-sun 02:30-04:30",
    "till half past two": "mon-sun 00:00-02:30 04:00-05:00",
    "always": "24/7",
}
EXCEPTIONS = {
    "china": (frozenset(date(2026, 10, day) for day in range(1, 8)), frozenset({date(2026, 9, 27)})),
}
PLACES = {"S": "Asia/Shanghai", "B": "Europe/Berlin", "N": "America/New_York"}


def calendar(name: str) -> Calendar:
    return Calendar(read_spans(WEEKS[name]), *EXCEPTIONS.get(name, (frozenset(), frozenset())))


def instant(zone: Zone, wall: str) -> int:
    """Return the instant of a wall time; with an offset, of the one of two that is meant."""
    return epoch(zone.to_utc_text(datetime.fromisoformat(wall)))


# calendar | zone | received | target | waited minutes | due | why
TABLE = """
default | S | 2026-11-23 09:00 | 2h | 0 | 2026-11-23 11:00 | within a span
default | S | 2026-11-23 11:00 | 2h | 0 | 2026-11-23 14:00 | over lunch
default | S | 2026-11-23 09:00 | 3h | 0 | 2026-11-23 12:00 | reached as the morning ends
default | S | 2026-11-23 09:00 | 8h | 0 | 2026-11-23 18:00 | reached as the day ends
default | S | 2026-11-23 12:00 | 1h | 0 | 2026-11-23 14:00 | received as the morning ends
default | S | 2026-11-23 12:30 | 2h | 0 | 2026-11-23 15:00 | received at lunch
default | S | 2026-11-23 13:00 | 5h | 0 | 2026-11-23 18:00 | received as the afternoon opens
default | S | 2026-11-23 07:15 | 2h | 0 | 2026-11-23 11:00 | received before opening
default | S | 2026-11-23 18:00 | 1h | 0 | 2026-11-24 10:00 | received as the day ends
default | S | 2026-11-23 19:30 | 8h | 0 | 2026-11-24 18:00 | received after closing
default | S | 2026-11-29 15:00 | 2h | 0 | 2026-11-30 11:00 | received on a Sunday
default | S | 2026-11-28 17:00 | 2h | 0 | 2026-11-30 10:00 | over the weekend
default | S | 2026-11-28 17:59:59 | 1h | 0 | 2026-11-30 09:59:59 | one second of Saturday counts
default | S | 2026-11-27 16:00 | 8h | 0 | 2026-11-28 16:00 | the handbook's example, first response
default | S | 2026-11-27 16:00 | 7d | 0 | 2026-12-05 16:00 | the handbook's example, resolution
default | S | 2026-11-27 16:00 | 3d | 0 | 2026-12-01 16:00 | Saturday, Monday, Tuesday
default | S | 2026-11-23 12:30 | 1d | 0 | 2026-11-24 13:00 | lunch starts at 13:00, so does the day count
default | S | 2026-11-23 12:00 | 1d | 0 | 2026-11-24 12:00 | noon is the end of a span and stays
default | S | 2026-11-23 18:00 | 1d | 0 | 2026-11-24 18:00 | so is the end of the day
default | S | 2026-11-23 18:00:01 | 1d | 0 | 2026-11-25 09:00 | a second later starts on Tuesday
default | S | 2026-11-29 10:00 | 1d | 0 | 2026-12-01 09:00 | Sunday starts on Monday
default | S | 2026-11-23 06:00 | 3d | 0 | 2026-11-26 09:00 | early morning starts at nine
default | S | 2026-11-23 10:00 | end of 3d | 0 | 2026-11-26 18:00 | Tuesday, Wednesday, Thursday
default | S | 2026-11-27 16:00 | end of 3d | 0 | 2026-12-01 18:00 | Saturday, Monday, Tuesday
default | S | 2026-11-23 18:00 | end of 1d | 0 | 2026-11-24 18:00 | the last second is still Monday's
default | S | 2026-11-23 18:30 | end of 1d | 0 | 2026-11-25 18:00 | starts on Tuesday
default | S | 2026-11-29 12:00 | end of 1d | 0 | 2026-12-01 18:00 | Sunday starts on Monday
default | S | 2026-11-27 16:00 | 15cd | 0 | 2026-12-12 16:00 | calendar days count Sundays
default | S | 2026-11-29 22:10 | 1cd | 0 | 2026-11-30 22:10 | calendar days know no closing
default | S | 2026-11-27 16:00 | 8w | 0 | 2027-01-22 16:00 | 56 days: 4 of November, 31, 21
default | S | 2026-12-31 23:30 | 1w | 0 | 2027-01-07 23:30 | a week over the end of the year
default | S | 2026-11-27 16:00 | 8h | 120 | 2026-11-28 18:00 | two hours waited, reached as Saturday ends
default | S | 2026-11-27 16:00 | 8h | 180 | 2026-11-30 10:00 | the third hour is Monday's
default | S | 2026-11-27 16:00 | 3d | 480 | 2026-12-02 16:00 | a working day waited
default | S | 2026-11-26 16:00 | 1d | 480 | 2026-11-28 16:00 | Friday 16:00 and a working day
default | S | 2026-11-27 16:00 | 1d | 240 | 2026-11-30 11:00 | Saturday 16:00, two hours, two of Monday
default | S | 2026-11-28 17:00 | end of 1d | 60 | 2026-12-01 10:00 | from the end of Monday, an hour of Tuesday
default | S | 2026-11-27 16:00 | 15cd | 1440 | 2026-12-13 16:00 | calendar days wait by the clock
default | S | 2026-11-27 16:00 | 8w | 90 | 2027-01-22 17:30 | so do weeks
china | S | 2026-09-30 16:00 | 8h | 0 | 2026-10-08 16:00 | over the holiday
china | S | 2026-09-30 16:00 | 3d | 0 | 2026-10-10 16:00 | the 8th, 9th and 10th
china | S | 2026-09-26 17:00 | 2h | 0 | 2026-09-27 10:00 | the make-up Sunday is worked
china | S | 2026-09-26 17:00 | 1d | 0 | 2026-09-27 17:00 | and is a working day
china | S | 2026-09-27 10:00 | 1d | 0 | 2026-09-28 10:00 | received on the make-up Sunday
china | S | 2026-10-04 14:00 | 2h | 0 | 2026-10-08 11:00 | received on a holiday
china | S | 2026-10-03 14:00 | 1d | 0 | 2026-10-09 09:00 | starts on the 8th
china | S | 2026-09-30 10:00 | end of 1d | 0 | 2026-10-08 18:00 | the next working day is the 8th
china | S | 2026-09-30 16:00 | 7cd | 0 | 2026-10-07 16:00 | calendar days count holidays
china | S | 2026-09-30 16:00 | 8h | 240 | 2026-10-09 11:00 | two hours of the 8th, two of the 9th
five | S | 2026-11-25 10:00 | end of 3d | 0 | 2026-11-30 17:00 | Thursday, Friday, Monday
five | S | 2026-11-23 10:00 | 5d | 0 | 2026-11-30 10:00 | a week of five days
five | S | 2026-11-28 10:00 | 8h | 0 | 2026-11-30 17:00 | Saturday is off
short | S | 2026-11-27 16:00 | 1d | 0 | 2026-11-30 09:00 | Saturday has no 16:00, Monday opens
short | S | 2026-11-27 09:30 | 1d | 0 | 2026-11-28 10:00 | Saturday has no 09:30 but opens later
short | S | 2026-11-27 14:00 | 1d | 0 | 2026-11-28 14:00 | the end of Saturday's span counts
short | S | 2026-11-27 11:00 | 1d | 0 | 2026-11-28 11:00 | within the short Saturday
short | S | 2026-11-27 16:00 | 2d | 0 | 2026-11-30 16:00 | Saturday counts as a day
short | S | 2026-11-27 17:00 | 2h | 0 | 2026-11-28 11:00 | one hour each
short | S | 2026-11-28 13:00 | 5h | 0 | 2026-11-30 13:00 | one of Saturday, four of Monday
short | S | 2026-11-28 09:00 | 1d | 0 | 2026-11-30 10:00 | starts at Saturday's opening
short | S | 2026-11-27 10:00 | end of 1d | 0 | 2026-11-28 14:00 | Saturday ends early
short | S | 2026-11-28 12:00 | end of 1d | 0 | 2026-11-30 18:00 | Monday doesn't
short | S | 2026-11-27 16:00 | 1d | 60 | 2026-11-30 10:00 | an hour waited after the opening
uneven | S | 2026-11-23 12:30 | 1d | 0 | 2026-11-24 13:00 | Tuesday is at lunch, its afternoon opens
uneven | S | 2026-11-24 17:30 | 1d | 0 | 2026-11-30 09:00 | Wednesday has closed, Monday is next
always | S | 2026-11-29 23:00 | 2h | 0 | 2026-11-30 01:00 | over midnight
always | S | 2026-11-27 16:00 | 8h | 0 | 2026-11-28 00:00 | reached at midnight
always | S | 2026-11-23 00:00 | 24h | 0 | 2026-11-24 00:00 | a day from midnight
always | S | 2026-11-23 00:00 | 1d | 0 | 2026-11-24 00:00 | midnight is the new day's
always | S | 2026-11-27 16:00 | 7d | 0 | 2026-12-04 16:00 | every day is a working day
always | S | 2026-11-28 10:00 | end of 1d | 0 | 2026-11-30 00:00 | Sunday ends at midnight
always | S | 2026-11-28 10:00 | 2h | 780 | 2026-11-29 01:00 | noon, and thirteen hours waited
always | B | 2026-03-28 20:00 | 8h | 0 | 2026-03-29 05:00 | spring: the hour from two is missing
always | B | 2026-03-28 12:00 | 24h | 0 | 2026-03-29 13:00 | 24 hours of a day of 23
always | B | 2026-03-28 12:00 | 1d | 0 | 2026-03-29 12:00 | a day keeps the time of day
always | B | 2026-03-28 02:30 | 1d | 0 | 2026-03-29 03:30 | half past two is skipped, moves forward
always | B | 2026-03-28 02:30 | 2d | 0 | 2026-03-30 02:30 | and is back the day after
always | B | 2026-03-29 12:00 | 1d | 0 | 2026-03-30 12:00 | from the day of the change
always | B | 2026-03-28 12:00 | end of 1d | 0 | 2026-03-30 00:00 | the short Sunday ends at midnight
always | B | 2026-10-24 20:00 | 8h | 0 | 2026-10-25 03:00 | autumn: the hour from two comes twice
always | B | 2026-10-24 20:00 | 6h | 0 | 2026-10-25 02:00+02:00 | two for the first time
always | B | 2026-10-24 20:00 | 7h | 0 | 2026-10-25 02:00+01:00 | two for the second time
always | B | 2026-10-24 12:00 | 24h | 0 | 2026-10-25 11:00 | 24 hours of a day of 25
always | B | 2026-10-24 12:00 | 1d | 0 | 2026-10-25 12:00 | a day keeps the time of day
always | B | 2026-10-24 02:30 | 1d | 0 | 2026-10-25 02:30+02:00 | half past two comes twice: the first
always | B | 2026-10-25 02:30+01:00 | 1h | 0 | 2026-10-25 03:30 | received in the second
always | B | 2026-10-25 02:30+01:00 | 1d | 0 | 2026-10-26 02:30 | from the second, the same time of day
always | B | 2026-10-24 12:00 | 8h | 960 | 2026-10-25 11:00 | waited over the change, 16 real hours
default | B | 2026-03-28 17:00 | 2h | 0 | 2026-03-30 10:00 | a change on a day off moves nothing
default | B | 2026-03-20 10:00 | 15cd | 0 | 2026-04-04 10:00 | calendar days over the change
default | B | 2026-03-27 02:30 | 2cd | 0 | 2026-03-29 03:30 | and onto the skipped hour
always | N | 2026-03-07 22:00 | 5h | 0 | 2026-03-08 04:00 | spring in New York
always | N | 2026-10-31 22:00 | 5h | 0 | 2026-11-01 02:00 | autumn: one comes twice
default | N | 2026-10-31 17:00 | 2h | 0 | 2026-11-02 10:00 | a change on a day off moves nothing
default | N | 2026-10-30 16:00 | 7d | 0 | 2026-11-07 16:00 | days over the change
default | N | 2026-03-01 02:30 | 1w | 0 | 2026-03-08 03:30 | a week onto the skipped hour
dawn | B | 2026-03-29 01:30 | 1h | 0 | 2026-03-29 03:30 | the span covers the change
dawn | B | 2026-03-29 01:00 | 4h | 0 | 2026-03-30 02:00 | it has three hours that night
dawn | B | 2026-03-28 02:15 | 1d | 0 | 2026-03-29 03:15 | a skipped time within it
dawn | B | 2026-10-25 01:00 | 4h | 0 | 2026-10-25 04:00 | in autumn it has five
dawn | B | 2026-10-25 01:00 | 5h | 0 | 2026-10-25 05:00 | reached as it ends
half past two | B | 2026-03-28 04:00 | 1h | 0 | 2026-03-29 04:00 | the skipped opening moves to half past three
half past two | B | 2026-03-29 03:10 | 1h | 0 | 2026-03-29 04:30 | before it, the shop is still closed
half past two | B | 2026-03-28 03:10 | 1d | 0 | 2026-03-29 03:30 | so ten past three isn't an hour of that day
till half past two | B | 2026-03-29 01:00 | 2h | 0 | 2026-03-29 04:30 | the skipped end moves to half past three
night | S | 2026-11-23 23:00 | 2h | 0 | 2026-11-24 01:00 | over midnight
night | S | 2026-11-23 23:00 | 1h | 0 | 2026-11-24 00:00 | reached at midnight
night | S | 2026-11-23 10:00 | 3h | 0 | 2026-11-24 01:00 | starts at ten in the evening
night | S | 2026-11-27 23:00 | 1h | 0 | 2026-11-28 00:00 | Friday ends at midnight and stays
night | S | 2026-11-27 23:00 | 2h | 0 | 2026-11-30 01:00 | the second hour is Monday's
night | S | 2026-11-27 22:30 | 1d | 0 | 2026-11-30 22:30 | Monday has that hour
night | S | 2026-11-28 00:00 | 1d | 0 | 2026-12-01 00:00 | Friday's midnight to Monday's
night | S | 2026-11-24 00:00 | 1d | 0 | 2026-11-25 00:00 | where work goes on, midnight is the new day's
night | S | 2026-11-23 23:00 | end of 1d | 0 | 2026-11-25 00:00 | Tuesday ends at midnight
evening | S | 2026-11-24 00:00 | 2d | 0 | 2026-11-26 09:00 | Thursday has no midnight, though Wednesday ends there
evening | S | 2026-11-23 20:00 | 1d | 0 | 2026-11-25 18:00 | Tuesday has closed, Wednesday opens
default | S | 2026-08-31 17:00 | 2h | 0 | 2026-09-01 10:00 | over the end of a month
default | S | 2026-12-31 17:00 | 2h | 0 | 2027-01-01 10:00 | over the end of a year
default | S | 2026-12-31 17:00 | 1d | 0 | 2027-01-01 17:00 | a day over the end of a year
default | S | 2027-02-27 17:00 | 2h | 0 | 2027-03-01 10:00 | February of 28 days
default | S | 2028-02-28 17:00 | 2h | 0 | 2028-02-29 10:00 | onto the leap day
default | S | 2028-02-28 17:00 | 2d | 0 | 2028-03-01 17:00 | over the leap day
default | S | 2028-02-29 17:00 | end of 1d | 0 | 2028-03-01 18:00 | from the leap day
default | S | 2028-02-15 12:00 | 15cd | 0 | 2028-03-01 12:00 | calendar days over it
default | S | 2028-02-29 12:00 | 52w | 0 | 2029-02-27 12:00 | 364 days on
"""
LINES = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(
    ("week", "place", "received", "target", "waited", "expected"),
    [line[:6] for line in LINES],
    ids=[f"{line[0]}-{line[1]}-{line[3]}-{line[6]}" for line in LINES],
)
def test_deadline(week: str, place: str, received: str, target: str, waited: str, expected: str) -> None:
    zone = Zone(PLACES[place])
    hours, always = WorkingHours(calendar(week), zone), WorkingHours(calendar("always"), zone)
    found = due(instant(zone, received), read_target(target), hours, always, int(waited) * 60)
    assert zone.iso(utc(found)) == zone.iso(utc(instant(zone, expected)))


@pytest.mark.parametrize(
    ("week", "moment", "start"),
    [
        ("default", "2026-11-23 08:59:59", "2026-11-23 09:00"),
        ("default", "2026-11-23 12:00", "2026-11-23 12:00"),
        ("default", "2026-11-23 12:00:01", "2026-11-23 13:00"),
        ("default", "2026-11-28 18:00", "2026-11-28 18:00"),
        ("default", "2026-11-28 18:00:01", "2026-11-30 09:00"),
        ("china", "2026-10-01 00:00", "2026-10-08 09:00"),
        ("night", "2026-11-28 00:00", "2026-11-28 00:00"),
        ("night", "2026-11-28 00:00:01", "2026-11-30 00:00"),
    ],
)
def test_start(week: str, moment: str, start: str) -> None:
    zone = Zone("Asia/Shanghai")
    hours = WorkingHours(calendar(week), zone)
    assert hours.start(instant(zone, moment)) == hours.add(instant(zone, moment), 0) == instant(zone, start)


@pytest.mark.parametrize(
    ("week", "moment", "closing"),
    [
        ("default", "2026-11-23 03:00", "2026-11-23 18:00"),
        ("default", "2026-11-23 12:30", "2026-11-23 18:00"),
        ("default", "2026-11-23 17:59:59", "2026-11-23 18:00"),
        ("default", "2026-11-23 18:00", "2026-11-24 18:00"),
        ("default", "2026-11-28 20:00", "2026-11-30 18:00"),
        ("default", "2026-11-29 10:00", "2026-11-30 18:00"),
        ("short", "2026-11-28 00:00", "2026-11-28 14:00"),
        ("night", "2026-11-27 12:00", "2026-11-28 00:00"),
        ("night", "2026-11-28 00:00", "2026-12-01 00:00"),
        ("always", "2026-11-29 00:00", "2026-11-30 00:00"),
    ],
)
def test_closing(week: str, moment: str, closing: str) -> None:
    zone = Zone("Asia/Shanghai")
    assert WorkingHours(calendar(week), zone).closing(instant(zone, moment)) == instant(zone, closing)


@pytest.mark.parametrize(
    ("week", "zone", "first", "last", "worked"),
    [
        ("default", "Asia/Shanghai", "2026-11-23 11:00", "2026-11-23 14:00", "2:00:00"),
        ("default", "Asia/Shanghai", "2026-11-23 12:00", "2026-11-23 13:00", "0:00:00"),
        ("default", "Asia/Shanghai", "2026-11-27 16:00", "2026-11-30 10:30:30", "11:30:30"),
        ("default", "Asia/Shanghai", "2026-11-23 14:00", "2026-11-23 11:00", "0:00:00"),
        ("default", "Asia/Shanghai", "2026-11-23 00:00", "2026-11-30 00:00", "2 days, 0:00:00"),
        ("china", "Asia/Shanghai", "2026-09-30 17:00", "2026-10-08 10:00", "2:00:00"),
        ("always", "Europe/Berlin", "2026-03-29 00:00", "2026-03-30 00:00", "23:00:00"),
        ("always", "Europe/Berlin", "2026-10-25 00:00", "2026-10-26 00:00", "1 day, 1:00:00"),
        ("dawn", "Europe/Berlin", "2026-10-25 00:00", "2026-10-26 00:00", "5:00:00"),
        ("always", "Asia/Shanghai", "2006-01-01 00:00", "2026-01-01 00:00", "7305 days, 0:00:00"),
    ],
)
def test_between(week: str, zone: str, first: str, last: str, worked: str) -> None:
    here = Zone(zone)
    seconds = WorkingHours(calendar(week), here).between(instant(here, first), instant(here, last))
    assert str(timedelta(seconds=seconds)) == worked


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Shanghai", "2026-11-21T15:59:59Z", "2026-11-21"),
        ("Asia/Shanghai", "2026-11-21T16:00:00Z", "2026-11-22"),
        ("America/New_York", "2026-03-09T03:59:59Z", "2026-03-08"),
        ("America/New_York", "2026-03-09T04:00:00Z", "2026-03-09"),
        ("America/Havana", "2026-11-01T04:30:00Z", "2026-11-01"),  # midnight, and an hour later midnight again
        ("America/Havana", "2026-11-01T05:30:00Z", "2026-11-01"),
        ("America/Santiago", "2026-09-06T03:59:59Z", "2026-09-05"),  # there is no midnight: one follows 23:59
        ("America/Santiago", "2026-09-06T04:00:00Z", "2026-09-06"),
        ("America/St_Johns", "2010-11-07T02:30:30Z", "2010-11-07"),  # a minute later it was the 6th once more
        ("America/St_Johns", "2010-11-07T02:45:00Z", "2010-11-06"),
        ("America/St_Johns", "2010-11-07T03:30:00Z", "2010-11-07"),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"),  # the 30th was left out
        ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"),
        ("UTC", "0001-01-01T00:00:00Z", "0001-01-01"),
        ("UTC", "9999-12-31T23:59:59Z", "9999-12-31"),
    ],
)
def test_local_day(zone: str, moment: str, day: str) -> None:
    assert WorkingHours(calendar("default"), Zone(zone)).day(epoch(moment)) == day


def test_a_day_that_was_left_out_is_no_working_day() -> None:
    zone = Zone("Pacific/Apia")
    hours = WorkingHours(calendar("always"), zone)
    noon = instant(zone, "2011-12-29 12:00")
    assert hours.add_days(noon, 1) == instant(zone, "2011-12-31 12:00") == noon + 24 * 3600
    assert hours.add(noon, 24 * 3600) == noon + 24 * 3600


@pytest.mark.parametrize(
    "idle",
    [
        Calendar({}, frozenset(), frozenset({date(2026, 11, 24)})),
        Calendar(
            read_spans(WEEKS["default"]), frozenset(date(2026, 11, 20) + timedelta(n) for n in range(3800)), frozenset()
        ),
    ],
    ids=["empty week", "ten years of holidays"],
)
def test_a_calendar_without_work_gives_the_instant_itself(idle: Calendar) -> None:
    zone = Zone("Asia/Shanghai")
    hours, always = WorkingHours(idle, zone), WorkingHours(calendar("always"), zone)
    moment = instant(zone, "2026-11-23 10:00")
    for target in ("2h", "3d", "end of 3d"):
        assert due(moment, read_target(target), hours, always, 60) == moment
    assert hours.start(moment) == hours.closing(moment) == hours.add_days(moment, 0) == moment
    assert hours.between(moment, moment + 10**6) == 0
    assert due(moment, read_target("1cd"), hours, always) == moment + 86_400


def test_work_is_found_beyond_a_long_holiday() -> None:
    zone = Zone("UTC")
    days = frozenset(date(2026, 11, 23) + timedelta(n) for n in range(3650))
    hours = WorkingHours(Calendar(read_spans("24/7"), days, frozenset()), zone)
    assert zone.iso(utc(hours.start(instant(zone, "2026-11-23 10:00")))) == "2036-11-20T00:00:00+00:00"
    assert hours.between(instant(zone, "2026-11-22 23:00"), instant(zone, "2036-11-20 01:00")) == 7200


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "1753-01-01T10:00:00Z", "9999-12-31T23:59:59Z"])
def test_the_ends_of_the_calendar_are_no_trap(moment: str) -> None:
    hours = WorkingHours(calendar("default"), Zone("America/New_York"))
    assert hours.start(epoch("2026-11-23T15:00:00Z")) == epoch("2026-11-23T15:00:00Z")
    assert hours.start(epoch(moment)) >= epoch(moment)
    assert hours.add_days(epoch(moment), 9999) >= epoch(moment)
    assert hours.closing(epoch(moment)) >= epoch(moment)
    assert hours.add(epoch("2026-11-23T15:00:00Z"), 3600) == epoch("2026-11-23T16:00:00Z")


@pytest.mark.parametrize(
    ("text", "number", "unit", "shown"),
    [
        ("8h", 8, "h", "8h"), (" 8 H ", 8, "h", "8h"), ("8小时", 8, "h", "8h"), ("八个小时", 8, "h", "8h"),
        ("3d", 3, "d", "3d"), ("3个工作日", 3, "d", "3d"), ("3工作日", 3, "d", "3d"), ("３ 个工作日", 3, "d", "3d"),
        ("15cd", 15, "cd", "15cd"), ("15 CD", 15, "cd", "15cd"), ("15天", 15, "cd", "15cd"), ("15个自然日", 15, "cd", "15cd"),
        ("8w", 8, "w", "8w"), ("8周", 8, "w", "8w"), ("两个星期", 2, "w", "2w"),
        ("end of 3d", 3, "end", "end of 3d"), ("End  of 3 D", 3, "end", "end of 3d"),
        ("第3个工作日结束", 3, "end", "end of 3d"), ("第三工作日结束", 3, "end", "end of 3d"),
        ("9999h", 9999, "h", "9999h"), ("08h", 8, "h", "8h"),
    ],
)  # fmt: skip
def test_target_is_read_and_shown(text: str, number: int, unit: str, shown: str) -> None:
    assert read_target(text) == Target(number, unit)
    assert show_target(read_target(text)) == shown
    assert read_target(shown) == read_target(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "8", "h", "0h", "0d", "-1d", "10000h", "1.5h", "8m", "8hd", "8h 3d", "end of 3h", "end of 3cd", "end of d",
        "endof 3d", "end 3d", "第3天结束", "第3个工作日", "3个工作日结束", "零天", "十十天", "3个天", "²h", "٣h", "8个h",
    ],
)  # fmt: skip
def test_other_targets_are_refused(text: str) -> None:
    with refused_as("unreadable-target") as refusal:
        read_target(text)
    assert refusal.value.values == {"value": text}


@given(
    moment=st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)).map(lambda moment: moment.replace(microsecond=0))
)
def test_instants_are_read_and_written(moment: datetime) -> None:
    text = utc_text(moment.astimezone())
    assert utc(epoch(text)) == text


@given(
    moment=st.integers(0, 4_000_000_000), zone=st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Shanghai"])
)
def test_wall_time_leads_back_to_its_instant(moment: int, zone: str) -> None:
    here = Zone(zone)
    wall = here.wall(moment)
    assert utc(moment) in {here.to_utc_text(wall), here.to_utc_text(wall.replace(fold=1))}
    assert here.epoch(wall) in {moment, moment - 3600}


@st.composite
def week(draw: st.DrawFn) -> WorkWeek:
    found: WorkWeek = {}
    for weekday in sorted(draw(st.sets(st.integers(0, 6), min_size=1))):
        edges = sorted(draw(st.sets(st.integers(0, 48), min_size=2, max_size=6)))
        found[weekday] = tuple((start * 30, end * 30) for start, end in zip(edges[::2], edges[1::2], strict=False))
    return found


# Both clock changes of 2026 lie within, and the holidays are dense enough to matter.
DAYS = st.dates(date(2026, 3, 1), date(2026, 12, 31))
HOURS = st.builds(
    WorkingHours,
    st.builds(Calendar, week(), st.frozensets(DAYS, max_size=10), st.frozensets(DAYS, max_size=10)),
    st.builds(Zone, st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])),
)
MOMENTS = st.integers(epoch("2026-03-01T00:00:00Z"), epoch("2026-12-31T00:00:00Z"))
SECONDS = st.integers(0, 400_000)
UNITS = st.sampled_from(["h", "d", "end", "cd", "w"])


@settings(max_examples=60)
@given(hours=HOURS, moment=MOMENTS, seconds=st.integers(1, 400_000))
def test_as_many_seconds_of_work_lie_between_as_were_added(hours: WorkingHours, moment: int, seconds: int) -> None:
    assert hours.between(moment, hours.add(moment, seconds)) == seconds


@settings(max_examples=60)
@given(hours=HOURS, moment=MOMENTS, first=SECONDS, second=SECONDS)
def test_work_can_be_added_in_parts(hours: WorkingHours, moment: int, first: int, second: int) -> None:
    assert hours.add(hours.add(moment, first), second) == hours.add(moment, first + second)


@settings(max_examples=60)
@given(hours=HOURS, moments=st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_time_between_adds_up(hours: WorkingHours, moments: list[int]) -> None:
    first, middle, last = moments
    assert hours.between(first, middle) + hours.between(middle, last) == hours.between(first, last)
    assert 0 <= hours.between(first, last) <= last - first


@settings(max_examples=60)
@given(hours=HOURS, moments=st.lists(MOMENTS, min_size=2, max_size=2).map(sorted), seconds=st.lists(SECONDS, min_size=2, max_size=2).map(sorted))  # fmt: skip
def test_more_work_is_never_earlier(hours: WorkingHours, moments: list[int], seconds: list[int]) -> None:
    assert hours.add(moments[0], seconds[0]) <= hours.add(moments[1], seconds[0]) <= hours.add(moments[1], seconds[1])


@settings(max_examples=60)
@given(hours=HOURS, moment=MOMENTS, target=st.builds(Target, st.integers(1, 30), UNITS), waited=SECONDS)
def test_due_is_working_time_and_never_before_the_start(
    hours: WorkingHours, moment: int, target: Target, waited: int
) -> None:
    always = WorkingHours(calendar("always"), hours._zone)
    found = due(moment, target, hours, always, waited)
    own = always if target.unit in ("cd", "w") else hours
    assert found >= due(moment, target, hours, always) >= own.start(moment)
    assert own.start(found) == found


@settings(max_examples=60)
@given(hours=HOURS, moments=st.lists(MOMENTS, min_size=1, max_size=8), days=st.integers(0, 20))
def test_the_order_of_questions_changes_no_answer(hours: WorkingHours, moments: list[int], days: int) -> None:
    def answers(of: WorkingHours, moment: int) -> tuple[object, ...]:
        return of.start(moment), of.add(moment, 9999), of.add_days(moment, days), of.closing(moment), of.day(moment)

    for moment in moments:
        anew = WorkingHours(hours._calendar, hours._zone)
        assert answers(hours, moment) == answers(anew, moment)
        assert hours.day(moment) == hours._zone.wall(moment).date().isoformat()
