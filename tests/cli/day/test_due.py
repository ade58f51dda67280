"""due, today and done through the command line (handbook 12)."""

from __future__ import annotations

import csv
import io

import pytest

from tests.desk import Desk, filled_once

KEYS = "kind id customer_id customer contact phone what due days_late owner level".split()


@pytest.fixture
@filled_once
def street(desk: Desk) -> Desk:
    """Three customers with something late, for today, and to come, owned by two people."""
    desk.ok(
        "customer",
        "add",
        "金龙餐厅",
        "--phone",
        "010-5550 0001",
        "--contact",
        "李娜;采购;139 0000 0001",
        "--route",
        "East",
        "--route-order",
        "2",
    )
    desk.ok(
        "customer",
        "add",
        "Jade House",
        "--phone",
        "010-5550 0002",
        "--owner",
        "bob",
        "--route",
        "East",
        "--route-order",
        "1",
    )
    desk.ok("customer", "add", "Quiet Corner", "--phone", "010-5550 0003")
    desk.ok("callback", "log", "1", "wants the spring catalogue", "--at", "2026-11-01 10:00")
    desk.ok("callback", "add", "1", "--on", "2026-11-18", "--purpose", "offer", "--note", "the catalogue")
    desk.ok("callback", "add", "1", "--on", "today", "--channel", "visit", "--purpose", "volume")
    desk.ok("callback", "add", "2", "--on", "today", "--channel", "visit", "--purpose", "volume")
    desk.ok("callback", "add", "2", "--on", "2026-11-23", "--purpose", "payment")
    desk.ok("customer", "contact", "edit", "1", "--birthday", "1986-11-27")
    desk.ok("customer", "note", "3", "look in on them", "--remind", "2026-11-20")
    return desk


def test_late_first_with_whom_to_call_and_what_was_said_last(street: Desk) -> None:
    rows = street.json("due")
    assert [list(row) for row in rows] == [[*KEYS, "last_said", "ref", "due_at", "best_time"]] * 5
    assert rows[0] == {
        "kind": "callback", "id": 2, "customer_id": 1, "customer": "金龙餐厅", "contact": "李娜", "phone": "010-5550 0001",
        "what": "offer: the catalogue", "due": "2026-11-18", "days_late": 3, "owner": "alice", "level": None,
        "last_said": "wants the spring catalogue", "ref": "cb2", "due_at": None, "best_time": None,
    }  # fmt: skip
    assert [(row["ref"], row["days_late"]) for row in rows] == [
        ("cb2", 3),
        ("nt1", 1),
        ("cb3", 0),
        ("cb4", 0),
        ("cu1", -6),
    ]


def test_what_is_shown_can_be_narrowed(street: Desk) -> None:
    def refs(*options: str) -> list[str]:
        return [row["ref"] for row in street.json("due", *options)]

    assert refs("--overdue") == ["cb2", "nt1"]
    assert refs("--days", "2") == ["cb2", "nt1", "cb3", "cb4", "cb5", "cu1"]
    assert refs("--owner", "bob") == ["cb4"]
    assert refs("--owner", "bob", "--owner", "alice", "--kind", "callback") == ["cb2", "cb3", "cb4"]
    assert refs("--kind", "birthday") == ["cu1"]
    assert refs("--customer", "quiet") == ["nt1"]
    assert refs("--limit", "2") == ["cb2", "nt1"]
    assert refs("--sort", "-due", "--limit", "2") == ["cu1", "cb3"]
    assert refs("--kind", "回访", "--overdue") == ["cb2"]
    assert street("due", "--overdue", "--days", "3").code == 2
    assert street("due", "--kind", "party").code == 2
    assert street("due", "--customer", "nobody").code == 3


def test_exit_code_tells_cron_whether_there_is_something(street: Desk) -> None:
    assert street("due", "--exit-code").code == 10
    street.ok("staff", "add", "nina")
    assert street("due", "--exit-code", "--owner", "nina").code == 0
    assert street("due", "--exit-code", "--owner", "nobody").code == 3, "a misspelt name is no all-clear"
    assert street("due", "--owner", "nina") == (0, "", "nothing is due\n")


def test_csv_has_the_contract_s_keys_first(street: Desk) -> None:
    rows = list(csv.reader(io.StringIO(street.ok("due", "-f", "csv"))))
    assert rows[0] == [*KEYS, "last_said", "ref", "due_at", "best_time"]
    assert rows[1][3:9] == ["金龙餐厅", "李娜", "010-5550 0001", "offer: the catalogue", "2026-11-18", "3"]


