"""Every change of every table is kept: who, when, by which command, before and after."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from csm.storage.file.history import recorded_tables
from tests.desk import Desk


def test_every_table_but_the_record_itself_is_recorded(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    with closing(sqlite3.connect(desk.path)) as connection:
        tables = recorded_tables(connection)
        triggers = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    assert tables == [
        "callback", "callback_try", "complaint", "complaint_event", "contact", "contact_phone", "customer",
        "customer_field", "customer_tag", "former_name", "grading", "holiday", "instalment", "loss", "note", "payment", "plan_bill",
        "pledge", "prevention", "promise", "repayment_plan", "sale", "service", "service_check", "setting", "signature", "staff", "stand_in", "survey",
    ]  # fmt: skip
    assert {f"kept_{table}_{verb}" for table in tables for verb in ("insert", "before", "after", "delete")} <= triggers


def test_a_command_is_kept_with_who_when_and_what_was_typed(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "138 0013 8000")
    [(at, user, title, table, row, operation, before, after)] = desk.sql(
        "SELECT at, user, title, table_name, row_id, operation, before, after FROM history WHERE table_name = 'customer'"
    )
    assert (at, user, table, row, operation, before) == ("2026-11-21T09:00:00Z", "alice", "customer", 1, "insert", None)
    assert title.endswith("customer add 'Golden Dragon' --phone '138 0013 8000'")
    kept = json.loads(after)
    assert (kept["name"], kept["phone"], kept["owner"]) == ("Golden Dragon", "138 0013 8000", "alice")


def test_a_row_changed_with_another_program_is_kept(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.sql("UPDATE customer SET region = 'East' WHERE id = 1")
    desk.sql("DELETE FROM customer WHERE id = 1")
    rows = desk.sql("SELECT user, title, operation, before, after FROM history WHERE id > 2 ORDER BY id")
    assert [row[:3] for row in rows] == [("another program", "", "update"), ("another program", "", "delete")]
    assert (json.loads(rows[0][3])["region"], json.loads(rows[0][4])["region"]) == (None, "East")
    assert (json.loads(rows[1][3])["region"], rows[1][4]) == ("East", None)


def test_a_card_another_program_wrote_is_found_by_name_and_phone(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.sql("INSERT INTO customer (name, phone) VALUES ('  Jade House ', '+86 139-0000 (0001)')")
    desk.sql("UPDATE customer SET name = 'Silver Dragon', phone = '010-5550 0001' WHERE id = 1")
    assert desk.json("customer", "show", "jade house")["id"] == 2
    assert desk.json("customer", "show", "13900000001")["id"] == 2
    assert desk.json("customer", "show", "silver dragon")["id"] == 1
    assert desk.json("customer", "show", "01055500001")["id"] == 1


def test_a_command_that_changes_nothing_leaves_no_trace(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--region", "East")
    before = desk.sql("SELECT count(*) FROM command")
    assert desk.message("customer", "edit", "1", "--region", "East") == "nothing changed"
    assert desk.sql("SELECT count(*) FROM command") == before
    assert desk.sql("SELECT count(*) FROM change WHERE table_name = 'customer'") == [(1,)]


def test_no_command_is_current_between_commands(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    assert desk.sql("SELECT command_id, bulk FROM current_command") == [(None, 0)]


def test_rows_planned_in_bulk_are_kept_like_single_ones(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--relationship", "partnership")
    desk.ok("callback", "plan")
    [(user, operation, after)] = desk.sql(
        "SELECT user, operation, after FROM history WHERE table_name = 'callback' ORDER BY id"
    )
    names = [name for (name,) in desk.sql("SELECT name FROM pragma_table_info('callback')")]  # none that are generated
    stored = desk.sql(f"SELECT {', '.join(names)} FROM callback")[0]
    assert (user, operation) == ("alice", "insert")
    assert json.loads(after) == dict(zip(names, stored, strict=True))


def test_several_rows_changed_at_once_and_a_key_are_kept_row_by_row(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("customer", "note", "1", "one")
    desk.ok("customer", "note", "1", "two")
    desk.sql("UPDATE note SET id = id + 10, text = text || '!'")
    rows = desk.sql("SELECT row_id, before, after FROM history WHERE table_name = 'note' AND operation = 'update'")
    kept = [(row, json.loads(before), json.loads(after)) for row, before, after in rows]
    assert [(row, before["id"], before["text"], after["id"], after["text"]) for row, before, after in kept] == [
        (1, 1, "one", 11, "one!"),
        (2, 2, "two", 12, "two!"),
    ]


def test_what_a_trigger_changes_in_a_row_that_another_program_changed_is_a_change_of_its_own(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.sql("UPDATE customer SET name = 'Silver' WHERE id = 1")
    rows = desk.sql(
        "SELECT before ->> 'name', before ->> 'name_key', after ->> 'name', after ->> 'name_key' FROM change"
        " WHERE table_name = 'customer' AND operation = 'update' ORDER BY id"
    )
    assert rows == [
        ("Golden Dragon", "golden dragon", "Silver", "golden dragon"),
        ("Silver", "golden dragon", "Silver", "silver"),
    ]


def test_a_change_that_fails_leaves_nothing_behind(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("customer", "note", "1", "one")
    before = desk.sql("SELECT count(*) FROM change")
    with pytest.raises(sqlite3.IntegrityError):
        desk.sql("UPDATE note SET text = ''")
    assert desk.sql("SELECT count(*) FROM change") == before
