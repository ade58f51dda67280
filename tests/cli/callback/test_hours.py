"""Callbacks and reminders at a time of day, what was said on tries in vain, and the order of what is due (handbook 5, 12).

Now is Monday, 30 November 2026, 10:00 in Shanghai, unless a test says otherwise.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Give three customers: one of grade B, a key account of grade C, one of grade A."""
    desk.now = "2026-11-30 10:00"
    desk.ok("config", "set", "file.timezone", "Asia/Shanghai")
    for name, phone, *more in (
        ("Golden Dragon", "138 0000 0001", "--grade", "B", "--best-time", "after 14:00"),
        ("Key Shop", "138 0000 0002", "--grade", "C", "--key-account", "large orders"),
        ("Ace", "138 0000 0003", "--grade", "A"),
    ):
        desk.ok("customer", "add", name, "--phone", phone, *more)
    return desk


def planned(shop: Desk, *columns: str) -> list[list[Any]]:
    rows = shop.json("callback", "list", "--all", "--columns", ",".join(["id", *columns]))
    return [list(row.values()) for row in sorted(rows, key=lambda row: int(row["id"]))]


# --- a time of day ------------------------------------------------------------------------------------------------


def test_a_callback_has_the_time_that_was_named(shop: Desk) -> None:
    result = shop.message("callback", "add", "1", "--on", "fri 15:00", "--note", "the oven")
    assert result == "planned callback cb1 with Golden Dragon on 2026-12-04 (Friday) 15:00"
    assert (
        shop.message("callback", "add", "1", "--on", "fri")
        == "planned callback cb2 with Golden Dragon on 2026-12-04 (Friday)"
    )
    assert (
        shop.message("callback", "add", "1", "--on", "明天下午3点", lang="zh")
        == "已安排回访 cb3：Golden Dragon，2026-12-01（星期二）15:00"
    )
    assert shop.message("callback", "add", "1", "--on", "today 9:30").endswith("on 2026-11-30 (Monday) 09:30, overdue")
    assert planned(shop, "due_on", "due_at", "note") == [
        [1, "2026-12-04", "2026-12-04T15:00:00+08:00", "the oven"], [2, "2026-12-04", None, None],
        [3, "2026-12-01", "2026-12-01T15:00:00+08:00", None], [4, "2026-11-30", "2026-11-30T09:30:00+08:00", None],
    ]  # fmt: skip
    assert [row["id"] for row in shop.json("callback", "list")] == [4, 3, 1, 2], "on one day by the time"


