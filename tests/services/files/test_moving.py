"""A whole file out to a folder and back: equal in every table but the history, or refused by name."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from csm.domain.house.record import SETTINGS
from csm.services.files.moving import layout
from csm.storage.file import whole
from tests.desk import Desk, filled_once
from tests.services.files.at_random import NASTY, Maker

HISTORY = {"command", "change", "current_command", "_sqlite_migrations"}
# The rule by which the search keys of a file are made: the program's, and not the user's.
OF_KEYS = {"search_key", "unkeyed"}


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but the history."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            if name not in HISTORY | OF_KEYS and not name.startswith("sqlite_")
        ]
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}


def fill_columns(path: Path) -> list[str]:
    """Put nasty texts into every column that is still empty throughout; return those that take none.

    So a column that a later schema adds is tested before a command fills it.
    """
    left = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = 1")
        for table in whole.tables(connection):
            if not connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
                _fill_table(connection, table)
            keys = layout.search_keys(connection, table)
            for column in whole.columns(connection, table):
                if column.name in keys or table in whole.WORKED_OUT:
                    continue
                (empty,) = connection.execute(f"SELECT count({column.name}) = 0 FROM {table}").fetchone()
                if empty and not _fill_column(connection, table, column):
                    left.append(f"{table}.{column.name}")
    return left


def _fill_table(connection: sqlite3.Connection, table: str) -> None:
    if table == "former_name":
        keys = layout.derive(["name_key"])({"name": "=旧 0057"})
        connection.execute(
            "INSERT INTO former_name (customer_id, name, name_key, until_on) VALUES (1, '=旧 0057', ?, '2026-11-01')",
            [keys["name_key"]],
        )


def _fill_column(connection: sqlite3.Connection, table: str, column: whole.Column) -> bool:
    instant = column.name.endswith("_at")
    values: list[Any] = ["2026-11-03T16:00:00Z"] if instant else [NASTY[0], "2026-11-03"]
    values = values if column.type == "TEXT" else [7]
    for value in values:
        try:
            connection.execute(f"UPDATE {table} SET {column.name} = ?", [value])
        except sqlite3.IntegrityError:
            continue
        return True
    return False


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with a small file in which there is something of most kinds."""
    desk.ok(
        "customer", "add", "Zhang", "--code", "007", "--tag", "vip", "--field", "VAT=0012", "--phone", "13800138000"
    )
    desk.ok("customer", "contact", "add", "1", "李娜", "--phone", "13911112222", "--hobbies", "=golf")
    desk.ok("customer", "note", "1", "=a note")
    desk.ok("sale", "add", "1", "Oven", "--amount", "1200")
    desk.ok("sale", "pay", "1", "200")
    desk.ok("complaint", "open", "1", "late", "--severity", "general")
    return desk


def moved(shop: Desk, *options: str) -> tuple[Path, Desk]:
    """Export a file; return the folder and a desk without a file."""
    folder = shop.folder / "moved"
    shop.ok("export", "all", folder, *options)
    return folder, Desk(shop.folder, name="empty.db")


def changed(folder: Path, name: str, before: str, after: str) -> None:
    """Change a file of a folder as somebody might by hand."""
    path = folder / name
    text = path.read_bytes().decode("utf-8")
    assert before in text
    path.write_bytes(text.replace(before, after, 1).encode("utf-8"))


# --- everything moves ------------------------------------------------------------------------------------------


def test_the_demo_comes_back_the_same_in_every_table(tmp_path: Path, demo_file: Path) -> None:
    demo = Desk(tmp_path, now="2026-11-24 08:00", name="demo.db")
    shutil.copy(demo_file, demo.path)
    for form in ("csv", "json"):
        demo.ok("export", "all", tmp_path / form, "-f", form)
        new = Desk(tmp_path, now=demo.now, name=f"{form}.db")
        new.user = "somebody else"
        new.ok("import", "all", tmp_path / form)
        assert tables(new.path) == tables(demo.path)


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
def test_a_file_made_at_random_comes_back_the_same(tmp_path: Path, form: str) -> None:
    desk = made_at_random(tmp_path)
    desk.ok("export", "all", tmp_path / "out", "-f", form)
    new = Desk(tmp_path, name="new.db", now="2026-12-24 12:00")
    new.ok("import", "all", tmp_path / "out")
    before = tables(desk.path)
    assert tables(new.path) == before
    # and what it says is the same for whoever reads it
    for noun in ("customer", "callback", "complaint", "promise", "sale", "service", "survey"):
        desk.now = new.now
        assert new.json(noun, "list", "--limit", "0") == desk.json(noun, "list", "--limit", "0")


