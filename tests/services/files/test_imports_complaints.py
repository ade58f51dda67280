"""Complaints from files: historic ones, our own with all that happened to them, and what is never undone (handbook 6).

2026-11-21 is a Saturday, a working day by default; Sundays are not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, filled_once
from tests.services.files.importing import load, sheet


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with Golden Dragon (owner bob, contact Li Na) and Old Mill, and a department head."""
    desk.ok("staff", "add", "Wang Fang", "--level", "2", "--department", "service")
    desk.ok("customer", "add", "Golden Dragon", "--code", "G1", "--owner", "bob", "--contact", "Li Na;buyer")
    desk.ok("customer", "add", "Old Mill", "--phone", "010-5550 0001")
    return desk


def handle(shop: Desk) -> None:
    """Open and handle cases in every way there is, so that nothing a case can hold is missing."""
    steps = {
        "judge": ("--founded", "--responsibility", "ours", "--reason", "the driver confirms it"),
        "assign": ("--to", "Wang Fang", "--department", "service", "--route", "technical", "--points", "seal"),
        "analyse": ("--failure", "process", "--cause", "company", "--finding", "nobody told the warehouse"),
        "propose": ("new seal", "--compensation", "120.50", "--recovery", "equal"),
        "approve": ("--by", "Wang Fang", "--remark", "fair"),
        "implement": ("--did", "seal changed", "--outcome", "full"),
    }

    def go(case: int, *verbs: str) -> None:
        for verb in verbs:
            shop.ok("complaint", verb, str(case), *steps[verb])

    shop.now = "2026-11-02 09:30"
    shop.ok(
        "complaint",
        "open",
        "G1",
        "送货晚了 two days late",
        "--live",
        "--contact",
        "Li Na",
        "--problem",
        "late-delivery",
    )
    shop.ok(
        "complaint", "open", "G1", "=broken", "--severity", "serious", "--details", 'line\n"two"', "--claim", "99.90"
    )
    shop.ok("complaint", "open", "2", "rude cashier", "--about", "Zhang", "--want", "respect", "--content", "service")
    shop.ok("complaint", "open", "2", "a grievance", "--level", "grievance")
    shop.ok("complaint", "open", "2", "wrong price", "--trigger", "media")
    shop.ok("complaint", "open", "2", "misread bill")
    shop.ok("complaint", "open", "2", "lost parcel")
    shop.ok("complaint", "open", "2", "third time")
    shop.ok("complaint", "open", "2", "waits")
    shop.ok("complaint", "open", "2", "to be approved")
    shop.now = "2026-11-03 10:00"
    go(1, *steps)
    prevention = ("--prevent", "check seals", "--prevent-by", "bob", "--prevent-on", "2026-12-01")
    closing = ("--summary", "all good", "--lesson", "=check", "-s", "5", *prevention)
    shop.ok("complaint", "close", "1", *closing)
    go(2, "judge", "assign", "analyse", "propose")
    go(10, "judge", "assign", "analyse", "propose")
    shop.ok("complaint", "reject", "2", "--by", "Wang Fang", "--remark", "too dear")
    go(3, "judge", "assign")
    shop.ok("complaint", "escalate", "3", "--reason", "beyond me", "--reply-by", "2026-11-05 12:00")
    shop.ok(
        "complaint",
        "judge",
        "6",
        "--unfounded",
        "--responsibility",
        "misunderstanding",
        "--reason",
        "no",
        "--explanation",
        "x",
    )
    shop.ok("complaint", "withdraw", "7", "--reason", "found it")
    go(8, *steps)
    shop.ok("complaint", "close", "8", "--summary", "s", "--lesson", "l", "-s", "1")
    shop.ok("complaint", "wait", "9", "--for", "the bill")
    shop.ok("promise", "add", "cp5", "call back", "--by", "2026-11-04 10:00", "--clock", "proposal")
    shop.now = "2026-11-06 15:00"
    shop.ok("complaint", "resume", "9")
    shop.ok("complaint", "respond", "9", "thanks for the bill", "--apologised")
    shop.ok("complaint", "note", "5", "the paper asks again")
    go(9, "judge")
    shop.ok("complaint", "wait", "9", "--for", "photos")
    shop.ok("complaint", "escalate", "--overdue")
    shop.now = "2026-11-21 09:00"
    shop.ok("complaint", "escalate", "--overdue")