def test_off_a_terminal_nothing_is_cut_and_everything_is_said_in_chinese(street: Desk) -> None:
    out = street.ok("due", lang="zh")
    assert "\x1b" not in out
    assert "新商机或建议：the catalogue" in out
    assert "wants the spring catalogue" in out.splitlines()[2]
    assert len(out.splitlines()) == 2 + 5


@pytest.mark.parametrize(
    ("now", "birthday", "expected"),
    [
        ("2026-11-21", "1986-11-21", [("2026-11-21", 0)]),
        ("2026-11-21", "1986-11-28", [("2026-11-28", -7)]),
        ("2026-11-21", "1986-11-29", []),
        ("2026-11-21", "1986-11-20", []),
        ("2026-12-28", "--01-03", [("2027-01-03", -6)]),
        ("2027-02-25", "2000-02-29", [("2027-02-28", -3)]),
        ("2028-02-25", "2000-02-29", [("2028-02-29", -4)]),
    ],
)
def test_birthdays_are_shown_from_seven_days_before_and_are_never_late(
    desk: Desk, now: str, birthday: str, expected: list[tuple[str, int]]
) -> None:
    desk.ok("customer", "add", "One", "--contact", "Li Na")
    desk.ok("customer", "contact", "edit", "1", "--birthday", birthday)
    desk.now = f"{now} 08:00"
    assert [(row["due"], row["days_late"]) for row in desk.json("due")] == expected


def test_the_morning_page_has_everything_once(street: Desk) -> None:
    page = street.json("today")
    assert {name: [row["ref"] for row in page[name]] for name in ("late", "today", "coming", "route")} == {
        "late": ["cb2", "nt1"],
        "today": ["cb3", "cb4"],
        "coming": ["cb5", "cu1"],
        "route": ["cb4", "cb3"],
    }
    assert (page["day"], page["owner"], page["unplanned"]) == ("2026-11-21", None, 0)
    mine = street.json("today", "--owner", "bob")
    assert ([row["ref"] for row in mine["today"]], mine["unplanned"]) == (["cb4"], 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["html", "md", "table"])
def test_the_page_is_a_mail_body(street: Desk, form: str, lang: str) -> None:
    out = street.ok("today", "-f", form, lang=lang)
    assert "金龙餐厅" in out and "010-5550 0001" in out and "wants the spring catalogue" in out
    assert out.startswith("<!doctype html>") == (form == "html")


def test_done_takes_the_short_reference_of_what_is_due(street: Desk) -> None:
    assert street.message("done", "cb2", "took two", "-s", "5") == "noted cb2 (offer) with 金龙餐厅"
    assert street.message("done", "nt1") == "settled the reminder nt1 (Quiet Corner)"
    assert [row["ref"] for row in street.json("due")] == ["cb3", "cb4", "cu1"]
    assert street("done", "cu1").code == 4, "a birthday passes by itself"
    assert street("done", "cb99").code == 3
    assert street("done", "nt1", "-s", "3").code == 2


# --- cases and promises ---------------------------------------------------------------------------------------------


def add_case(desk: Desk, case: int, **state: object) -> None:
    """Put a case of the first customer into the file, as opening and handling it would."""
    customer = state.pop("customer_id", 1)
    problem, received = state.pop("problem", None), state.pop("received_at", "2026-11-19T01:00:00Z")
    desk.sql(
        "INSERT INTO complaint (id, customer_id, summary, problem, received_at) VALUES (?, ?, ?, ?, ?)",
        case, customer, f"matter {case}", problem, received,
    )  # fmt: skip
    usual = {"level": "complaint", "severity": "general", "status": "open", "step": "record", "owner": "alice"}
    values = {"complaint_id": case, **usual, **state}
    places = ", ".join("?" * len(values))
    desk.sql(f"INSERT INTO complaint_state ({', '.join(values)}) VALUES ({places})", *values.values())


def add_clock(desk: Desk, case: int, clock: str, due: str, standing: str = "running", number: int = 1) -> None:
    """Start a clock of a case; `due` is UTC, which is the time of these files."""
    desk.sql(
        "INSERT INTO complaint_deadline (complaint_id, clock, round, start_at, target, due_at, due_on, standing)"
        " VALUES (?, ?, ?, '2026-11-19T01:00:00Z', '8h', ?, ?, ?)",
        case, clock, number, due, due[:10], standing,
    )  # fmt: skip