def test_an_instant_is_its_day_in_the_zone_of_the_file(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-10-31T16:30:00Z")
    assert planned(shop, "due_on", "due_at") == [[1, "2026-11-01", "2026-11-01T00:30:00+08:00"]]
    sale = shop.json("sale", "add", "1", "oven", "--amount", "5", "--on", "2026-10-31T16:30:00Z")
    assert sale["sold_on"] == "2026-11-01"
    assert [row["id"] for row in shop.json("sale", "list", "--sold", "2026-10-31T16:30:00Z")] == [1]


def test_an_offset_holds_in_the_hour_that_comes_twice(desk: Desk) -> None:
    desk.now = "2026-10-30 09:00"
    desk.ok("config", "set", "file.timezone", "America/New_York")
    desk.ok("customer", "add", "Golden Dragon")
    for offset in ("-04:00", "-05:00"):
        desk.ok("callback", "add", "1", "--on", f"2026-11-01T01:30:00{offset}")
        desk.ok("promise", "add", "1", "call", "--by", f"2026-11-01T01:30:00{offset}")
    desk.now = "2026-11-01T01:45:00-05:00"
    for offset in ("-04:00", "-05:00"):
        desk.ok("callback", "log", "1", "said", "--at", f"2026-11-01T01:30:00{offset}", "--keep")
    desk.ok("callback", "log", "1", "now", "--keep")
    assert desk.sql("SELECT due_at FROM callback WHERE due_at IS NOT NULL ORDER BY id") == [
        ("2026-11-01T05:30:00Z",), ("2026-11-01T06:30:00Z",),
    ]  # fmt: skip
    assert desk.sql("SELECT due_at FROM promise ORDER BY id") == [("2026-11-01T05:30:00Z",), ("2026-11-01T06:30:00Z",)]
    assert desk.sql("SELECT done_at FROM callback WHERE status = 'done' ORDER BY id") == [
        ("2026-11-01T05:30:00Z",), ("2026-11-01T06:30:00Z",), ("2026-11-01T06:45:00Z",),
    ]  # fmt: skip


def test_moved_and_postponed_it_keeps_its_time_unless_told(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today 15:00")
    assert (
        shop.message("callback", "move", "cb1", "wed")
        == "moved callback cb1 to 2026-12-02 (Wednesday) 15:00 (Golden Dragon)"
    )
    assert (
        shop.message("callback", "move", "cb1", "today 16:30")
        == "moved callback cb1 to 2026-11-30 (Monday) 16:30 (Golden Dragon)"
    )
    result = shop.message("callback", "done", "cb1", "--no-answer")
    assert result == "noted the try with Golden Dragon; cb1 is open, the next one on 2026-12-01 (Tuesday) 16:30"
    result = shop.message("callback", "done", "cb1", "--postponed", "thu 11:00")
    assert result == "noted the try with Golden Dragon; cb1 is open, the next one on 2026-12-03 (Thursday) 11:00"
    shop.ok("callback", "done", "cb1", "--postponed", "fri")
    assert planned(shop, "due_on", "due_at") == [[1, "2026-12-04", "2026-12-04T11:00:00+08:00"]]
    result = shop.message("callback", "done", "cb1", "fine", "--next", "+1w 9:00")
    assert result == ("noted cb1 (other) with Golden Dragon; next: cb2 on 2026-12-07 (Monday) 09:00")
    assert shop.message("done", "cb2", "fine", "--next", "+1w") == (
        "noted cb2 (other) with Golden Dragon; next: cb3 on 2026-12-07 (Monday)"
    )


def test_a_series_keeps_its_time_though_one_of_it_was_moved(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "fri 15:00", "--every", "1w")
    shop.ok("callback", "move", "cb1", "thu 16:00")
    shop.now = "2026-12-03 16:10"
    assert shop.message("callback", "done", "cb1", "ok") == (
        "noted cb1 (other) with Golden Dragon; next: cb2 on 2026-12-11 (Friday) 15:00"
    )
    assert (
        shop.message("callback", "skip", "cb2")
        == "skipped callback cb2; next: cb3 on 2026-12-18 (Friday) 15:00 (Golden Dragon)"
    )
    shop.now = "2026-12-18 15:10"
    assert shop.message("callback", "done", "cb3", "ok", "--next", "mon").endswith(
        "next: cb4 on 2026-12-21 (Monday) 15:00"
    )


def test_a_series_keeps_its_wall_time_across_a_clock_change(desk: Desk) -> None:
    desk.now = "2026-10-20 09:00"
    desk.ok("config", "set", "file.timezone", "America/New_York")
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("callback", "add", "1", "--on", "2026-10-26 15:00", "--every", "1w")
    desk.now = "2026-10-26 15:30"
    assert desk.message("callback", "done", "cb1", "ok").endswith("next: cb2 on 2026-11-02 (Monday) 15:00")
    assert desk.sql("SELECT due_at FROM callback ORDER BY id") == [("2026-10-26T19:00:00Z",), ("2026-11-02T20:00:00Z",)]


def test_a_reminder_has_the_time_that_was_named(shop: Desk) -> None:
    result = shop.message("customer", "note", "1", "ring about spring", "--remind", "tomorrow 3pm")
    assert result == "noted on the card of Golden Dragon; reminder nt1 on 2026-12-01 (Tuesday) 15:00"
    (note,) = shop.json("customer", "show", "1")["notes"]
    assert (note["text"], note["remind_on"], note["remind_at"]) == (
        "ring about spring", "2026-12-01", "2026-12-01T15:00:00+08:00",
    )  # fmt: skip
    assert "reminder nt1 on 2026-12-01 15:00" in shop.ok("customer", "show", "1")
    shop.now = "2026-12-01 15:00"
    assert shop.json("due", "--overdue") == []
    shop.now = "2026-12-01 16:00"
    assert [row["ref"] for row in shop.json("due", "--overdue")] == ["nt1"]
    assert "late since 15:00" in shop.ok("customer", "show", "1")


def test_it_is_late_from_its_time_on(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today 15:00")
    assert shop.json("due", "--overdue") == []
    assert shop.json("today")["today"][0]["due_at"] == "2026-11-30T15:00:00+08:00"
    shop.now = "2026-11-30 17:10"
    assert [row["ref"] for row in shop.json("due", "--overdue")] == ["cb1"]
    assert [row["ref"] for row in shop.json("today")["late"]] == ["cb1"]
    assert "2 working hours late" in shop.ok("due")
    card = shop.ok("customer", "show", "1")
    assert re.search(r"late since 15:00 +other  138 0000 0001\n +15:00, best time: after 14:00\n", card), card
    shop.now = "2026-12-01 16:00"
    assert "1 day late" in shop.ok("due", "--overdue")


@pytest.mark.parametrize(
    ("command", "day"),
    [
        (["sale", "add", "1", "oven", "--amount", "5", "--on", "2026-11-29 15:00"], "2026-11-29"),
        (["sale", "add", "1", "oven", "--amount", "5", "--delivery", "fri 15:00"], "2026-12-04"),
        (["callback", "plan", "--until", "fri 15:00"], "2026-12-04"),
        (["callback", "plan", "--route", "East", "--on", "明早"], "2026-12-01"),
        (["callback", "list", "--due", "fri 15:00"], "2026-12-04"),
        (["callback", "list", "--due", "today..fri 15:00"], "2026-12-04"),
        (["callback", "list", "--due-at", "fri 15:00"], "2026-12-04"),
        (["customer", "edit", "1", "--contract-end", "2026-12-31 15:00"], "2026-12-31"),
        (["customer", "handover", "alice", "bob", "--until", "fri 3pm"], "2026-12-04"),
        (["customer", "journey", "1", "--from", "2026-11-01 9:00"], "2026-11-01"),
        (["customer", "lost", "1", "--kind", "natural", "--on", "2026-11-29 9:00"], "2026-11-29"),
        (["service", "add", "1", "visit", "--on", "2026-11-29 9:00"], "2026-11-29"),
        (["quality", "summary", "--from", "2026-11-01 9:00"], "2026-11-01"),
        (["survey", "add", "1", "--csat", "5", "--taken", "2026-11-29 9:00"], "2026-11-29"),
        (["export", "callbacks", "x.csv", "--due", "fri 15:00"], "2026-12-04"),
    ],
)
def test_a_day_has_no_place_for_a_time(shop: Desk, command: list[str], day: str) -> None:
    result = shop(*command)
    typed = next(word for word in command if re.search(r"\d:\d\d|pm|明早", word)).rpartition("..")[2]
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        f"csm: '{typed}' has a time of day, but only a day is kept here\nhint: write the day alone: {day}\n"
    )


# --- what was said on tries in vain -------------------------------------------------------------------------------


def test_the_words_of_tries_are_kept_and_shown(shop: Desk) -> None:
    shop.ok("callback", "log", "1", "likes the oven", "--at", "2026-11-20 10:00")
    shop.ok("callback", "add", "1", "--on", "today", "--purpose", "offer")
    shop.ok("callback", "done", "cb2", "in a meeting, ring later", "--postponed", "today")
    assert shop.json("due")[0]["last_said"] == "in a meeting, ring later"
    assert [row["last_try"] for row in shop.json("callback", "list")] == ["in a meeting, ring later"]
    shop.now = "2026-11-30 11:00"
    shop.ok("callback", "done", "cb2", "--no-answer")
    shop.ok("callback", "move", "cb2", "today")
    assert shop.json("due")[0]["last_said"] == "in a meeting, ring later", "nothing was said on the last one"
    assert shop.json("today")["today"][0]["last_said"] == "in a meeting, ring later"
    card = shop.ok("customer", "show", "1")
    assert re.search(
        r"2026-11-30 +phone, offer, postponed\n +in a meeting, ring later\n +2026-11-20 +phone, other\n", card
    ), card
    shown = shop.json("customer", "show", "1")
    assert [(row["callback_id"], row["outcome"], row["note"]) for row in shown["tries"]] == [
        (2, "postponed", "in a meeting, ring later"),
    ]  # fmt: skip
    assert [row["last_try"] for row in shown["callbacks"] if row["id"] == 2] == ["in a meeting, ring later"]
    journey = shop.json("customer", "journey", "1")
    assert [(row["ref"], row["text"]) for row in journey] == [
        ("cb1", "likes the oven"), ("cb2", "postponed: in a meeting, ring later"),
    ]  # fmt: skip
    shop.ok("callback", "done", "cb2", "bought it", "--at", "2026-11-30 11:00")
    shop.ok("callback", "add", "1", "--on", "today")
    assert shop.json("due")[0]["last_said"] == "bought it"


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "tsv"])
def test_tries_and_times_come_back_from_an_export(shop: Desk, form: str) -> None:
    shop.ok("callback", "add", "1", "--on", "fri 15:00", "--every", "1w")
    shop.ok("callback", "done", "cb1", '"later", he said;\nring 139', "--postponed", "thu 16:00", "--cost", "1.5")
    shop.ok("callback", "done", "cb1", "--no-answer", "--channel", "visit")
    shop.ok("callback", "add", "2", "--on", "today")
    for kind in ("customers", "callbacks"):
        shop.ok("export", kind, shop.folder / f"{kind}.{form}", "--all")
    other = Desk(shop.folder, shop.now, "other.db")
    other.ok("config", "set", "file.timezone", "Asia/Shanghai")
    for kind in ("customers", "callbacks"):
        other.ok("import", kind, shop.folder / f"{kind}.{form}")
    for query in (
        "SELECT callback_id, at, by, outcome, channel, cost_cents, note FROM callback_try ORDER BY id",
        "SELECT id, due_on, due_at, series_on, series_time, tries, outcome FROM callback ORDER BY id",
    ):
        assert other.sql(query) == shop.sql(query)
    counts = other.json("import", "callbacks", shop.folder / f"callbacks.{form}")
    assert (counts["unchanged"], counts["rejected"]) == (2, 0)