def moved(shop: Desk, form: str) -> Desk:
    """Return an empty desk into which everything of the shop was exported and imported."""
    empty = Desk(shop.folder, name=f"empty-{form}.db")
    for kind in ("customers", "contacts", "complaints", "promises", "callbacks"):
        path = shop.folder / f"all-{kind}.{form}"
        shop.ok("export", kind, path, "--all")
        empty.ok("import", kind, path)
    return empty


def stored(desk: Desk, *columns: str) -> list[tuple[Any, ...]]:
    return desk.sql(f"SELECT {', '.join(columns)} FROM complaint_list ORDER BY id")


def dues(desk: Desk, *kinds: str) -> list[int]:
    return [row["id"] for kind in kinds for row in desk.json("due", "--kind", kind)]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
def test_what_was_exported_comes_back_to_the_cell(shop: Desk, form: str) -> None:
    handle(shop)
    empty = moved(shop, form)
    for kind in ("complaints", "promises", "callbacks"):
        again = empty.folder / f"again-{kind}.{form}"
        empty.ok("export", kind, again, "--all")
        assert again.read_text(encoding="utf-8-sig") == (shop.folder / f"all-{kind}.{form}").read_text("utf-8-sig")
    clocks = "SELECT complaint_id, clock, due_on FROM complaint_deadline WHERE standing = 'running' AND due_at = (SELECT next_due_at FROM complaint_state AS s WHERE s.complaint_id = complaint_deadline.complaint_id) ORDER BY 1, 2"
    assert empty.sql(clocks) == shop.sql(clocks)
    assert dues(empty, "approval") == dues(shop, "approval") == [10]
    for desk in (empty, shop):  # and imported once more, into either, it changes nothing
        changes = desk.sql("SELECT count(*) FROM change")
        for kind in ("complaints", "promises", "callbacks"):
            told = desk.json("import", kind, shop.folder / f"all-{kind}.{form}", "--update")
            assert (told["read"], told["unchanged"]) == (told["unchanged"], told["read"]), told
        assert desk.sql("SELECT count(*) FROM change") == changes


def test_events_and_preventions_come_back_as_they_were(shop: Desk) -> None:
    handle(shop)
    empty = moved(shop, "jsonl")
    for query in (
        "SELECT complaint_id, at, by, step, text, level, data FROM complaint_event ORDER BY complaint_id, id",
        "SELECT * FROM complaint_state ORDER BY 1",
        "SELECT complaint_id, clock, round, start_at, target, due_at, met_at, missed, standing, plain FROM complaint_deadline ORDER BY 1, 2, 3",
        "SELECT * FROM prevention ORDER BY id",
        "SELECT id, complaint_id, status, due_at, origin FROM promise ORDER BY id",
        "SELECT id, complaint_id FROM callback ORDER BY id",
    ):
        assert empty.sql(query) == shop.sql(query)
    empty.now = shop.now
    assert empty.ok("complaint", "show", "2") == shop.ok("complaint", "show", "2")


def test_an_export_carries_what_happened(shop: Desk) -> None:
    handle(shop)
    [first] = [
        json.loads(line)
        for line in shop.ok(
            "export", "complaints", "-", "--problem", "late-delivery", "--all", "-f", "jsonl"
        ).splitlines()
    ]
    assert [event["step"] for event in first["events"]] == [
        "record", "judge", "assign", "analyse", "propose", "approve", "implement", "close",
    ]  # fmt: skip
    assert first["events"][4]["data"].items() >= {"compensation_cents": 12050, "recovery": "equal"}.items()
    assert [one["text"] for one in first["preventions"]] == ["check seals"]
    assert "overdue" not in first
    heading = shop.ok("export", "complaints", "-").splitlines()[0]
    assert "events" not in heading and "overdue" not in heading
    shop.ok("export", "complaints", shop.folder / "a.json", "--all", "--encoding", "ascii")
    assert json.loads((shop.folder / "a.json").read_text("ascii"))[0]["events"][0]["text"] == "送货晚了 two days late"