def add_promise(desk: Desk, number: int, due: str, **values: object) -> None:
    """Make a promise to the first customer."""
    given = {
        "id": number,
        "created_at": "2026-11-20T01:00:00Z",
        "customer_id": 1,
        "text": f"promise {number}",
        "due_at": due,
        "due_on": due[:10],
    } | values
    places = ", ".join("?" * len(given))
    desk.sql(f"INSERT INTO promise ({', '.join(given)}) VALUES ({places})", *given.values())


@pytest.fixture
@filled_once
def cases(desk: Desk) -> Desk:
    """Cases with clocks that are late since yesterday and since this morning, for today and to come."""
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    desk.ok("config", "set", "file.timezone", "UTC")
    desk.ok("staff", "add", "alice", "--level", "0")
    desk.ok("staff", "add", "mia", "--level", "1")
    desk.ok("staff", "add", "zoe", "--level", "3")
    desk.now = "2026-11-21 10:00"
    add_case(desk, 1, severity="serious", escalation_level=1, owner="mia")
    add_clock(desk, 1, "first-response", "2026-11-20T16:00:00Z")
    add_clock(desk, 1, "resolution", "2026-11-21T09:30:00Z")
    add_case(desk, 2)
    add_clock(desk, 2, "first-response", "2026-11-20T16:00:00Z", "met")
    add_clock(desk, 2, "technician", "2026-11-21T18:00:00Z")
    add_clock(desk, 2, "proposal", "2026-11-23T11:00:00Z")
    add_case(desk, 3, status="waiting", waiting_since="2026-11-18T02:00:00Z", next_step="propose")
    add_clock(desk, 3, "resolution", "2026-11-19T11:00:00Z", "paused")
    add_case(desk, 4, step="propose", next_step="approve", approval_level=1, approval_on="2026-11-20")
    add_case(desk, 5, status="closed", lesson="call before the van leaves", closed_at="2026-11-20T02:00:00Z")
    desk.sql("INSERT INTO prevention (complaint_id, text, in_charge, due_on) VALUES (5, 'a list', 'bob', '2026-11-21')")
    add_promise(desk, 1, "2026-11-21T09:00:00Z", in_charge="bob", complaint_id=1)
    add_promise(desk, 2, "2026-11-21T17:00:00Z", direction="theirs", in_charge="bob", complaint_id=5)
    add_promise(desk, 3, "2026-11-19T17:00:00Z", status="kept")
    return desk


def test_the_clocks_of_cases_and_what_follows_from_them_are_due(cases: Desk) -> None:
    rows = cases.json("due", "--days", "2")
    keys = ("kind", "ref", "what", "due", "days_late", "owner", "level")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("first-response", "cp1", "take up, first response: matter 1 (serious, level 1)", "2026-11-20", 1, "mia", 1),
        ("promise", "pr1", "we promised: promise 1", "2026-11-21", 0, "bob", 1),
        ("resolution", "cp1", "take up, resolution: matter 1 (serious, level 1)", "2026-11-21", 0, "mia", 1),
        ("promise", "pr2", "they promised: promise 2", "2026-11-21", 0, "bob", None),
        ("technician", "cp2", "technician contact: matter 2", "2026-11-21", 0, "alice", 0),
        ("approval", "cp4", "approve: matter 4", "2026-11-20", 1, "mia", 0),
        ("prevention", "cp5", "prevent: a list", "2026-11-21", 0, "bob", None),
        ("proposal", "cp2", "proposal: matter 2", "2026-11-23", -2, "alice", 0),
    ]


def test_what_has_a_time_is_late_from_that_time_on(cases: Desk) -> None:
    def late() -> list[str]:
        return [row["kind"] + row["ref"] for row in cases.json("due", "--overdue")]

    assert late() == ["first-responsecp1", "promisepr1", "resolutioncp1", "approvalcp4"]
    cases.now = "2026-11-21 09:30"
    assert late() == ["first-responsecp1", "promisepr1", "approvalcp4"]
    cases.now = "2026-11-20 16:00"
    assert late() == []


def test_cases_are_found_by_whose_they_are(cases: Desk) -> None:
    def refs(*options: str) -> list[str]:
        return [row["ref"] for row in cases.json("due", *options)]

    assert refs("--owner", "bob") == ["pr1", "pr2", "cp5"]
    assert refs("--owner", "alice") == ["cp2"]
    assert refs("--owner", "mia") == ["cp1", "cp1", "cp4"]
    assert refs("--owner", "zoe") == ["cp4"], "everybody who may decide sees what is to be decided"
    assert refs("--owner", "zoe", "--owner", "mia", "--kind", "approval") == ["cp4"]
    assert cases.json("due", "--owner", "zoe")[0]["owner"] == "zoe"
    assert refs("--kind", "首次响应") == ["cp1"]
    assert len(refs("--customer", "1")) == 7
    cases.ok("customer", "add", "Jade House")
    assert refs("--customer", "2") == []
    cases.ok("staff", "retire", "zoe")
    assert refs("--owner", "zoe") == []