def test_tries_that_are_not_on_record_are_added_where_asked(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "fri")
    (row,) = json.loads(shop.ok("export", "callbacks", "-", "-f", "json"))
    row["tries_made"] = [{"at": "2026-11-29T11:00:00+08:00", "outcome": "no-answer", "note": "busy"}]
    path = shop.folder / "week.json"
    path.write_text(json.dumps([row]), encoding="utf-8")
    assert shop("import", "callbacks", path).code == 2
    assert shop.json("import", "callbacks", path, "--update")["updated"] == 1
    assert shop.json("import", "callbacks", path)["unchanged"] == 1
    assert shop.sql("SELECT at, outcome, note FROM callback_try") == [("2026-11-29T03:00:00Z", "no-answer", "busy")]


@pytest.mark.parametrize(
    "tries", ['[{"at":"2026-11-29"}]', '[{"outcome":"postponed"}]', "x", '[{"at":"x","outcome":"postponed"}]', '[{"at":"2026-11-29","outcome":"reached"}]', '[{"at":"2026-11-29","outcome":"postponed","cost_cents":"x"}]']
)  # fmt: skip
def test_a_cell_of_tries_that_cannot_be_read_is_refused(shop: Desk, tries: str) -> None:
    path = shop.folder / "week.json"
    row = {"customer": "Ace", "due_on": "2026-12-01", "tries_made": tries}
    path.write_text(json.dumps([row]), encoding="utf-8")
    result = shop("import", "callbacks", path)
    assert (result.code, planned(shop)) == (2, [])
    assert "tries_made" in result.err


