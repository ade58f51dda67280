"""On a terminal whatever stands in columns is a `rich.table.Table`: every list and record of the demo, in both languages."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from rich.table import Table

from csm import i18n
from csm.cli.app import INDEX, run
from csm.render.folding import cells_wide
from tests.desk import captured

NOW: Final = "2026-11-24 09:00"
# Files to load and to write aren't looked at, a form to fill in is csv, and a setting is its bare value.
OTHERS: Final = {"import", "export", "demo", "survey template", "config get"}
# What is typed behind a verb that needs a word more.
WORDS: Final[dict[str, list[str]]] = {
    "complaint show": ["cp1"],
    "complaint next": ["cp1"],
    "callback plan": ["--dry-run"],
    "config holidays": ["list"],
    "customer contact": ["list", "1"],
    "customer journey": ["1"],
    "customer show": ["1"],
    "sale account": ["1"],
    "sale guarantee": ["sa1"],
    "sale show": ["sa1"],
    "service show": ["sv1"],
    "survey show": ["su1"],
}
COLUMNS: Final = re.compile(r"\S {2,}\S")


def verbs() -> Iterator[str]:
    """Give every verb that shows a list or a record."""
    for word, (noun, _) in INDEX.items():
        package = import_module(f"csm.cli.{noun}")
        for name, verb in package.VERBS.items():
            words = getattr(package, "WORDS", False)  # each verb is a word of its own
            line = name if words else f"{word} {name}"
            if verb.form in ("list", "record") and not {word, line} & OTHERS and (not words or name == word):
                yield line


class Screen(io.TextIOWrapper):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def demo(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo with a holiday, and with a customer for whom nothing is planned yet."""
    folder = tmp_path_factory.mktemp("demo")
    path, holidays = folder / "demo.db", folder / "holidays.csv"
    shutil.copy(demo_file, path)
    holidays.write_text("date,kind,name\n2026-12-25,holiday,圣诞节\n", encoding="utf-8")
    for words in (
        ["--db", path, "config", "holidays", "import", holidays],
        ["--db", path, "customer", "add", "Newcomer", "--relationship", "proactive"],
    ):
        result = captured(["--as-of", NOW, *map(str, words)])
        assert result.code == 0, result
    return path


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts of all tables that Rich makes from now on."""
    made: list[str] = []
    make: Callable[..., Any] = Table.__rich_console__

    def noted(table: Table, *given: Any) -> Iterator[Any]:
        segments = list(make(table, *given))
        made.append("".join(segment.text for segment in segments))
        yield from segments

    monkeypatch.setattr(Table, "__rich_console__", noted)
    return made


def shown(monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """Run csm on a terminal and return what stands on it."""
    screen = Screen(io.BytesIO(), encoding="utf-8", newline="")
    monkeypatch.setattr(sys, "stdout", screen)
    try:
        assert run([*words]) in (0, 1)
    finally:
        monkeypatch.undo()
        i18n.use("en")
    screen.flush()
    assert isinstance(screen.buffer, io.BytesIO)
    return screen.buffer.getvalue().decode()


def test_the_verbs_are_those_that_show_something() -> None:
    found = list(verbs())
    assert set(WORDS) <= set(found)
    assert found[:4] == ["today", "due", "customer list", "customer show"]


@pytest.mark.parametrize(("language", "width"), [("en", 80), ("zh", 160)])
@pytest.mark.parametrize("line", list(verbs()))
def test_what_stands_in_columns_is_a_rich_table(
    line: str, language: str, width: int, demo: Path, tables: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    front = ["--db", str(demo), "--as-of", NOW, "--user", "alice", "--lang", language, "--no-color"]
    text = shown(monkeypatch, *front, *line.split(), *WORDS.get(line, []))
    rows = {row.rstrip() for table in tables for row in table.splitlines()}
    assert tables
    assert [row for row in text.splitlines() if COLUMNS.search(row) and row not in rows] == []
    assert max(map(cells_wide, text.splitlines())) <= width
