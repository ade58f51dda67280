"""What another program drops, empties or spoils: made again before the next write, or named; never a traceback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csm.storage.migrations.m0005_hours_and_people import INSTANTS
from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with one card, one note and one callback."""
    desk.ok("customer", "add", "Golden Dragon", "--phone", "138 0013 8000")
    desk.ok("customer", "note", "1", "likes tea")
    desk.ok("callback", "add", "1", "--on", "2026-11-23")
    return desk


def objects(desk: Desk) -> set[tuple[str, str, str]]:
    return set(desk.sql("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER kept_note_insert",
        "DROP TRIGGER customer_derived_insert",
        "DROP VIEW customer_list",
        "DROP VIEW acting_command",
        "DROP INDEX note_customer",
        "DELETE FROM current_command",
    ],
)
def test_what_was_dropped_is_there_again_before_the_next_write_so_that_its_change_is_kept(
    shop: Desk, statement: str
) -> None:
    before = objects(shop)
    shop.sql(statement)
    shop.ok("customer", "note", "1", "wants a price list")
    assert objects(shop) == before
    assert shop.sql("SELECT command_id IS NULL FROM change WHERE table_name = 'note'") == [(0,), (0,)]


def test_a_view_that_says_something_else_is_made_again(shop: Desk) -> None:
    before = objects(shop)
    shop.sql("DROP VIEW callback_list")
    shop.sql("CREATE VIEW callback_list AS SELECT 1 AS id")
    shop.ok("customer", "note", "1", "wants a price list")
    assert objects(shop) == before


def test_what_others_have_added_stays(shop: Desk) -> None:
    shop.sql("CREATE TABLE till (amount INTEGER)")
    shop.sql("CREATE VIEW mine AS SELECT name FROM customer")
    shop.sql("CREATE INDEX mine_too ON customer (address)")
    shop.sql("ALTER TABLE customer ADD COLUMN shoe_size INTEGER")
    before = objects(shop)
    shop.ok("customer", "note", "1", "wants a price list")
    # A column of theirs is kept among the changes from now on.
    assert {(kind, name) for kind, name, _ in objects(shop)} == {(kind, name) for kind, name, _ in before}
    shop.sql("UPDATE customer SET shoe_size = 43")
    shop.sql("INSERT INTO till VALUES (1)")
    assert shop.sql("SELECT json_extract(after, '$.shoe_size') FROM change WHERE operation = 'update'")[-1] == (43,)


def test_a_reading_command_names_what_is_missing_and_makes_it_again(shop: Desk) -> None:
    shop.sql("DROP VIEW customer_list")
    assert shop("customer", "list") == (
        5,
        "",
        f"csm: {shop.path} had lost customer_list to another program; csm has made them again\n"
        "hint: repeat the command\n",
    )
    assert shop.json("customer", "list")[0]["name"] == "Golden Dragon"


def test_a_table_that_is_gone_is_named_by_whoever_reads_or_writes(shop: Desk) -> None:
    shop.sql("DROP TABLE pledge")
    wanted = (
        5,
        "",
        f"csm: {shop.path} has lost pledge: another program has removed it\nhint: go back to a backup of it\n",
    )
    assert shop("pledge", "list") == wanted
    assert shop("customer", "note", "1", "x") == wanted
    assert shop.sql("SELECT count(*) FROM note") == [(1,)]


