"""Bringing an older file up to date: the backup before, and what a failed one leaves behind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from csm.storage.file import history, schema
from csm.storage.file.database import Database
from csm.storage.file.history import is_machinery
from csm.storage.file.stamp import APPLICATION_ID, SCHEMA
from tests.desk import Desk
from tests.refusals import refused_as


def older_file(path: Path) -> None:
    """Make a file of the time before the first migration, with somebody's table in it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE keepsake (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("INSERT INTO keepsake (text) VALUES ('do not lose me')")
        connection.commit()


def typed(table: str, row: tuple[object, ...]) -> tuple[object, ...]:
    """Return a row without its search keys, which are made anew by the rule of today."""
    keys = {"customer": (2, 3), "contact": (3, 4)}.get(table, ())
    return tuple(None if place in keys else value for place, value in enumerate(row))


def test_a_file_with_data_is_backed_up_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older_file(path)
    database = Database(str(path))
    assert database.connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert database.connection.execute("SELECT text FROM keepsake").fetchone() == ("do not lose me",)
    assert database.connection.execute("SELECT count(*) FROM customer").fetchone() == (0,)
    database.close()
    assert database.backup == f"{path}.schema0-1-backup"
    with closing(sqlite3.connect(database.backup)) as backup:
        assert backup.execute("SELECT name FROM sqlite_schema").fetchall() == [("keepsake",)]
        assert backup.execute("SELECT text FROM keepsake").fetchall() == [("do not lose me",)]
    assert Path(database.backup).stat().st_mode & 0o777 == 0o600


def test_where_the_backup_fails_nothing_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    older_file(path)
    counts = iter([[1], [2]])
    monkeypatch.setattr(schema, "_count_rows", lambda connection: next(counts))
    with refused_as("backup-failed"):
        _ = Database(str(path)).connection
    assert [file.name for file in tmp_path.iterdir()] == ["old.db"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema WHERE name = 'customer'").fetchall() == []


def test_a_migration_that_fails_is_rolled_back_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    older_file(path)

    def broken(connection: sqlite3.Connection) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(history, "remake_triggers", broken)
    with pytest.raises(ZeroDivisionError):
        _ = Database(str(path)).connection
    with closing(sqlite3.connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        assert names == {"keepsake"}
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)


def backups(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "old.db")


def test_a_half_backup_of_a_process_that_was_killed_never_has_a_good_name_and_is_cleared(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older_file(path)
    (tmp_path / "old.db.backup-draft").write_bytes(path.read_bytes()[:1000])
    (tmp_path / "old.db.backup-draft-journal").write_bytes(b"half")
    database = Database(str(path))
    _ = database.connection
    database.close()
    assert backups(tmp_path) == ["old.db.schema0-1-backup"]


def test_a_backup_that_a_killed_migration_left_serves_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older_file(path)
    kept = schema.back_up(str(path), "schema0")
    assert kept == (f"{path}.schema0-1-backup", True)
    assert schema.back_up(str(path), "schema0") == (kept.path, False)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO keepsake (text) VALUES ('something new')")
        connection.commit()
    assert schema.back_up(str(path), "schema0") == (f"{path}.schema0-2-backup", True)


def test_a_file_that_can_t_be_written_is_never_backed_up(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older_file(path)
    for _ in range(3):
        database = Database(str(path))
        with (
            closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True, isolation_level=None)) as connection,
            pytest.raises(sqlite3.OperationalError, match="readonly"),
        ):
            schema.bring_up_to_date(connection, str(path), database._take_lock, database._commit)
    assert backups(tmp_path) == []


def test_a_file_that_is_replaced_while_it_is_migrated_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "old.db", tmp_path / "other"
    older_file(path)
    other.write_bytes(path.read_bytes())
    migrate = schema.migrate

    def meanwhile(connection: sqlite3.Connection) -> None:
        migrate(connection)
        other.rename(path)

    monkeypatch.setattr(schema, "migrate", meanwhile)
    with refused_as("file-replaced"):
        _ = Database(str(path)).connection
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("keepsake",)]
    assert backups(tmp_path) == []


def test_a_backup_is_beside_the_file_itself_not_beside_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    older_file(tmp_path / "real" / "old.db")
    (tmp_path / "link.db").symlink_to("real/old.db")
    database = Database(str(tmp_path / "link.db"))
    _ = database.connection
    database.close()
    assert database.backup == str((tmp_path / "real" / "old.db").resolve()) + ".schema0-1-backup"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.db", "real"]


