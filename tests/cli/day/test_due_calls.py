"""Whom one is told to call (handbook 3, 12): the best time on every such row, nobody who isn't to be contacted."""

from __future__ import annotations

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return the desk of a customer with one item of many kinds on the day or before it, 2026-11-21."""
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001", "--best-time", "14:00-16:00",
            "--contract-end", "2026-11-25")  # fmt: skip
    desk.ok("customer", "contact", "add", "1", "Li Na", "--birthday", "1985-11-22")
    desk.ok("callback", "add", "1", "--on", "today", "--purpose", "usage")
    desk.ok("callback", "add", "1", "--on", "today", "--purpose", "offer", "--channel", "visit")
    desk.ok("callback", "add", "1", "--on", "today", "--purpose", "news", "--channel", "wechat")
    desk.ok("customer", "note", "1", "ring the accountant", "--remind", "today")
    desk.ok("sale", "add", "1", "oven", "--amount", "100", "--on", "2026-10-01", "--terms", "10", "--delivery",
            "2026-11-20")  # fmt: skip
    desk.ok("complaint", "open", "1", "cold oven")
    desk.ok("promise", "add", "1", "a new list", "--by", "2026-11-21 12:00")
    return desk


def whats(desk: Desk, lang: str = "en") -> list[str]:
    """Return what is said of each item, with its kind."""
    rows = desk.ok("due", "--days", "1", "--columns", "kind,what", "-f", "md", lang=lang).splitlines()[2:]
    return sorted(row.strip("| ").replace(" | ", ": ", 1) for row in rows)


def test_the_best_time_stands_wherever_one_is_told_to_call(shop: Desk) -> None:
    with_it = {text.split(": ")[0] for text in whats(shop) if text.endswith("; best time: 14:00-16:00")}
    assert with_it == {
        "birthday", "callback", "contract", "first-response", "payment", "promise", "reminder",
    }  # fmt: skip
    # one is told to go there, to write, or to see to it
    assert [text for text in whats(shop) if "best time" not in text] == [
        "callback: news (wechat)",
        "callback: offer (visit)",
        "delivery: deliver: oven",
    ]
    assert "callback: 使用情况；最佳联系时间：14:00-16:00".split(": ")[1] in shop.ok("due", lang="zh")
    # the words for programs are as they were, with the time in its own column
    rows = {row["ref"]: (row["what"], row["best_time"]) for row in shop.json("due")}
    assert rows["cb1"] == ("usage", "14:00-16:00")


def test_callbacks_are_listed_with_it(shop: Desk) -> None:
    assert [row["best_time"] for row in shop.json("callback", "list")] == ["14:00-16:00"] * 3
    assert "14:00-16:00" in shop.ok("callback", "list")
    assert "14:00-16:00" in shop.ok("today")
    assert "best_time" not in shop.ok("export", "callbacks", "-").splitlines()[0]


def test_nobody_is_told_to_call_who_is_not_to_be_contacted(shop: Desk) -> None:
    """Callbacks and the birthday are gone, what is ours to see to is marked, in both languages; no best time."""
    shop.ok("customer", "edit", "1", "--do-not-contact", "yes")
    # another program's callback, whatever the card says
    shop.sql(
        "INSERT INTO callback (customer_id, purpose, due_on, planned_on) VALUES (1, 'usage', '2026-11-20', '2026-11-20')"
    )
    shop.sql(
        "INSERT INTO callback (customer_id, channel, origin, due_on, planned_on)"
        " VALUES (1, 'visit', 'visit', '2026-11-20', '2026-11-20')"
    )
    found = whats(shop)
    assert [text.split(": ")[0] for text in found] == [
        "contract", "delivery", "first-response", "payment", "promise", "reminder",
    ]  # fmt: skip
    assert [text for text in found if not text.endswith("; do not contact")] == []
    assert [text for text in whats(shop, "zh") if not text.endswith("；勿联系")] == []
    assert {row["kind"]: row["what"] for row in shop.json("due", "--days", "7")}["contract"] == (
        "contract ends; do not contact"
    )
    assert shop.json("due", "--kind", "callback") == shop.json("due", "--kind", "visit") == []
    assert shop.json("today")["route"] == []


def test_a_guarantee_of_who_is_not_to_be_contacted_is_marked(desk: Desk) -> None:
    """Delivered on the 20th; what is repaired for a year ends within the next 400 days."""
    desk.ok("customer", "add", "A", "--do-not-contact", "yes")
    desk.ok("sale", "add", "1", "oven", "--amount", "100", "--on", "2026-11-20")
    desk.ok("sale", "delivered", "1", "--on", "2026-11-20")
    found = [row["what"] for row in desk.json("due", "--kind", "guarantee", "--days", "400")]
    assert found and all(what.endswith("; do not contact") for what in found)