def test_a_column_that_is_gone_is_named(shop: Desk) -> None:
    with closing(sqlite3.connect(shop.path)) as connection:
        for (view,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
            connection.execute(f"DROP VIEW {view}")
        for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("ALTER TABLE customer DROP COLUMN parking")
    assert shop("customer", "list").err.startswith(f"csm: {shop.path} has lost customer.parking: ")


def test_a_file_that_was_vacuumed_is_looked_at_once_and_written(shop: Desk) -> None:
    shop.sql("VACUUM")
    before = objects(shop)
    shop.ok("customer", "note", "1", "x")
    assert objects(shop) == before
    assert shop.sql(
        "SELECT made_for & 0xFFFFFFFF = (SELECT schema_version FROM pragma_schema_version) FROM current_command"
    ) == [(1,)]


@pytest.mark.parametrize("value", ["yesterday", "", "2026-13-01T00:00:00Z", "2026-11-21 07:30:00", "2026-11-21", "now"])
def test_no_program_can_write_nonsense_into_an_instant(shop: Desk, value: str) -> None:
    for table, columns in INSTANTS.items():
        for column in columns:
            (sql,) = shop.sql("SELECT sql FROM sqlite_schema WHERE name = ?", table)[0]
            assert f"CHECK ({column} IS strftime('%Y-%m-%dT%H:%M:%SZ', {column}))" in sql, (table, column)
    with pytest.raises((sqlite3.IntegrityError, sqlite3.OperationalError)):
        shop.sql("UPDATE note SET noted_at = ?", value)
    shop.sql("UPDATE note SET noted_at = '2026-11-21T07:30:00Z'")


def test_every_column_of_an_instant_has_its_check(shop: Desk) -> None:
    tables = [name for (name,) in shop.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = {
        table: {
            name
            for (name,) in shop.sql("SELECT name FROM pragma_table_info(?)", table)
            if name == "at" or name.endswith("_at") or name == "waiting_since"
        }
        for table in tables
        if table != "_sqlite_migrations"
    }
    assert {table: columns for table, columns in found.items() if columns} == {
        **{table: set(columns) for table, columns in INSTANTS.items()},
        "repayment_plan": {"created_at"},
    }


def test_nonsense_that_got_past_the_checks_is_named_by_table_row_and_column(shop: Desk) -> None:
    shop.sql("PRAGMA ignore_check_constraints = 1")
    with closing(sqlite3.connect(shop.path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = 1")
        connection.execute("UPDATE note SET noted_at = 'yesterday'")
        connection.commit()
    assert shop("customer", "show", "1") == (
        5,
        "",
        f"csm: {shop.path}: table note, row 1, column noted_at holds 'yesterday', which csm can't read\n"
        "hint: correct it with the program that wrote it (a setting: csm config set), or go back to a backup;"
        " an instant is written like 2026-11-21T07:30:00Z\n",
    )


def older(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parents[1] / "fixtures" / "schema4.sql").read_text(encoding="utf-8"))
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_nonsense_in_an_older_file_is_named_and_the_file_left_as_it_is(tmp_path: Path) -> None:
    older(tmp_path / "four.db", "UPDATE promise SET due_at = 'soon' WHERE id = 2")
    desk = Desk(tmp_path, now="2026-11-28 10:00", name="four.db")
    result = desk("due")
    assert (result.code, result.out) == (5, "")
    assert result.err.startswith(
        f"csm: {desk.path}: table promise, row 2, column due_at holds 'soon', which csm can't read\n"
    )
    assert [file.name for file in tmp_path.iterdir()] == ["four.db"], "no backup of a file that stays as it is"
    assert desk.sql("PRAGMA user_version") == [(4,)]
    desk.sql("UPDATE promise SET due_at = '2026-11-30 10:00' WHERE id = 2")
    desk.ok("due")
    assert desk.sql("SELECT due_at FROM promise WHERE id = 2") == [("2026-11-30T10:00:00Z",)]


def test_what_an_older_file_says_in_another_form_is_rewritten_and_the_change_is_kept(tmp_path: Path) -> None:
    older(
        tmp_path / "four.db",
        "UPDATE customer SET created_at = '2026-01-02 03:04:05', updated_at = '2026-01-02T03:04:05.678+08:00' WHERE id = 1",
    )
    desk = Desk(tmp_path, now="2026-11-28 10:00", name="four.db")
    desk.ok("due")
    assert desk.sql("SELECT created_at, updated_at FROM customer WHERE id = 1") == [
        ("2026-01-02T03:04:05Z", "2026-01-01T19:04:05Z")
    ]
    assert desk.sql(
        "SELECT operation FROM change WHERE table_name = 'customer' AND row_id = 1 ORDER BY id DESC LIMIT 2"
    ) == [
        ("update",),
        ("update",),
    ]
    assert desk.sql("PRAGMA integrity_check") == [("ok",)]


def test_views_of_others_survive_a_migration(tmp_path: Path) -> None:
    older(tmp_path / "four.db", "CREATE VIEW mine AS SELECT name FROM customer")
    desk = Desk(tmp_path, now="2026-11-28 10:00", name="four.db")
    desk.ok("due")
    assert len(desk.sql("SELECT name FROM mine")) == len(desk.sql("SELECT name FROM customer"))
