"""The made-up district: whole, the same every time, and with something in every section on whatever day it is made."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import csm
from csm.cli.house.demo import TEXTS, make
from csm.domain.complaint.case import STEPS, Case
from csm.domain.sale import bands
from csm.domain.settings import Policy
from csm.domain.terms import TERMS
from csm.domain.time.calendar import Calendar, read_spans
from csm.domain.time.instant import Zone
from csm.services.complaint import other_events
from csm.services.complaint.recording import read_event
from csm.services.day import page as day
from csm.storage.complaint import rows as complaints
from csm.storage.day.due import Item
from csm.storage.file.database import Command, Database
from tests.refusals import refused_as

FOLDER = Path(csm.__file__).parent / "demo"
POLICY = Policy({})
CALENDAR = Calendar(read_spans(POLICY.text("work.spans")), frozenset(), frozenset())
TUESDAY = "2026-11-24T07:30:00"
# Moments at which one is made, and where: the first of them is that of `demo_file`.
MOMENTS = (
    (TUESDAY, "Asia/Shanghai"),
    ("2026-03-29T02:30:00", "Europe/Berlin"),  # a Sunday, in the hour that is left out
    ("2028-01-01T18:30:00", "Asia/Shanghai"),  # a Saturday evening, the first day of a year
    ("2031-03-31T00:00:00", "Asia/Shanghai"),  # a Monday, from its first minute; the month before has no such day
    ("2026-12-31T07:30:00", "Asia/Shanghai"),
    ("2028-02-29T07:30:00", "Asia/Shanghai"),
    ("2027-02-24T07:30:00", "Asia/Shanghai"),  # a birthday within five days falls on 1 March
    ("2028-02-25T23:59:59", "America/St_Johns"),  # another on 29 February
)
DAYS_OF_SALES = (
    ("sale", "sold_on"),
    ("sale", "delivered_on"),
    ("sale", "cancelled_on"),
    ("payment", "paid_on"),
    ("signature", "signed_on"),
    ("service", "done_on"),
    ("service", "message_done_on"),
    ("loss", "lost_on"),
    ("loss", "won_back_on"),
    ("grading", "graded_on"),
)
MOBILE = r"(?:\+86 )?139 ?0000 ?00[0-9]{2}"
LANDLINE = r"(?:010-|\(010\) )5550 00[0-9]{2}(?: (?:ext\.|转) [0-9]{3})?"


class Then(NamedTuple):
    """The surroundings of whoever makes the district (see `csm.services.work`)."""

    database: Database
    command: Command
    user: str
    now: datetime
    now_text: str
    today: date
    zone: Zone
    policy: Policy
    calendar: Calendar
    strangers: dict[str, list[str]]
    passed_on: dict[str, str]
    unexplained: dict[int, str]


def work_at(now: str, path: Path, zone_name: str = "Asia/Shanghai") -> Then:
    zone = Zone(zone_name)
    at = zone.to_utc_text(datetime.fromisoformat(now))
    local = zone.local(at)
    command = Command(at, "tester", "csm demo")
    return Then(Database(str(path)), command, "tester", local, at, local.date(), zone, POLICY, CALENDAR, {}, {}, {})


@contextmanager
def made_at(now: str, zone: str, path: Path, demo_file: Path) -> Iterator[Then]:
    """Give the surroundings of a district made at a moment; that of Tuesday is a copy."""
    work = work_at(now, path, zone)
    if now == TUESDAY:
        shutil.copy(demo_file, path)
    else:
        make(work, str(path))
    try:
        yield work
    finally:
        work.database.close()


@pytest.fixture(scope="module")
def district(demo_file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(demo_file)) as connection:
        yield connection


def texts(connection: sqlite3.Connection, query: str) -> list[Any]:
    return [text for (text,) in connection.execute(query)]


def test_what_it_says_it_made_is_there(demo_made: tuple[Path, str], district: sqlite3.Connection) -> None:
    path, printed = demo_made
    made = json.loads(printed)
    assert made == {"file": str(path)} | {
        f"{name}s": district.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("customer", "contact", "callback", "note", "complaint", "promise", "sale", "service", "survey")
    }
    assert 55 <= made["customers"] <= 65


@pytest.mark.parametrize(("now", "zone"), MOMENTS)
def test_every_day_has_every_section(now: str, zone: str, tmp_path: Path, demo_file: Path) -> None:
    with made_at(now, zone, tmp_path / "demo.db", demo_file) as work:
        connection = work.database.connection
        assert connection.execute("SELECT key, value FROM setting").fetchall() == [("file.timezone", zone)]
        page = day.read(work, owner=None, owners=())
        assert texts(connection, "PRAGMA integrity_check") == ["ok"]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        # Nothing has happened yet that lies ahead.
        assert texts(connection, "SELECT max(at) FROM command")[0] < work.now_text
        assert texts(connection, "SELECT max(done_on) FROM callback")[0] < work.today.isoformat()
        for column in ("received_at", "created_at"):
            assert texts(connection, f"SELECT max({column}) FROM complaint")[0] < work.now_text
        assert texts(connection, "SELECT max(at) FROM complaint_event")[0] < work.now_text
        for table, column in (("promise", "created_at"), ("promise", "kept_at"), ("prevention", "done_at")):
            assert texts(connection, f"SELECT max({column}) FROM {table}")[0] < work.now_text
        assert texts(connection, "SELECT max(retired_on) FROM pledge")[0] < work.today.isoformat()
        for table, column in DAYS_OF_SALES:
            assert texts(connection, f"SELECT max({column}) FROM {table}")[0] < work.today.isoformat(), column
        assert bands_owed(connection, work.today) == set(bands.BANDS)
        # Running the ladder finds only what has passed today.
        midnight = work.zone.to_utc_text(datetime.combine(work.today, datetime.min.time()))
        for _, events in other_events.escalate_overdue(work):
            assert {event.step for event in events} <= {"miss", "escalate"}
            assert min(event.data["due"] for event in events) > midnight
        assert other_events.escalate_overdue(work) == []
        assert day.deputies(work) == {"Anna Fischer": "Chen Lan"}
    of_cases = {"first-response", "proposal", "resolution", "approval", "prevention", "promise"}
    assert kinds(page.late) - {"technician", "visit"} == {
        "callback", "reminder", "delivery", "payment", *of_cases,
    }  # fmt: skip
    assert {"callback", "reminder", "prevention", "delivery"} <= kinds(page.today)
    ahead = {"delivery", "payment", "contract", "guarantee"}
    assert {"callback", "birthday", "prevention", "promise", "proposal", "resolution", *ahead} <= kinds(page.coming)
    assert "late-delivery" in {warned.problem for warned in page.warnings}
    assert page.feedback
    assert page.waiting
    assert [item.customer.partition(" ")[0] for item in page.route] == [
        "Café", "老陶茶馆", "麦香面包房", "好运面馆", "永固五金", "康宁大药房", "半夏花坊", "旧雨书店",
    ]  # fmt: skip
    assert len([item for item in page.coming if item.kind == "birthday"]) >= 7
    assert any(item.tries == 3 for item in [*page.late, *page.today])
    assert 5 <= len([item for item in page.late if item.kind in ("callback", "reminder")]) <= 20
    assert len(page.late) <= 40
    # What a newcomer reads first isn't drowned by bills and guarantees.
    assert len([item for item in page.late if item.kind == "payment"]) <= 6
    assert len([item for item in page.coming if item.kind == "guarantee"]) <= 12
    assert page.unplanned == 0, "the cadence planned last night"


def bands_owed(connection: sqlite3.Connection, today: date) -> set[str]:
    days = texts(connection, "SELECT due_on FROM sale WHERE status = 'open' AND balance_cents > 0")
    return {bands.band((today - date.fromisoformat(day)).days) for day in days}


def kinds(items: list[Item]) -> set[str]:
    return {item.kind for item in items}


def test_both_languages_stand_side_by_side(district: sqlite3.Connection) -> None:
    names = texts(district, "SELECT name FROM customer")
    result = texts(district, "SELECT note FROM callback WHERE note IS NOT NULL")
    assert sum(1 for name in names if re.search("[一-鿿]", name) and re.search("[A-Za-z]", name)) > 40
    chinese = [text for text in result if re.search("[一-鿿]", text)]
    assert len(chinese) > 30
    assert len(result) - len(chinese) > 30


def test_the_hard_cases_are_in_it(district: sqlite3.Connection) -> None:
    names = texts(district, "SELECT name FROM customer ORDER BY id")
    assert {name for name in names if names.count(name) == 2} == {"好运面馆 Lucky Noodles", "王秀兰"}
    assert 'Smith, Jones & "Partners" 史密斯律师事务所' in names
    pinyin = dict(district.execute("SELECT substr(name, 1, 1), pinyin FROM customer WHERE kind = 'person'"))
    assert "shanxiongfei" in pinyin["单"].split()
    assert "qiuyinglan" in pinyin["仇"].split()
    assert "xiewenjing" in pinyin["解"].split()
    assert texts(district, "SELECT name FROM customer WHERE do_not_contact") == ["仇英兰"]
    assert texts(district, "SELECT code FROM customer WHERE archived_on IS NOT NULL") == ["OT-17"]
    assert len(texts(district, "SELECT name FROM customer_list WHERE completeness < 50")) == 4
    assert set(texts(district, "SELECT status FROM customer")) == {"prospect", "active", "dormant", "lost", "won-back"}
    assert set(texts(district, "SELECT relationship FROM customer WHERE relationship IS NOT NULL")) == {
        "basic", "reactive", "accountable", "proactive", "partnership",
    }  # fmt: skip
    assert set(texts(district, "SELECT sign_off FROM contact WHERE sign_off IS NOT NULL")) == {
        "department-manager", "general-manager", "finance-manager", "cashier",
    }  # fmt: skip
    assert set(texts(district, "SELECT status FROM callback")) == {"open", "done", "skipped", "cancelled"}
    assert set(texts(district, "SELECT outcome FROM callback_try")) == {"no-answer", "postponed"}


def test_three_sell_and_every_level_has_somebody(district: sqlite3.Connection) -> None:
    assert district.execute("SELECT owner, count(*) FROM customer GROUP BY owner ORDER BY owner").fetchall() == [
        ("Anna Fischer", 20), ("Chen Lan", 21), ("Zhou Wei", 20),
    ]  # fmt: skip
    assert set(district.execute("SELECT level FROM staff")) == {(0,), (1,), (2,), (3,)}
    assert set(texts(district, "SELECT DISTINCT user FROM command")) == {
        "Anna Fischer", "Chen Lan", "Zhou Wei", "Ravi Shah", "Sun Yue", "Marta Novak", "何敏", "梁宝山", "高建国", "金玉兰",
        "cron",
    }  # fmt: skip


def test_what_was_kept_is_dated_when_it_happened(district: sqlite3.Connection) -> None:
    first, last = district.execute("SELECT min(at), max(at) FROM change").fetchone()
    assert first.startswith("2026-10-17")  # 32 working days, Monday to Saturday, before 24 November
    assert last == "2026-11-23T14:15:00Z"  # last night's planning, 22:15 in Shanghai
    assert texts(district, "SELECT count(*) FROM change WHERE command_id IS NULL") == [0]


def test_nobody_can_be_reached_at_its_numbers(district: sqlite3.Connection) -> None:
    union = "SELECT {} FROM customer UNION ALL SELECT {} FROM {} UNION ALL SELECT {} FROM staff"
    numbers = texts(district, union.format("phone", "number", "contact_phone", "phone"))
    assert [number for number in numbers if not re.fullmatch(f"{MOBILE}|{LANDLINE}", number)] == []
    emails = [email for email in texts(district, union.format("email", "email", "contact", "email")) if email]
    assert [email for email in emails if not re.search(r"[@.]example\.(com|org|cn)$", email)] == []


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    path.write_text("mine")
    with refused_as("file-exists"):
        make(work_at(TUESDAY, path), str(path))
    assert path.read_text() == "mine"


def test_the_texts_go_on_from_day_to_day_of_the_past() -> None:
    for name in TEXTS:
        headings = re.findall("^@ (-?[0-9]+)( .*)?$", (FOLDER / name).read_text("utf-8"), re.MULTILINE)
        assert all(-32 <= int(day) <= -1 for day, _ in headings), name
        days = [int(day) for day, who in headings if not who]
        assert days == sorted(set(days)), name


# --- sales and services ---------------------------------------------------------------------------------------


def test_there_are_fourteen_months_of_sales(district: sqlite3.Connection) -> None:
    count, first, last = district.execute("SELECT count(*), min(sold_on), max(sold_on) FROM sale").fetchone()
    assert 380 <= count <= 420
    # 24 November 2026 less 420 days is 30 September 2025; a standing order comes up to four days early.
    assert "2025-09-26" <= first <= "2025-09-30"
    assert last == "2026-11-20"  # three working days, Monday to Saturday, before the 24th
    assert texts(district, "SELECT count(*) FROM (SELECT 1 FROM sale GROUP BY bill HAVING count(*) > 1)")[0] >= 20
    assert texts(district, "SELECT count(DISTINCT customer_id) FROM sale")[0] >= 50
    unpaid = "SELECT count(*) FROM sale WHERE paid_cents <> (SELECT coalesce(sum(amount_cents), 0) FROM payment{})"
    assert texts(district, unpaid.format(" WHERE sale_id = sale.id")) == [0]


def test_every_case_of_money_is_in_it(district: sqlite3.Connection) -> None:
    assert set(texts(district, "SELECT status FROM sale")) == {"open", "paid", "cancelled"}
    # In parts: 2,000 of 9,860 by the market, 4,000 of 16,800 by the tea house.
    parts = "SELECT amount_cents, paid_cents FROM sale WHERE status = 'open' AND paid_cents > 0 ORDER BY id"
    assert district.execute(parts).fetchall() == [(986000, 200000), (1680000, 400000)]
    refund = "SELECT product, balance_cents FROM sale WHERE balance_cents < 0"
    assert district.execute(refund).fetchall() == [("法压壶 French presses", -100000)]
    assert texts(district, "SELECT product FROM sale WHERE amount_cents < 0 AND status = 'paid'") == [
        "毛巾退货 towels given back"
    ]
    passed = (
        "SELECT code FROM customer WHERE credit_limit_cents <"
        " (SELECT sum(balance_cents) FROM sale WHERE customer_id = customer.id)"
    )
    assert texts(district, passed) == ["OT-01"]
    assert texts(district, "SELECT code FROM customer WHERE supply_stopped IS NOT NULL") == ["RS-13"]
    waits = "SELECT product FROM sale_unpaid WHERE next_contact_id IN (SELECT id FROM contact WHERE sign_off = ?)"
    signed = "SELECT sale.product, count(*) FROM signature JOIN sale ON sale.id = sale_id GROUP BY sale_id"
    assert dict(district.execute(signed)) == {
        "拖鞋 slippers for 120 rooms": 4, "床品 bed linen": 2, "消毒粉 disinfectant powder, pallet": 1, "浴袍 bathrobes": 2,
    }  # fmt: skip
    finance = {product for (product,) in district.execute(waits, ["finance-manager"])}
    assert {"床品 bed linen", "浴袍 bathrobes"} <= finance


def test_what_sales_brought_comes_after_the_rest(district: sqlite3.Connection) -> None:
    """Callbacks that the rest of the district talks about keep their numbers."""
    assert texts(district, "SELECT min(id) FROM callback WHERE sale_id IS NOT NULL") == [194]
    planned = "SELECT DISTINCT after_sale FROM callback WHERE after_sale IS NOT NULL"
    assert set(texts(district, planned)) == set(TERMS["after_sale"])
    assert texts(district, "SELECT count(*) FROM callback WHERE sale_id IS NOT NULL AND status = 'open'")[0] >= 10
    about = "SELECT count(*) FROM complaint JOIN sale ON sale.id = complaint.sale_id WHERE complaint.customer_id"
    assert texts(district, f"{about} = sale.customer_id") == [15]
    assert texts(district, f"{about} <> sale.customer_id") == [0]
    assert texts(district, "SELECT count(*) FROM sale WHERE planned AND serial IS NOT NULL AND install") == [1]


def test_services_losses_and_grades_are_told(district: sqlite3.Connection) -> None:
    kinds_of_service = set(texts(district, "SELECT kind FROM service"))
    assert {"delivery", "visit", "repair", "installation", "training-course"} <= kinds_of_service
    # Beer mats 1, kindergarten 2, canteen 1, pharmacy 1, toiletry sets 3, water for the law firm 1, pallets 3.
    assert len(texts(district, "SELECT item FROM service_check WHERE NOT met")) == 12
    waiting = "SELECT count(*) FROM service WHERE message IS NOT NULL AND message_done_on IS NULL"
    assert texts(district, waiting) == [2]
    losses = (
        "SELECT name, loss.kind, cause, won_back_on FROM loss JOIN customer ON customer.id = customer_id ORDER BY 1"
    )
    assert district.execute(losses).fetchall() == [
        ("Blue Heron Bar 蓝鹭酒吧", "our-fault", "customer-management", "2026-10-20"),
        ("诚信五金批发 Chengxin Hardware", "competitor", "price", None),
    ]
    graded = "SELECT DISTINCT customer.owner, grading.by, grading.months FROM grading JOIN customer ON customer.id = "
    assert district.execute(f"{graded} customer_id").fetchall() == [("Zhou Wei", "Zhou Wei", 12)]
    differ = (
        "SELECT count(*) FROM grading JOIN customer ON customer.id = customer_id WHERE customer.grade <> grading.grade"
    )
    assert texts(district, differ) == [0]


# --- complaints -----------------------------------------------------------------------------------------------


def test_there_is_a_case_in_every_state(district: sqlite3.Connection) -> None:
    assert set(texts(district, "SELECT status FROM complaint_state")) == set(TERMS["case_status"])
    assert set(texts(district, "SELECT next_step FROM complaint_state WHERE status = 'open'")) == set(STEPS[1:])
    assert set(texts(district, "SELECT severity FROM complaint_state")) == set(TERMS["severity"])
    assert set(texts(district, "SELECT problem FROM complaint")) == set(TERMS["problem"]) - {"refund-delayed"}
    assert set(texts(district, "SELECT feedback FROM complaint_state WHERE feedback IS NOT NULL")) == {
        "waiting",
        "read",
    }
    grievances = "SELECT status FROM complaint_state WHERE level = 'grievance'"
    assert set(texts(district, grievances)) == {"open", "closed"}
    # "imported" tells what other programs kept, "handover" that somebody has left.
    steps = {*STEPS, *TERMS["event"]} - {"imported", "handover"}
    assert set(texts(district, "SELECT step FROM complaint_event")) == steps
    scores = district.execute("SELECT satisfaction, reopened FROM complaint_state WHERE status = 'closed'").fetchall()
    assert {(5, 0), (None, 0), (4, 1)} <= set(scores)
    assert district.execute("SELECT 1 FROM complaint_state WHERE status = 'open' AND reopened = 1").fetchall()
    assert district.execute("SELECT 1 FROM complaint_state WHERE settled_on_spot AND live").fetchall()


def test_every_step_can_be_told_from_the_file(district: sqlite3.Connection) -> None:
    """Each case's state follows from its events."""
    for complaint_id, status, next_step, level in district.execute(
        "SELECT complaint_id, status, next_step, escalation_level FROM complaint_state"
    ):
        case = Case.of(read_event(row) for row in complaints.events(district, complaint_id))
        assert (case.status, case.next_step, case.escalation_level) == (status, next_step, level)


