from __future__ import annotations

from datetime import date

import pytest

from csm.i18n import use
from csm.render.day.words import distance, every, lateness, weekday

TODAY = date(2026, 11, 21)


def test_weekday() -> None:
    assert weekday(TODAY) == "Saturday"
    assert weekday(date(2026, 11, 23)) == "Monday"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(18, "3 days late"), (20, "1 day late"), (21, "today"), (22, "in 1 day"), (30, "in 9 days")],
)
def test_distance(day: int, expected: str) -> None:
    assert distance(date(2026, 11, day), TODAY) == expected


def test_lateness() -> None:
    assert [lateness(n) for n in (12, 1, 0, -1, -4)] == ["12 days late", "1 day late", "today", "in 1 day", "in 4 days"]
    use("zh")
    assert [lateness(n) for n in (3, 0, -4)] == ["逾期 3 天", "今天", "还有 4 天"]


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        ("1d", "every day"),
        ("30d", "every 30 days"),
        ("1w", "every week"),
        ("2w", "every 2 weeks"),
        ("1m", "every month"),
        ("3m", "every 3 months"),
        ("1y", "every year"),
        ("2y", "every 2 years"),
        ("now and then", "every now and then"),
        ("\x1b", "every \x1b"),
    ],
)
def test_every(interval: str, expected: str) -> None:
    assert every(interval) == expected
