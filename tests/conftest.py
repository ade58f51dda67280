"""Fixtures that every room of tests uses."""

from __future__ import annotations

import fcntl
import gc
import gettext
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from csm import i18n
from csm.storage.file import schema
from tests import connections
from tests.connections import Counted
from tests.desk import Desk, run_at_home

# Rooms in which the making of a file is itself what is tested.
MAKING = frozenset(("test_database.py", "test_history.py", "test_schema.py"))

# What is compiled is kept, also by the processes that tests start: compiling costs more than most tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The tester's own settings are kept out: file, clock, language, user, colours.
for name in ("CSM_DB", "CSM_NOW", "CSM_LANG", "CSM_USER", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
    os.environ.pop(name, None)

# Where there is a disk in memory, thousands of small files don't wait for a slow one.
if os.access("/dev/shm", os.W_OK):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")


# A busy machine is no bug: no deadline. The examples are the same in every run; the numbers stand at the tests.
hypothesis.settings.register_profile("csm", deadline=None, derandomize=True, database=None, max_examples=50)
hypothesis.settings.load_profile("csm")


class _Uncatalogued(gettext.NullTranslations):
    """What Chinese falls back to; it keeps every sentence that the catalogue doesn't have."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        if re.sub(r"{\w*}", "", message).strip():  # not one that is only a place for another
            self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid2)


UNCATALOGUED = _Uncatalogued()
i18n.catalogue("zh").add_fallback(UNCATALOGUED)


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from walking thousands of tests over and over."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class _Copies:
    """Makes new files as `schema.make` does, but copies the first one that was made for a zone.

    Making one takes as long as five short commands, and thousands of tests begin with one.
    """

    def __init__(self) -> None:
        self.wanted = True
        self._make = schema.make
        self._contents: dict[str | None, bytes] = {}

    def make(self, path: str, zone: str | None = None) -> None:
        """Make an empty csm file."""
        if not self.wanted:
            self._make(path, zone)
            return
        if zone not in self._contents:
            with tempfile.TemporaryDirectory() as folder:
                first = Path(folder) / "first.db"
                self._make(str(first), zone)
                self._contents[zone] = first.read_bytes()
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(self._contents[zone])


COPIES = _Copies()
schema.make = COPIES.make
connections.count_all()


@pytest.fixture(autouse=True)
def _surroundings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let new files be copies, and leave English behind; fail a test that left a file open or lacked Chinese.

    An open file warns from Python 3.13 on, at a test that can't help it. Sentences put together while csm runs lack
    Chinese where the catalogue doesn't have them. It is one fixture because thousands of tests begin and end with it.
    """
    COPIES.wanted = request.path.name not in MAKING
    before = set(Counted.still_open)
    yield
    i18n.use("en")
    connections.drop_kept()
    left = [connection for key, connection in Counted.still_open.items() if key not in before]
    for connection in left:
        connection.end()
    lacking = sorted(UNCATALOGUED.asked)
    UNCATALOGUED.asked.clear()
    assert not left
    assert not lacking, "run: python -m tests.i18n.catalogue"


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the demo of Tuesday 2026-11-24, 07:30, in Shanghai, and what was printed as json when it was made.

    It is made once for all the processes of a run.
    """
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    path, printed = folder / "demo.db", folder / "demo.json"
    with open(folder / "demo.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            surroundings = {"TZ": "Asia/Shanghai", "CSM_NOW": "2026-11-24 07:30", "CSM_USER": "tester"}
            made = run_at_home(folder, surroundings, "--quiet", "demo", str(path), "-f", "json")
            assert (made.code, made.err) == (0, "")
            printed.write_text(made.out, encoding="utf-8")
    return path, printed.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def demo_file(demo_made: tuple[Path, str]) -> Path:
    """Return the demo of Tuesday 2026-11-24, 07:30, in Shanghai; copy it to write into it."""
    return demo_made[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk without a file yet; it is Saturday 2026-11-21, 09:00."""
    return Desk(tmp_path)
