"""Fixtures that every room of tests uses."""

from __future__ import annotations

import fcntl
import gc
import gettext
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from csm import i18n
from csm.storage.file import schema
from tests import connections
from tests.connections import Counted
from tests.desk import Desk, run_at_home

Make = Callable[[str, str | None], None]

# Rooms in which the making of a file is itself what is tested.
MAKING = frozenset(("test_database.py", "test_history.py", "test_schema.py"))

# What is compiled is kept, also by the processes that tests start: compiling costs more than most tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

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
        self.said: set[str] = set()

    def gettext(self, message: str) -> str:
        if re.sub(r"{\w*}", "", message).strip():  # not one that is only a place for another
            self.said.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid2)


UNCATALOGUED = _Uncatalogued()
i18n.catalogue("zh").add_fallback(UNCATALOGUED)


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from walking thousands of tests over and over."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _everything_is_catalogued() -> Iterator[None]:
    """Fail a test that made csm say in Chinese what has no Chinese, also sentences put together while it runs."""
    yield
    said = sorted(UNCATALOGUED.said)
    UNCATALOGUED.said.clear()
    assert not said, "run: python -m tests.i18n.catalogue"


connections.count_all()


@pytest.fixture(autouse=True)
def _every_connection_is_closed() -> Iterator[None]:
    """Fail a test that leaves a file open: from Python 3.13 on that warns, at a test that can't help it."""
    before = set(Counted.still_open)
    yield
    connections.drop_kept()
    left = [connection for key, connection in Counted.still_open.items() if key not in before]
    for connection in left:
        connection.end()
    assert not left


@pytest.fixture(autouse=True)
def _clean_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the tester's own settings out: file, clock, language, user, colours; leave English behind."""
    for name in ("CSM_DB", "CSM_NOW", "CSM_LANG", "CSM_USER", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    yield
    i18n.use("en")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Return what makes a new file as `schema.make` does, by copying the first one it made for a zone.

    Making one takes as long as five short commands, and thousands of tests begin with one.
    """
    make, kept = schema.make, dict[str | None, bytes]()

    def copied(path: str, zone: str | None = None) -> None:
        if zone not in kept:
            first = tmp_path_factory.mktemp("made") / "first.db"
            make(str(first), zone)
            kept[zone] = first.read_bytes()
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(kept[zone])

    return copied


@pytest.fixture(autouse=True)
def _new_files_are_copies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, made_once: Make) -> None:
    """Let new files be copies, but where the making of them is tested."""
    if request.path.name not in MAKING:
        monkeypatch.setattr(schema, "make", made_once)


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
