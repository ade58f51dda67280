"""Complaints played from the call to the last callback through the command line, every minute worked out by hand.

Working time is Monday to Saturday, 09:00 to 12:00 and 13:00 to 18:00, in Shanghai. The calendar of these stories:

    November 2026                    December 2026
    Mon Tue Wed Thu Fri Sat Sun      Mon Tue Wed Thu Fri Sat Sun
                     20  21  --           1   2   3   4   5   6*     * an extra working day, from the file
     23  --#  25  26  27  28  --       7   8   9  10  11  12  --     # a holiday, from the file
     30                               14  15
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk

DAYS_OFF = """date,kind,name
2026-11-24,holiday,stocktaking
2026-12-06,workday,for the stocktaking
"""
ZHAO, LIU, WANG, LI, CHEN = "Zhao Wei", "Liu Gong", "Wang Fang", "Li Qiang", "Chen Jing"
STAFF = [
    (ZHAO, "0", "sales"),
    (LIU, "0", "technical service"),
    (WANG, "1", "customer service"),
    (LI, "2", "customer service"),
    (CHEN, "3", "management"),
]


@pytest.fixture
def shop(desk: Desk, tmp_path: Path) -> Desk:
    """Return the desk of a shop in Shanghai with its staff and its dated days; it is Friday, 2026-11-20, 14:00."""
    desk.now, desk.user = "2026-11-20 14:00", ZHAO
    desk.ok("config", "set", "file.timezone", "Asia/Shanghai")
    for name, level, department in STAFF:
        desk.ok("staff", "add", name, "--level", level, "--department", department)
    days = tmp_path / "days.csv"
    days.write_text(DAYS_OFF, encoding="utf-8")
    desk.ok("config", "holidays", "import", days)
    return desk


def at(desk: Desk, when: str, user: str = ZHAO) -> Desk:
    """Return the desk with somebody at it, at `11-20 16:30`."""
    desk.now, desk.user = f"2026-{when}", user
    return desk


def instant(when: str | None) -> str | None:
    """Return `11-20 16:30` as json has it, with the offset of the file's zone."""
    return None if when is None else f"2026-{when.replace(' ', 'T')}:00+08:00"


def events(case: dict[str, Any]) -> list[tuple[str, str, str, str | None, int]]:
    return [(event["at"], event["by"], event["step"], event["text"], event["level"]) for event in case["events"]]


def line(*told: tuple[str, str, str, str | None, int]) -> list[tuple[str | None, str, str, str | None, int]]:
    return [(instant(when), by, step, text, level) for when, by, step, text, level in told]


def clocks(case: dict[str, Any]) -> list[tuple[str, str, str | None, bool]]:
    assert all(isinstance(one["missed"], bool) for one in case["deadlines"])
    return [(one["clock"], one["due"], one["met_at"], one["missed"]) for one in case["deadlines"]]


def hands(*told: tuple[str, str, str | None, bool]) -> list[tuple[str, str | None, str | None, bool]]:
    return [(clock, instant(due), instant(met), missed) for clock, due, met, missed in told]


def due(desk: Desk, kind: str, *options: str) -> list[tuple[int, str, int, str, int | None]]:
    """Return what is due of a kind: id, day, days late, owner, level of the case."""
    rows = desk.json("due", "--kind", kind, *options)
    assert {row["kind"] for row in rows} <= {kind}
    return [(row["id"], row["due"][:10], row["days_late"], row["owner"], row["level"]) for row in rows]


def row_of(desk: Desk, case_id: int) -> dict[str, Any]:
    return next(row for row in desk.json("complaint", "list", "--all") if row["id"] == case_id)


def caught(desk: Desk, when: str) -> list[tuple[int, str, str, str, int]]:
    """Run cron's line, return what it recorded."""
    rows = at(desk, when, "cron").json("complaint", "escalate", "--overdue")
    return [(row["complaint_id"], row["step"], row["clock"], row["due_at"], row["level"]) for row in rows]


def page_lines(page: str) -> list[str]:
    """Return the lines of the time line on the printed page that say when, what and who."""
    block = page.partition("\nTime line\n")[2].partition("\n\n")[0]
    return [" ".join(text.split()) for text in block.splitlines() if re.match(r"  \d{4}-\d\d-\d\d \d\d:\d\d  ", text)]


