"""Whatever is sold, paid, paid back and cancelled in whatever order: not a cent appears or is lost (handbook 8)."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import Desk

TODAY = "2026-11-21"


class Sold(NamedTuple):
    """A sale as the file has it, in cents."""

    customer_id: int
    sold_on: str
    amount: int
    paid: int
    cancelled: int

    @property
    def balance(self) -> int:
        return -self.paid if self.cancelled else self.amount - self.paid


class Add(NamedTuple):
    customer: int
    cents: tuple[int, ...]  # an item each
    day: int


class Pay(NamedTuple):
    """`ref` is a sale or a bill, or a customer of `of_customer`."""

    ref: str
    cents: int
    of_customer: bool
    allow: bool
    refund: bool


class Cancel(NamedTuple):
    ref: str


CENTS = st.one_of(st.integers(0, 500), st.integers(-300, -1))
REFS = st.one_of(st.integers(1, 6).map("sa{}".format), st.integers(1, 4).map("B{}".format))
STEPS = st.lists(
    st.one_of(
        st.builds(Add, st.integers(1, 2), st.lists(CENTS, min_size=1, max_size=3).map(tuple), st.integers(10, 20)),
        st.builds(Pay, REFS, st.integers(1, 600), st.just(False), st.booleans(), st.booleans()),
        st.builds(Pay, st.sampled_from("12"), st.integers(1, 900), st.just(True), st.booleans(), st.booleans()),
        st.builds(Cancel, REFS),
    ),
    min_size=3,
    max_size=8,
)
FIRST = st.builds(
    Add, st.just(1), st.lists(st.integers(1, 500), min_size=2, max_size=3).map(tuple), st.integers(10, 20)
)


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with two customers, to be copied."""
    desk = Desk(tmp_path_factory.mktemp("start"))
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("customer", "add", "River Gym")
    return desk.path


