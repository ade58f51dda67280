"""When a sale is to be paid by, worked out by hand on a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.sale.settlement import due_on, read_terms
from tests.refusals import refused_as


@pytest.mark.parametrize(
    ("terms", "sold", "due"),
    [
        ("0", "2026-11-21", "2026-11-21"),
        ("30", "2026-11-21", "2026-12-21"),  # 9 days left of November, 21 more
        ("30", "2026-12-15", "2027-01-14"),  # 16 days left of December, 14 more
        ("30", "2026-01-31", "2026-03-02"),  # 28 days of February, 2 more
        ("30", "2028-01-31", "2028-03-01"),  # a leap year: 29 days of February, 1 more
        ("7", "2028-02-25", "2028-03-03"),  # 4 days left of a leap February, 3 more
        ("half-monthly", "2026-11-01", "2026-11-15"),
        ("half-monthly", "2026-11-15", "2026-11-15"),
        ("half-monthly", "2026-11-16", "2026-11-30"),
        ("half-monthly", "2026-11-30", "2026-11-30"),
        ("half-monthly", "2026-02-16", "2026-02-28"),
        ("half-monthly", "2028-02-16", "2028-02-29"),
        ("half-monthly", "2026-12-31", "2026-12-31"),
        ("monthly", "2026-11-01", "2026-11-30"),
        ("monthly", "2026-11-30", "2026-11-30"),
        ("monthly", "2026-02-10", "2026-02-28"),
        ("monthly", "2028-02-10", "2028-02-29"),
        ("monthly", "2026-12-10", "2026-12-31"),
        ("monthly+15", "2026-11-21", "2026-12-15"),  # 30 November and 15 days
        ("monthly+15", "2026-12-01", "2027-01-15"),  # 31 December and 15 days
        ("monthly+15", "2028-02-01", "2028-03-15"),  # 29 February and 15 days
        ("monthly+30", "2026-01-31", "2026-03-02"),  # 31 January and 30 days: 28 of February, 2 more
        ("cash", "2026-11-21", "2026-11-21"),
        ("before-delivery", "2026-11-21", "2026-11-21"),
        # 2026-11-21 is a Saturday: the week ends the day after
        ("weekly", "2026-11-21", "2026-11-22"),
        ("weekly", "2026-11-22", "2026-11-22"),  # a Sunday ends its own week
        ("weekly", "2026-11-23", "2026-11-29"),  # a Monday begins one
        ("weekly", "2026-12-31", "2027-01-03"),  # a Thursday, over the new year
        ("end-of-next-month", "2026-11-21", "2026-12-31"),
        ("end-of-next-month", "2026-12-31", "2027-01-31"),
        ("end-of-next-month", "2026-01-31", "2026-02-28"),
        ("end-of-next-month", "2028-01-01", "2028-02-29"),
        ("monthly+60", "2026-10-31", "2026-12-30"),  # 31 October and 60 days: 30 of November, 30 more
    ],
)
def test_due_on(terms: str, sold: str, due: str) -> None:
    assert due_on(terms, date.fromisoformat(sold)).isoformat() == due


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("30", "30"),
        ("30d", "30"),
        ("007 days", "7"),
        ("30天", "30"),
        ("Half-Monthly", "half-monthly"),
        ("半月结", "half-monthly"),
        ("monthly", "monthly"),
        ("monthly + 0", "monthly"),
        ("monthly+15", "monthly+15"),
        ("月结15天", "monthly+15"),
        ("月結 30 天", "monthly+30"),
        ("monthly plus 30 days", "monthly+30"),
        ("Cash", "cash"),
        ("现结", "cash"),
        ("現結", "cash"),
        ("cash on delivery", "cash-on-delivery"),
        ("COD", "cash-on-delivery"),
        ("貨到付款", "cash-on-delivery"),
        ("before  delivery", "before-delivery"),
        ("款到发货", "before-delivery"),
        ("款到發貨", "before-delivery"),
        ("weekly", "weekly"),
        ("周结", "weekly"),
        ("週結", "weekly"),
        ("end of next month", "end-of-next-month"),
        ("次月底", "end-of-next-month"),
        ("次月末", "end-of-next-month"),
        ("half monthly", "half-monthly"),
        ("３０天", "30"),
    ],
)
def test_terms_are_read_in_either_language(typed: str, terms: str) -> None:
    assert read_terms(typed) == terms
    assert read_terms(terms) == terms


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "-5", "1000", "weekly+5", "cash 30", "delivery", "月", "次月结", "half-monthly+5", "monthly-5"],
)
def test_what_is_no_terms(typed: str) -> None:
    with refused_as("unreadable-terms"):
        read_terms(typed)


@pytest.mark.parametrize(
    ("promised", "delivered", "due"),
    [
        (None, None, "2026-11-21"),  # nothing is known: the day of the sale
        ("2026-11-25", None, "2026-11-25"),
        ("2026-11-25", "2026-11-27", "2026-11-27"),
        ("2026-11-25", "2026-11-23", "2026-11-23"),
        (None, "2026-11-24", "2026-11-24"),
    ],
)
def test_cash_on_delivery_is_due_on_the_day_it_comes(promised: str | None, delivered: str | None, due: str) -> None:
    days = (date.fromisoformat(day) if day else None for day in (promised, delivered))
    assert due_on("cash-on-delivery", date(2026, 11, 21), *days).isoformat() == due


def test_no_other_terms_go_by_delivery() -> None:
    sold, promised, delivered = date(2026, 11, 21), date(2026, 11, 25), date(2026, 11, 27)
    for terms in (
        None,
        "0",
        "30",
        "cash",
        "before-delivery",
        "weekly",
        "half-monthly",
        "monthly+5",
        "end-of-next-month",
    ):
        assert due_on(terms, sold, promised, delivered) == due_on(terms, sold)