SUMMARY = "the oven we sold went out at a wedding"


def test_serious_complaint(shop: Desk) -> None:
    """From the call on a Friday afternoon to the prevention ticked off nearly four weeks later."""
    desk = shop

    # --- Friday: a stranger calls. 15,000 is above Zhao's 200, so it stands at level 1 at once.
    at(desk, "11-20 16:30")
    told = desk.message(
        *("complaint", "open", "--new", "Lao Zhang Noodles", "--phone", "139 0000 0177", SUMMARY),
        *("--severity", "serious", "--claim", "15,000", "--want", "compensation", "--content", "product"),
        *("--problem", "goods-damaged", "--details", "sixty guests waited two hours; he shouts"),
    )
    assert told.startswith("read back: ")
    assert SUMMARY in told
    row = row_of(desk, 1)
    assert (row["customer"], row["severity"], row["escalation_level"]) == ("Lao Zhang Noodles", "serious", 1)
    assert (row["step"], row["next_step"], row["status"]) == ("record", "judge", "open")
    # first response, 2 h: Friday 16:30-18:00 is 1 h 30 min, Saturday 09:00-09:30 the rest
    # proposal, 1 day: Saturday 16:30; resolution, 3 days: Saturday, Monday, (Tuesday is off,) Wednesday 16:30
    dues = row["first_response_due"], row["proposal_due"], row["resolution_due"]
    assert dues == (instant("11-21 09:30"), instant("11-21 16:30"), instant("11-25 16:30"))
    assert (row["next_clock"], row["next_due_at"]) == ("first-response", instant("11-21 09:30"))
    assert due(desk, "first-response") == []
    assert due(desk, "first-response", "--days", "1") == [(1, "2026-11-21", -1, ZHAO, 1)]
    assert desk("complaint", "assign", "1", "--to", LIU, "--route", "technical").code == 4  # judging comes first

    # --- Saturday: nobody has called back. What is due at 09:30 isn't late at 09:30.
    assert caught(desk, "11-20 17:00") == []
    assert caught(desk, "11-21 09:30") == []
    assert caught(desk, "11-21 09:35") == [
        (1, "miss", "first-response", instant("11-21 09:30"), 1),
        (1, "escalate", "first-response", instant("11-21 09:30"), 2),
    ]
    assert caught(desk, "11-21 09:40") == []
    assert desk("complaint", "escalate", "--overdue").out == ""
    assert due(desk, "first-response") == [(1, "2026-11-21", 0, ZHAO, 2)]
    assert due(desk, "first-response", "--overdue") == [(1, "2026-11-21", 0, ZHAO, 2)]
    assert desk("due", "--overdue", "--exit-code").code == 10
    assert [row["id"] for row in desk.json("complaint", "list", "--overdue")] == [1]

    at(desk, "11-21 09:50").ok("complaint", "respond", "1", "we are sorry; a technician comes today", "--apologised")
    assert due(desk, "first-response") == []
    desk.now = "2026-11-21 10:00"
    desk.ok("complaint", "judge", "1", "--founded", "--responsibility", "ours", "--reason", "our thermostat failed")
    desk.now = "2026-11-21 10:10"
    points = ("--points", "the oven; the wedding")
    desk.ok(
        "complaint", "assign", "1", "--to", LIU, "--department", "technical service", "--route", "technical", *points
    )
    assert due(desk, "technician") == [(1, "2026-11-21", 0, LIU, 2)]

    at(desk, "11-21 14:00", LIU).ok("complaint", "respond", "cp1", "stood in the kitchen, took the thermostat out")
    assert due(desk, "technician") == []
    desk.now = "2026-11-21 15:00"
    desk.ok(
        "complaint", "analyse", "1", "--failure", "outcome", "--cause", "company", "--finding", "a batch of bad parts"
    )
    assert due(desk, "proposal") == [(1, "2026-11-21", 0, LIU, 2)]
    assert due(desk, "approval") == []
    desk.now = "2026-11-21 16:00"
    desk.ok(
        "complaint", "propose", "1", "new thermostat and 3,000", "--compensation", "3,000", "--recovery", "symbolic"
    )
    assert due(desk, "proposal") == []

    # 3,000 is above the 2,000 of level 1; level 2 and 3 may decide.
    assert due(desk, "approval", "--owner", WANG) == []
    assert due(desk, "approval", "--owner", LI) == [(1, "2026-11-21", 0, LI, 2)]
    assert due(desk, "approval", "--owner", CHEN) == [(1, "2026-11-21", 0, CHEN, 2)]
    at(desk, "11-21 16:50", WANG)
    result = desk("complaint", "approve", "1", "--by", WANG, "--remark", "fair enough")
    assert result.code == 4
    assert WANG in result.err
    assert desk("complaint", "implement", "1", "--did", "went ahead", "--outcome", "full").code == 4
    at(desk, "11-21 17:00", LI).ok("complaint", "reject", "1", "--by", LI, "--remark", "he wants no oven of that batch")
    assert due(desk, "approval", "--owner", LI) == []
    row = row_of(desk, 1)
    assert (row["step"], row["next_step"]) == ("analyse", "propose")

    # --- Monday: 12,000 takes level 3. Liu passes it up, and tells the customer by when he hears.
    at(desk, "11-23 09:20", LIU)
    desk.ok("complaint", "propose", "1", "another oven, and 2,000", "--compensation", "12,000", "--recovery", "equal")
    assert due(desk, "approval", "--owner", LI) == []
    assert due(desk, "approval", "--owner", CHEN) == [(1, "2026-11-23", 0, CHEN, 2)]
    assert desk("complaint", "approve", "1", "--by", LI, "--remark", "yes").code == 4
    desk.now = "2026-11-23 09:30"
    reply = ("--reason", "12,000 is beyond us", "--reply-by", "2026-11-23 12:00")
    desk.ok("complaint", "escalate", "1", *reply)
    assert due(desk, "promise") == [(1, "2026-11-23", 0, LIU, 3)]
    assert desk("complaint", "escalate", "1", *reply).code == 4  # there is nobody above level 3
    at(desk, "11-23 11:15", LIU).ok("complaint", "respond", "1", "the general manager decides before noon")
    assert due(desk, "promise") == []
    at(desk, "11-23 11:40", CHEN).ok("complaint", "approve", "1", "--by", CHEN, "--remark", "do it, and quickly")
    assert due(desk, "approval") == []

    # --- The purchase papers are missing: a wait over a holiday and a weekend, in which nothing is late.
    at(desk, "11-23 14:00", LIU).ok("complaint", "wait", "1", "--for", "the purchase papers")
    assert due(desk, "resolution", "--days", "30") == []
    assert caught(desk, "11-26 10:00") == []  # it would have been due on the 25th
    at(desk, "11-26 10:05", LIU)
    assert desk("complaint", "implement", "1", "--did", "swapped", "--outcome", "full").code == 4
    row = row_of(desk, 1)
    assert (row["status"], row["waiting_since"], row["overdue"]) == ("waiting", instant("11-23 14:00"), False)
    at(desk, "11-28 10:00").ok("complaint", "note", "1", "he looks for them in the old shop")
    at(desk, "11-30 10:00", LIU).ok("complaint", "resume", "1")
    # Waited: Monday 14:00-18:00 4 h, Wednesday to Saturday 4 x 8 h = 32 h, Monday 09:00-10:00 1 h: 37 h.
    # From Wednesday 25th 16:30: 1 h 30 min that day, Thursday 26th to Monday 30th 4 x 8 h = 32 h, so 3 h 30 min are left
    # for Tuesday 1st: 09:00-12:00 and 13:00-13:30.
    assert row_of(desk, 1)["resolution_due"] == instant("12-01 13:30")
    assert due(desk, "resolution", "--days", "1") == [(1, "2026-12-01", -1, LIU, 3)]

    # --- Tuesday: done ten minutes in time, and told an hour and a half late; what was done in time isn't missed.
    at(desk, "12-01 15:00", LIU)
    did = ("--did", "another oven stands there and runs", "--outcome", "full")
    result = desk("complaint", "implement", "1", *did, "--at", "2026-12-01 13:20")
    assert result.code == 0, result
    assert "2026-12-04 (Friday)" in result.err  # three days after the day it was done
    assert due(desk, "resolution", "--days", "30") == []
    assert due(desk, "callback", "--days", "7") == [(1, "2026-12-04", -3, LIU, None)]
    assert desk("complaint", "feedback-read", "1", "--by", LIU).code == 4
    at(desk, "12-01 16:00", WANG).ok("complaint", "feedback-read", "1", "--by", WANG)
    assert desk("complaint", "feedback-read", "1", "--by", WANG).code == 4  # archived

    # --- Friday: he is not satisfied, so closing opens the case again, at step 4, with a resolution clock of its own.
    at(desk, "12-04 10:00")
    prevent = ("--prevent", "test every thermostat of that maker", "--prevent-by", LIU, "--prevent-on", "2026-12-15")
    words = ("--summary", "oven replaced, wedding unpaid", "--lesson", "ask what the day itself was worth")
    result = desk("complaint", "close", "1", *words, "-s", "2", *prevent)
    assert result.code == 0, result
    assert "open again" in result.err
    row = row_of(desk, 1)
    assert (row["status"], row["step"], row["next_step"], row["reopened"]) == ("open", "assign", "analyse", 1)
    assert row["closed_at"] is None
    # 3 days from Friday 10:00: Saturday 5th, Sunday 6th is worked, Monday 7th 10:00
    assert row["resolution_due"] == instant("12-07 10:00")
    assert due(desk, "callback", "--days", "30") == []  # his answer is known
    assert due(desk, "resolution", "--days", "3") == [(1, "2026-12-07", -3, LIU, 3)]

    at(desk, "12-05 09:30", LIU)
    desk.ok(
        "complaint",
        "analyse",
        "1",
        "--failure",
        "process",
        "--cause",
        "service",
        "--finding",
        "nobody asked about the day",
    )
    desk.now = "2026-12-05 11:00"
    desk.ok("complaint", "propose", "1", "we pay for the sixty meals", "--compensation", "2000", "--recovery", "more")
    # 12,000 given already and 2,000 more are 14,000: above the 10,000 of level 2, though 2,000 alone is within level 1
    assert due(desk, "approval", "--owner", WANG) == due(desk, "approval", "--owner", LI) == []
    assert due(desk, "approval", "--owner", CHEN) == [(1, "2026-12-05", 0, CHEN, 3)]
    assert desk("complaint", "approve", "1", "--by", LI, "--remark", "yes").code == 4
    at(desk, "12-05 13:45", CHEN).ok("complaint", "approve", "1", "--by", CHEN, "--remark", "that is what he lost")

    # --- Monday: it slips. Level 3 is the top, so cron records the miss and moves nothing.
    assert caught(desk, "12-07 10:00") == []
    assert caught(desk, "12-07 10:15") == [(1, "miss", "resolution", instant("12-07 10:00"), 3)]
    assert caught(desk, "12-07 10:20") == []
    assert row_of(desk, 1)["overdue"] is True
    at(desk, "12-07 10:30", LIU)
    result = desk("complaint", "implement", "1", "--did", "paid him at his counter", "--outcome", "full")
    assert result.code == 0, result
    assert "2026-12-10 (Thursday)" in result.err
    at(desk, "12-07 17:00", WANG).ok("complaint", "feedback-read", "1", "--by", WANG)

    # --- Thursday: the closing callback.
    at(desk, "12-10 11:20")
    assert due(desk, "callback") == [(2, "2026-12-10", 0, LIU, None)]
    result = desk(
        "callback", "done", "cb2", "he will send us his brother", "-s", "5", "--summary", "oven and wedding made good"
    )
    assert result.code == 0, result
    assert "closed cp1" in result.err

    case = desk.json("complaint", "show", "1")
    expected = line(
        ("11-20 16:30", ZHAO, "record", SUMMARY, 0),
        ("11-20 16:30", ZHAO, "escalate", "claim", 1),  # at once, for the claim
        ("11-21 09:30", "policy", "miss", "first-response", 1),
        ("11-21 09:35", "policy", "escalate", "first-response", 2),
        ("11-21 09:50", ZHAO, "respond", "we are sorry; a technician comes today", 2),
        ("11-21 10:00", ZHAO, "judge", "our thermostat failed", 2),
        ("11-21 10:10", ZHAO, "assign", None, 2),
        ("11-21 14:00", LIU, "respond", "stood in the kitchen, took the thermostat out", 2),
        ("11-21 15:00", LIU, "analyse", "a batch of bad parts", 2),
        ("11-21 16:00", LIU, "propose", "new thermostat and 3,000", 2),
        ("11-21 17:00", LI, "reject", "he wants no oven of that batch", 2),
        ("11-23 09:20", LIU, "propose", "another oven, and 2,000", 2),
        ("11-23 09:30", LIU, "escalate", "12,000 is beyond us", 3),
        ("11-23 11:15", LIU, "respond", "the general manager decides before noon", 3),
        ("11-23 11:15", LIU, "promise", f"an answer about: {SUMMARY}", 3),  # the reply-by time is kept
        ("11-23 11:40", CHEN, "approve", "do it, and quickly", 3),
        ("11-23 14:00", LIU, "wait", "the purchase papers", 3),
        ("11-28 10:00", ZHAO, "note", "he looks for them in the old shop", 3),
        ("11-30 10:00", LIU, "resume", None, 3),
        ("12-01 13:20", LIU, "implement", "another oven stands there and runs", 3),
        ("12-01 16:00", WANG, "feedback-read", None, 3),
        ("12-04 10:00", ZHAO, "close", "oven replaced, wedding unpaid", 3),
        ("12-04 10:00", ZHAO, "reopen", "satisfaction 2", 3),
        ("12-05 09:30", LIU, "analyse", "nobody asked about the day", 3),
        ("12-05 11:00", LIU, "propose", "we pay for the sixty meals", 3),
        ("12-05 13:45", CHEN, "approve", "that is what he lost", 3),
        ("12-07 10:00", "policy", "miss", "resolution", 3),
        ("12-07 10:30", LIU, "implement", "paid him at his counter", 3),
        ("12-07 17:00", WANG, "feedback-read", None, 3),
        ("12-10 11:20", ZHAO, "feedback", "he will send us his brother", 3),
        ("12-10 11:20", ZHAO, "close", "oven and wedding made good", 3),
    )
    assert events(case) == expected

    assert clocks(case) == hands(
        ("first-response", "11-21 09:30", "11-21 09:50", True),  # 20 minutes late
        ("technician", "11-21 18:00", "11-21 14:00", False),  # assigned on Saturday, due as Saturday ends
        ("proposal", "11-21 16:30", "11-21 16:00", False),  # the rejection doesn't start it anew
        ("resolution", "12-01 13:30", "12-01 13:20", False),  # moved by the 37 h of the wait
        ("resolution", "12-07 10:00", "12-07 10:30", True),  # anew from the reopening
    )

    row = row_of(desk, 1)
    assert {name: row[name] for name in row if row[name] != case[name]} == {}
    ended = {
        "level": "complaint",
        "severity": "serious",
        "content": "product",
        "problem": "goods-damaged",
        "step": "close",
        "next_step": None,
        "status": "closed",
        "escalation_level": 3,
        "owner": LIU,
        "department": "technical service",
        "founded": "founded",
        "responsibility": "ours",
        "cause": "service",
        "compensation": 14_000.0,  # 12,000 of the first remedy, 2,000 of the second
        "received_at": instant("11-20 16:30"),
        "first_response_at": instant("11-21 09:50"),
        "first_response_due": instant("11-21 09:30"),
        "proposal_due": instant("11-21 16:30"),
        "resolution_due": instant("12-07 10:00"),
        "implemented_at": instant("12-07 10:30"),
        "closed_at": instant("12-10 11:20"),
        "waiting_since": None,
        "reopened": 1,
        "satisfaction": 5,
        "overdue": False,
        "next_clock": None,
        "next_due_at": None,
    }
    assert {name: row[name] for name in ended} == ended

    assert [(one["id"], one["text"], one["due_at"], one["kept_at"], one["status"]) for one in case["promises"]] == [
        (1, f"an answer about: {SUMMARY}", instant("11-23 12:00"), instant("11-23 11:15"), "kept")
    ]
    assert [
        (one["id"], one["purpose"], one["due_on"], one["status"], one["satisfaction"])
        for one in desk.json("callback", "list", "--customer", "1", "--all", "--sort", "id")
    ] == [(1, "satisfaction", "2026-12-04", "cancelled", None), (2, "satisfaction", "2026-12-10", "done", 5)]
    assert [one["open_complaints"] for one in desk.json("customer", "list")] == [0]

    # The page for people tells the same story, in the same order.
    page = desk.ok("complaint", "show", "1")
    people = {"policy": "by policy"}
    assert page_lines(page) == [
        f"{when[:10]} {when[11:16]} {step} {people.get(by, by)}" + (f", level {level}" if level else "")
        for when, by, step, _text, level in expected
        if when
    ]
    chinese = desk.ok("complaint", "show", "1", lang="zh")
    lines = [text for text in chinese.splitlines() if re.match(r"  \d{4}-\d\d-\d\d \d\d:\d\d  ", text)]
    # its promise has a line of that form as well, after the time line
    assert [text[2:18] for text in lines] == [
        *(f"{when[:10]} {when[11:16]}" for when, *_ in expected if when),
        "2026-11-23 12:00",
    ]
    # first resolution: Friday 1 h 30 min, Saturday and Monday 16 h, Wednesday to Saturday 32 h, Monday 8 h, Tuesday
    # 3 h and 20 min: 60 h 50 min. total: Tuesday's 4 h 40 min, Wednesday to Saturday 32 h, Sunday 8 h, Monday 1 h 30 min
    # more: 107 h.
    for told in (
        "due 2026-11-21 Saturday 09:30, met 2026-11-21 Saturday 09:50, 20 min late, missed",
        "due 2026-11-21 Saturday 18:00, met 2026-11-21 Saturday 14:00, in time",
        "due 2026-11-21 Saturday 16:30, met 2026-11-21 Saturday 16:00, in time",
        "due 2026-12-01 Tuesday 13:30, met 2026-12-01 Tuesday 13:20, in time",
        "due 2026-12-07 Monday 10:00, met 2026-12-07 Monday 10:30, 30 min late, missed",
        "60 h 50 min of working time",
        "107 h of working time",
        "ended 2026-12-10 Thursday 11:20, satisfaction 5 of 5",
        "waited 37 h of working time",
    ):
        assert told in page
    for text in (told for *_, told, _level in expected if told):
        assert text in page
    assert None not in case["four_r"].values()
    assert case["four_r"]["regret"] == "we are sorry; a technician comes today"

    # --- The day before it is due, and the day after, when it is done: what keeps it from happening again.
    at(desk, "12-14 09:00", LIU)
    assert due(desk, "prevention") == []
    assert due(desk, "prevention", "--days", "1", "--owner", LIU) == [(1, "2026-12-15", -1, LIU, None)]
    desk.now = "2026-12-16 09:00"
    assert due(desk, "prevention", "--overdue") == [(1, "2026-12-15", 1, LIU, None)]
    desk.ok("done", "cp1", "all forty tested, three sent back")
    assert due(desk, "prevention", "--days", "30") == []
    [lesson] = desk.json("complaint", "lessons", "wedding")
    assert (lesson["id"], lesson["lesson"]) == (1, "ask what the day itself was worth")
    assert (lesson["summary"], lesson["closed_at"]) == ("oven and wedding made good", instant("12-10 11:20"))
    assert (lesson["prevention"], lesson["in_charge"]) == ("test every thermostat of that maker", LIU)
    assert lesson["prevention_done_at"] == instant("12-16 09:00")
    after = desk.json("complaint", "show", "1")
    ticked = line(("12-16 09:00", LIU, "prevention", "all forty tested, three sent back", 3))
    assert events(after) == expected + ticked  # nothing of what was is changed
    assert after["status"] == "closed"
    assert desk.sql("PRAGMA integrity_check") == [("ok",)]