def money(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def sales(desk: Desk) -> dict[int, Sold]:
    query = "SELECT id, customer_id, sold_on, amount_cents, paid_cents, cancelled_on IS NOT NULL FROM sale ORDER BY id"
    return {row[0]: Sold(*row[1:]) for row in desk.sql(query)}


def meant(desk: Desk, step: Pay | Cancel, before: dict[int, Sold]) -> list[int]:
    """Return the sales that a step is about, the oldest first."""
    if isinstance(step, Pay) and step.of_customer:
        ids = [key for key, sale in before.items() if sale.customer_id == int(step.ref)]
    elif step.ref.startswith("sa"):
        ids = [key for key in before if key == int(step.ref[2:])]
    else:
        ids = [key for (key,) in desk.sql("SELECT id FROM sale WHERE bill = ?", step.ref)]
    return sorted(ids, key=lambda key: (before[key].sold_on, key))


def words(step: Add | Pay | Cancel) -> list[str]:
    if isinstance(step, Add):
        items = [word for cents in step.cents for word in ("--item", f"x;1;{money(cents)}")]
        return ["sale", "add", str(step.customer), *items, "--on", f"2026-11-{step.day}", "--allow-negative"]
    if isinstance(step, Cancel):
        return ["sale", "cancel", step.ref, "--reason", "x"]
    whom = ["--customer", step.ref] if step.of_customer else [step.ref]
    options = [name for name, told in (("--allow", step.allow), ("--refund", step.refund)) if told]
    return ["sale", "pay", *whom, money(step.cents), *options]


def is_sold(sale: Sold) -> bool:
    return sale.amount > 0 and not sale.cancelled


def rooms(step: Pay, before: dict[int, Sold], ids: list[int]) -> dict[int, int]:
    """Return what each sale takes of the money, in cents, where money can be noted for it at all."""
    if step.refund:
        back = {key: max(-before[key].balance, 0) for key in ids}
        if step.of_customer:
            back = {key: cents for key, cents in back.items() if cents}
        return {key: max(cents, before[key].paid if step.allow else 0) for key, cents in back.items()}
    open_ids = [key for key in ids if (is_sold(before[key]) if step.of_customer else not before[key].cancelled)]
    return {key: max(before[key].balance, 0) for key in open_ids}


def credit_of(step: Pay, before: dict[int, Sold], ids: list[int]) -> int:
    """Return what the credit notes beside the sales are worth: those of the customer, or of a bill of several."""
    if step.refund or len(ids) < 2:
        return 0
    return sum(-before[key].balance for key in ids if before[key].amount < 0 and not before[key].cancelled)


def check_paid(desk: Desk, step: Pay, before: dict[int, Sold], code: int, made: list[dict[str, Any]]) -> None:
    """Check that money was taken where it could be, as much as was told, the oldest sale first."""
    ids = meant(desk, step, before)
    sign = -1 if step.refund else 1
    takes = rooms(step, before, ids)
    owed = sum(takes.values())
    used = min(credit_of(step, before, ids), owed)
    room = owed - used
    nothing = not owed if step.of_customer else not takes
    if not ids and not step.of_customer:
        assert code == 3
        return
    assert code == (4 if nothing or (step.cents > room and (step.refund or not step.allow)) else 0)
    if code:
        return
    cents = {}
    for row in made:
        cents[row["sale_id"]] = round(100 * row["amount"])
    assert len(cents) == len(made), "one payment a sale"
    assert sum(cents.values()) == sign * step.cents
    assert -sum(part for part in cents.values() if sign * part < 0) == sign * used, "only credit notes are set off"
    left = step.cents + used
    for key, room_here in takes.items():
        expected = min(left, room_here)
        more = sign * cents.get(key, 0) - expected
        if before[key].amount < 0 and sign * cents.get(key, 0) < 0:
            continue
        assert more == 0 or (more == step.cents - room and step.allow), "only what is too much stands anywhere else"
        left -= expected


def check_stored(desk: Desk) -> None:
    """Check that what is stored beside the payments is their sum, of a sale and of its customer."""
    now = sales(desk)
    paid = dict(desk.sql("SELECT sale_id, sum(amount_cents) FROM payment GROUP BY sale_id"))
    assert {key: sale.paid for key, sale in now.items()} == {key: paid.get(key, 0) for key in now}
    assert dict(desk.sql("SELECT id, balance_cents FROM sale")) == {key: sale.balance for key, sale in now.items()}


def check_shown(desk: Desk) -> None:
    """Check that the lists show what is stored."""
    now = sales(desk)
    listed = {row["id"]: row for row in desk.json("sale", "list", "--all")}
    for key, sale in now.items():
        row = listed[key]
        assert [round(100 * row[name]) for name in ("amount", "paid", "balance")] == [
            sale.amount,
            sale.paid,
            sale.balance,
        ]
        settled = sale.paid >= sale.amount if sale.amount >= 0 else sale.paid <= sale.amount
        assert row["status"] == ("cancelled" if sale.cancelled else "paid" if settled else "open")
    for row in desk.json("customer", "list"):
        owed = sum(sale.balance for sale in now.values() if sale.customer_id == row["id"])
        assert round(100 * row["balance"]) == owed
    unpaid = {row["id"]: round(100 * row["balance"]) for row in desk.json("sale", "unpaid")}
    assert unpaid == {key: sale.balance for key, sale in now.items() if sale.balance > 0 and is_sold(sale)}
    back = {row["id"]: round(100 * row["refund"]) for row in desk.json("sale", "unpaid", "--refunds")}
    assert back == {key: -sale.balance for key, sale in now.items() if sale.balance < 0}


@given(first=FIRST, steps=STEPS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_not_a_cent_appears_or_is_lost(start: Path, first: Add, steps: list[Add | Pay | Cancel]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(start, Path(folder) / "shop.db")
        desk = Desk(Path(folder), now=f"{TODAY} 09:00")
        for step in (first, *steps):
            before = sales(desk)
            result = desk(*words(step), "-f", "json")
            assert result.code in (0, 3, 4), result
            if result.code:
                assert sales(desk) == before
            if isinstance(step, Pay):
                check_paid(desk, step, before, result.code, json.loads(result.out) if result.out else [])
            elif isinstance(step, Cancel):
                ids = [key for key in meant(desk, step, before) if not before[key].cancelled]
                assert result.code == (0 if ids else 4 if meant(desk, step, before) else 3)
                assert all(sale.cancelled for key, sale in sales(desk).items() if key in ids)
            check_stored(desk)
        check_shown(desk)