def test_cases_of_an_archived_card_stay_due(cases: Desk) -> None:
    cases.sql("UPDATE customer SET archived_on = '2026-11-20'")
    assert len(cases.json("due")) == 7


def test_how_late_is_said_in_days_or_working_hours(cases: Desk) -> None:
    lines = cases.ok("due", "--columns", "ref,kind,due,days_late").splitlines()[2:]
    assert [" ".join(line.split()) for line in lines] == [
        "cp1 first-response 2026-11-20 16:00 3 working hours late",
        "pr1 promise 2026-11-21 09:00 1 working hour late",
        "cp1 resolution 2026-11-21 09:30 30 working minutes late",
        "pr2 promise 2026-11-21 17:00 today",
        "cp2 technician 2026-11-21 18:00 today",
        "cp4 approval 2026-11-20 1 day late",
        "cp5 prevention 2026-11-21 today",
    ]


def test_the_morning_page_says_what_is_late_by_hours_and_what_waits(cases: Desk) -> None:
    page = cases.json("today")
    assert {name: [row["ref"] for row in page[name]] for name in ("late", "today", "coming")} == {
        "late": ["cp1", "pr1", "cp1", "cp4"],
        "today": ["pr2", "cp2", "cp5"],
        "coming": ["cp2"],
    }
    assert page["waiting"] == [{"complaint_id": 3, "since": "2026-11-18"}]
    assert cases.json("today", "--owner", "mia")["waiting"] == []
    assert "Waiting for the customer: cp3 since 2026-11-18" in cases.ok("today")


def test_one_problem_of_three_customers_is_a_warning(desk: Desk) -> None:
    for number in range(1, 5):
        desk.ok("customer", "add", f"Customer {number}")
        add_case(desk, number, customer_id=number, problem="late-delivery", status="closed")
        add_case(desk, number + 10, customer_id=number, problem="other", status="closed")
    add_case(desk, 9, customer_id=1, problem="late-delivery", status="closed")
    desk.sql("UPDATE complaint SET received_at = '2026-10-01T00:00:00Z' WHERE id = 4")
    desk.sql("UPDATE complaint_state SET feedback = 'waiting' WHERE complaint_id = 2")
    page = desk.json("today")
    assert page["warnings"] == [
        {"problem": "late-delivery", "customers": 3, "complaint_ids": [1, 2, 3, 9], "line": None}
    ]
    assert page["feedback"] == [2]
    out = desk.ok("today")
    assert "Warning: 3 customers with late delivery within 30 days: cp1, cp2, cp3, cp9\n" in out
    assert "Feedback to read: cp2 (csm complaint feedback-read ID)\n" in out
    desk.ok("config", "set", "warning.customers", "4")
    assert desk.json("today")["warnings"] == []


def test_done_takes_preventions_and_promises(cases: Desk) -> None:
    assert cases.message("done", "cp5", "hung up in the van") == "noted the prevention of cp5 as done (Golden Dragon)"
    assert cases.sql("SELECT done_at, done_text FROM prevention") == [("2026-11-21T10:00:00Z", "hung up in the van")]
    assert cases.sql("SELECT step, text, by FROM complaint_event WHERE complaint_id = 5") == [
        ("prevention", "hung up in the van", "alice")
    ]
    assert cases("done", "cp5").code == 3, "it is done already"
    assert cases("done", "cp99").code == 3
    assert cases("done", "pr2", "-s", "5").code == 2
    promised = "promise pr2 of Golden Dragon kept in time; it was due 2026-11-21 (Saturday) 17:00"
    assert cases.message("done", "pr2") == promised
    assert cases.sql("SELECT status FROM promise WHERE id = 2") == [("kept",)]
    add_promise(cases, 4, "2026-11-21T09:00:00Z")
    late = "promise pr4 to Golden Dragon kept late; it was due 2026-11-21 (Saturday) 09:00"
    assert cases.message("done", "pr4") == late


def test_a_card_counts_its_open_complaints(cases: Desk) -> None:
    assert cases.json("customer", "list")[0]["open_complaints"] == 4
    cases.sql("UPDATE complaint_state SET level = 'grievance' WHERE complaint_id = 2")
    assert cases.json("customer", "list")[0]["open_complaints"] == 3