def test_grievances(shop: Desk) -> None:
    """One is settled with a word; one is raised to a complaint, which starts step 2."""
    desk = shop
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0199")
    at(desk, "11-20 15:00")
    desk.ok("complaint", "open", "Golden Dragon", "the driver never says hello", "--level", "grievance", "--live")
    desk.now = "2026-11-20 15:05"
    desk.ok("complaint", "open", "Golden Dragon", "the bills come without stamps", "--level", "grievance", "--live")
    assert desk("complaint", "judge", "2", "--founded", "--responsibility", "ours", "--reason", "true").code == 4

    desk.now = "2026-11-20 15:20"
    desk.ok("complaint", "settle", "1", "--did", "talked to the driver, rang her back")
    word = desk.json("complaint", "show", "1")
    assert (word["level"], word["status"], word["reopened"]) == ("grievance", "closed", 0)
    assert events(word) == line(
        ("11-20 15:00", ZHAO, "record", "the driver never says hello", 0),
        ("11-20 15:20", ZHAO, "close", "talked to the driver, rang her back", 0),
    )
    # 7 days: 21st, 23rd, (24th is off,) 25th, 26th, 27th, 28th, 30th
    assert clocks(word) == hands(
        ("first-response", "11-21 15:00", "11-20 15:00", False),  # 8 h: 3 h on Friday, 3 h and 2 h on Saturday
        ("resolution", "11-30 15:00", "11-20 15:20", False),
    )
    assert due(desk, "callback", "--days", "30") == []

    at(desk, "11-21 10:00").ok("complaint", "raise", "2", "--reason", "her accountant sends them back")
    row = row_of(desk, 2)
    assert (row["level"], row["step"], row["next_step"], row["status"]) == ("complaint", "record", "judge", "open")
    desk.now = "2026-11-21 10:30"
    did = ("--did", "stamped all six bills at her desk", "--compensation", "150", "--recovery", "symbolic")
    desk.ok("complaint", "settle", "2", "--failure", "process", "--cause", "service", *did)
    raised = desk.json("complaint", "show", "2")
    assert [(when, step, level) for when, _by, step, _text, level in events(raised)] == [
        (instant("11-20 15:05"), "record", 0),
        (instant("11-21 10:00"), "raise", 0),
        *((instant("11-21 10:30"), step, 0) for step in "judge assign analyse propose approve implement".split()),
    ]
    # from the raising on: proposal, 3 days: 23rd, 25th, 26th; resolution, 7 days: and 27th, 28th, 30th, 1st
    assert clocks(raised) == hands(
        ("first-response", "11-21 15:05", "11-20 15:05", False),
        ("proposal", "11-26 10:00", "11-21 10:30", False),
        ("resolution", "12-01 10:00", "11-21 10:30", False),
    )
    assert (raised["status"], raised["next_step"], raised["compensation"]) == ("open", "close", 150.0)
    # three days after the 21st is the holiday, so the first working day from there
    assert due(desk, "callback", "--days", "30") == [(1, "2026-11-25", -4, ZHAO, None)]
    at(desk, "11-25 09:10").ok("callback", "done", "cb1", "pleased", "-s", "4", "--summary", "bills carry stamps now")
    assert [
        (row["id"], row["level"], row["status"]) for row in desk.json("complaint", "list", "--all", "--sort", "id")
    ] == [
        (1, "grievance", "closed"),
        (2, "complaint", "closed"),
    ]
    assert row_of(desk, 2)["satisfaction"] == 4