_MADE: dict[str, bytes] = {}


def made_at_random(folder: Path) -> Desk:
    """Return a desk with the file made at random, which is made once a process."""
    desk = Desk(folder, name="random.db")
    if not _MADE:
        Maker(desk, seed=11).fill()
        assert fill_columns(desk.path) == []
        _MADE["file"] = desk.path.read_bytes()
    desk.path.write_bytes(_MADE["file"])
    return desk


def test_the_file_made_at_random_reaches_every_column(tmp_path: Path) -> None:
    desk = made_at_random(tmp_path)
    empty = []
    with closing(sqlite3.connect(desk.path)) as connection:
        for table in whole.tables(connection):
            for column in whole.columns(connection, table):
                query = f"SELECT count({column.name}) FROM {table}"
                if not connection.execute(query).fetchone()[0]:
                    empty.append(f"{table}.{column.name}")
    assert empty == []


def test_an_empty_text_is_not_none(shop: Desk) -> None:
    for value, row in (("", 1), ("'", 2), ("''", 3), (None, 4), (" blanks ", 5), ("\t", 6), ("'=1", 7)):
        shop.sql(f"INSERT INTO customer (name, address) VALUES ('c{row}', ?)", value)
    for form in ("csv", "json"):
        folder = shop.folder / form
        shop.ok("export", "all", folder, "-f", form)
        new = Desk(shop.folder, name=f"{form}.db")
        new.ok("import", "all", folder)
        query = "SELECT name, address FROM customer ORDER BY id"
        assert new.sql(query) == shop.sql(query)


