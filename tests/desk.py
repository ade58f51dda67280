"""A salesperson's desk for tests: one file, one clock, and the command line as a user types it, in this process."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from csm import i18n
from csm.cli.app import run
from tests.connections import drop_kept, keeping, kept_of


class Result(NamedTuple):
    """What a command left behind: its exit code, its data and its words."""

    code: int
    out: str
    err: str


class Desk:
    """Runs csm on a file of its own; `now` is what every command takes as now."""

    def __init__(self, folder: Path, now: str = "2026-11-21 09:00", name: str = "shop.db") -> None:
        self._folder = folder
        self._path = folder / name
        self.now = now
        self.user = "alice"

    @property
    def folder(self) -> Path:
        """Return the folder of the file; nobody has the file open then, so that it stands there alone."""
        drop_kept()
        return self._folder

    @property
    def path(self) -> Path:
        """Return where the file is; nobody has it open then."""
        drop_kept()
        return self._path

    @path.setter
    def path(self, path: Path) -> None:
        drop_kept()
        self._path = path

    def __call__(self, *arguments: str | Path, lang: str = "en") -> Result:
        """Run one command."""
        front = ["--db", str(self._path), "--as-of", self.now, "--user", self.user, "--lang", lang]
        with keeping(str(self._path)):
            return captured([*front, *map(str, arguments)])

    def ok(self, *arguments: str | Path, lang: str = "en") -> str:
        """Run a command that must succeed; return its data."""
        result = self(*arguments, lang=lang)
        assert result.code == 0, result
        return result.out

    def message(self, *arguments: str | Path, lang: str = "en") -> str:
        """Run a command that must succeed; return its last line of words."""
        result = self(*arguments, lang=lang)
        assert result.code == 0, result
        return result.err.splitlines()[-1] if result.err else ""

    def json(self, *arguments: str | Path) -> Any:
        """Run a command that must succeed; return its json."""
        return json.loads(self.ok(*arguments, "-f", "json"))

    def unchanged(self, content: bytes) -> bool:
        """Tell whether the file has this content; what is kept open has brought everything into it."""
        return self._path.read_bytes() == content

    def restore(self, content: bytes) -> None:
        """Give the file this content, where it has another."""
        if not self.unchanged(content):
            self.path.write_bytes(content)

    def sql(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        """Ask the file directly, as another program would."""
        # A list bound to ?1 warns on Python 3.12.0 to 3.12.3.
        numbered = {str(place): value for place, value in enumerate(given, 1)}
        values = numbered if "?1" in query else given
        if query.startswith("SELECT") and (kept := kept_of(str(self._path))) is not None:
            return kept.execute(query, values).fetchall()
        with closing(sqlite3.connect(self._path)) as connection:
            rows = connection.execute(query, values).fetchall()
            connection.commit()
        return rows


def filled_once(fill: Callable[[Desk], Desk]) -> Callable[..., Desk]:
    """Make a fixture that fills a desk fill it once a process, and give every other test a copy of its file."""
    kept: list[tuple[bytes, str, str]] = []

    @wraps(fill)
    def filled(**given: Desk) -> Desk:
        (desk,) = given.values()
        if not kept:
            fill(desk)
            kept.append((desk.path.read_bytes(), desk.now, desk.user))
        else:
            content, desk.now, desk.user = kept[0]
            desk.path.write_bytes(content)
        return desk

    return filled


def run_at_home(folder: Path, surroundings: dict[str, str], *arguments: str) -> Result:
    """Run csm in this process as in one of its own, in a folder and with these variables of the environment."""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            for name in [name for name in os.environ if name.startswith(("CSM_", "LC_", "LANG"))]:
                patch.delenv(name)
            for name, value in surroundings.items():
                patch.setenv(name, value)
            time.tzset()
            return captured(list(arguments))
    finally:
        time.tzset()


def captured(argv: list[str]) -> Result:
    """Run csm in this process and return what it said."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = streams
    try:
        code = run(argv)
    finally:
        sys.stdout, sys.stderr = kept
        i18n.use("en")
    texts = []
    for stream in streams:
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        texts.append(buffer.getvalue().decode("utf-8"))
    return Result(code, *texts)
