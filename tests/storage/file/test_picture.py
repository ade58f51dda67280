"""The picture of the schema is of the schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.storage.file.picture import HEAD, PICTURE, drawn, picture


def test_the_page_shows_the_tables_of_a_new_file() -> None:
    assert PICTURE.read_text(encoding="utf-8") == drawn(), "run: python -m tests.storage.file.picture"


def test_tables_and_what_they_refer_to_are_drawn() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            """
            CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT NOT NULL, parent_id INTEGER REFERENCES shop (id));
            CREATE TABLE bill (id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL REFERENCES shop (id));
            CREATE TABLE state (shop_id INTEGER PRIMARY KEY REFERENCES shop (id), open INTEGER GENERATED ALWAYS AS (1));
            CREATE VIEW shop_list AS SELECT name FROM shop;
            """
        )
        assert picture(connection) == HEAD + (
            "    shop ||--o{ bill : shop_id\n"
            "    shop |o--o{ shop : parent_id\n"
            "    shop ||--o| state : shop_id\n"
            "    bill {\n"
            "        INTEGER id PK\n"
            "        INTEGER shop_id FK\n"
            "    }\n"
            "    shop {\n"
            "        INTEGER id PK\n"
            "        TEXT name\n"
            "        INTEGER parent_id FK\n"
            "    }\n"
            "    state {\n"
            "        INTEGER shop_id PK, FK\n"
            "        INTEGER open\n"
            "    }\n"
            "```\n"
        )