def test_of_two_commands_at_once_one_migrates_and_the_other_finds_it_done(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older_file(path)
    databases = [Database(str(path)) for _ in range(3)]
    opened: list[tuple[int, str | None]] = []

    def work(database: Database) -> None:
        (version,) = database.connection.execute("PRAGMA user_version").fetchone()
        database.close()
        opened.append((version, database.backup))

    threads = [Thread(target=work, args=(database,)) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = f"{path}.schema0-1-backup"
    assert sorted(opened, key=str) == sorted([(SCHEMA, made), (SCHEMA, None), (SCHEMA, None)], key=str)
    assert backups(tmp_path) == ["old.db.schema0-1-backup"]


def test_tables_are_strict_and_views_have_real_columns(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    not_strict = desk.sql(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND schema = 'main'"
        " AND name NOT LIKE 'sqlite_%' AND name <> '_sqlite_migrations'"
    )
    assert not_strict == []
    for (view,) in desk.sql("SELECT name FROM sqlite_schema WHERE type = 'view'"):
        columns = {name for (name,) in desk.sql("SELECT name FROM pragma_table_info(?)", view)}
        # which cases figures count, and what triggers write
        if is_machinery(view) or view in ("complaint_counted", "complaint_void", "instalment_ticked"):
            continue
        assert columns & {"name", "title", "customer"}, view


def test_the_file_passes_sqlites_own_checks(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--contact", "Li Na;buyer;139 0000 0001", "--tag", "vip")
    assert desk.sql("PRAGMA integrity_check") == [("ok",)]
    assert desk.sql("PRAGMA foreign_key_check") == []


def test_a_file_of_the_first_schema_keeps_everything_and_can_do_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parents[1] / "fixtures" / "schema1.sql").read_text(encoding="utf-8"))
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        before = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    desk = Desk(tmp_path, now="2026-11-23 09:00", name="one.db")
    result = desk("due", "-f", "csv")
    assert result.code == 0
    assert (
        result.err.splitlines()[0] == f"brought the file up to date; the backup from before is {path}.schema1-1-backup"
    )
    with closing(sqlite3.connect(path)) as connection:
        for name in tables:
            if name != "_sqlite_migrations":
                rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                was = [typed(name, row) for row in before[name]]
                assert [typed(name, row)[: len(old)] for row, old in zip(rows, was, strict=True)] == was, name
    assert desk.message("complaint", "open", "dragon", "the oven is cold", "--live").startswith("read back: ")
    assert desk.json("complaint", "show", "1")["first_response_due"] == "2026-11-23T18:00:00+08:00"
    assert desk.json("customer", "list")[0]["open_complaints"] == 1
    assert desk.sql("SELECT count(*) FROM history WHERE table_name = 'complaint' AND user = 'alice'") == [(1,)]


def test_a_file_of_the_second_schema_keeps_everything_and_can_do_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "two.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parents[1] / "fixtures" / "schema2.sql").read_text(encoding="utf-8"))
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        before = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    assert {row[8] for row in before["callback"]} == {"manual", "series", "cadence", "route", "next", "log"}
    held = {"complaint": 3, "promise": 3, "pledge": 1, "prevention": 1, "stand_in": 1, "holiday": 2, "staff": 3}
    assert {name: len(before[name]) for name in held} == held
    desk = Desk(tmp_path, now="2026-11-28 09:00", name="two.db")
    result = desk("due", "-f", "csv")
    assert result.code == 0
    assert (
        result.err.splitlines()[0] == f"brought the file up to date; the backup from before is {path}.schema2-1-backup"
    )
    with closing(sqlite3.connect(f"{path}.schema2-1-backup")) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (2,)
        assert {name: backup.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables} == before
    with closing(sqlite3.connect(path)) as connection:
        for name in tables:
            if name != "_sqlite_migrations":
                rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                was = [typed(name, row) for row in before[name]]
                assert [typed(name, row)[: len(old)] for row, old in zip(rows, was, strict=True)] == was, name
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM callback WHERE sale_id IS NOT NULL").fetchone() == (0,)
    assert desk.json("customer", "note", "1", 'it\'s still "here" 还在')["customer_id"] == 1
    assert desk.json("complaint", "show", "2")["status"] == "waiting"
    # What is new: 100.00 sold, 40.00 paid, 60.00 to pay; the change is kept under its command.
    desk.ok("sale", "add", "1", "oven", "--amount", "100", "--on", "2026-11-27", "--no-plan")
    desk.ok("sale", "pay", "1", "40", "--on", "2026-11-27")
    assert desk.sql("SELECT balance_cents, status FROM sale") == [(6000, "open")]
    assert desk.json("customer", "list", "--columns", "id,balance", "Golden")[0]["balance"] == 60
    assert desk.sql("SELECT count(*) FROM history WHERE table_name = 'sale' AND user = 'alice'") == [(2,)]


def test_a_file_of_the_third_schema_keeps_everything_and_can_do_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "three.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parents[1] / "fixtures" / "schema3.sql").read_text(encoding="utf-8"))
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        before = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    held = {"complaint": 10, "promise": 4, "callback": 6, "sale": 2, "payment": 1, "holiday": 3, "staff": 3}
    assert {name: len(before[name]) for name in held} == held
    desk = Desk(tmp_path, now="2026-11-27 09:00", name="three.db")
    result = desk("due", "-f", "csv")
    assert result.code == 0
    assert (
        result.err.splitlines()[0] == f"brought the file up to date; the backup from before is {path}.schema3-1-backup"
    )
    with closing(sqlite3.connect(f"{path}.schema3-1-backup")) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (3,)
        assert {name: backup.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables} == before
    with closing(sqlite3.connect(path)) as connection:
        for name in tables:
            if name != "_sqlite_migrations":
                rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                was = [typed(name, row) for row in before[name]]
                assert [typed(name, row)[: len(old)] for row, old in zip(rows, was, strict=True)] == was, name
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        # The triggers that keep changes are there for the new table too, and for none that is worked out.
        kept = {name for (name,) in connection.execute("SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger'")}
        assert "survey" in kept
        assert not kept & {"complaint_state", "complaint_deadline", "complaint_repeat"}
    assert desk.json("complaint", "show", "4")["status"] == "open"


def test_a_file_of_the_fourth_schema_keeps_everything_and_can_do_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "four.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parents[1] / "fixtures" / "schema4.sql").read_text(encoding="utf-8"))
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        before = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    held = {"callback_try": 2, "survey": 2, "service": 2, "loss": 1, "grading": 2, "signature": 1, "pledge": 1}
    assert {name: len(before[name]) for name in held} == held
    desk = Desk(tmp_path, now="2026-11-28 10:00", name="four.db")
    result = desk("due", "-f", "csv")
    assert result.code == 0
    assert (
        result.err.splitlines()[0] == f"brought the file up to date; the backup from before is {path}.schema4-1-backup"
    )
    with closing(sqlite3.connect(f"{path}.schema4-1-backup")) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (4,)
        assert {name: backup.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables} == before
    with closing(sqlite3.connect(path)) as connection:
        for name in tables:
            if name != "_sqlite_migrations":
                rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                was = [typed(name, row) for row in before[name]]
                assert [typed(name, row)[: len(old)] for row, old in zip(rows, was, strict=True)] == was, name
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_file_of_the_fifth_schema_keeps_everything_and_can_do_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "five.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parents[1] / "fixtures" / "schema5.sql").read_text(encoding="utf-8"))
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        before = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    held = {"former_name": 1, "contact": 4, "note": 2, "callback": 8, "complaint": 11, "sale": 3, "setting": 2}
    assert {name: len(before[name]) for name in held} == held
    desk = Desk(tmp_path, now="2026-11-29 10:00", name="five.db")
    assert desk("due", "-f", "csv").err.startswith("brought the file up to date; the backup from before is ")
    with closing(sqlite3.connect(path)) as connection:
        for name in tables:
            if name not in ("current_command", "_sqlite_migrations"):
                rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                assert [row[: len(old)] for row, old in zip(rows, before[name], strict=True)] == before[name], name
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    # a former name is found by its pinyin, which that schema didn't keep
    (pinyin,) = desk.sql("SELECT pinyin FROM former_name")[0]
    assert "jinlongcanting" in pinyin
    desk.ok("customer", "note", "1", "back from the fair")
    assert desk.sql("SELECT user, operation FROM history ORDER BY id DESC LIMIT 1") == [("alice", "insert")]
