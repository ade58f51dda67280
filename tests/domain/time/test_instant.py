"""The way from UTC to the wall clock of a zone and back, also over a clock change."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.time.instant import Zone, check_zone, parse_utc, utc_text
from tests.refusals import refused_as

INSTANTS = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
WALLS = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30)).map(lambda moment: moment.replace(microsecond=0))
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


@pytest.mark.parametrize(
    ("zone", "stored", "shown"),
    [
        ("Asia/Shanghai", "2026-11-21T07:30:00Z", "2026-11-21T15:30:00+08:00"),
        ("America/New_York", "2026-11-21T07:30:00Z", "2026-11-21T02:30:00-05:00"),
        ("America/New_York", "2026-07-01T12:00:00Z", "2026-07-01T08:00:00-04:00"),
        ("Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01T05:30:00+05:30"),
        ("UTC", "2026-11-21T07:30:00Z", "2026-11-21T07:30:00+00:00"),
    ],
)
def test_instant_is_shown_with_the_offset_of_its_day(zone: str, stored: str, shown: str) -> None:
    assert Zone(zone).iso(stored) == shown
    assert Zone(zone).local(stored).isoformat() == shown


@pytest.mark.parametrize(
    ("wall", "stored"),
    [
        (datetime(2026, 3, 8, 1, 59, 59), "2026-03-08T06:59:59Z"),
        (datetime(2026, 3, 8, 2, 30), "2026-03-08T07:30:00Z"),  # skipped: half past three, daylight saving time
        (datetime(2026, 3, 8, 3, 0), "2026-03-08T07:00:00Z"),
        (datetime(2026, 11, 1, 0, 59), "2026-11-01T04:59:00Z"),
        (datetime(2026, 11, 1, 1, 30), "2026-11-01T05:30:00Z"),  # comes twice: the first
        (datetime(2026, 11, 1, 1, 30, fold=1), "2026-11-01T06:30:00Z"),
        (datetime(2026, 11, 1, 2, 0), "2026-11-01T07:00:00Z"),
        (datetime(2026, 11, 1, 1, 30, tzinfo=timezone(timedelta(hours=-5))), "2026-11-01T06:30:00Z"),
    ],
)
def test_wall_time_over_a_clock_change(wall: datetime, stored: str) -> None:
    assert Zone("America/New_York").to_utc_text(wall) == stored


def test_a_skipped_day_moves_forward_by_a_day() -> None:
    assert Zone("Pacific/Apia").to_utc_text(datetime(2011, 12, 30, 12)) == "2011-12-30T22:00:00Z"
    assert Zone("Pacific/Apia").iso("2011-12-30T22:00:00Z") == "2011-12-31T12:00:00+14:00"


@given(moment=INSTANTS, zone=st.sampled_from(ZONES))
def test_local_time_leads_back_to_its_instant(moment: datetime, zone: str) -> None:
    here = Zone(zone)
    local = here.to_local(moment)
    assert local == moment
    assert here.to_utc_text(local) == utc_text(moment)
    naive = local.replace(tzinfo=None)
    assert utc_text(moment) in {here.to_utc_text(naive), here.to_utc_text(naive.replace(fold=1))}


@given(wall=WALLS, zone=st.sampled_from(ZONES))
def test_wall_time_is_read_as_the_zone_database_says(wall: datetime, zone: str) -> None:
    expected = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert Zone(zone).to_utc_text(wall) == utc_text(expected)


SWEEP = """
import sys
from datetime import datetime, timedelta
from csm.domain.time.instant import Zone
zone = Zone(sys.argv[1], system=sys.argv[2] == "system")
lines = []
for first in ({firsts}):
    for step in range(8 * 24 * 4):
        wall = first + timedelta(minutes=15 * step)
        stored = zone.to_utc_text(wall)
        lines.append((stored, zone.iso(stored), zone.to_utc_text(wall.replace(fold=1))))
print("zoneinfo" in sys.modules)
print(lines)
"""


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Shanghai"])
def test_system_and_database_agree_over_clock_changes(zone: str) -> None:
    starts = "datetime(2026, 3, 5), datetime(2026, 3, 27), datetime(2026, 10, 1), datetime(2026, 10, 22)"
    starts += ", datetime(1901, 1, 1), datetime(1955, 4, 1), datetime(2150, 3, 27), datetime(2199, 10, 30)"

    def run(way: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", SWEEP.replace("{firsts}", starts), zone, way],
            env={**os.environ, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    system, database = run("system"), run("database")
    assert (system[0], database[0]) == ("False", "True")
    assert system[1] == database[1]


@pytest.mark.parametrize(
    "name",
    ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "America", "right/UTC", "a\0b", "x" * 5000, "zone.tab"],
)
def test_unknown_zone_is_refused(name: str) -> None:
    with refused_as("unknown-time-zone") as refusal:
        check_zone(name)
    assert refusal.value.values == {"value": name}
    with refused_as("unknown-time-zone"):
        Zone(name).iso("2026-11-21T07:30:00Z")


def test_known_zone_is_returned() -> None:
    assert check_zone("Asia/Shanghai") == "Asia/Shanghai"
    assert check_zone("UTC") == "UTC"


def test_utc_text_drops_what_is_below_a_second() -> None:
    moment = datetime(2026, 11, 21, 15, 30, 0, 999_999, tzinfo=timezone(timedelta(hours=8)))
    assert utc_text(moment) == "2026-11-21T07:30:00Z"


def test_utc_text_refuses_a_naive_datetime() -> None:
    with pytest.raises(ValueError, match="2026"):
        utc_text(datetime(2026, 11, 21))


@pytest.mark.parametrize(
    "text",
    ["2026-11-21T07:30:00Z", "2026-11-21T07:30:00.5Z", "2026-11-21 07:30:00", "2026-11-21T15:30:00+08:00"],
)
def test_parse_utc(text: str) -> None:
    assert parse_utc(text) == datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
    assert parse_utc(text).tzinfo is UTC


@given(moment=INSTANTS)
def test_utc_text_comes_back(moment: datetime) -> None:
    assert parse_utc(utc_text(moment)) == moment
