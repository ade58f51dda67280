"""The made-up shop district: its texts, and what becomes of them."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from csm.cli.bookkeeping import Books
from csm.cli.playing import Player
from csm.cli.session import Session
from csm.storage import rows
from csm.storage.new_file import new_file

COUNTED: Final = ("customer", "contact", "callback", "note", "complaint", "promise", "sale", "service", "survey")


def make(session: Session, path: str) -> dict[str, int]:
    """Make the district as a new file at `path`, dated relative to today; whole or not at all.

    Return how many of each kind of record it holds. Raises FileExists, CannotOpen.
    """
    data = files("csm") / "demo"
    with new_file(path) as database:
        player = Player(session, database)
        books = Books(player, (data / "books.csv").read_text(encoding="utf-8").splitlines())
        player.verbs |= {"books": books.open, "cash": books.cash}
        player.play((data / "month.txt").read_text(encoding="utf-8"))
        return {f"{table}s": rows.count(database.connection, table) for table in COUNTED}
