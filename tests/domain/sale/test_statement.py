"""The statement of account: rows, running balance and what was open on a day (handbook 8); all sums by hand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from csm.domain.sale.statement import Bill, Entry, Money, entries, open_on, statement

# An oven of 1,200.00 and a tray of 50.00 in July, tea of 800.00 in October that is cancelled in November after 500.00
# were paid, a credit note of 80.00. A deposit of 100.00, of which 30.00 are set off against the oven.
OVEN = Bill(1, "2026-07-01", 120000, "2026-07-31", "Oven", "B1")
TRAY = Bill(2, "2026-07-01", 5000, "2026-07-31", "Tray", "B1")
TEA = Bill(3, "2026-10-05", 80000, "2026-10-31", "Tea", None, "2026-11-20", "too late")
BACK = Bill(5, "2026-11-20", -8000, "2026-11-20", "Returned trays")
BILLS = [TEA, TRAY, OVEN, BACK]
MONEY = [
    Money(1, "2026-10-06", 50000, 3, note="bank"),
    Money(2, "2026-07-01", 10000),  # a deposit, on the day of the bills
    Money(3, "2026-11-20", 3000, 1, set_off=4),
    Money(4, "2026-11-20", -3000, None, set_off=3),
    Money(5, "2026-11-21", -20000, 3),  # part of the tea's money goes back
]


def told(rows: list[tuple[Entry, int]]) -> list[tuple[object, ...]]:
    """Return (day, kind, id of the sale, id of the payment, cents, balance) of rows."""
    return [
        (entry.on, entry.kind, entry.bill and entry.bill.id, entry.money and entry.money.id, entry.cents, balance)
        for entry, balance in rows
    ]


def test_rows_come_by_day_then_bills_before_money_then_by_id() -> None:
    made = statement(entries(BILLS, MONEY))
    assert told([(row.entry, row.balance) for row in made.rows]) == [
        ("2026-07-01", "bill", 1, None, 120000, 120000),
        ("2026-07-01", "bill", 2, None, 5000, 125000),
        ("2026-07-01", "deposit", None, 2, -10000, 115000),
        ("2026-10-05", "bill", 3, None, 80000, 195000),
        ("2026-10-06", "payment", 3, 1, -50000, 145000),
        ("2026-11-20", "credit", 5, None, -8000, 137000),
        ("2026-11-20", "cancelled", 3, None, -80000, 57000),
        ("2026-11-20", "set-off", 1, 3, 0, 57000),  # one row for both halves
        ("2026-11-21", "refund", 3, 5, 20000, 77000),
    ]
    # 1,200 + 50 - 80 of sales that stand, less 30 + 500 - 200 on sales and 100 - 30 on account
    assert made.closing == 125000 - 8000 - (3000 + 50000 - 20000) - (10000 - 3000) == 77000
    assert made.opening is None


def test_a_window_begins_with_what_was_before_and_ends_with_what_was_then() -> None:
    found = entries(BILLS, MONEY)
    made = statement(found, "2026-10-06", "2026-11-20")
    assert (made.opening, made.closing) == (195000, 57000)
    assert [row.entry.kind for row in made.rows] == ["payment", "credit", "cancelled", "set-off"]
    assert statement(found, None, "2026-06-30") == ([], None, 0)
    assert statement(found, "2026-07-01").opening is None, "nothing is before the first day"
    assert statement(found, "2026-12-01") == ([], 77000, 77000)


def test_what_was_open_on_a_day() -> None:
    assert open_on(BILLS, MONEY, "2026-06-30") == []
    assert open_on(BILLS, MONEY, "2026-11-19") == [(TEA, 30000), (TRAY, 5000), (OVEN, 120000)]
    # cancelled on that day it owes nothing by its end, and what was paid on it is the customer's
    assert open_on(BILLS, MONEY, "2026-11-20") == [(TEA, -50000), (TRAY, 5000), (OVEN, 117000), (BACK, -8000)]
    assert open_on(BILLS, MONEY, None) == [(TEA, -30000), (TRAY, 5000), (OVEN, 117000), (BACK, -8000)]


def test_a_set_off_names_where_the_money_came_from() -> None:
    from_credit = [Money(8, "2026-11-21", -5000, 5, set_off=9), Money(9, "2026-11-21", 5000, 2, set_off=8)]
    [row] = [entry for entry in entries(BILLS, from_credit) if entry.kind == "set-off"]
    assert (row.bill, row.source, row.set_off, row.cents) == (TRAY, BACK, 5000, 0)


def test_halves_that_do_not_make_zero_stand_apart() -> None:
    # another day, another sum, the half of somebody else, and two that name the same half
    for money, sums in (
        ([Money(1, "2026-11-20", -5000, 5, 2), Money(2, "2026-11-21", 5000, 2, 1)], [5000, -5000]),
        ([Money(1, "2026-11-20", -5000, 5, 2), Money(2, "2026-11-20", 4000, 2, 1)], [5000, -4000]),
        ([Money(2, "2026-11-20", 5000, 2, 99)], [-5000]),
        ([Money(1, "2026-11-20", -5, 5, 2), Money(2, "2026-11-20", 5, 2, 1), Money(3, "2026-11-20", 5, 2, 1)], [0, -5]),
    ):
        found = [entry for entry in entries(BILLS, money) if entry.kind == "set-off"]
        assert [entry.cents for entry in found] == sums
        assert sum(entry.cents for entry in found) == -sum(one.cents for one in money)


# --- whatever happened ----------------------------------------------------------------------------------------

DAY_0 = date(2026, 1, 1)
days = st.integers(0, 9).map(lambda n: (DAY_0 + timedelta(days=n)).isoformat())


@st.composite
def accounts(draw: st.DrawFn) -> tuple[list[Bill], list[Money]]:
    """Draw sales, credit notes and cancellations, and money on them, on the account and set off, in any order."""
    bills = [
        Bill(n, draw(days), draw(st.integers(-300, 300)), draw(days), "x", None, draw(st.none() | days))
        for n in range(1, draw(st.integers(1, 4)) + 1)
    ]
    places = st.sampled_from([None, *[bill.id for bill in bills]])
    money = [
        Money(
            n, draw(days), draw(st.integers(-200, 200).filter(bool)), draw(places), draw(st.none() | st.integers(1, 8))
        )
        for n in range(1, draw(st.integers(0, 8)) + 1)
    ]
    if draw(st.booleans()):
        on, cents = draw(days), draw(st.integers(1, 200))
        money += [Money(90, on, -cents, draw(places), 91), Money(91, on, cents, bills[0].id, 90)]
    return bills, money


@given(accounts(), st.none() | days, st.none() | days)
def test_no_cent_is_lost_or_made_in_any_window(account: tuple[list[Bill], list[Money]], first: str, last: str) -> None:
    bills, money = account
    found = entries(bills, money)
    made = statement(found, first, last)
    on_account = sum(one.cents for one in money if one.sale_id is None and (last is None or one.paid_on <= last))
    if first is None or last is None or first <= last:
        assert made.closing == sum(cents for _, cents in open_on(bills, money, last)) - on_account
    assert (made.opening or 0) + sum(row.entry.cents for row in made.rows) == made.closing
    assert made.closing == (made.rows[-1].balance if made.rows else made.opening or 0)


@given(accounts())
def test_all_of_it_is_the_balance_of_the_customer(account: tuple[list[Bill], list[Money]]) -> None:
    bills, money = account
    standing = sum(bill.cents for bill in bills if bill.cancelled_on is None)
    assert statement(entries(bills, money)).closing == standing - sum(one.cents for one in money)


@given(accounts(), days)
def test_a_day_ends_as_the_next_one_begins(account: tuple[list[Bill], list[Money]], day: str) -> None:
    found = entries(*account)
    after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    assert (statement(found, after).opening or 0) == statement(found, None, day).closing


@given(accounts(), st.randoms())
def test_the_order_is_the_same_however_the_rows_are_read(
    account: tuple[list[Bill], list[Money]], random: object
) -> None:
    bills, money = account
    shuffled = [*bills], [*money]
    for rows in shuffled:
        random.shuffle(rows)  # type: ignore[attr-defined]
    assert [row.entry.on for row in statement(entries(*shuffled)).rows] == sorted(
        row.entry.on for row in statement(entries(bills, money)).rows
    )
    assert statement(entries(*shuffled)).closing == statement(entries(bills, money)).closing