def test_the_zone_of_the_file_moves(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.ok("config", "set", "file.timezone", "America/New_York")
    shop.ok("config", "set", "file.currency", "EUR", "--force")
    folder, empty = moved(shop)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    empty.ok("import", "all", folder)
    assert empty.sql("SELECT key, value FROM setting ORDER BY id") == [
        ("file.timezone", "America/New_York"), ("file.currency", "EUR"),
    ]  # fmt: skip
    assert tables(empty.path) == tables(shop.path)


def test_every_row_is_kept_as_inserted_by_the_import(shop: Desk) -> None:
    folder, empty = moved(shop)
    empty.ok("import", "all", folder)
    kept = dict(empty.sql("SELECT table_name, count(*) FROM change WHERE operation = 'insert' GROUP BY table_name"))
    counts = {name: len(rows) for name, rows in tables(shop.path).items() if rows and name not in whole.WORKED_OUT}
    # the zone that the new file had for a moment
    assert kept == counts | {"setting": 2}


# --- the folder ------------------------------------------------------------------------------------------------


def test_the_folder_is_for_its_owner_alone_and_for_a_spreadsheet(shop: Desk) -> None:
    before = os.umask(0)
    try:
        folder, _ = moved(shop)
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    with (folder / "customers.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    told = {name: row[name] for name in ("id", "code", "name", "phone", "tags", "field.VAT", "balance")}
    assert told == {
        "id": "1", "code": "007", "name": "Zhang", "phone": "'13800138000", "tags": "vip", "field.VAT": "0012",
        "balance": "1000.00",
    }  # fmt: skip
    assert json.loads((folder / "csm.json").read_text())["rows"]["customers"] == 1


def test_an_export_all_writes_the_whole_folder_or_nothing(shop: Desk) -> None:
    folder, _ = moved(shop)
    names = sorted(path.name for path in folder.iterdir())
    result = shop("export", "all", folder)
    assert (result.code, result.err) == (
        2, f"csm: the folder {folder} isn't empty\nhint: name a folder that doesn't exist yet; nothing is overwritten\n",
    )  # fmt: skip
    assert sorted(path.name for path in folder.iterdir()) == names
    shop.sql("UPDATE note SET text = 'a' || char(0) || 'b'")
    result = shop("export", "all", shop.folder / "other")
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        "csm: a text in notes has a NUL character, which csv can't hold",
    )
    assert not (shop.folder / "other").exists()
    assert not list(shop.folder.glob(".csm-*"))
    shop.ok("export", "all", shop.folder / "other", "-f", "json")
    assert shop("export", "all", shop.folder / "x" / "y").code == 5
    assert shop("export", "all", shop.path).code == 5
    assert shop("export", "all", shop.folder / "z", "-f", "md").code == 2
    assert shop("export", "all", shop.folder / "z", "-o", shop.folder / "z.csv").code == 2


def test_an_empty_folder_may_be_there(shop: Desk) -> None:
    (shop.folder / "moved").mkdir()
    folder, empty = moved(shop)
    empty.ok("import", "all", folder)
    assert tables(empty.path) == tables(shop.path)


def test_files_of_the_folder_come_in_one_by_one_too(shop: Desk) -> None:
    folder, empty = moved(shop)
    for kind in ("customers", "contacts", "notes", "sales", "complaints"):
        empty.ok("import", kind, folder / f"{kind}.csv")
    for table in ("customer", "customer_tag", "customer_field", "note", "contact_phone"):
        assert tables(empty.path)[table] == tables(shop.path)[table], table


# --- what isn't taken --------------------------------------------------------------------------------------------


def test_a_file_with_data_is_left_alone(shop: Desk) -> None:
    folder, empty = moved(shop)
    empty.ok("customer", "add", "Here")
    before = tables(empty.path)
    result = empty("import", "all", folder)
    assert result.code == 2
    assert result.err.splitlines() == [
        f"csm: {empty.path} has data already (customer); a whole file can only be imported into an empty one",
        "hint: name a new file: csm --db NEW.db import all FOLDER; or add one kind at a time: csm import customers FILE",
    ]
    assert tables(empty.path) == before


def test_a_dry_run_leaves_nothing(shop: Desk) -> None:
    folder, empty = moved(shop)
    assert empty.message("import", "all", folder, "--dry-run") == f"would import the whole file from {folder}: 15 rows"
    assert not empty.path.exists()


def test_what_was_imported_is_said(shop: Desk) -> None:
    folder, empty = moved(shop)
    result = empty("import", "all", folder, lang="zh")
    assert result.err.splitlines() == [
        f"已新建 csm 文件：{empty.path}", "settings：1 行", "customers：1 行", "contacts：1 行", "notes：1 行", "sales：1 行",
        "payments：1 行", "complaints：1 行", "complaint_deadlines：3 行", "complaint_events：1 行", "complaint_states：1 行",
        "contact_phones：1 行", "customer_fields：1 行", "customer_tags：1 行", f"已从 {folder} 导入整份数据：15 行",
    ]  # fmt: skip
    other = Desk(shop.folder, name="other.db")
    told = other.json("import", "all", folder)
    assert {name: told[name] for name in ("read", "inserted", "customers", "surveys", "unused")} == {
        "read": 15, "inserted": 15, "customers": 1, "surveys": 0, "unused": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("customers.csv", ",company,", ",firm,", "customers.csv, line 2, column kind, value 'firm'"),
        ("customers.csv", ",vip,", ",vip;new,", "customers.csv, line 2, column tags, value 'vip;new'"),
        ("customers.csv", ",0012", ",0013", "customers.csv, line 2, column field.VAT, value '0013'"),
        ("contacts.csv", "1,1,Zhang", "1,2,Zhang", "contacts.csv, line 2, column customer_id, value '2'"),
        ("sales.csv", ",200.00,", ",300.00,", "sales.csv, line 2, column paid, value '300.00'"),
        ("payments.csv", ",200.00,", ",250.00,", "customers.csv, line 2, column balance, value '1000.00'"),
        ("sales.csv", ",1200.00,", ",1200.001,", "sales.csv, line 2, column amount, value '1200.001'"),
        ("sales.csv", ",2026-11-21,", ",2026-11-31,", "sales.csv, line 2, column sold_on, value '2026-11-31'"),
        ("settings.csv", "UTC", "Mars", "settings.csv, line 2, column value"),
        ("settings.csv", "file.timezone", "file.zone", "settings.csv, line 2, column key, value 'file.zone'"),
        ("notes.csv", "T09:00:00+00:00", "T09:00", "notes.csv, line 2, column noted_at"),
        ("complaint_states.csv", ",record,", ",close,", "complaint"),
        ("sales.csv", ",sold_on,", ",day,", "sales.csv says what 'sold_on' is\nhint: the columns are: id, "),
        ("csm.json", '"customers": 1', '"customers": 2', "customers.csv has 1 rows, the export wrote 2"),
    ],
)
def test_what_was_changed_by_hand_and_agrees_no_more_is_refused(
    shop: Desk, monkeypatch: pytest.MonkeyPatch, name: str, before: str, after: str, told: str
) -> None:
    monkeypatch.setenv("TZ", "Etc/UTC")
    folder, empty = moved(shop)
    changed(folder, name, before, after)
    result = empty("import", "all", folder)
    assert result.code == 2, result
    assert told in result.err
    assert not empty.path.exists()