def test_misses_are_on_record_and_move_cases_up(district: sqlite3.Connection) -> None:
    missed = set(texts(district, "SELECT data ->> 'clock' FROM complaint_event WHERE step = 'miss'"))
    assert {"first-response", "proposal", "resolution", "promise"} <= missed
    ladder = "SELECT DISTINCT data ->> 'how', level FROM complaint_event WHERE step = 'escalate'"
    assert {("hand", 1), ("hand", 2), ("clock", 1), ("clock", 2), ("trigger", 1)} <= set(district.execute(ladder))
    triggers = texts(district, "SELECT data ->> 'triggers' FROM complaint_event WHERE data ->> 'how' = 'trigger'")
    assert {'["lawyer","claim"]', '["claim"]'} <= set(triggers)
    assert texts(district, "SELECT max(escalated_by_policy) FROM complaint_state") != [0]
    malicious = "SELECT e.by FROM complaint_event AS e WHERE e.step = 'judge' AND e.data ->> 'severity' = 'malicious'"
    assert texts(district, malicious) == ["Marta Novak"]
    assert texts(district, "SELECT count(*) FROM complaint_state WHERE approval_level = 2") == [1]


def test_promises_pledges_and_preventions_end_in_every_way(district: sqlite3.Connection) -> None:
    assert set(texts(district, "SELECT status FROM promise WHERE direction = 'ours'")) == set(TERMS["promise_status"])
    assert {"open", "kept", "broken"} <= set(texts(district, "SELECT status FROM promise WHERE direction = 'theirs'"))
    assert set(texts(district, "SELECT origin FROM promise")) == {"manual", "reply-by"}
    assert texts(district, "SELECT retired_on IS NULL FROM pledge ORDER BY id") == [0, 1]
    assert texts(
        district, "SELECT count(*) FROM promise WHERE pledge_id IS NOT NULL AND compensation_cents = 5000"
    ) == [1]
    assert texts(district, "SELECT count(*) FROM promise WHERE clock = 'resolution'") == [1]
    open_, overdue, done = district.execute(
        "SELECT sum(done_at IS NULL AND due_on >= '2026-11-24'), sum(done_at IS NULL AND due_on < '2026-11-24'),"
        " sum(done_at IS NOT NULL) FROM prevention"
    ).fetchone()
    assert (open_, overdue, done) == (2, 1, 1)


def test_the_classics_are_told(district: sqlite3.Connection) -> None:
    told = dict(district.execute("SELECT id, summary || coalesce(details, '') FROM complaint"))
    guard = next(number for number, text in told.items() if "保安" in text and "guard" in text)
    tomorrow = next(number for number, text in told.items() if "明天" in text and "tomorrow" in text)
    assert texts(district, f"SELECT problem FROM complaint WHERE id = {guard}") == ["staff-attitude"]
    assert texts(district, f"SELECT status FROM promise WHERE complaint_id = {tomorrow} ORDER BY id") == [
        "broken", "broken", "kept",
    ]  # fmt: skip
    both = [text for text in told.values() if re.search("[一-鿿]", text) and re.search("[A-Za-z]{3}", text)]
    assert len(both) == len(told)


def test_the_ladder_has_been_run_until_last_night(tmp_path: Path, demo_file: Path) -> None:
    with made_at(*MOMENTS[0], tmp_path / "demo.db", demo_file) as work:
        before = work.database.connection.execute("SELECT max(id), count(*) FROM change").fetchone()
        assert other_events.escalate_overdue(work) == []
        assert work.database.connection.execute("SELECT max(id), count(*) FROM change").fetchone() == before