def test_historic_cases_keep_their_dates_and_fire_nothing(shop: Desk) -> None:
    path = sheet(
        shop,
        "工单号,客户,受理时间,摘要,状态,严重程度,责任,满意度,处理人,结案时间,渠道,赔偿",
        "T1,Golden Dragon,2026-03-02,送错货,已结案,general,我方责任,4,李雷,2026-03-05,电话,120",
        "T2,Golden Dragon,2026-11-03,还没修好,,serious,,,,,,",
        "T3,Old Mill,2026-11-20 17:00,价格不对,处理中,,,,韩梅,,,",
    )
    done = load(
        shop,
        "complaints",
        path,
        "--value",
        "状态:已结案=closed",
        "--value",
        "状态：处理中=open",
        "--value",
        "责任:我方责任=ours",
    )
    assert done.counts == {"read": 3, "inserted": 3}, done
    columns = "external_id status step next_step severity owner received_at closed_at satisfaction compensation channel next_clock"
    assert stored(shop, *columns.split()) == [
        ("T1", "closed", "close", None, "general", "李雷", "2026-03-02T09:00:00Z", "2026-03-05T09:00:00Z", 4, 120.0, "phone", None),
        ("T2", "open", "record", "judge", "serious", "bob", "2026-11-03T09:00:00Z", None, None, None, "phone", "first-response"),
        ("T3", "open", "record", "judge", "general", "韩梅", "2026-11-20T17:00:00Z", None, None, None, "phone", "first-response"),
    ]  # fmt: skip
    assert (
        shop.sql("SELECT step, by, at, text FROM complaint_event")
        == [("imported", "alice", "2026-11-21T09:00:00Z", None)] * 3
    )
    assert shop.json("complaint", "list", "--overdue")[0]["id"] == 2
    assert dues(shop, "first-response", "proposal", "resolution") == [2, 3, 2, 2]
    before = shop.sql("SELECT * FROM complaint_state")
    shop.ok("complaint", "escalate", "--overdue")
    assert shop.sql("SELECT * FROM complaint_state") == before
    assert shop.sql("SELECT count(*) FROM complaint_event") == [(3,)]
    assert shop.sql("SELECT complaint_id, clock, standing FROM complaint_deadline WHERE complaint_id = 1 ORDER BY id") == [
        (1, "first-response", "stopped"), (1, "proposal", "stopped"), (1, "resolution", "met"),
    ]  # fmt: skip
    shop.now = "2026-11-24 09:00"  # what falls due after the import is missed as any other
    shop.ok("complaint", "escalate", "--overdue")
    assert shop.sql("SELECT complaint_id, step FROM complaint_event WHERE step <> 'imported'") == [
        (3, "miss"),
        (3, "escalate"),
    ]
    assert load(shop, "complaints", path, "--value", "状态:*=closed", "--set", "status=").counts != {}


def test_the_same_file_twice_changes_nothing(shop: Desk) -> None:
    path = sheet(
        shop,
        "customer_code,received_at,summary,closed_at",
        *["G1,2026-03-02,late,2026-03-02"] * 2,
        "G1,2026-03-03,lost,",
    )
    assert load(shop, "complaints", path).counts == {"read": 3, "inserted": 3}
    assert load(shop, "complaints", path).counts == {"read": 3, "unchanged": 3}
    assert load(shop, "complaints", path, "--update").counts == {"read": 3, "unchanged": 3}
    more = sheet(shop, "customer_code,received_at,summary", *["G1,2026-03-02,late"] * 3)
    assert load(shop, "complaints", more).counts == {"read": 3, "inserted": 1, "unchanged": 2}


def test_a_case_that_was_only_imported_can_be_told_anew(shop: Desk) -> None:
    heading = "external_id,customer_code,received_at,summary,status,step,resolution_due,closed_at,level"
    load(shop, "complaints", sheet(shop, heading, "T1,G1,2026-03-02,late,open,analyse,2026-03-20,,"))
    assert stored(shop, "next_step", "next_clock", "resolution_due") == [
        ("propose", "first-response", "2026-03-20T18:00:00Z")
    ]
    closed = sheet(shop, heading, "T1,G1,2026-03-02,late again,closed,,,2026-04-01,grievance")
    refused = load(shop, "complaints", closed)
    assert (refused.code, refused.bad) == (2, [(2, "summary", "late again")])
    assert load(shop, "complaints", closed, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "summary", "status", "step", "next_step", "next_clock", "closed_at", "level") == [
        ("late again", "closed", "close", None, None, "2026-04-01T09:00:00Z", "grievance")
    ]
    assert shop.sql("SELECT clock, standing FROM complaint_deadline ORDER BY id") == [
        ("first-response", "stopped"), ("resolution", "met"),
    ]  # fmt: skip
    assert load(shop, "complaints", closed, "--update").counts == {"read": 1, "unchanged": 1}
    reopened = sheet(shop, heading, "T1,G1,2026-03-01,late again,open,,,,")
    assert load(shop, "complaints", reopened, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "status", "received_at", "closed_at", "next_step") == [
        ("open", "2026-03-01T09:00:00Z", None, "close")
    ]


