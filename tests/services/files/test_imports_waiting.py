"""An import matches its rows before it takes the lock, and begins again with the lock where somebody has written."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from csm.services.files.importing import customers
from tests.desk import Desk

PEOPLE = "code,name,phone\nK1,Beta,138 0013 8001\nK2,Gamma,138 0013 8002\n"


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Return a desk with one card, and a file of two customers."""
    desk.ok("customer", "add", "Alpha", "--code", "K0")
    (desk.folder / "people.csv").write_text(PEOPLE)
    return desk


def other_writes(desk: Desk, monkeypatch: pytest.MonkeyPatch, *statements: str) -> list[int]:
    """Let another program write when the first row is matched; return the list that counts the rows taken."""
    take, taken = customers.Customers.take, list[int]()

    def taking(self: customers.Customers, row: list[str]) -> str:
        taken.append(1)
        if len(taken) == 1:
            with closing(sqlite3.connect(desk.path, timeout=0)) as connection:
                for statement in statements:
                    connection.execute(statement)
                connection.commit()
        return take(self, row)

    monkeypatch.setattr(customers.Customers, "take", taking)
    return taken


def test_others_write_while_rows_are_matched_and_what_they_wrote_counts(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = other_writes(shop, monkeypatch, "INSERT INTO customer (name, name_key, code) VALUES ('Beta', 'beta', 'K1')")
    result = shop("import", "customers", shop.folder / "people.csv", "--update")
    assert (result.code, result.err) == (0, "imported: 2 read, 1 inserted, 1 updated, 0 unchanged, 0 rejected\n")
    assert len(taken) == 4, "read once without the lock and once with it"
    assert shop.sql("SELECT name, code, phone FROM customer ORDER BY id") == [
        ("Alpha", "K0", None),
        ("Beta", "K1", "138 0013 8001"),
        ("Gamma", "K2", "138 0013 8002"),
    ]
    assert shop.sql("SELECT count(*) FROM change WHERE table_name = 'customer' AND command_id IS NULL") == [(1,)]
    assert shop.sql("SELECT count(*) FROM command WHERE title LIKE '%import%'") == [(1,)]


def test_the_same_file_again_takes_no_lock_at_all(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.ok("import", "customers", shop.folder / "people.csv")
    with closing(sqlite3.connect(shop.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = shop("import", "customers", shop.folder / "people.csv")
        other.execute("ROLLBACK")
    assert result == (0, "", "imported: 2 read, 0 inserted, 0 updated, 2 unchanged, 0 rejected\n")
    assert shop.sql("SELECT count(*) FROM command WHERE title LIKE '%import%'") == [(1,)]


def test_rejected_rows_are_written_once(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop.folder / "people.csv").write_text(PEOPLE + "K3,,1\n")
    for target in ("bad.csv", "-"):
        if target != "-":
            other_writes(shop, monkeypatch, "UPDATE customer SET region = 'x' WHERE id = 1")
        result = shop(
            "import", "customers", shop.folder / "people.csv", "--skip-bad", "--rejects",
            target if target == "-" else shop.folder / target, "--dry-run",
        )  # fmt: skip
        assert result.code == 6
        written = result.out if target == "-" else (shop.folder / target).read_text(encoding="utf-8-sig")
        assert [line.split(",")[0] for line in written.splitlines()] == ["code", "K3"]
        monkeypatch.undo()
