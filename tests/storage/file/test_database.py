"""Opening, making and refusing files; one transaction a command; a single file afterwards."""

from __future__ import annotations

import os
import socket
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from csm.domain.errors import Unusable
from csm.storage.file.database import APPLICATION_ID, SCHEMA, Command, Database
from csm.storage.file.new_file import clear_if_left
from csm.storage.file.obstacles import unread_log
from csm.storage.migrations import MIGRATIONS
from tests.refusals import refused_as

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
    with refused_as("database-missing"):
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
    with pytest.raises((Unusable, sqlite3.DatabaseError)):
        _ = Database(str(path)).connection
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY)")
    with refused_as("not-a-csm-file"):
        _ = Database(str(path)).connection


def test_a_file_of_a_newer_csm_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        newer.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        newer.execute("CREATE TABLE x (y)")
    with refused_as("newer-schema") as raised:
        _ = Database(str(path)).connection
    assert raised.value.values == {"path": str(path), "found": SCHEMA + 1, "known": SCHEMA}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with refused_as("not-a-file") as raised:
        _ = Database(str(tmp_path)).connection
    assert raised.value.values == {"path": str(tmp_path), "file_kind": "folder"}


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
    with refused_as("database-missing"), Database(str(tmp_path / "shop.db")).writing(COMMAND):
        pass
    assert not any(tmp_path.iterdir())


def test_of_two_first_writers_the_second_waits_and_then_writes_into_the_firsts_file(tmp_path: Path) -> None:
    path, told = tmp_path / "shop.db", list[str]()
    first = Database(str(path))
    second = Database(str(path), waiting=lambda: told.append("waiting"))

    def write() -> None:
        insert(second, "second")
        second.close()

    thread = Thread(target=write)
    with first.writing(COMMAND, make=True) as connection:
        connection.execute("INSERT INTO customer (name, name_key) VALUES ('first', 'first')")
        thread.start()
        while not told:
            sleep(0.02)
        assert not path.exists()
    thread.join()
    assert first.connection.execute("SELECT name FROM customer ORDER BY id").fetchall() == [("first",), ("second",)]
    assert (first.made, second.made) == (True, False)
    first.close()
    assert os.listdir(tmp_path) == ["shop.db"]


