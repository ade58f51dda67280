"""Whom a row means, at its bare bones: marks in, a card or a refusal out (the command-line contract, section 4)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from csm.services.files.importing.matching import Found, Index, Marks, SameCard, SeveralCards
from tests.desk import Desk


@pytest.fixture
def index() -> Iterator[Index]:
    """Return the marks of five cards: 1 Li with a phone, 2 Li with a code, 3 and 4 Wang, 5 Zhao with both keys."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE customer (id INTEGER, external_id, code, phone_digits, name_key, email)")
    rows = [
        (1, None, None, "138", "li", None), (2, None, "L2", None, "li", None), (3, None, None, "139", "wang", None),
        (4, None, None, None, "wang", "w@x"), (5, "X5", "Z5", "137", "zhao", None),
    ]  # fmt: skip
    connection.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?)", rows)
    yield Index(connection)
    connection.close()


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (Marks(None, "L2", None, "anything"), Found(2)),
        (Marks("X5", None, None, "anything"), Found(5)),
        (Marks("X9", "Z5", None, "zhao"), Found(5)),
        (Marks(None, None, "138", "li"), Found(1)),
        (Marks(None, None, None, "zhao"), Found(5)),  # the only one of that name, and the row has no phone
        (Marks(None, None, None, "li"), Found(2)),  # the only one of that name that, like the row, has no phone
        (Marks(None, None, "136", "zhao"), Found(None, (5,))),
        (Marks(None, None, None, "new"), Found(None)),
        (Marks(None, "L1", "138", "li"), Found(1)),  # that card has no code yet
        (Marks(None, "Z9", "137", "zhao"), Found(None, (5,))),  # that one has another
        (Marks(None, "Z9", None, "zhao"), Found(None, (5,))),
        (Marks("X9", None, "139", "zhao"), Found(None, (3, 5))),
        (Marks(None, "W1", None, "wang"), Found(None, (3, 4))),  # two have the name
        (Marks(None, None, None, "wang", "W@X"), Found(4)),
    ],
)
def test_the_card_that_a_row_is(index: Index, row: Marks, found: Found) -> None:
    assert index.find(row, None, force=False) == found


@pytest.mark.parametrize(
    ("row", "field", "ids"),
    [
        (Marks(None, None, "138", "new"), "phone", (1,)),
        (Marks(None, None, "136", "li"), "name", (2,)),  # one Li has no phone
        (Marks(None, None, "136", "wang"), "name", (4,)),
    ],
)
def test_a_double_is_refused(index: Index, row: Marks, field: str, ids: tuple[int, ...]) -> None:
    with pytest.raises(SameCard) as refused:
        index.find(row, None, force=False)
    assert (refused.value.field, tuple(refused.value.ids)) == (field, ids)
    assert index.find(row, None, force=True).id is None


def test_of_several_with_a_code_the_name_or_the_id_decides(index: Index) -> None:
    index.add(6, Marks(None, "L2", None, "sun"))
    assert index.find(Marks(None, "L2", None, "sun"), None, force=False) == Found(6)
    assert index.find(Marks(None, "L2", None, "new"), 2, force=False) == Found(2)
    with pytest.raises(SeveralCards):
        index.find(Marks(None, "L2", None, "new"), None, force=False)


def test_changed_marks_are_found_anew(index: Index) -> None:
    index.remove(1, Marks(None, None, "138", "li"))
    index.add(1, Marks(None, "L1", "135", "li"))
    assert index.find(Marks(None, None, "138", "new"), None, force=False) == Found(None)
    assert index.find(Marks(None, "L1", None, "new"), None, force=False) == Found(1)
    assert index.doubles(Marks(None, None, "135", "new"), 1) == []
    assert index.doubles(Marks(None, None, None, "li"), 1) == [2]


@pytest.mark.parametrize(
    ("row", "own_id", "found"),
    [
        (Marks(None, "7", "136", "sun"), None, Found(6)),  # a spreadsheet has cut the zeros of 007
        (Marks(None, "70", "136", "sun"), None, Found(None, (6,))),
        (Marks(None, "70", "136", "sun"), 6, Found(6)),  # its id, phone and name
        (Marks(None, "70", "136", "sun"), 5, Found(None, (6,))),
        (Marks(None, "70", None, "sun"), 6, Found(None, (6,))),  # id and name alone are what another file may have
        (Marks(None, "007", "1", "else"), None, Found(6)),
    ],
)
def test_a_code_without_its_zeros_and_a_row_with_all_marks(
    index: Index, row: Marks, own_id: int | None, found: Found
) -> None:
    index.add(6, Marks(None, "007", "136", "sun"))
    assert index.find(row, own_id, force=False) == found


# --- whole files: what is typed in another way is the same customer ------------------------------------------------


def test_names_match_however_they_are_written(desk: Desk) -> None:
    for name in ("Müller GmbH", "龍門飯店", "Zürich AG"):
        desk.ok("customer", "add", name)
    path = desk.folder / "names.csv"
    path.write_text(
        "name,region\nMUELLER GMBH,East\n龙门饭店,East\nzurich  ag,East\nMuller & Co,East\n", encoding="utf-8"
    )
    result = desk("import", "customers", path, "--update", "-f", "json")
    assert result.code == 0, result.err
    assert desk.sql("SELECT name, region FROM customer") == [
        ("MUELLER GMBH", "East"), ("龙门饭店", "East"), ("zurich  ag", "East"), ("Muller & Co", "East"),
    ]  # fmt: skip
    path.write_text("customer,product,amount,sold_on\nMüller GmbH,oven,10,2026-11-01\n", encoding="utf-8")
    desk.ok("import", "sales", path)
    assert desk.sql("SELECT customer_id FROM sale") == [(1,)]


def test_a_contacts_number_is_no_new_card(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--contact", "Li Na;buyer;139 0000 0009")
    path = desk.folder / "new.csv"
    path.write_text("name,phone\nNewcomer,13900000009\n", encoding="utf-8")
    result = desk("import", "customers", path)
    assert result.code == 2
    assert "Golden Dragon" in result.err
    assert desk.sql("SELECT count(*) FROM customer") == [(1,)]


def test_a_short_name_that_was_imported_finds_its_card(desk: Desk) -> None:
    path = desk.folder / "short.csv"
    path.write_text("name,short_name\n北京龍門飯店,龍門\nOther,\n", encoding="utf-8")
    desk.ok("import", "customers", path)
    assert desk.sql("SELECT short_name_key FROM customer ORDER BY id") == [("龙门",), (None,)]
    assert desk.json("customer", "show", "龙门")["id"] == 1