def test_cashier_says_tomorrow(shop: Desk) -> None:
    """A club waits for its deposit: a promise broken twice, settled in cash, counted at home, and open again."""
    desk = shop
    desk.ok("customer", "add", "Moonlight Club", "--phone", "010-5550 0188")
    tomorrow = "the cashier says tomorrow every day"
    at(desk, "11-25 10:00").ok("complaint", "open", "Moonlight", tomorrow, "--want", "fast", "--live")
    at(desk, "11-25 10:05").ok("promise", "add", "cp1", "the deposit is paid out", "--by", "2026-11-26 18:00")
    assert caught(desk, "11-26 18:00") == []

    # The first is broken: a miss of the case, on record with its own time.
    at(desk, "11-27 09:05").ok("promise", "break", "pr1", "tomorrow, he said")
    at(desk, "11-27 09:10").ok("promise", "add", "cp1", "the deposit, today", "--by", "2026-11-27 17:00")
    assert due(desk, "promise") == [(2, "2026-11-27", 0, ZHAO, 1)]

    # The second passes while everybody sleeps; breaking it afterwards is no second miss.
    assert caught(desk, "11-27 17:20") == [
        (1, "miss", "promise", instant("11-27 17:00"), 1),
        (1, "escalate", "promise", instant("11-27 17:00"), 2),
    ]
    at(desk, "11-28 09:15").ok("promise", "break", "pr2", "tomorrow again")
    assert caught(desk, "11-28 09:20") == []
    at(desk, "11-28 09:40")
    did = ("--did", "paid in cash, with 100 for the trouble", "--compensation", "100", "--recovery", "more")
    desk.ok("complaint", "settle", "1", "--failure", "process", "--cause", "company", *did)

    # Unknown satisfaction takes three tries or a reason; the callback on Tuesday is still to come.
    at(desk, "11-30 11:00")
    words = ("--summary", "deposit paid", "--lesson", "pay deposits on the day", "-s", "unknown")
    assert desk("complaint", "close", "1", *words).code == 4
    desk.ok("complaint", "close", "1", *words, "--reason", "the club sleeps by day")
    assert row_of(desk, 1)["status"] == "closed"
    at(desk, "12-01 10:30")
    assert due(desk, "callback") == [(1, "2026-12-01", 0, ZHAO, None)]
    result = desk("callback", "done", "cb1", "200 were missing", "-s", "1")
    assert result.code == 0, result
    assert "open again" in result.err

    case = desk.json("complaint", "show", "1")
    settled = "paid in cash, with 100 for the trouble"
    assert events(case) == line(
        ("11-25 10:00", ZHAO, "record", tomorrow, 0),
        ("11-25 10:05", ZHAO, "promise", "the deposit is paid out", 0),
        ("11-26 18:00", "policy", "miss", "promise pr1", 0),
        ("11-27 09:05", "policy", "escalate", "promise pr1", 1),
        ("11-27 09:05", ZHAO, "promise", "tomorrow, he said", 1),
        ("11-27 09:10", ZHAO, "promise", "the deposit, today", 1),
        ("11-27 17:00", "policy", "miss", "promise pr2", 1),
        ("11-27 17:20", "policy", "escalate", "promise pr2", 2),
        ("11-28 09:15", ZHAO, "promise", "tomorrow again", 2),
        ("11-28 09:40", ZHAO, "judge", None, 2),
        ("11-28 09:40", ZHAO, "assign", None, 2),
        ("11-28 09:40", ZHAO, "analyse", None, 2),
        ("11-28 09:40", ZHAO, "propose", settled, 2),
        ("11-28 09:40", ZHAO, "approve", None, 2),
        ("11-28 09:40", ZHAO, "implement", settled, 2),
        ("11-30 11:00", ZHAO, "close", "deposit paid", 2),
        ("12-01 10:30", ZHAO, "feedback", "200 were missing", 2),
        ("12-01 10:30", ZHAO, "reopen", "satisfaction 1", 2),
    )
    # first response, 8 h, taken live: Wednesday 10:00-12:00 and 13:00-18:00 are 7 h, Thursday 09:00-10:00
    # proposal, 3 days: 26th, 27th, 28th; resolution, 7 days: and 30th, 1st, 2nd, 3rd
    # second resolution, 7 days from Tuesday 1st 10:30: 2nd, 3rd, 4th, 5th, the Sunday that is worked, 7th, 8th
    assert clocks(case) == hands(
        ("first-response", "11-26 10:00", "11-25 10:00", False),
        ("proposal", "11-28 10:00", "11-28 09:40", False),
        ("resolution", "12-03 10:00", "11-28 09:40", False),
        ("resolution", "12-08 10:30", None, False),
    )
    assert (case["status"], case["next_step"], case["reopened"]) == ("open", "analyse", 1)
    assert case["escalation_level"] == 2  # a general case goes no higher by the clock

    # The third time it is kept, and told the day after.
    at(desk, "12-01 10:40").ok("promise", "add", "cp1", "the other 200", "--by", "2026-12-02 12:00")
    at(desk, "12-03 09:00").ok("promise", "keep", "pr3", "counted with them", "--at", "2026-12-02 11:30")
    assert caught(desk, "12-03 09:05") == []
    case = desk.json("complaint", "show", "1")
    assert events(case)[-2:] == line(
        ("12-01 10:40", ZHAO, "promise", "the other 200", 2),
        ("12-02 11:30", ZHAO, "promise", "counted with them", 2),  # when it was kept, as with every --at
    )
    assert [(one["due_at"], one["kept_at"], one["status"]) for one in case["promises"]] == [
        (instant("11-26 18:00"), None, "broken"),
        (instant("11-27 17:00"), None, "broken"),
        (instant("12-02 12:00"), instant("12-02 11:30"), "kept"),
    ]
