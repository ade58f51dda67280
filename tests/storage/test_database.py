"""Opening, making and refusing files; one transaction a command; a single file afterwards."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from csm.domain.errors import CannotOpen, DatabaseLocked, DatabaseMissing, NewerSchema, NotACsmFile
from csm.storage.database import APPLICATION_ID, SCHEMA, Command, Database
from csm.storage.migrations import MIGRATIONS

COMMAND = Command("2026-11-21T01:00:00Z", "alice", "csm test")


def insert(database: Database, name: str) -> None:
    with database.writing(COMMAND, make=True) as connection:
        connection.execute("INSERT INTO customer (name, name_key) VALUES (?, ?)", [name, name])


def test_the_first_write_makes_the_file_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "shop.db"
    database = Database(str(path))
    insert(database, "Golden Dragon")
    assert database.made
    database.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["shop.db"]


def test_reading_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        _ = Database(str(tmp_path / "shop.db")).connection
    assert not any(tmp_path.iterdir())


def test_a_first_write_that_fails_leaves_no_file(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "shop.db"))
    with pytest.raises(ZeroDivisionError), database.writing(COMMAND, make=True) as connection:
        connection.execute("INSERT INTO customer (name, name_key) VALUES ('x', 'x')")
        raise ZeroDivisionError
    assert not any(tmp_path.iterdir())


def test_a_write_that_fails_changes_nothing(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "shop.db"))
    insert(database, "one")
    with pytest.raises(sqlite3.IntegrityError), database.writing(COMMAND) as connection:
        connection.execute("INSERT INTO customer (name, name_key) VALUES ('two', 'two')")
        connection.execute("INSERT INTO customer (name, name_key) VALUES ('', '')")
    assert database.connection.execute("SELECT name FROM customer").fetchall() == [("one",)]
    database.close()


def test_outside_a_transaction_nothing_can_be_written(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "shop.db"))
    insert(database, "one")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.connection.execute("DELETE FROM customer")
    database.close()


def test_foreign_keys_hold_and_the_log_is_ahead_of_the_file(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "shop.db"))
    insert(database, "one")
    assert database.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert database.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_the_migrations_are_counted() -> None:
    assert len(MIGRATIONS._migrations) == SCHEMA


@pytest.mark.parametrize("content", [b"name;phone\nAda;1\n", b"", b"SQLite format 3\x00" + b"\x00" * 200])
def test_another_kind_of_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises((NotACsmFile, sqlite3.DatabaseError)):
        _ = Database(str(path)).connection
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY)")
    with pytest.raises(NotACsmFile):
        _ = Database(str(path)).connection


def test_a_file_of_a_newer_csm_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        newer.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        newer.execute("CREATE TABLE x (y)")
    with pytest.raises(NewerSchema) as raised:
        _ = Database(str(path)).connection
    assert raised.value.values == {"path": str(path), "found": SCHEMA + 1, "known": SCHEMA}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen):
        _ = Database(str(tmp_path)).connection


def test_a_locked_file_is_waited_for_and_then_given_up(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    first = Database(str(path))
    insert(first, "one")
    with first.writing(COMMAND) as connection:
        connection.execute("INSERT INTO customer (name, name_key) VALUES ('two', 'two')")
        second = Database(str(path), lock_seconds=0.05)
        assert second.connection.execute("SELECT count(*) FROM customer").fetchone() == (1,)
        with pytest.raises(sqlite3.OperationalError) as raised:
            insert(second, "three")
        assert raised.value.sqlite_errorname == "SQLITE_BUSY"
        second.close()
    assert first.connection.execute("SELECT name FROM customer").fetchall() == [("one",), ("two",)]
    first.close()
    assert os.listdir(tmp_path) == ["shop.db"]


def test_names_with_marks_of_an_address_work(tmp_path: Path) -> None:
    path = tmp_path / "50% off? #1 店.db"
    database = Database(str(path))
    insert(database, "one")
    database.close()
    assert os.listdir(tmp_path) == ["50% off? #1 店.db"]


def test_only_who_is_asked_to_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing), Database(str(tmp_path / "shop.db")).writing(COMMAND):
        pass
    assert not any(tmp_path.iterdir())


def test_of_two_first_writers_none_destroys_the_others_file(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    slow, quick = Database(str(path)), Database(str(path))
    with pytest.raises(DatabaseLocked), slow.writing(COMMAND, make=True) as connection:
        connection.execute("INSERT INTO customer (name, name_key) VALUES ('slow', 'slow')")
        insert(quick, "quick")
        quick.close()
    assert slow.connection.execute("SELECT name FROM customer").fetchall() == [("quick",)]
    slow.close()
    assert os.listdir(tmp_path) == ["shop.db"]


def test_a_new_file_takes_the_zone_it_is_given(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "shop.db"), zone=lambda: "Asia/Shanghai")
    insert(database, "one")
    assert database.connection.execute("SELECT key, value FROM setting").fetchall() == [
        ("file.timezone", "Asia/Shanghai")
    ]
    database.close()
