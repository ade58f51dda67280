"""What a release makes anew in files of earlier ones: views, triggers and indexes, by the first command that opens one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from csm.storage.file import history, repair, schema
from csm.storage.file.database import Database
from csm.storage.file.stamp import MADE_BY
from tests.desk import Desk
from tests.refusals import refused_as

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def fresh() -> Iterator[sqlite3.Connection]:
    """Give an empty file of this release."""
    with closing(schema.fresh()) as connection:
        yield connection


@pytest.fixture
def released(tmp_path: Path) -> Desk:
    """Return the desk of a file of this schema with the views of another release, and a view and a table of somebody."""
    with closing(sqlite3.connect(tmp_path / "five.db")) as connection:
        connection.executescript((FIXTURES / "schema5.sql").read_text(encoding="utf-8"))
        connection.execute("CREATE VIEW mine AS SELECT name FROM customer_list")
        connection.execute("CREATE VIEW kept_mine AS SELECT name FROM mine")
        connection.execute("CREATE TABLE till (id INTEGER PRIMARY KEY, amount INTEGER)")
        history.remake_triggers(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.commit()
    desk = Desk(tmp_path, now="2026-11-29 10:00", name="five.db")
    desk.ok("customer", "list")
    for statement in (
        "DROP VIEW setting_list",
        "CREATE VIEW setting_list AS SELECT id, key, value, key AS title FROM setting WHERE 1",
        "CREATE VIEW due_callback AS SELECT id FROM callback",
        "DROP INDEX note_customer",
        "CREATE INDEX note_customer ON note (text)",
        "UPDATE current_command SET made_for = 7",
    ):
        desk.sql(statement)
    return desk


def ours(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    return {
        (kind, name): sql
        for (kind, name), sql in schema.objects(connection).items()
        if kind != "table" and not name.endswith("mine") and "till" not in name
    }


def changes(desk: Desk) -> list[tuple[object, ...]]:
    return desk.sql("SELECT * FROM change ORDER BY id")


def test_the_stamp_is_that_of_the_text() -> None:
    assert hex(MADE_BY) == hex(schema.fingerprint()), (
        "a view, trigger or index has changed: set MADE_BY of csm/storage/file/stamp.py to this fingerprint"
    )


def test_reading_a_file_of_an_earlier_release_makes_anew_what_has_changed(
    released: Desk, fresh: sqlite3.Connection
) -> None:
    before = changes(released)
    assert released("due", "-f", "csv").err == ""
    with closing(sqlite3.connect(released.path)) as connection:
        assert ours(connection) == ours(fresh)
        stamp = "made_for >> 32, made_for & 0xFFFFFFFF = (SELECT schema_version FROM pragma_schema_version)"
        assert connection.execute(f"SELECT {stamp} FROM current_command").fetchall() == [(MADE_BY, 1)]
        assert len(connection.execute("SELECT name FROM kept_mine").fetchall()) == 4
    assert changes(released) == before
    released.sql("INSERT INTO till (amount) VALUES (5)")
    assert released.sql("SELECT table_name, after FROM change ORDER BY id DESC LIMIT 1") == [
        ("till", '{"id":1,"amount":5}')
    ]


def test_writing_into_it_does_so_too(released: Desk, fresh: sqlite3.Connection) -> None:
    released.ok("customer", "note", "1", "likes tea")
    with closing(sqlite3.connect(released.path)) as connection:
        assert ours(connection) == ours(fresh)
    assert released.sql("SELECT table_name, operation FROM history ORDER BY id DESC LIMIT 1") == [("note", "insert")]


def test_a_new_release_adds_changes_and_removes(
    released: Desk, fresh: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    released.ok("due")
    released.sql("CREATE VIEW due_meal AS SELECT 1 AS id")
    released.sql("DROP VIEW customer_list")
    released.sql("DROP INDEX note_customer")
    released.sql("CREATE INDEX note_customer ON note (text)")
    released.sql("CREATE TRIGGER kept_note_gone AFTER DELETE ON note BEGIN SELECT 1; END")
    released.sql("UPDATE current_command SET made_for = 7")
    monkeypatch.setattr(schema, "RETIRED_VIEWS", schema.RETIRED_VIEWS | {"due_meal"})
    released.ok("customer", "list")
    with closing(sqlite3.connect(released.path)) as connection:
        assert ours(connection) == ours(fresh)


@pytest.mark.parametrize("number", range(1, 6))
def test_of_what_was_ever_released_no_view_is_left_that_csm_has_no_more(fresh: sqlite3.Connection, number: int) -> None:
    text = (FIXTURES / f"schema{number}.sql").read_text(encoding="utf-8")
    views = set(re.findall(r"^CREATE VIEW (\w+)", text, flags=re.MULTILINE))
    assert views - {name for kind, name in schema.objects(fresh) if kind == "view"} <= schema.RETIRED_VIEWS


def test_of_several_commands_at_once_one_makes_it_anew(released: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mended = list[str]()
    mend = repair.mend

    def counted(connection: sqlite3.Connection, path: str) -> list[str]:
        mended.append(path)
        return mend(connection, path)

    monkeypatch.setattr(repair, "mend", counted)
    found = list[int]()

    def read() -> None:
        database = Database(str(released.path))
        found.append(database.connection.execute("SELECT count(*) FROM customer_list").fetchone()[0])
        database.close()

    threads = [Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, mended) == ([4, 4, 4], [str(released.path)])


def opened_to_read(desk: Desk) -> None:
    """Open the file as one that can't be written, and bring it to this release."""
    database = Database(str(desk.path))
    uri = f"file:{desk.path}?immutable=1"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        repair.refresh(connection, str(desk.path), database._take_lock, database._commit)


def test_a_file_that_can_only_be_read_is_read_where_its_views_serve(released: Desk) -> None:
    before = released.path.read_bytes()
    opened_to_read(released)
    assert released.path.read_bytes() == before


@pytest.mark.parametrize(
    "view", ["SELECT id, code FROM customer", "SELECT id, missing FROM customer", "SELECT id FROM gone"]
)
def test_a_file_that_can_only_be_read_is_refused_where_a_column_is_missing(released: Desk, view: str) -> None:
    released.sql("DROP VIEW customer_list")
    released.sql(f"CREATE VIEW customer_list AS {view}")
    with refused_as("database-read-only"):
        opened_to_read(released)


def test_a_file_that_has_lost_a_table_is_read_as_it_is(released: Desk) -> None:
    released.sql("DROP TABLE pledge")
    assert released.json("customer", "list", "--columns", "id")[0] == {"id": 3}
    assert released("pledge", "list").err.startswith(f"csm: {released.path} has lost pledge: ")


# A function that goes by the clock: the word itself, or one of time without anything it is asked of.
CLOCK = re.compile(
    r"'now'|current_(date|time)|\b(date|time|datetime|julianday|unixepoch|strftime)\s*\(\s*('[^']*')?\s*\)"
)


def test_no_view_goes_by_the_clock(fresh: sqlite3.Connection) -> None:
    found = [
        name for (kind, name), sql in schema.objects(fresh).items() if kind == "view" and CLOCK.search(sql.lower())
    ]
    assert found == []


@pytest.mark.parametrize(
    "sql", ["strftime('%s', 'now')", "date()", "CURRENT_TIMESTAMP", "strftime('%Y')", "julianday( )", "date('now')"]
)
def test_what_goes_by_the_clock_is_known(sql: str) -> None:
    assert CLOCK.search(sql.lower())