def test_a_second_first_writer_gives_up_when_its_time_is_over(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with Database(str(path)).writing(COMMAND, make=True), refused_as("database-locked"):
        insert(Database(str(path), lock_seconds=0.05), "quick")
    assert os.listdir(tmp_path) == ["shop.db"]


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_no_file_is_made_beside_the_log_of_another_one(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "shop.db"
    log = tmp_path / f"shop.db{ending}"
    log.write_bytes(b"what a program that was killed has left")
    with refused_as("stray-log") as raised:
        insert(Database(str(path)), "one")
    assert raised.value.values == {"path": str(path), "log": str(log)}
    assert os.listdir(tmp_path) == [log.name]
    log.write_bytes(b"")
    insert(Database(str(path)), "one")
    assert path.exists()


def test_a_log_is_looked_for_beside_the_file_itself_not_beside_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "shop.db-wal").write_bytes(b"x")
    with refused_as("stray-log") as raised:
        insert(Database(str(tmp_path / "link" / "shop.db")), "one")
    assert raised.value.values["log"] == str((tmp_path / "real" / "shop.db-wal").resolve())
    (tmp_path / "real" / "old.db").write_bytes(b"")
    (tmp_path / "real" / "old.db-wal").write_bytes(b"x")
    (tmp_path / "old.db").symlink_to("real/old.db")
    assert unread_log(str(tmp_path / "old.db")) == str((tmp_path / "real" / "old.db-wal").resolve())


def test_a_link_into_nowhere_says_so_whether_read_or_written(tmp_path: Path) -> None:
    link = tmp_path / "shop.db"
    link.symlink_to("gone.db")
    for use in (lambda: Database(str(link)).connection, lambda: insert(Database(str(link)), "one")):
        with refused_as("dangling-link") as raised:
            use()
        assert raised.value.values == {"path": str(link), "target": str(tmp_path / "gone.db")}
    (tmp_path / "folder").symlink_to("nowhere")
    with refused_as("dangling-link") as raised:
        insert(Database(str(tmp_path / "folder" / "shop.db")), "one")
    assert raised.value.values == {"path": str(tmp_path / "folder"), "target": str(tmp_path / "nowhere")}


def test_a_pipe_and_a_socket_are_named_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket"))
        for kind in ("pipe", "socket"):
            for use in (
                lambda kind=kind: Database(str(tmp_path / kind)).connection,
                lambda kind=kind: insert(Database(str(tmp_path / kind)), "one"),
            ):
                with refused_as("not-a-file") as raised:
                    use()
                assert raised.value.values == {"path": str(tmp_path / kind), "file_kind": kind}


def test_a_file_that_was_replaced_meanwhile_isn_t_written_and_nor_is_the_one_before(tmp_path: Path) -> None:
    path, other = tmp_path / "shop.db", tmp_path / "other.db"
    for made, name in ((path, "one"), (other, "somebody else")):
        database = Database(str(made))
        insert(database, name)
        database.close()
    before = other.read_bytes()
    database = Database(str(path))
    with refused_as("file-replaced") as raised, database.writing(COMMAND) as connection:
        connection.execute("INSERT INTO customer (name, name_key) VALUES ('two', 'two')")
        path.rename(tmp_path / "moved.db")
        other.rename(path)
    assert raised.value.values == {"path": str(path)}
    database.close()
    assert path.read_bytes() == before
    for found, names in ((path, [("somebody else",)]), (tmp_path / "moved.db", [("one",)])):
        with closing(sqlite3.connect(found)) as connection:
            assert connection.execute("SELECT name FROM customer").fetchall() == names
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_file_that_was_taken_away_meanwhile_isn_t_said_to_be_written(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    database = Database(str(path))
    insert(database, "one")
    with refused_as("file-replaced"), database.writing(COMMAND) as connection:
        connection.execute("INSERT INTO customer (name, name_key) VALUES ('two', 'two')")
        path.rename(tmp_path / "moved.db")
    database.close()


def test_what_was_committed_before_a_file_was_replaced_doesn_t_come_back_in_the_new_one(tmp_path: Path) -> None:
    path, other = tmp_path / "shop.db", tmp_path / "other.db"
    for made, name in ((path, "one"), (other, "somebody else")):
        database = Database(str(made))
        insert(database, name)
        database.close()
    database = Database(str(path))
    insert(database, "two")
    path.rename(tmp_path / "moved.db")
    other.rename(path)
    database.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM customer").fetchall() == [("somebody else",)]
    with closing(sqlite3.connect(tmp_path / "moved.db")) as connection:
        assert connection.execute("SELECT name FROM customer").fetchall() == [("one",), ("two",)]


def test_what_a_killed_first_write_left_is_cleared_by_the_next_command(tmp_path: Path) -> None:
    path, workshop = tmp_path / "shop.db", tmp_path / "shop.db.csm-new"
    workshop.mkdir()
    (workshop / "made.db").write_bytes(b"half")
    (workshop / "made.db-wal").write_bytes(b"half")
    database = Database(str(path))
    insert(database, "one")
    database.close()
    assert os.listdir(tmp_path) == ["shop.db"]
    # Killed between the file's getting its name and the end of the work.
    workshop.mkdir()
    os.link(path, workshop / "made.db")
    database = Database(str(path))
    assert database.connection.execute("SELECT name FROM customer").fetchall() == [("one",)]
    database.close()
    assert os.listdir(tmp_path) == ["shop.db"]


def test_somebody_elses_folder_in_the_way_is_left_alone(tmp_path: Path) -> None:
    path, workshop = tmp_path / "shop.db", tmp_path / "shop.db.csm-new"
    workshop.mkdir()
    (workshop / "photo.jpg").write_bytes(b"x")
    with refused_as("file-in-the-way"):
        insert(Database(str(path)), "one")
    assert [file.name for file in workshop.iterdir()] == ["photo.jpg"]


def test_who_is_at_work_on_a_new_file_isn_t_disturbed(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with Database(str(path)).writing(COMMAND, make=True) as connection:
        connection.execute("INSERT INTO customer (name, name_key) VALUES ('one', 'one')")
        clear_if_left(str(path))
        assert (tmp_path / "shop.db.csm-new" / "made.db").exists()
    assert path.exists()


def test_a_new_file_takes_the_zone_it_is_given(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "shop.db"), zone=lambda: "Asia/Shanghai")
    insert(database, "one")
    assert database.connection.execute("SELECT key, value FROM setting").fetchall() == [
        ("file.timezone", "Asia/Shanghai")
    ]
    database.close()