def test_a_text_that_was_changed_by_hand_is_taken_with_its_search_keys(shop: Desk) -> None:
    folder, empty = moved(shop)
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"Zhang", "张家".encode()))
    empty.ok("import", "all", folder)
    [(name, key, pinyin)] = empty.sql("SELECT name, name_key, pinyin FROM customer")
    assert (name, key, pinyin.split()[0]) == ("张家", "张家", "zhangjia")


def test_a_folder_that_is_no_export_is_refused(shop: Desk) -> None:
    folder, empty = moved(shop)
    assert empty("import", "all", shop.folder).err.splitlines()[0] == (
        f"csm: {shop.folder} isn't a complete export of a whole file: it has no csm.json"
    )
    assert empty("import", "all", shop.folder / "nowhere").code == 5
    (folder / "sales.csv").rename(folder / "sales.txt")
    assert empty("import", "all", folder).err.splitlines()[0].endswith("it has no sales")
    (folder / "sales.txt").rename(folder / "sales.csv")
    shutil.copy(folder / "sales.csv", folder / "sales.tsv")
    assert empty("import", "all", folder).err.splitlines()[0] == "csm: sales.csv and sales.tsv hold the same records"
    (folder / "sales.tsv").unlink()
    changed(folder, "csm.json", '"schema": ', '"schema": 9')
    result = empty("import", "all", folder)
    assert (result.code, "was exported by a newer version" in result.err) == (5, True)
    (folder / "csm.json").write_text("[]")
    assert empty("import", "all", folder).code == 5
    assert not empty.path.exists()


def test_what_is_left_aside_is_named(shop: Desk) -> None:
    folder, empty = moved(shop)
    (folder / "readme.txt").write_text("mine")
    changed(folder, "staff.csv", ",name", ",name,nickname of mine")
    result = empty("import", "all", folder)
    assert (result.code, "not imported: readme.txt, staff.csv: nickname of mine" in result.err) == (0, True), result


def test_every_table_has_a_file_of_its_own(shop: Desk) -> None:
    shop.ok("config", "list")
    with closing(sqlite3.connect(shop.path)) as connection:
        names = [sheet.name for sheet in layout.sheets(connection)]
        assert len(set(names)) == len(names) == len(whole.tables(connection))
        for sheet in layout.sheets(connection):
            stored = {column.stored for column in sheet.columns if column.stored}
            keys = layout.search_keys(connection, sheet.table)
            assert stored | keys == {column.name for column in whole.columns(connection, sheet.table)}, sheet.name
            assert len({column.name for column in sheet.columns}) == len(sheet.columns), sheet.name
    assert [field.name for field in SETTINGS.fields] == ["key", "value"]


def test_complaints_come_in_twice_before_the_callbacks_they_were_heard_on(desk: Desk, tmp_path: Path) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("callback", "add", "1", "--on", "today")
    desk.ok("callback", "done", "cb1", "cold", "--complaint", "the oven is cold")
    for kind in ("customers", "complaints", "callbacks"):
        desk.ok("export", kind, tmp_path / f"{kind}.csv", "--all")
    new = Desk(tmp_path, now=desk.now, name="new.db")
    new.ok("import", "customers", tmp_path / "customers.csv")
    new.ok("import", "complaints", tmp_path / "complaints.csv")
    assert new.json("import", "complaints", tmp_path / "complaints.csv")["unchanged"] == 1
    new.ok("import", "callbacks", tmp_path / "callbacks.csv")
    assert new.sql("SELECT callback_id FROM complaint") == desk.sql("SELECT callback_id FROM complaint") == [(1,)]
