"""Whether a series leaves room for the cadence is one rule: SQL chooses whom to plan, the domain what follows."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from csm.domain.callback.cadence import is_covered_by
from csm.storage.callback.rows import without_cadence_callback
from tests.desk import Desk

# what a series can be stored as, and what another program may have written
SERIES = (
    *("1d", "14d", "15d", "2w", "3w", "1m", "2m", "1y", "eom", "workday", "1workday", "14workday", "15workday"),
    *("", "0d", "soon", "m"),
)
DAYS = (14, 30, 90)


@pytest.fixture
def desk_of_series(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--relationship", "proactive")
    return desk


@pytest.mark.parametrize("every", SERIES)
def test_the_same_series_cover_the_same_cadences(desk_of_series: Desk, every: str) -> None:
    desk_of_series.ok("callback", "add", "1", "--on", "2026-11-23")
    desk_of_series.sql("UPDATE callback SET every = ?", every)
    with closing(sqlite3.connect(desk_of_series.path)) as connection:
        chosen = [bool([*without_cadence_callback(connection, {("proactive", None): days})]) for days in DAYS]
    assert chosen == [not is_covered_by(every, days) for days in DAYS]
