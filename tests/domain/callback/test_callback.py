"""The life of a callback (handbook 5): series that don't drift, and tries that fall on working days."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.callback.rules import Place, after_no_answer, fulfils, next_place
from csm.domain.time.calendar import Calendar, read_spans
from csm.domain.time.recurrence import read_interval, read_recurrence

CALENDAR = Calendar(read_spans("mon-sat 09:00-12:00 13:00-18:00"), frozenset(), frozenset())


def test_the_31st_stays_the_31st() -> None:
    place = Place(date(2026, 1, 31), date(2026, 1, 31))
    days = []
    for _ in range(4):
        place = next_place(read_interval("1m"), place, place.planned_on, CALENDAR, from_done=False)
        days.append(place.planned_on)
    assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]


@pytest.mark.parametrize(
    ("done_on", "expected"),
    [
        (date(2026, 11, 9), date(2026, 11, 24)),  # a day early: the round planned for the 10th is done
        (date(2026, 11, 10), date(2026, 11, 24)),
        (date(2026, 11, 13), date(2026, 11, 24)),  # three days late: the series stays
        (date(2026, 11, 24), date(2026, 12, 8)),  # on the day of the next round: that one is served too
        (date(2026, 12, 31), date(2027, 1, 5)),  # rounds missed aren't piled up
    ],
)
def test_the_next_is_after_both_the_planned_day_and_the_day_done(done_on: date, expected: date) -> None:
    place = Place(date(2026, 11, 10), date(2026, 11, 10))
    assert next_place(read_interval("2w"), place, done_on, CALENDAR, from_done=False) == Place(
        expected, date(2026, 11, 10)
    )


def test_from_done_counts_from_the_day_done() -> None:
    place = Place(date(2026, 11, 10), date(2026, 11, 10))
    assert next_place(read_interval("2w"), place, date(2026, 11, 13), CALENDAR, from_done=True) == Place(
        date(2026, 11, 27), date(2026, 11, 13)
    )


@pytest.mark.parametrize(
    ("due_on", "tried_on", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 21)),  # Friday -> Saturday, a working day
        (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)),  # Saturday -> Monday
        (date(2026, 11, 10), date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 30), date(2026, 11, 23), date(2026, 11, 30)),  # tried early: the planned day stays
    ],
)
def test_no_answer_moves_to_the_next_working_day(due_on: date, tried_on: date, expected: date) -> None:
    assert after_no_answer(due_on, tried_on, CALENDAR) == expected


def test_a_date_that_is_no_working_day_is_due_on_the_next_one_and_its_place_stays() -> None:
    """Every week from Sunday 2026-11-15: due on Mondays, planned for Sundays."""
    place = Place(date(2026, 11, 15), date(2026, 11, 15))
    assert place.due_on(CALENDAR) == date(2026, 11, 16)
    following = next_place(read_interval("1w"), place, date(2026, 11, 16), CALENDAR, from_done=False)
    assert (following.planned_on, following.due_on(CALENDAR)) == (date(2026, 11, 22), date(2026, 11, 23))


@pytest.mark.parametrize(("every", "expected"), [("eom", date(2026, 12, 31)), ("1d", date(2026, 12, 1))])
def test_nobody_is_called_again_on_the_day_a_date_was_due_on(every: str, expected: date) -> None:
    """From Sunday 2026-11-29, due on Monday the 30th; done on Friday the 27th already."""
    place = Place(date(2026, 11, 29), date(2026, 11, 29))
    following = next_place(read_recurrence(every), place, date(2026, 11, 27), CALENDAR, from_done=False)
    assert following.planned_on == expected


@pytest.mark.parametrize(
    ("planned", "channel", "purpose", "expected"),
    [
        (("phone", "usage"), "phone", None, True),
        (("phone", "usage"), "phone", "care", True),  # one call may serve all purposes due together
        (("visit", "usage"), "phone", None, False),  # a visit on a route
        (("visit", "usage"), "phone", "usage", False),
        (("visit", "delivery"), "phone", "care", False),  # a delivery check at the door
        (("visit", "installation"), "wechat", "installation", False),
        (("visit", "installation"), "visit", "care", True),
        (("in-person", "offer"), "visit", "usage", True),
        (("phone", "usage"), "visit", "care", True),  # whoever is there can ask
        (("phone", "usage"), "wechat", "care", False),  # a greeting that was written asks nothing
        (("phone", "usage"), "wechat", "usage", True),
        (("phone", "usage"), "wechat", None, True),
        (("wechat", "news"), "email", "care", True),
        (("email", "documents"), "hotline", "care", True),
    ],
)
def test_what_a_contact_fulfils(planned: tuple[str, str], channel: str, purpose: str | None, expected: bool) -> None:
    assert fulfils(planned, channel, purpose) is expected