def test_a_time_in_a_file_is_kept(shop: Desk) -> None:
    path = shop.folder / "week.csv"
    rows = ["Ace,2026-12-01 15:00,", "Ace,2026-12-02 00:00:00,", "Ace,2026-12-03,", "Ace,,2026-12-03T16:30:00Z"]
    path.write_text("\n".join(["customer,due_on,due_at", *rows]) + "\n", encoding="utf-8")
    shop.ok("import", "callbacks", path)
    assert planned(shop, "due_on", "due_at") == [
        [1, "2026-12-01", "2026-12-01T15:00:00+08:00"], [2, "2026-12-02", None], [3, "2026-12-03", None],
        [4, "2026-12-04", "2026-12-04T00:30:00+08:00"],
    ]  # fmt: skip
    path.write_text("customer,due_on,due_at\nAce,2026-12-01,2026-12-02T10:00:00+08:00\n", encoding="utf-8")
    result = shop("import", "callbacks", path)
    assert result.code == 2 and "due on 2026-12-01 by one column, on 2026-12-02 by another" in result.err


def test_a_list_that_comes_back_with_another_day_keeps_the_time(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "fri 15:00")
    path = shop.folder / "week.csv"
    shop.ok("export", "callbacks", path)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",2026-12-04,", ",2026-12-08,", 1), encoding="utf-8")
    assert shop.json("import", "callbacks", path, "--update")["updated"] == 1
    assert planned(shop, "due_on", "due_at") == [[1, "2026-12-08", "2026-12-08T15:00:00+08:00"]]


# --- the order ----------------------------------------------------------------------------------------------------


