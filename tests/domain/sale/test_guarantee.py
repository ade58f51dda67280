"""The three guarantees: last days worked out by hand, first days as the inverse, a line's own rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.sale import guarantee
from csm.domain.sale.guarantee import (
    ends,
    first_days,
    is_shown_before_its_end,
    last_day,
    length_of,
    standing,
    terms_of,
)
from csm.domain.settings import Policy

SOLD = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        (date(2026, 11, 2), "7d", date(2026, 11, 9)),  # day 0 is the 2nd, so day 7 is the 9th, and it counts
        (date(2026, 12, 28), "7d", date(2027, 1, 4)),  # 3 days to the 31st, 4 more
        (date(2026, 11, 2), "2w", date(2026, 11, 16)),
        (date(2024, 2, 29), "1y", date(2025, 2, 28)),  # no 29th in 2025
        (date(2024, 2, 29), "3y", date(2027, 2, 28)),
        (date(2024, 2, 29), "4y", date(2028, 2, 29)),
        (date(2023, 2, 28), "1y", date(2024, 2, 28)),  # the day stays the 28th, though February 2024 is longer
        (date(2026, 1, 31), "1m", date(2026, 2, 28)),
        (date(2024, 1, 31), "1m", date(2024, 2, 29)),
        (date(2026, 1, 31), "3m", date(2026, 4, 30)),
        (date(2026, 2, 28), "1m", date(2026, 3, 28)),
        (date(2026, 8, 31), "18m", date(2028, 2, 29)),
        (date(2026, 11, 30), "1y", date(2027, 11, 30)),
    ],
)
def test_the_last_day_is_included(start: date, length: str, end: date) -> None:
    assert last_day(start, length) == end
    assert start in first_days(end, length)


@pytest.mark.parametrize(
    ("end", "length", "starts"),
    [
        (date(2025, 2, 28), "1y", [date(2024, 2, 28), date(2024, 2, 29)]),
        (date(2024, 2, 28), "1y", [date(2023, 2, 28)]),
        (date(2024, 2, 29), "1y", []),  # 2023 has no 29 February, and its 28th ends on the 28th
        (date(2026, 2, 28), "1m", [date(2026, 1, 28), date(2026, 1, 29), date(2026, 1, 30), date(2026, 1, 31)]),
        (date(2026, 4, 30), "1m", [date(2026, 3, 30), date(2026, 3, 31)]),
        (date(2026, 3, 31), "1m", []),  # February has no 31st
        (date(2026, 5, 31), "2m", [date(2026, 3, 31)]),
        (date(2026, 11, 9), "7d", [date(2026, 11, 2)]),
    ],
)
def test_the_days_from_which_it_ends_on_a_day(end: date, length: str, starts: list[date]) -> None:
    assert list(first_days(end, length)) == starts


@pytest.mark.parametrize("length", ["1d", "7d", "2w", "1m", "2m", "6m", "11m", "1y", "3y", "4y"])
def test_first_days_are_the_inverse_of_the_last_day(length: str) -> None:
    days = [date(2023, 1, 1) + timedelta(days=number) for number in range(4 * 365 + 1)]
    by_end: dict[date, list[date]] = {}
    for start in days:
        by_end.setdefault(last_day(start, length), []).append(start)
    # ends that only these four years lead to: from the first start's end to the last one's
    end = last_day(days[0], length)
    while end < last_day(days[-1], length):
        assert list(first_days(end, length)) == by_end.get(end, []), end
        end += timedelta(days=1)


@given(
    start=st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    number=st.integers(1, 40),
    unit=st.sampled_from("dwmy"),
)
def test_every_day_is_among_the_first_days_of_its_last_day(start: date, number: int, unit: str) -> None:
    assert start in first_days(last_day(start, f"{number}{unit}"), f"{number}{unit}")


def test_the_three_of_a_sale_by_the_houses_rules() -> None:
    # 7 days from the 2nd is the 9th; one year and three years from 2026-11-02
    for on, held in ((date(2026, 11, 9), [True, True, True]), (date(2026, 11, 10), [False, True, True])):
        found = standing(Policy({}), None, SOLD, None, on)
        assert [(one.kind, one.until) for one in found] == [
            ("refund", date(2026, 11, 9)), ("exchange", date(2027, 11, 2)), ("repair", date(2029, 11, 2)),
        ]  # fmt: skip
        assert [one.holds for one in found] == held
        assert {one.counted_from for one in found} == {SOLD}


def test_days_count_from_delivery_once_that_has_happened() -> None:
    delivered = date(2026, 11, 12)
    [refund, *_] = standing(Policy({}), None, SOLD, delivered, date(2026, 11, 19))
    assert (refund.counted_from, refund.until, refund.holds) == (delivered, date(2026, 11, 19), True)
    # asked about a day before it came: until then the day of the sale counts, 2 + 7 = 9
    [refund, *_] = standing(Policy({}), None, SOLD, delivered, date(2026, 11, 11))
    assert (refund.counted_from, refund.until, refund.holds) == (SOLD, date(2026, 11, 9), False)
    [refund, *_] = standing(Policy({}), None, SOLD, delivered, delivered)
    assert (refund.counted_from, refund.until, refund.holds) == (delivered, date(2026, 11, 19), True)


def test_nothing_holds_before_the_sale() -> None:
    assert [one.holds for one in standing(Policy({}), None, SOLD, None, date(2026, 11, 1))] == [False] * 3
    assert [one.holds for one in standing(Policy({}), None, SOLD, None, SOLD)] == [True] * 3


def test_a_line_goes_by_its_own_rule_whatever_its_case() -> None:
    policy = Policy({"guarantee.refund.tea": "30d", "guarantee.repair.tea": "none", "guarantee.exchange": "2y"})
    for line in ("tea", "Tea", " TEA "):
        found = standing(policy, line, SOLD, None, SOLD)
        # 2 November + 30 days: 28 to the 30th, 2 more
        assert [one.until for one in found] == [date(2026, 12, 2), date(2028, 11, 2), None]
        assert [one.holds for one in found] == [True, True, False]
        assert [one.length for one in found] == ["30d", "2y", "none"]
    for other in ("teapots", "te", "", None):
        assert length_of(policy, "refund", other) == "7d"


def test_a_chinese_line_has_rules_too() -> None:
    assert length_of(Policy({"guarantee.refund.茶叶": "15d"}), "refund", " 茶叶 ") == "15d"


def test_terms_are_the_lines_own_else_those_for_all() -> None:
    policy = Policy({"guarantee.terms": "with the bill", "guarantee.terms.tea": "unopened"})
    assert [terms_of(policy, line) for line in ("TEA", "oven", None)] == ["unopened", "with the bill", "with the bill"]
    assert terms_of(Policy({}), "tea") == ""


def test_what_ends_between_two_days_with_the_rules_of_lines() -> None:
    policy = Policy({
        "guarantee.refund.tea": "none", "guarantee.exchange.tea": "1m", "guarantee.repair": "none",
        "due.guarantee_lead": "2",  # 7 days are longer than 3 times 2
    })  # fmt: skip
    found, own = ends(policy, date(2026, 2, 28), date(2026, 3, 1))
    assert own == [("exchange", "tea"), ("refund", "tea")]
    assert sorted(found) == [
        ("2025-02-28", "exchange", None, "2026-02-28"),  # 1y
        ("2025-03-01", "exchange", None, "2026-03-01"),
        ("2026-01-28", "exchange", "tea", "2026-02-28"),  # 1m: the four last days of January end on the 28th
        ("2026-01-29", "exchange", "tea", "2026-02-28"),
        ("2026-01-30", "exchange", "tea", "2026-02-28"),
        ("2026-01-31", "exchange", "tea", "2026-02-28"),
        ("2026-02-01", "exchange", "tea", "2026-03-01"),
        ("2026-02-21", "refund", None, "2026-02-28"),  # 7d
        ("2026-02-22", "refund", None, "2026-03-01"),
    ]
    assert [end for *_, end in found] == sorted(end for *_, end in found)


def test_kinds_stand_in_the_order_of_the_handbook() -> None:
    assert guarantee.KINDS == ("refund", "exchange", "repair")


@pytest.mark.parametrize(
    ("length", "start", "lead", "shown"),
    [
        ("7d", date(2026, 11, 2), 14, False),  # 7 days, three times 14 are 42
        ("42d", date(2026, 11, 2), 14, False),  # exactly three times isn't longer
        ("6w", date(2026, 11, 2), 14, False),  # 42 days
        ("43d", date(2026, 11, 2), 14, True),
        ("1y", date(2026, 11, 2), 14, True),
        ("1m", date(2026, 1, 15), 10, True),  # 31 days of January, three times 10 are 30
        ("1m", date(2026, 2, 15), 10, False),  # 28 days of February
        ("1m", date(2026, 4, 15), 10, False),  # 30 days of April: exactly three times
        ("7d", date(2026, 11, 2), 2, True),  # 7 against 6
        ("6d", date(2026, 11, 2), 2, False),
        ("1d", date(2026, 11, 2), 0, True),  # without a lead it is shown on its last day
    ],
)
def test_an_end_is_shown_of_what_is_longer_than_three_times_the_lead(
    length: str, start: date, lead: int, shown: bool
) -> None:
    end = last_day(start, length)
    assert is_shown_before_its_end(start, end, lead) is shown
    policy = Policy({
        "guarantee.refund": length, "guarantee.exchange": "none", "guarantee.repair": "none",
        "due.guarantee_lead": str(lead),
    })  # fmt: skip
    found, _ = ends(policy, end, end)
    assert (start.isoformat() in [day for day, *_ in found]) is shown