def test_a_case_that_was_handled_here_takes_no_other_state(shop: Desk) -> None:
    heading = "external_id,customer_code,received_at,summary,status,founded,details"
    load(shop, "complaints", sheet(shop, heading, "T1,G1,2026-11-20,late,open,,"))
    shop.ok("complaint", "judge", "1", "--founded", "--responsibility", "ours", "--reason", "yes")
    assert load(shop, "complaints", sheet(shop, heading, "T1,G1,2026-11-20,late,open,,the van broke down"), "--update").counts == {
        "read": 1, "updated": 1,
    }  # fmt: skip
    other = load(shop, "complaints", sheet(shop, heading, "T1,G1,2026-11-20,late,open,unfounded,"), "--update")
    assert (other.code, other.bad) == (2, [(2, "founded", "unfounded")])
    assert other.reasons == ["the file says something else than cp1, which has 'founded' and was handled here"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Nobody,2026-11-02,late,,,,", "customer", "no customer answers to 'Nobody'"),
        ("Old Mill,2026-11-02,,,,,", "summary", "summary can't be empty"),
        (
            "Old Mill,2026-12-02,late,,,,",
            "received_at",
            "'2026-12-02 09:00' lies in the future, but this has happened already",
        ),
        (
            "Old Mill,2026-11-02,late,,2026-10-02,,",
            "closed_at",
            "the end, 2026-10-02 09:00, lies before the start, 2026-11-02 09:00",
        ),
        ("Old Mill,2026-11-02,late,open,2026-11-03,,", "status", "open and closed_at can't be used together"),
        ("Old Mill,2026-11-02,late,open,,close,", "step", "open and close can't be used together"),
        ("Old Mill,2026-11-02,late,Resolved,,,", "status", "status can't be 'Resolved'"),
        ("Old Mill,5/6/2026,late,,,,", "received_at", "'5/6/2026' can be read as 2026-06-05 and as 2026-05-06"),
        ("Old Mill,2026-11-02,late,,,,4", "escalation_level", "escalation_level can't be '4'"),
    ],
)
def test_a_complaint_that_makes_no_sense_is_rejected(shop: Desk, row: str, column: str, reason: str) -> None:
    done = load(
        shop, "complaints", sheet(shop, "customer,received_at,summary,status,closed_at,step,escalation_level", row)
    )
    assert (done.code, done.bad[0][1]) == (2, column)
    assert done.reasons == [reason]
    assert stored(shop, "id") == []


RECORD: dict[str, Any] = {
    "at": "2026-11-02T09:00:00Z", "by": "bob", "step": "record", "text": "late", "level": 0,
    "data": {"level": "complaint", "severity": "general", "targets": {"general": {"first-response": "8h", "proposal": "3d", "resolution": "7d"}}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ("no json", "events can't be 'no json'"),
        ([[1]], "events can't be '[[1]]'"),
        ([{**RECORD, "step": "dance"}], "events.step can't be 'dance'"),
        ([{**RECORD, "step": "note"}], "events.step can't be 'note'"),
        ([{**RECORD, "at": "soon"}], "'soon' is no date or time"),
        (
            [{**RECORD, "at": "2027-01-01T00:00:00Z"}],
            "'2027-01-01T00:00:00Z' lies in the future, but this has happened already",
        ),
        ([{**RECORD, "level": 4}], "'4' is no whole number from 0 to 3"),
        ([{**RECORD, "by": ""}], "events.by can't be empty"),
        ([{**RECORD, "data": {}}], "events.data.level can't be empty"),
        ([{**RECORD, "data": {**RECORD["data"], "severity": "huge"}}], "events.data.huge can't be empty"),
        ([{**RECORD, "data": {**RECORD["data"], "level": "loud"}}], "level can't be 'loud'"),
        (
            [
                {
                    **RECORD,
                    "data": {
                        **RECORD["data"],
                        "targets": {"general": {"first-response": "soon", "proposal": "3d", "resolution": "7d"}},
                    },
                }
            ],
            "'soon' is no target for a clock",
        ),
        (
            [RECORD, {**RECORD, "step": "imported", "data": {"state": {"apply": 1}, "targets": {}, "runs": []}}],
            "events.data can't be",
        ),
        (
            [RECORD, {**RECORD, "step": "close", "data": {"status": "closed", "satisfaction": 9}}],
            "'9' is no whole number from 1 to 5",
        ),
    ],
)
def test_events_that_cannot_be_are_rejected(shop: Desk, events: object, reason: str) -> None:
    path = shop.folder / "in.jsonl"
    path.write_text(json.dumps({"customer_code": "G1", "summary": "late", "events": events}), encoding="utf-8")
    done = load(shop, "complaints", path)
    assert (done.code, done.bad[0][1]) == (2, "events")
    assert done.reasons[0].startswith(reason)
    assert stored(shop, "id") == []


