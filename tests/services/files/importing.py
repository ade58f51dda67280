"""Files to import, written from lines, and what csm says of them as json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from tests.desk import Desk


class Imported(NamedTuple):
    """What an import left behind: exit code, the counts by name, (line, column, value) of bad rows, and its words."""

    code: int
    counts: dict[str, int]
    bad: list[tuple[int, str, str]]
    reasons: list[str]
    err: str


def sheet(desk: Desk, *lines: str, name: str = "in.csv", encoding: str = "utf-8", newline: str = "\n") -> Path:
    """Write a file of these lines and return its path."""
    path = desk.folder / name
    path.write_bytes((newline.join(lines) + newline).encode(encoding))
    return path


def load(desk: Desk, kind: str, path: Path, *options: str) -> Imported:
    """Import a file and return what came of it, counts of 0 left out."""
    result = desk("import", kind, path, *options, "-f", "json")
    told: dict[str, Any] = json.loads(result.out) if result.out else {"errors": []}
    errors = told.pop("errors")
    return Imported(
        result.code,
        {name: count for name, count in told.items() if count and isinstance(count, int)},
        [(bad["line"], bad["column"], bad["value"]) for bad in errors],
        [bad["reason"] for bad in errors],
        result.err,
    )


def cards(desk: Desk, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of all cards in the order of their ids."""
    return desk.sql(f"SELECT {', '.join(columns)} FROM customer ORDER BY id")
