"""The texts that stand in a column, each once, walked along an index."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from csm.storage import spellings
from tests.desk import Desk


def test_the_walk_ends_where_a_table_has_a_column_called_text(desk: Desk) -> None:
    desk.ok("customer", "add", "A", "--owner", "anna")
    desk.ok("promise", "add", "1", "a text that comes before whoever is in charge", "--by", "+2d", "--to", "zoe")
    with closing(sqlite3.connect(desk.path)) as connection:
        assert list(spellings.indexed(connection, "owner")) == ["anna", "zoe"]