def test_the_most_pressing_comes_first(shop: Desk) -> None:
    for customer, day in (("1", "yesterday"), ("3", "yesterday"), ("2", "yesterday"), ("1", "2026-11-28")):
        shop.ok("callback", "add", customer, "--on", day)
    shop.ok("callback", "add", "1", "--on", "today 16:00")
    shop.ok("callback", "add", "1", "--on", "today 9:00")
    shop.ok("callback", "add", "1", "--on", "today")
    shop.ok("customer", "note", "1", "look in", "--remind", "today 12:00")
    shop.ok("promise", "add", "1", "an answer", "--by", "today 14:00")
    shop.now = "2026-11-28 10:00"
    shop.ok("complaint", "open", "1", "cold soup", "--received", "2026-11-27 16:00")
    shop.now = "2026-11-30 10:00"
    shop.ok("callback", "add", "1", "--on", "tomorrow 9:00")
    shop.ok("callback", "add", "2", "--on", "tomorrow")
    # the case is due on Saturday at 16:00; what was planned for the 28th is the only one older than yesterday
    order = ["cp1", "cb6", "nt1", "pr1", "cb5", "cb4", "cb3", "cb2", "cb1", "cb7"]
    assert [row["ref"] for row in shop.json("due")] == order
    assert [row["ref"] for row in shop.json("due", "--limit", "4")] == order[:4]
    assert [row["ref"] for row in shop.json("due", "--days", "1")] == [*order, "cb8", "cp1", "cb9"], (
        "the proposal by 16:00"
    )
    page = shop.json("today")
    assert [row["ref"] for row in page["late"]] == ["cp1", "cb6", "cb4", "cb3", "cb2", "cb1"]
    assert [row["ref"] for row in page["today"]] == ["nt1", "pr1", "cb5", "cb7"]
    assert [row["ref"] for row in page["coming"]][:3] == ["cb8", "cp1", "cb9"]


def test_a_page_is_the_beginning_of_the_whole_list(shop: Desk) -> None:
    for number in range(60):
        when = ("yesterday", "today", f"today {8 + number % 9}:00", "2026-11-25 9:00", "tomorrow")[number % 5]
        shop.ok("callback", "add", str(1 + number % 3), "--on", when)
    whole = [row["ref"] for row in shop.json("due", "--days", "2")]
    assert len(whole) == 60
    for limit in (1, 7, 13, 30, 59):
        assert [row["ref"] for row in shop.json("due", "--days", "2", "--limit", str(limit))] == whole[:limit]


# --- who has no next callback -------------------------------------------------------------------------------------


def test_without_a_next_callback_are_those_whom_planning_would_plan(shop: Desk) -> None:
    assert shop.json("today")["unplanned"] == 0, "nobody has a cadence"
    shop.ok("customer", "edit", "1", "--relationship", "partnership")
    shop.ok("customer", "edit", "2", "--relationship", "proactive", "--do-not-contact", "yes")
    shop.ok("customer", "edit", "3", "--relationship", "reactive")
    assert shop.json("today")["unplanned"] == 1
    assert "1 customer with a cadence has no next callback; to plan it: csm callback plan" in shop.ok("today")
    shop.ok("staff", "add", "bob")
    assert shop.json("today", "--owner", "bob")["unplanned"] == 0
    assert len(shop.json("callback", "plan")) == 1
    assert shop.json("today")["unplanned"] == 0


def test_the_best_time_stands_where_one_is_told_to_call(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--purpose", "offer")
    assert shop.json("due")[0]["best_time"] == "after 14:00"
    assert "offer; best time: after 14:00" in shop.ok("due")
    assert "best time: after 14:00" in shop.ok("today", "-f", "html")


# --- amounts ------------------------------------------------------------------------------------------------------


def test_amounts_are_typed_as_people_write_them(shop: Desk) -> None:
    sale = shop.json("sale", "add", "1", "oven", "--amount", "5万")
    assert sale["amount"] == 50000.0
    assert shop.json("sale", "pay", "sa1", "¥1,200.50")[0]["amount"] == 1200.5
    assert (
        shop.json("customer", "edit", "1", "--credit-limit", "1.2亿", "--revenue", "CNY 100")["credit_limit"]
        == 120000000
    )
    assert [row["id"] for row in shop.json("sale", "list", "--amount", "4万..6万")] == [1]
    result = shop("customer", "edit", "1", "--revenue", "€100")
    assert (result.code, result.err.splitlines()[0]) == (2, "csm: '€100' is in EUR, and this file's currency is CNY")
    result = shop("sale", "add", "1", "oven", "--amount", "1.2345")
    assert (result.code, result.err) == (2, "csm: '1.2345' has more than 2 decimals\n")
    shop.ok("config", "set", "file.currency", "EUR", "--force")
    assert shop.json("customer", "edit", "1", "--revenue", "€100")["revenue"] == 100
    assert shop("sale", "add", "1", "oven", "--amount", "100元").code == 2
    assert shop.message("config", "set", "authority.level_0", "€300") == "authority.level_0 is now 300"
