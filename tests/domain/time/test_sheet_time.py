"""Dates and times in cells of other programs' files: with all that belongs to them, or not at all."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.time.sheet_time import read_sheet_date, read_written
from tests.refusals import or_refused_as, refused_as

NOW = datetime(2026, 11, 21, 9, 0)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
NOWS = st.datetimes(datetime(1950, 1, 1), datetime(2150, 12, 31)).map(lambda now: now.replace(microsecond=0))


def written(text: str, order: str | None = None) -> str:
    """Return day and time as ISO 8601, the day alone where no time is written."""
    day, clock = read_written(text, order, NOW)
    return day.isoformat() if clock is None else f"{day.isoformat()}T{clock.isoformat()}"


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-03-05", None, "2026-03-05"), ("2026-3-5", "dmy", "2026-03-05"), ("2026/3/5", None, "2026-03-05"),
        ("2026.3.5", "mdy", "2026-03-05"), ("2026年3月5日", None, "2026-03-05"), ("20260305", None, "2026-03-05"),
        (" 2026-03-05 ", None, "2026-03-05"), ("２０２６／３／５", None, "2026-03-05"), ("2026年三月五号", None, "2026-03-05"),
        ("25/6/2026", None, "2026-06-25"), ("6/25/2026", None, "2026-06-25"), ("25.06.2026", None, "2026-06-25"),
        ("5/5/2026", None, "2026-05-05"), ("5/6/2026", "dmy", "2026-06-05"), ("5/6/2026", "mdy", "2026-05-06"),
        ("25/6/2026", "ymd", "2026-06-25"), ("5-6-26", "dmy", "2026-06-05"), ("5/6/26", "mdy", "2026-05-06"),
        ("26/5/6", "ymd", "2026-05-06"), ("5.6.46", "dmy", "2046-06-05"), ("5.6.47", "dmy", "1947-06-05"),
        ("05/06/99", "dmy", "1999-06-05"), ("01/01/00", "dmy", "2000-01-01"),
        ("13-Mar-2026", None, "2026-03-13"), ("March 13, 2026", None, "2026-03-13"), ("22-Apr-15", None, "2015-04-22"),
        ("22-Apr-15", "ymd", "2022-04-15"), ("13th march 2026", None, "2026-03-13"), ("Sept. 1, 2026", None, "2026-09-01"),
        ("2026-Mar-13", None, "2026-03-13"), ("22-4月-15", None, "2015-04-22"), ("13.MAR.2026", "mdy", "2026-03-13"),
        ("2026年03月05日 星期四", None, "2026-03-05"), ("Thursday, March 5, 2026", None, "2026-03-05"),
        ("2026-03-05（周四）", None, "2026-03-05"), ("Thu 5 Mar 2026", None, "2026-03-05"),
    ],
)  # fmt: skip
def test_a_day(text: str, order: str | None, day: str) -> None:
    assert written(text, order) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2015-04-22 03:53:50 PM", "2015-04-22T15:53:50"), ("2015-04-22 12:05:00 AM", "2015-04-22T00:05:00"),
        ("2015-04-22 12:05 pm", "2015-04-22T12:05:00"), ("2015-04-22 15:53 PM", "2015-04-22T15:53:00"),
        ("2015-04-22 下午3:53", "2015-04-22T15:53:00"), ("2015年4月22日 15时53分", "2015-04-22T15:53:00"),
        ("2015年4月22日15时53分20秒", "2015-04-22T15:53:20"), ("2015年4月22日下午3点", "2015-04-22T15:00:00"),
        ("2015-04-22 晚上8点半", "2015-04-22T20:30:00"), ("2015/4/22 上午 9:05:01", "2015-04-22T09:05:01"),
        ("2019/4/25 9:32:09 +0000", "2019-04-25T09:32:09+00:00"), ("2026-03-05T23:30:00Z", "2026-03-05T23:30:00+00:00"),
        ("2026-03-05T23:30:00.123+08:00", "2026-03-05T23:30:00+08:00"), ("2026-03-05 8:00 GMT+8", "2026-03-05T08:00:00+08:00"),
        ("2026-03-05 8:00 -0530", "2026-03-05T08:00:00-05:30"), ("2026-03-05 8:00 UTC", "2026-03-05T08:00:00+00:00"),
        ("Wed, 22 Apr 2015 15:53:50 +0000", "2015-04-22T15:53:50+00:00"),
        ("Wed Apr 22 15:53:50 +0000 2015", "2015-04-22T15:53:50+00:00"), ("Wed Apr 22 15:53:50 2015", "2015-04-22T15:53:50"),
        ("13th March 2026, 3:05 p.m.", "2026-03-13T15:05:00"), ("3/25/2026 12:00:00 AM", "2026-03-25T00:00:00"),
        ("2026-03-05 00:00:00", "2026-03-05T00:00:00"), ("2026-03-05 星期四 15:00", "2026-03-05T15:00:00"),
        ("25/6/2026 3 pm", "2026-06-25T15:00:00"),
    ],
)  # fmt: skip
def test_a_time_has_all_that_belongs_to_it(text: str, moment: str) -> None:
    assert written(text) == moment


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("", None), ("today", None), ("+3d", None), ("3月5日", None), ("15:30", None), ("5/6", "dmy"), ("1/2/26", None),
        ("2026-02-30", None), ("2026-W47-6", None), ("25/6/2026", "mdy"), ("6/25/2026", "dmy"), ("2026/25/6", "dmy"),
        ("26/5/2026", "mdy"), ("5/6/226", "dmy"), ("5/6-2026", "dmy"), ("46123", None), ("1899-12-31", None),
        ("2026-03-05 noon", None), ("2026-03-05 25:00", None), ("2026-03-05 x", None), ("0/0/00", "dmy"),
        ("x" * 5000, None), ("5/6/2026x", "dmy"), ("5/6/1800", "dmy"), ("May 2026", None), ("30-Feb-2026", None),
        # a half of the day, a zone or a day of the week that can't be
        ("2026-03-05 13:00 AM", None), ("2026-03-05 上午12:10", None), ("2026-03-05 晚上12点", None),
        ("2026-03-05 08:00 CST", None), ("2026-03-05 08:00 +25:00", None), ("2026年03月05日 星期五", None),
        ("Wed, 5 Mar 2026", None), ("2026-03-05 24:00", None), ("2026-03-0510:00", None), ("2026-03-05 10:61", None),
        ("2026-03-05 下午 3:00 pm", None),
    ],
)  # fmt: skip
def test_others_are_refused(text: str, order: str | None) -> None:
    with refused_as("unreadable-date") as refusal:
        read_written(text, order, NOW)
    assert refusal.value.values == {"value": text}


@pytest.mark.parametrize("order", [None, "ymd"])
def test_two_readings_are_doubtful(order: str | None) -> None:
    with refused_as("doubtful-date") as refusal:
        read_written("5/6/2026 8:00", order, NOW)
    assert refusal.value.values == {"value": "5/6/2026", "first": "2026-06-05", "second": "2026-05-06"}


def test_a_date_without_a_place_for_a_time() -> None:
    assert read_sheet_date("2026-03-05 00:00:00", None, NOW) == date(2026, 3, 5)
    with refused_as("unreadable-date"):
        read_sheet_date("2026-03-05 08:00", None, NOW)


@given(day=DAYS, now=NOWS)
def test_a_day_written_out_is_itself_whenever_it_is_read(day: date, now: datetime) -> None:
    texts = [
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
        f"{day:%d-%b-%Y}", f"{day:%B %d, %Y}", f"{day:%A %d %B %Y}",
    ]  # fmt: skip
    assert [read_written(text, None, now) for text in texts] == [(day, None)] * 7


@given(
    text=st.text(alphabet="0123456789-/.:+ ,TZtzapmdwyhfrieosux年月日号周时分秒点半上午下晚一二十", max_size=22),
    now=NOWS,
)
def test_any_text_is_read_within_the_calendar_or_refused(text: str, now: datetime) -> None:
    with or_refused_as("unreadable-date", "doubtful-date"):
        assert 1900 <= read_written(text, "dmy", now).day.year <= 2200