def test_a_newer_export_goes_on_where_this_one_stopped(shop: Desk) -> None:
    shop.ok("complaint", "open", "G1", "late")
    old: Path = shop.folder / "old.jsonl"
    shop.ok("export", "complaints", old, "--all")
    other = Desk(shop.folder, name="other.db")
    customers = shop.folder / "customers.csv"
    shop.ok("export", "customers", customers)
    other.ok("import", "customers", customers)
    other.ok("import", "complaints", old)
    shop.ok("complaint", "judge", "1", "--founded", "--responsibility", "ours", "--reason", "yes")
    new = shop.folder / "new.jsonl"
    shop.ok("export", "complaints", new, "--all")
    assert load(other, "complaints", new).bad[0][1] == "events"
    assert load(other, "complaints", new, "--update").counts == {"read": 1, "updated": 1}
    assert stored(other, "step", "next_step") == stored(shop, "step", "next_step") == [("judge", "assign")]
    assert load(shop, "complaints", old, "--update").reasons == [
        "the file says something else than cp1, which has 'record, judge' and was handled here"
    ]


def test_texts_of_another_program_mean_what_is_told(shop: Desk) -> None:
    path = sheet(
        shop,
        "Company,Issue,Opened,Outcome given",
        "Old Mill,late,2026-11-02,Fixed",
        "Old Mill,rude,2026-11-02,",
        "Old Mill,lost,2026-11-02,odd = x",
    )
    pairs = ["--map", "Outcome given=status", "--value", "status:fixed=closed", "--value", "status:odd = x=withdrawn"]
    assert load(shop, "complaints", path, *pairs).counts == {"read": 3, "inserted": 3}
    assert stored(shop, "summary", "status") == [("late", "closed"), ("rude", "open"), ("lost", "withdrawn")]
    everything = load(shop, "complaints", path, *pairs[:2], "--value", "status:*=unfounded", "--update")
    assert everything.counts == {"read": 3, "updated": 2, "unchanged": 1}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("status=closed", "csm: --value 'status=closed' has no key and value"),
        ("status:open", "csm: --value 'status:open' has no key and value"),
        ("colour:red=blue", "csm: there is no field 'colour'"),
    ],
)
def test_a_value_needs_its_signs(shop: Desk, value: str, words: str) -> None:
    done = shop("import", "complaints", sheet(shop, "customer,summary", "Old Mill,late"), "--value", value)
    assert (done.code, done.err.splitlines()[0]) == (2, words)


def test_only_what_happened_is_told_where_the_summary_is_missing(shop: Desk) -> None:
    path = sheet(shop, "客户,投诉内容", 'Old Mill,"晚了\n很多"', "Old Mill," + "x" * 90)
    day = ("--set", "received_at=2026-11-02")
    assert load(shop, "complaints", path, *day).counts == {"read": 2, "inserted": 2}
    assert stored(shop, "summary", "details") == [("晚了", "晚了\n很多"), ("x" * 79 + "…", "x" * 90)]
    assert load(shop, "complaints", path, *day).counts == {"read": 2, "unchanged": 2}
    assert "csm: no column of" in shop("import", "complaints", sheet(shop, "客户,责任", "Old Mill,我方"), *day).err
