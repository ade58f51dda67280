"""The made-up district: whole, the same every time, and with something in every section on whatever day it is made."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from csm.domain.errors import FileExists
from csm.domain.instant import Zone
from csm.domain.settings import Policy
from csm.domain.worktime import Calendar, read_spans
from csm.services import day
from csm.services.demo import making, tables
from csm.services.demo.making import Made, Then, make
from csm.storage.database import Command, Database
from csm.storage.due import Item

POLICY = Policy({})
CALENDAR = Calendar(read_spans(POLICY.text("work.spans")), frozenset(), frozenset())
TUESDAY = "2026-11-24T07:30:00"
DATES = (
    "2026-11-22T07:30:00",  # a Sunday
    "2026-11-21T18:30:00",  # a Saturday
    "2026-11-23T00:00:00",  # a Monday, from its first minute
    "2028-02-29T07:30:00",
    "2027-02-24T07:30:00",  # a birthday within five days falls on 1 March
    "2028-02-25T23:59:59",  # another on 29 February
    "2027-01-01T07:30:00",
    "2026-12-31T07:30:00",
    "2027-03-31T07:30:00",
    "2027-04-30T07:30:00",
)
MOBILE = r"(?:\+86 )?139 ?0000 ?00[0-9]{2}"
LANDLINE = r"(?:010-|\(010\) )5550 00[0-9]{2}(?: (?:ext\.|转) [0-9]{3})?"


def work_at(now: str, path: Path, zone_name: str = "Asia/Shanghai") -> Then:
    zone = Zone(zone_name)
    at = zone.to_utc_text(datetime.fromisoformat(now))
    local = zone.local(at)
    command = Command(at, "tester", "csm demo")
    return Then(Database(str(path)), command, "tester", local, at, local.date(), zone, POLICY, CALENDAR)


@contextmanager
def made_at(now: str, path: Path) -> Iterator[tuple[Made, Then]]:
    work = work_at(now, path)
    made = make(work, str(path))
    try:
        yield made, work
    finally:
        work.database.close()


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make(work_at(TUESDAY, path), str(path))
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def texts(connection: sqlite3.Connection, query: str) -> list[str]:
    return [text for (text,) in connection.execute(query)]


def every_row(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        # sqlite-utils itself writes down when it made the schema, by the clock on the wall.
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            for name in names
            if name != "_sqlite_migrations"
        }


def test_the_same_moment_makes_the_same_district(tmp_path: Path) -> None:
    for name in ("one.db", "two.db"):
        make(work_at(TUESDAY, tmp_path / name), str(tmp_path / name))
    one, two = every_row(tmp_path / "one.db"), every_row(tmp_path / "two.db")
    assert one == two
    assert {name for name, rows in one.items() if not rows} == {"holiday"}


def test_what_it_says_it_made_is_there(tmp_path: Path) -> None:
    with made_at(TUESDAY, tmp_path / "demo.db") as (made, work):
        connection = work.database.connection
        counted = [
            connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("customer", "contact", "callback", "note")
        ]
    assert list(made) == counted
    assert 55 <= made.customers <= 65
    assert sorted(file.name for file in tmp_path.iterdir()) == ["demo.db"]


@pytest.mark.parametrize("now", [TUESDAY, *DATES])
def test_every_day_has_every_section(now: str, tmp_path: Path) -> None:
    with made_at(now, tmp_path / "demo.db") as (_, work):
        connection = work.database.connection
        page = day.read(work, owner=None, owners=())
        assert texts(connection, "PRAGMA integrity_check") == ["ok"]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        # Nothing has happened yet that lies ahead.
        assert texts(connection, "SELECT max(at) FROM command")[0] < work.now_text
        assert texts(connection, "SELECT max(done_on) FROM callback")[0] < work.today.isoformat()
    assert kinds(page.late) == {"callback", "reminder"}
    assert {"callback", "reminder"} <= kinds(page.today)
    assert {"callback", "birthday"} <= kinds(page.coming)
    assert [item.customer.partition(" ")[0] for item in page.route] == [
        "老陶茶馆", "麦香面包房", "好运面馆", "永固五金", "康宁大药房", "半夏花坊", "旧雨书店",
    ]  # fmt: skip
    assert len([item for item in page.coming if item.kind == "birthday"]) >= 7
    assert any(item.tries == 3 for item in [*page.late, *page.today])
    assert 5 <= len(page.late) <= 20
    assert page.unplanned > 5
    assert day.deputies(work) == {"Anna Fischer": "Chen Lan"}


def kinds(items: list[Item]) -> set[str]:
    return {item.kind for item in items}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland"])
def test_the_file_keeps_the_zone_it_was_made_in(zone: str, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    make(work_at("2026-03-29T02:30:00", path, zone), str(path))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT key, value FROM setting").fetchall() == [("file.timezone", zone)]


def test_both_languages_stand_side_by_side(district: sqlite3.Connection) -> None:
    names = texts(district, "SELECT name FROM customer")
    said = texts(district, "SELECT note FROM callback WHERE note IS NOT NULL")
    assert sum(1 for name in names if re.search("[一-鿿]", name) and re.search("[A-Za-z]", name)) > 40
    chinese = [text for text in said if re.search("[一-鿿]", text)]
    assert len(chinese) > 30
    assert len(said) - len(chinese) > 30


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
        "Anna Fischer", "Chen Lan", "Zhou Wei", "Sun Yue", "cron",
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
    with pytest.raises(FileExists):
        make(work_at(TUESDAY, path), str(path))
    assert path.read_text() == "mine"


def test_nothing_is_left_behind_when_it_fails(tmp_path: Path) -> None:
    broken = tables.Archived("nobody", 1)
    quarter = making.OLD_TOWN._replace(events=(*making.OLD_TOWN.events, broken))
    with pytest.raises(KeyError):
        make(work_at(TUESDAY, tmp_path / "demo.db"), str(tmp_path / "demo.db"), [quarter])
    assert list(tmp_path.iterdir()) == []


def test_events_are_of_the_past_and_of_cards_that_are_there() -> None:
    for quarter in making.QUARTERS:
        made = {card.key: card.ago for card in quarter.cards}
        assert len(made) == len(quarter.cards)
        for event in quarter.events:
            assert 1 <= event.ago < making.FIRST_DAY, event
            key = getattr(event, "card", None)
            assert key is None or event.ago <= made[key], event
