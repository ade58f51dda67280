"""Dates and times as people type them, and what is refused. Now is Saturday, 21 November 2026, 15:30."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.time.instant import Zone
from csm.domain.time.numerals import fold, number
from csm.domain.time.when import read_birthday, read_day, read_moment
from tests.refusals import or_refused_as, refused_as

NOW = datetime(2026, 11, 21, 15, 30)
NINE = time(9)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # written out
        ("2026-11-21", "2026-11-21"), ("2026-3-5", "2026-03-05"), ("2026/3/5", "2026-03-05"),
        ("2026.3.5", "2026-03-05"),
        ("2026年3月5日", "2026-03-05"), ("2026年3月5号", "2026-03-05"), ("2026 年 3 月 5 日", "2026-03-05"),
        ("2026年十一月二十一日", "2026-11-21"), ("20261121", "2026-11-21"), ("２０２６－１１－２１", "2026-11-21"),
        ("1900-01-01", "1900-01-01"), ("2200-12-31", "2200-12-31"), ("2028-02-29", "2028-02-29"),
        # words
        ("today", "2026-11-21"), ("Tomorrow", "2026-11-22"), (" YESTERDAY ", "2026-11-20"), ("now", "2026-11-21"),
        ("今天", "2026-11-21"), ("明天", "2026-11-22"), ("后天", "2026-11-23"), ("後天", "2026-11-23"),
        ("大后天", "2026-11-24"), ("昨天", "2026-11-20"), ("前天", "2026-11-19"), ("现在", "2026-11-21"),
        # steps
        ("+3d", "2026-11-24"), ("+2w", "2026-12-05"), ("+1m", "2026-12-21"), ("-1d", "2026-11-20"),
        ("+1Y", "2027-11-21"),
        ("+0d", "2026-11-21"), ("3天后", "2026-11-24"), ("三天后", "2026-11-24"), ("3 天以后", "2026-11-24"),
        ("3天之前", "2026-11-18"), ("３天前", "2026-11-18"), ("两周后", "2026-12-05"), ("2个星期后", "2026-12-05"),
        ("一个月后", "2026-12-21"), ("十个月前", "2026-01-21"), ("二十一天后", "2026-12-12"), ("一年后", "2027-11-21"),
        # weekdays: the next one, never today
        ("fri", "2026-11-27"), ("Friday", "2026-11-27"), ("sat", "2026-11-28"), ("sunday", "2026-11-22"),
        ("周三", "2026-11-25"), ("星期三", "2026-11-25"), ("礼拜三", "2026-11-25"), ("周六", "2026-11-28"),
        ("周日", "2026-11-22"), ("星期天", "2026-11-22"), ("週五", "2026-11-27"),
        # weekdays of a week, which starts on Monday
        ("下周三", "2026-11-25"), ("下星期三", "2026-11-25"), ("下个礼拜天", "2026-11-29"), ("下周日", "2026-11-29"),
        ("下下周一", "2026-11-30"), ("本周五", "2026-11-20"), ("这周五", "2026-11-20"), ("本周六", "2026-11-21"),
        ("上周一", "2026-11-09"),
        # ends
        ("eow", "2026-11-22"), ("EOM", "2026-11-30"), ("eoq", "2026-12-31"), ("eoy", "2026-12-31"),
        ("本月底", "2026-11-30"), ("月底", "2026-11-30"), ("月末", "2026-11-30"), ("下个月底", "2026-12-31"),
        ("季度末", "2026-12-31"), ("本季度末", "2026-12-31"), ("季末", "2026-12-31"), ("下季度末", "2027-03-31"),
        ("年底", "2026-12-31"), ("今年底", "2026-12-31"), ("明年年底", "2027-12-31"),
        # days of a month or year by its place
        ("下个月5号", "2026-12-05"), ("下月5日", "2026-12-05"), ("本月30日", "2026-11-30"),
        ("明年3月5日", "2027-03-05"),
        ("去年12月31日", "2025-12-31"),
        # day and month in an order that leaves one reading
        ("25/6/2026", "2026-06-25"), ("6/25/2026", "2026-06-25"), ("21.11.2026", "2026-11-21"),
        ("5/5/2026", "2026-05-05"),
        # steps in words
        ("3d", "2026-11-24"), ("2w", "2026-12-05"), ("3 d", "2026-11-24"), ("in 3 days", "2026-11-24"),
        ("in 2 weeks", "2026-12-05"), ("in a week", "2026-11-28"), ("in 1 month", "2026-12-21"),
        ("within 3 days", "2026-11-24"), ("3 days ago", "2026-11-18"), ("a week ago", "2026-11-14"),
        ("三天内", "2026-11-24"), ("3天之内", "2026-11-24"), ("两周以内", "2026-12-05"), ("一个月内", "2026-12-21"),
        ("day after tomorrow", "2026-11-23"), ("the day before yesterday", "2026-11-19"),
        # a week begins on Monday, a month on its first day
        ("next monday", "2026-11-23"), ("next fri", "2026-11-27"), ("Next Saturday", "2026-11-28"),
        ("next week", "2026-11-23"), ("next month", "2026-12-01"), ("下周", "2026-11-23"), ("下个星期", "2026-11-23"),
        ("下下周", "2026-11-30"), ("下个月", "2026-12-01"), ("下月", "2026-12-01"), ("下下个月", "2027-01-01"),
        ("本月初", "2026-11-01"), ("下月初", "2026-12-01"), ("上个月初", "2026-10-01"), ("本季度初", "2026-10-01"),
        ("今年初", "2026-01-01"), ("明年年初", "2027-01-01"),
        ("end of month", "2026-11-30"), ("end of the week", "2026-11-22"), ("end of next month", "2026-12-31"),
        ("end of quarter", "2026-12-31"), ("end of this year", "2026-12-31"), ("start of next week", "2026-11-23"),
        ("beginning of month", "2026-11-01"), ("end of next quarter", "2027-03-31"),
        # months by their names
        ("Dec 5, 2026", "2026-12-05"), ("5 Dec 2026", "2026-12-05"), ("December 5 2026", "2026-12-05"),
        ("5-Dec-2026", "2026-12-05"), ("5th of December 2026", "2026-12-05"), ("Sept 1, 2026", "2026-09-01"),
        # an instant is its day
        ("2026-11-21T15:30:00Z", "2026-11-21"),
    ],
)  # fmt: skip
def test_day_is_the_same_for_plans_and_for_the_past(text: str, day: str) -> None:
    assert read_day(text, NOW).isoformat() == day
    assert read_day(text, NOW, past=True).isoformat() == day


@pytest.mark.parametrize(
    ("text", "planned", "happened"),
    [
        ("3月5日", "2027-03-05", "2026-03-05"), ("三月五号", "2027-03-05", "2026-03-05"),
        ("11月21日", "2026-11-21", "2026-11-21"), ("11月22日", "2026-11-22", "2025-11-22"),
        ("11月20日", "2027-11-20", "2026-11-20"), ("2月29日", "2028-02-29", "2024-02-29"),
        ("25/6", "2027-06-25", "2026-06-25"), ("12/31", "2026-12-31", "2025-12-31"),
        ("5/5", "2027-05-05", "2026-05-05"),
        ("Dec 5", "2026-12-05", "2025-12-05"), ("5 Dec", "2026-12-05", "2025-12-05"), ("5dec", "2026-12-05", "2025-12-05"),
        ("may 1st", "2027-05-01", "2026-05-01"), ("21 Nov.", "2026-11-21", "2026-11-21"),
        ("feb 29", "2028-02-29", "2024-02-29"),
        ("5号", "2026-12-05", "2026-11-05"), ("二十一日", "2026-11-21", "2026-11-21"), ("31号", "2026-12-31", "2026-10-31"),
        ("the 5th", "2026-12-05", "2026-11-05"), ("22nd", "2026-11-22", "2026-10-22"),
        ("月初", "2026-12-01", "2026-11-01"), ("年初", "2027-01-01", "2026-01-01"),
    ],
)  # fmt: skip
def test_day_without_a_year_is_the_next_for_plans_and_the_last_for_the_past(
    text: str, planned: str, happened: str
) -> None:
    assert read_day(text, NOW).isoformat() == planned
    assert read_day(text, NOW, past=True).isoformat() == happened


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("+1m", "2026-01-31", "2026-02-28"), ("-1m", "2026-03-31", "2026-02-28"), ("+1y", "2028-02-29", "2029-02-28"),
        ("一个月后", "2026-01-31", "2026-02-28"), ("eow", "2026-11-22", "2026-11-22"),
        ("eow", "2026-11-23", "2026-11-29"),
        ("eom", "2028-02-01", "2028-02-29"), ("eoq", "2026-01-31", "2026-03-31"), ("eoq", "2026-05-31", "2026-06-30"),
        ("上季度末", "2026-02-28", "2025-12-31"), ("下个月底", "2026-01-31", "2026-02-28"),
        ("mon", "2026-11-23", "2026-11-30"), ("本周一", "2026-11-29", "2026-11-23"),
        ("下周日", "2026-11-22", "2026-11-29"),
        ("2月29日", "1896-03-01", "1904-02-29"), ("2月29日", "2096-03-01", "2104-02-29"),
        ("前天", "2026-01-01", "2025-12-30"),
        ("上个月31号", "2026-11-21", "2026-10-31"),
    ],
)  # fmt: skip
def test_day_seen_from_another_day(text: str, today: str, day: str) -> None:
    assert read_day(text, datetime.fromisoformat(today)).isoformat() == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21 15:30", "2026-11-21T15:30:00"), ("2026-11-21T15:30", "2026-11-21T15:30:00"),
        ("2026-11-21t15:30:05", "2026-11-21T15:30:05"), ("2026-11-21 15:30:05.123", "2026-11-21T15:30:05"),
        ("2026/3/5 8:05", "2026-03-05T08:05:00"), ("2026年3月5日 8:05", "2026-03-05T08:05:00"),
        ("2026年3月5日8点", "2026-03-05T08:00:00"), ("20261121 15:30", "2026-11-21T15:30:00"),
        ("15:30", "2026-11-21T15:30:00"), ("0:00", "2026-11-21T00:00:00"), ("23:59:59", "2026-11-21T23:59:59"),
        ("明天 15:30", "2026-11-22T15:30:00"), ("明天15：30", "2026-11-22T15:30:00"),
        ("fri 9:00", "2026-11-27T09:00:00"),
        ("tomorrow 3pm", "2026-11-22T15:00:00"), ("3 PM", "2026-11-21T15:00:00"), ("12am", "2026-11-21T00:00:00"),
        ("12 pm", "2026-11-21T12:00:00"), ("9:05 am", "2026-11-21T09:05:00"), ("12:30am", "2026-11-21T00:30:00"),
        ("+3d 8:00", "2026-11-24T08:00:00"), ("eom 17:00", "2026-11-30T17:00:00"),
        ("下午3点", "2026-11-21T15:00:00"), ("3点半", "2026-11-21T03:30:00"), ("15点", "2026-11-21T15:00:00"),
        ("15时30分", "2026-11-21T15:30:00"), ("3点钟", "2026-11-21T03:00:00"), ("下午3點半", "2026-11-21T15:30:00"),
        ("下午三点一刻", "2026-11-21T15:15:00"), ("下午3:30", "2026-11-21T15:30:00"),
        ("下午15:30", "2026-11-21T15:30:00"),
        ("上午十点二十五分", "2026-11-21T10:25:00"), ("三点零五分", "2026-11-21T03:05:00"),
        ("凌晨2点", "2026-11-21T02:00:00"),
        ("中午12点", "2026-11-21T12:00:00"), ("中午1点", "2026-11-21T13:00:00"), ("晚上8点", "2026-11-21T20:00:00"),
        ("傍晚6点整", "2026-11-21T18:00:00"), ("零点", "2026-11-21T00:00:00"),
        ("明天下午3点三刻", "2026-11-22T15:45:00"),
        ("周三三点", "2026-11-25T03:00:00"), ("周二十点", "2026-11-24T10:00:00"),
        ("下周二 20:15", "2026-11-24T20:15:00"),
        ("3天后下午2点", "2026-11-24T14:00:00"), ("3月5日晚上7点半", "2027-03-05T19:30:00"),
        ("12/31 8:00", "2026-12-31T08:00:00"),
        ("today", "2026-11-21T09:00:00"), ("+3d", "2026-11-24T09:00:00"), ("now", "2026-11-21T15:30:00"),
        ("明早", "2026-11-22T09:00:00"), ("明早8点", "2026-11-22T08:00:00"), ("明早上8点半", "2026-11-22T08:30:00"),
        ("今晚8点", "2026-11-21T20:00:00"), ("后天早上", "2026-11-23T09:00:00"), ("周五早晨", "2026-11-27T09:00:00"),
        ("tomorrow morning", "2026-11-22T09:00:00"), ("thu 15:00", "2026-11-26T15:00:00"),
        ("next monday 15:00", "2026-11-23T15:00:00"), ("in 3 days 3pm", "2026-11-24T15:00:00"),
        ("Dec 5 15:00", "2026-12-05T15:00:00"), ("5 Dec 2026 9:30 am", "2026-12-05T09:30:00"),
        ("三天内下午3点", "2026-11-24T15:00:00"), ("5号 15:00", "2026-12-05T15:00:00"),
        ("2h", "2026-11-21T17:30:00"), ("in 2 hours", "2026-11-21T17:30:00"), ("两小时内", "2026-11-21T17:30:00"),
        ("+3h", "2026-11-21T18:30:00"), ("-16H", "2026-11-20T23:30:00"), ("3小时后", "2026-11-21T18:30:00"),
        ("两个小时前", "2026-11-21T13:30:00"), ("十个钟头以后", "2026-11-22T01:30:00"),
    ],
)  # fmt: skip
def test_moment_is_read_as_wall_time(text: str, moment: str) -> None:
    assert read_moment(text, NOW, default_time=NINE).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21T15:30Z", "2026-11-21T15:30:00+00:00"), ("2026-11-21 15:30+08:00", "2026-11-21T15:30:00+08:00"),
        ("2026-11-21T15:30:00-0500", "2026-11-21T15:30:00-05:00"), ("2026/11/21 15:30 z", "2026-11-21T15:30:00+00:00"),
        ("2026-11-21T15:30:00.000Z", "2026-11-21T15:30:00+00:00"),
    ],
)  # fmt: skip
def test_moment_with_an_offset_is_aware(text: str, moment: str) -> None:
    assert read_moment(text, NOW, default_time=NINE).isoformat() == moment


def test_day_of_a_moment_with_an_offset_is_the_local_one() -> None:
    shanghai = datetime(2026, 11, 21, 15, 30, tzinfo=timezone(timedelta(hours=8)))
    assert read_day("2026-11-20T23:30:00Z", shanghai) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("zone", "text", "day"),
    [
        ("Asia/Shanghai", "2026-10-31T16:30:00Z", "2026-11-01"), ("Asia/Shanghai", "2026-10-31T15:59:59Z", "2026-10-31"),
        ("America/New_York", "2026-07-01T03:59:00Z", "2026-06-30"), ("America/New_York", "2026-12-01T04:59:00Z", "2026-11-30"),
        ("UTC", "2026-11-21 00:30+08:00", "2026-11-20"),
    ],
)  # fmt: skip
def test_an_instant_is_its_day_in_the_zone_whatever_the_season(zone: str, text: str, day: str) -> None:
    assert read_day(text, NOW, zone=Zone(zone)).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("明天 15:30", "2026-11-22"), ("fri 9:00", "2026-11-27"), ("15:30", "2026-11-21"), ("明早", "2026-11-22"),
        ("tomorrow 3pm", "2026-11-22"), ("2026-11-21 00:00", "2026-11-21"), ("今晚8点", "2026-11-21"),
    ],
)  # fmt: skip
def test_a_day_has_no_place_for_a_time(text: str, day: str) -> None:
    with refused_as("time-not-kept") as refusal:
        read_day(text, NOW)
    assert refusal.value.values == {"value": text, "day": day}


@pytest.mark.parametrize(
    ("text", "today", "first", "second"),
    [
        ("next friday", "2026-11-25", "2026-11-27", "2026-12-04"), ("next sun", "2026-11-21", "2026-11-22", "2026-11-29"),
    ],
)  # fmt: skip
def test_the_next_weekday_is_refused_where_it_may_be_of_this_week(
    text: str, today: str, first: str, second: str
) -> None:
    with refused_as("doubtful-date") as refusal:
        read_day(text, datetime.fromisoformat(today))
    assert refusal.value.values == {"value": text, "first": first, "second": second}


def test_now_and_hours_keep_the_offset_of_now() -> None:
    now = datetime(2026, 11, 21, 15, 30, 5, 999, tzinfo=UTC)
    assert read_moment("now", now, default_time=NINE).isoformat() == "2026-11-21T15:30:05+00:00"
    assert read_moment("+1h", now, default_time=NINE).isoformat() == "2026-11-21T16:30:05+00:00"


def test_default_time_may_depend_on_the_day() -> None:
    def closing(day: date) -> time:
        return time(14) if day.isoweekday() == 6 else time(18)

    assert read_moment("today", NOW, default_time=closing) == datetime(2026, 11, 21, 14)
    assert read_moment("mon", NOW, default_time=closing) == datetime(2026, 11, 23, 18)
    assert read_moment("mon 10:00", NOW, default_time=closing) == datetime(2026, 11, 23, 10)


@pytest.mark.parametrize(
    ("text", "past", "first", "second"),
    [
        ("5/6/2026", False, "2026-06-05", "2026-05-06"), ("5-6-2026", False, "2026-06-05", "2026-05-06"),
        ("12.11.2026", True, "2026-11-12", "2026-12-11"), ("5/6", False, "2027-06-05", "2027-05-06"),
        ("5/6", True, "2026-06-05", "2026-05-06"), ("11/12", True, "2025-12-11", "2026-11-12"),
    ],
)  # fmt: skip
def test_two_readings_are_refused(text: str, past: bool, first: str, second: str) -> None:
    for typed in (text, text + " 15:30"):
        with refused_as("doubtful-date") as refusal:
            read_day(typed, NOW, past=past)
        assert refusal.value.values == {"value": text, "first": first, "second": second}


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "A1", "a", "1", "21", "abc", "soon", "next", "next day", "next jan", "last fri", "am", "ad", "in 3", "in 3 days ago",
        "Dec", "Dec 2026", "Dec 32", "Feb 30", "Foo 5", "5 Foo", "Dec 5 26", "Dec 5th 5", "32nd", "end of", "end of day", "end of may",
        "2026", "2026-11", "2026-W47", "2026-W47-6",
        "2026-325",
        "2026-02-30", "2026-13-01", "2026-00-10", "2026-11-00", "2026/3-5", "2026-11-21-", "32/13/2026", "30/2",
        "2月30日",
        "13月1日", "1899-12-31", "2201-01-01", "0000-01-01", "9999-12-31", "26-11-21", "1/2/26", "5-6", "5.6",
        "20261131",
        "202611211", "+d", "+3", "+3x", "++3d", "+99999d", "+9999y", "-9999m", "+ 3d", "+1.5d", "3月后", "后3天",
        "本周末", "周末", "32号", "一二号", "三天", "天内", "初", "下初", "明晚", "今晚", "明天下午", "早上", "明早25点", "一二天后", "十十天后", "周八", "2月", "年年底", "大大后天",
        "２０２６年",
        "24:00", "25:00", "12:60", "12:30:60", "9:5", "15:30pm", "13pm", "0am", "3 pm pm", "1530", "noon", "at 9:00",
        "15:30 tomorrow", "now 15:30", "today9:00", "2026-11-2115:30", "20261121T1530", "today 25:30", "明天晚上12点",
        "上午13点", "下午0点", "下午3pm", "点", "三三点", "明天 明天", "15:30Z", "明天 15:30+08:00", "2026-11-21Z",
        "2026-11-21 15:30+8", "2026-11-21 15:30+25:00", "2026-11-21 15:30+08:99", "٢٠٢٦-١١-٢١", "2026-11-21\x00",
        "2026-11-21" + " " * 200 + "x", "1" * 5000, "2026-11-21; drop",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    for past in (False, True):
        with refused_as("unreadable-date") as refusal:
            read_day(text, NOW, past=past)
        assert refusal.value.values == {"value": text}
        with refused_as("unreadable-date") as refusal:
            read_moment(text, NOW, past=past, default_time=NINE)
        assert refusal.value.values == {"value": text}


@pytest.mark.parametrize("text", ["+3h", "3小时后"])
def test_hours_are_no_day(text: str) -> None:
    with refused_as("unreadable-date"):
        read_day(text, NOW)


def test_numeral_that_is_no_number_is_no_hours() -> None:
    with refused_as("unreadable-date"):
        read_moment("一二小时后", NOW, default_time=NINE)


DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
NOWS = st.datetimes(datetime(1950, 1, 1), datetime(2150, 12, 31)).map(lambda now: now.replace(microsecond=0))


@given(day=DAYS, now=NOWS, past=st.booleans())
def test_a_day_written_out_is_itself_whenever_it_is_typed(day: date, now: datetime, past: bool) -> None:
    written = [
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
    ]  # fmt: skip
    assert [read_day(text, now, past=past) for text in written] == [day] * 4


@given(moment=st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31)), now=NOWS)
def test_a_moment_written_out_is_itself(moment: datetime, now: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for text in (moment.isoformat(), moment.isoformat(" "), f"{moment:%Y/%m/%d %H:%M:%S}"):
        assert read_moment(text, now, default_time=NINE) == moment
    assert read_moment(moment.isoformat() + "Z", now, default_time=NINE) == moment.replace(tzinfo=UTC)


@given(day=DAYS.filter(lambda day: (day.month, day.day) != (2, 29)), now=NOWS)
def test_a_day_without_a_year_is_the_nearest_on_its_side(day: date, now: datetime) -> None:
    text = f"{day.month}月{day.day}日"
    planned, happened = read_day(text, now), read_day(text, now, past=True)
    assert happened <= now.date() <= planned
    assert (planned - happened).days in (0, 365, 366)
    assert {(each.month, each.day) for each in (planned, happened)} == {(day.month, day.day)}


@given(now=NOWS, name=st.sampled_from(["mon", "周二", "wed", "星期四", "fri", "sat", "周日"]))
def test_a_weekday_is_one_to_seven_days_away(now: datetime, name: str) -> None:
    found = read_day(name, now)
    assert 1 <= (found - now.date()).days <= 7
    assert found.weekday() == ["mon", "周二", "wed", "星期四", "fri", "sat", "周日"].index(name)


TYPED = st.text(alphabet="0123456789-/.:+ TZtzapmdwyhfrieosux年月日号周天后前下本底点半上午十一二两", max_size=14)


@given(text=TYPED, now=NOWS)
def test_any_text_is_read_within_the_calendar_or_refused(text: str, now: datetime) -> None:
    with or_refused_as("unreadable-date", "doubtful-date", "time-not-kept"):
        assert 1900 <= read_day(text, now).year <= 2200
    with or_refused_as("unreadable-date", "doubtful-date"):
        read_moment(text, now, default_time=NINE)
    with or_refused_as("unreadable-birthday"):
        read_birthday(text)


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("1985-03-12", "1985-03-12"), ("1985/3/12", "1985-03-12"), ("1985年3月12日", "1985-03-12"),
        ("19850312", "1985-03-12"),
        ("1984-02-29", "1984-02-29"), ("03-12", "--03-12"), ("3-12", "--03-12"), ("3月12日", "--03-12"),
        ("三月十二号", "--03-12"), ("--03-12", "--03-12"), ("--0312", "--03-12"), ("02-29", "--02-29"),
        (" ２月２９日 ", "--02-29"),
    ],
)  # fmt: skip
def test_birthday(text: str, birthday: str) -> None:
    assert read_birthday(text) == birthday
    assert read_birthday(birthday) == birthday


@pytest.mark.parametrize(
    "text",
    [
        "", "3/12", "12/3/1985", "1985", "1985-02-29", "02-30", "13-01", "1985-3", "0312", "3月", "1850-01-01",
        "85-03-12", "today", "一二月一日",
    ],
)  # fmt: skip
def test_other_birthdays_are_refused(text: str) -> None:
    with refused_as("unreadable-birthday") as refusal:
        read_birthday(text)
    assert refusal.value.values == {"value": text}


def test_folding() -> None:
    assert fold("　２０２６／３／５　１５：３０ ") == "2026/3/5 15:30"
    assert fold("下週三 兩點 PM") == "下周三 两点 pm"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("31", 31), ("零", 0), ("两", 2), ("九", 9), ("十", 10), ("十一", 11), ("二十", 20), ("三十一", 31),
        ("九十九", 99),
    ],
)  # fmt: skip
def test_numbers(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["一二", "十十", "二十零", "一二十", "百"])
def test_no_numbers(text: str) -> None:
    with pytest.raises(ValueError):
        number(text)


def test_import_stays_cheap() -> None:
    heavy = "{'json', 'enum', 'dataclasses', 'calendar', 'zoneinfo', 'decimal', 'csm.domain.time.recurrence'}"
    loaded = f"import sys, csm.domain.time.when; print(sorted({heavy} & {{*sys.modules}}))"
    bare = f"import sys, re, datetime, typing; print(sorted({heavy} & {{*sys.modules}}))"
    result = [
        subprocess.run([sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=True).stdout
        for code in (loaded, bare)
    ]
    assert result[0] == result[1]
