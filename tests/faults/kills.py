"""Kills, races and files that are taken away under a running csm, with what was lost of it: for the eye, not the suite.

Usage: python -m tests.faults.kills [--seconds 30] [--seed 1] [NAME ...]

Each fault is tried for so many seconds with processes that really die. A loss is a change that was said to be made
and isn't there, a file that fails SQLite's own checks, one that is half written under a good name, or something left
lying about after the next command. Prints a table and exits with 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "storage" / "fixtures" / "schema4.sql"
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("CSM_")} | {
    "PYTHONPATH": str(ROOT), "CSM_LANG": "en", "CSM_USER": "alice", "TZ": "Asia/Shanghai", "CSM_NOW": "2026-11-28 10:00",
}  # fmt: skip
ROWS = 3000


class Tried(NamedTuple):
    """What came of one try: whether a process was killed in it, and what was lost, empty for nothing."""

    killed: bool
    lost: str


class Place:
    """A folder of one try, with a file in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "shop.db"

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command."""
        return subprocess.Popen(
            [sys.executable, "-m", "csm", "--db", "shop.db", *words],
            cwd=self.folder, env=ENVIRONMENT, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: str) -> tuple[int, str]:
        """Run a command to its end; return its exit code and what it said."""
        process = self.start(*words)
        out, err = process.communicate()
        return process.returncode, out + err

    def sql(self, query: str, name: str = "shop.db") -> list[tuple[object, ...]]:
        """Ask a file directly."""
        with closing(sqlite3.connect(self.folder / name)) as connection:
            return connection.execute(query).fetchall()

    def unsound(self, name: str = "shop.db") -> str:
        """Return what SQLite finds wrong with a file."""
        try:
            found = self.sql("PRAGMA integrity_check(1)", name)
        except sqlite3.Error as error:
            return f"{name}: {error}"
        return "" if found == [("ok",)] else f"{name}: {found}"

    def names(self) -> set[str]:
        """Return what lies in the folder."""
        return {path.name for path in self.folder.iterdir()}


def killed(process: subprocess.Popen[str], longest: float) -> bool:
    """Kill a process at a random moment; tell whether it was still running."""
    time.sleep(random.uniform(0.02, longest))
    process.kill()
    process.communicate()
    return process.returncode == -signal.SIGKILL


def people(place: Place) -> None:
    """Write a file of customers to import."""
    rows = "".join(f"K{number},Shop {number},139{number:08d}\n" for number in range(ROWS))
    (place.folder / "people.csv").write_text("code,name,phone\n" + rows)


def old(place: Place) -> None:
    """Make a file of the schema before."""
    with closing(sqlite3.connect(place.path)) as connection:
        connection.executescript(FIXTURE.read_text(encoding="utf-8"))


def first_write(place: Place) -> Tried:
    """Kill the import that makes the file; then it is there whole or not at all."""
    people(place)
    was_killed = killed(place.start("import", "customers", "people.csv"), 1.6)
    if place.path.exists() and place.sql("SELECT count(*) FROM customer") != [(ROWS,)]:
        return Tried(was_killed, "a half import under the good name")
    code, result = place.run("customer", "add", "Afterwards")
    if code != 0:
        return Tried(was_killed, result)
    left = place.names() - {"shop.db", "people.csv"}
    return Tried(was_killed, place.unsound() or (f"left: {left}" if left else ""))


def next_write(place: Place) -> Tried:
    """Kill a note on a card, with others before and after it that must be kept."""
    place.run("customer", "add", "One")
    was_killed = killed(place.start("customer", "note", "1", "in between"), 0.6)
    code, result = place.run("customer", "note", "1", "afterwards")
    if code != 0:
        return Tried(was_killed, result)
    notes = [text for (text,) in place.sql("SELECT text FROM note ORDER BY id")]
    kept = place.sql("SELECT count(*) FROM change WHERE table_name = 'note' AND command_id IS NOT NULL")
    wrong = notes[-1:] != ["afterwards"] or kept != [(len(notes),)] or place.names() != {"shop.db"}
    return Tried(was_killed, place.unsound() or (f"{notes} {kept} {place.names()}" if wrong else ""))


def load(place: Place) -> Tried:
    """Kill an import into a file that is there: all of it came in, or nothing."""
    people(place)
    place.run("customer", "add", "One")
    was_killed = killed(place.start("import", "customers", "people.csv", "--skip-bad", "--rejects", "bad.csv"), 1.2)
    code, result = place.run("customer", "list", "-f", "csv", "-o", "list.csv")
    (count,) = place.sql("SELECT count(*) FROM customer")[0]
    left = place.names() - {"shop.db", "people.csv", "list.csv", "bad.csv"}
    lost = result if code != 0 else place.unsound()
    return Tried(was_killed, lost or (f"{count} {left}" if count not in (1, ROWS + 1) or left else ""))


def output(place: Place) -> Tried:
    """Kill an export: the file of before or the new one, whole."""
    people(place)
    place.run("import", "customers", "people.csv", "--quiet")
    (place.folder / "list.csv").write_text("before")
    was_killed = killed(place.start("export", "customers", "list.csv"), 0.7)
    content = (place.folder / "list.csv").read_text(encoding="utf-8-sig")
    whole = content == "before" or content.count("\n") == ROWS + 1
    code, result = place.run("customer", "show", "1", "-o", "card.json")
    left = {name for name in place.names() if name.startswith(".csm-")}
    lost = result if code != 0 else ("" if whole else "half an export")
    return Tried(was_killed, lost or (f"left: {left}" if left else ""))


def migration(place: Place) -> Tried:
    """Kill the command that brings a file up to date; the next one does it, with one whole backup."""
    old(place)
    was_killed = killed(place.start("due"), 1.0)
    found = [path.name for path in place.folder.glob("*-backup")]
    for name in found:
        if unsound := place.unsound(name):
            return Tried(was_killed, f"a half backup under a good name: {unsound}")
    code, result = place.run("due", "-f", "csv")
    if code != 0:
        return Tried(was_killed, result)
    left = place.names() - {"shop.db", "shop.db.schema4-1-backup"}
    return Tried(was_killed, place.unsound() or (f"left: {left}" if left else ""))


def migrations(place: Place) -> Tried:
    """Open an older file with several commands at once."""
    old(place)
    processes = [place.start("due", "-f", "csv") for _ in range(3)]
    for process in processes:
        _, err = process.communicate()
        if process.returncode != 0:
            return Tried(False, err)
    left = place.names() - {"shop.db", "shop.db.schema4-1-backup"}
    return Tried(False, place.unsound() or (f"left: {left}" if left else ""))


def first_writers(place: Place) -> Tried:
    """Make the file with several commands at once: all of them are in it."""
    processes = [place.start("customer", "add", f"Shop {number}") for number in range(4)]
    for process in processes:
        _, err = process.communicate()
        if process.returncode != 0:
            return Tried(False, err)
    count = place.sql("SELECT count(*) FROM customer")
    wrong = count != [(4,)] or place.names() != {"shop.db"}
    return Tried(False, place.unsound() or (f"{count} {place.names()}" if wrong else ""))


def writers(place: Place) -> Tried:
    """Write notes while an import runs: every one waits its turn."""
    people(place)
    place.run("customer", "add", "One")
    processes = [place.start("import", "customers", "people.csv")]
    processes += [place.start("customer", "note", "1", f"note {number}") for number in range(6)]
    for process in processes:
        _, err = process.communicate()
        if process.returncode != 0:
            return Tried(False, err)
    counts = place.sql("SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM note)")
    return Tried(False, place.unsound() or (f"{counts}" if counts != [(ROWS + 1, 6)] else ""))


def replaced(place: Place) -> Tried:
    """Put another file under the name while an import runs: it stays as it is, or took the whole import."""
    people(place)
    place.run("customer", "add", "One")
    shutil.copy(place.path, place.folder / "copy.db")
    before = place.sql("SELECT * FROM customer", "copy.db")
    process = place.start("import", "customers", "people.csv")
    time.sleep(random.uniform(0.1, 1.4))
    os.replace(place.folder / "copy.db", place.path)
    process.communicate()
    rows = place.sql("SELECT * FROM customer")
    if rows == before:
        # It was refused, or done with the file that was there before.
        return Tried(True, place.unsound())
    whole = process.returncode == 0 and len(rows) == ROWS + 1
    return Tried(True, place.unsound() or ("" if whole else f"mixed: {len(rows)} rows, exit {process.returncode}"))


FAULTS: dict[str, Callable[[Place], Tried]] = {
    "kill the first write": first_write,
    "kill a later write": next_write,
    "kill an import": load,
    "kill an export": output,
    "kill a migration": migration,
    "migrations at once": migrations,
    "first writers at once": first_writers,
    "writers beside an import": writers,
    "file replaced": replaced,
}


def tries(fault: Callable[[Place], Tried], seconds: float) -> Iterator[Tried]:
    """Try a fault again and again, each time in an empty folder."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory(prefix="csm-faults-") as folder:
            yield fault(Place(Path(folder)))


def main() -> int:
    """Try every fault, or those named; print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="faults whose name has this in it")
    parser.add_argument("--seconds", type=float, default=30.0, help="for each fault (default: 30)")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments (default: 1)")
    asked = parser.parse_args()
    random.seed(asked.seed)
    lost: list[str] = []
    print(f"{'fault':<26}{'tries':>7}{'kills':>7}{'losses':>8}")
    for name, fault in FAULTS.items():
        if asked.names and not any(word in name for word in asked.names):
            continue
        found = list(tries(fault, asked.seconds))
        losses = [tried.lost for tried in found if tried.lost]
        print(f"{name:<26}{len(found):>7}{sum(tried.killed for tried in found):>7}{len(losses):>8}", flush=True)
        lost += [f"{name}: {text}" for text in losses]
    for text in lost[:20]:
        print(text)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
