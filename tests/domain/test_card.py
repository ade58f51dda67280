"""Completeness and doubles, by hand from handbook 3; the view computes the same share as the rule."""

from __future__ import annotations

import pytest

from csm.domain.card import Identity, completeness, likeness, missing, name_key
from tests.desk import Desk

FULL = {
    "name": "x", "phone": "1", "email": "e", "industry": "i", "region": "r", "size": "small", "source": "s", "owner": "o",
    "grade": "A", "relationship": "basic", "channel": "phone", "contacts": [1],
}  # fmt: skip


def test_a_name_alone_is_a_twelfth() -> None:
    assert completeness({"name": "x"}) == 8
    assert missing({"name": "x"})[:3] == ["phone", "email", "industry"]


def test_one_of_a_group_is_enough() -> None:
    assert completeness(FULL) == 100
    assert completeness({**FULL, "email": None, "address": "Main St 1"}) == 100
    assert completeness({**FULL, "channel": None, "best_time": "mornings"}) == 100
    assert missing({**FULL, "channel": None}) == ["best_time"]


@pytest.mark.parametrize(
    ("new", "known", "expected"),
    [
        (Identity("A1", None, "x"), Identity("A1", "1", "y"), "same"),
        (Identity(None, "138", "x"), Identity(None, "138", "y"), "same"),
        (Identity(None, None, "x"), Identity(None, "138", "x"), "same"),
        (Identity(None, "138", "x"), Identity(None, None, "x"), "same"),
        (Identity(None, None, "x"), Identity(None, None, "x"), "same"),
        (Identity(None, "138", "x"), Identity(None, "139", "x"), "namesake"),
        (Identity("A1", "138", "x"), Identity("A2", "139", "y"), "none"),
        (Identity(None, None, "x"), Identity(None, None, "y"), "none"),
    ],
)
def test_who_is_the_same_customer(new: Identity, known: Identity, expected: str) -> None:
    assert likeness(new, known) == expected


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  Golden   DRAGON ", "golden dragon"),
        ("Ｇｏｌｄ店", "gold店"),
        ("Straße", "strasse"),
        ("金龙　餐厅", "金龙 餐厅"),
    ],
)
def test_names_are_compared_without_width_case_and_spaces(typed: str, key: str) -> None:
    assert name_key(typed) == key


def test_the_view_agrees_with_the_rule(desk: Desk) -> None:
    desk.ok("customer", "add", "Bare", "--owner", "o")
    desk.ok(
        "customer", "add", "Full", "--phone", "010-5550 0001", "--email", "a@example.com", "--industry", "i", "--region", "r",
        "--size", "small", "--source", "s", "--owner", "o", "--grade", "A", "--relationship", "basic", "--channel", "phone",
        "--contact", "Li Na",
    )  # fmt: skip
    shares = dict(desk.sql("SELECT name, completeness FROM customer_list"))
    assert shares == {"Bare": completeness({"name": "Bare", "owner": "o"}), "Full": 100}
    assert shares["Bare"] == 16
