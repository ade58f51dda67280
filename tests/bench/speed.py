"""How much CPU whole commands take: `python -m tests.bench.speed [--quick] [--large] [--python PATH]...`.

F is `python -I -c "import sqlite3"` in the same clean virtual environment. A command and F run in turn, and the figure
is the median of the ratios of the pairs, so that a machine that slows down for a while slows both. Time is that of the
processor, of user and system: what else the machine does counts for little. --python can be given twice, for the
tables before and after a change. --large measures a hundred times as much data against little data in the same way,
and imports and exports against bare scripts. It measures and judges nothing: a noisy machine is no reason to fail.
"""

from __future__ import annotations

import argparse
import csv
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from sqlite3 import connect
from statistics import quantiles
from typing import Final, NamedTuple

from csm.domain.customer.record import CUSTOMER
from csm.domain.kinds import named
from csm.storage.listing import stored_column
from tests.bench import cases as complaints
from tests.bench import data
from tests.bench import quality as measured
from tests.bench import sales as sold

PROJECT: Final = Path(__file__).resolve().parents[2]
SMALL: Final = (1_000, 10_000)
LARGE: Final = (100_000, 1_000_000)
IMPORTED: Final = 100_000
CASES: Final = (1_000, 300_000)
LARGE_BUDGET: Final = 1.1
PAGE: Final = 20
TERMINAL: Final = struct.pack("HHHH", 50, 120, 0, 0)

Words = list[str | Path]


class Case(NamedTuple):
    """A command to measure: `lines` is how many lines it prints, None where that is not what counts."""

    name: str
    words: Callable[[], list[str]]
    budget: float
    code: int = 0
    lines: int | None = None
    terminal: bool = False


class Ran(NamedTuple):
    """What a process did: seconds of the processor, exit code, what it printed on stdout."""

    seconds: float
    code: int
    output: bytes


def run(command: Words, *, terminal: bool = False) -> Ran:
    """Run a process to its end, its output into a file, or to a terminal of 120 columns."""
    if terminal:
        return _run_on_terminal(command)
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, env=data.environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL
        )
        seconds, code = _ended(process)
        output.seek(0)
        return Ran(seconds, code, output.read())


def _ended(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Wait for a process; return its seconds of the processor and its exit code."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, process.returncode


def _run_on_terminal(command: Words) -> Ran:
    import fcntl
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, TERMINAL)
    output = b""
    try:
        process = subprocess.Popen(command, env=data.environment(), stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)
        try:
            while chunk := os.read(master, 65536):
                output += chunk
        except OSError:  # how Linux says that nobody holds the other end any more
            pass
        seconds, code = _ended(process)
        return Ran(seconds, code, output)
    finally:
        os.close(master)


def pairs(first: Callable[[], Ran], second: Callable[[], Ran], times: int) -> list[tuple[float, float]]:
    """Run two things in turn, after once for each to warm up; return the seconds of every pair."""
    first(), second()
    return [(first().seconds, second().seconds) for _ in range(times)]


def show(name: str, budget: float, timed: Sequence[tuple[float, float]]) -> None:
    """Print one line of the table: the median and quartiles of the ratios, the time of the yardstick."""
    low, middle, high = quantiles([one / other for one, other in timed], n=4)
    yardstick = quantiles([other for _, other in timed], n=2)[0] * 1000
    print(f"{name:<52} {budget:>6.1f} {middle:>7.2f}   {low:>6.2f} - {high:<6.2f} {yardstick:>9.1f}", flush=True)


def heading(yardstick: str) -> None:
    """Print the heading of a table whose ratios are to `yardstick`."""
    print(f"\n{'command':<52} {'budget':>6} {'median':>7}   {'quartiles':<15} {yardstick + ', ms':>9}")


def words(*given: str) -> Callable[[], list[str]]:
    """Return what gives the words of a command that are the same in every run."""
    return lambda: list(given)


class Bench:
    """One installed csm and the files it is measured on."""

    def __init__(self, python: Path, folder: Path, times: int) -> None:
        self.python = python
        self.csm = python.parent / "csm"
        self.folder = folder
        self.times = times
        self.today = date.today()

    def make(self, name: str, size: tuple[int, int]) -> Path:
        """Make a file of so many customers and callbacks."""
        path = self.folder / name
        data.make_file(path, self.csm, customers=size[0], callbacks=size[1], today=self.today)
        return path

    def bare(self) -> Ran:
        """Run F."""
        return run([self.python, "-I", "-c", "import sqlite3"])

    def timed(self, case: Case, path: Path) -> Callable[[], Ran]:
        """Return what runs a case on a file once and checks what it did."""

        def once() -> Ran:
            ran = run([self.csm, "--db", path, *case.words()], terminal=case.terminal)
            lines = ran.output.count(b"\n")
            if ran.code != case.code or (case.lines is not None and lines != case.lines):
                raise SystemExit(f"{case.name}: exit code {ran.code}, {lines} lines:\n{ran.output.decode()}")
            return ran

        return once

    def against_bare(self, path: Path) -> None:
        """Measure every command against F."""
        heading("F")
        for case in self.cases(path):
            show(case.name, case.budget, pairs(self.timed(case, path), self.bare, self.times))
        self.check_done(path)

    def large_against_small(self, large: Path, small: Path) -> None:
        """Measure every command that reads the file on the large one against the small one."""
        heading("small")
        for case, other in zip(self.cases(large), self.cases(small), strict=True):
            if case.code == 0 and case.words() != ["--help"]:
                show(
                    f"{case.name}, large",
                    LARGE_BUDGET,
                    pairs(self.timed(case, large), self.timed(other, small), self.times),
                )
        self.check_done(large)

    def cases(self, path: Path) -> list[Case]:
        """Return the commands to measure; each run of `callback done` notes another callback."""
        left = iter(data.open_ids(path))

        def done() -> list[str]:
            return ["callback", "done", str(next(left)), "all well"]

        listed = ("customer", "list", "--limit", str(PAGE))
        return [
            Case("csm --help", words("--help"), 3.1),
            Case("csm nonsense", words("nonsense"), 3.6, code=2, lines=0),
            Case("csm due -f csv", words("due", "-f", "csv"), 3.6, lines=1 + data.DUE),
            Case("csm customer list --limit 20 -f csv", words(*listed, "-f", "csv"), 3.6, lines=1 + PAGE),
            Case("csm customer show 500 -f json", words("customer", "show", "500", "-f", "json"), 3.8),
            Case("csm due --limit 20 (terminal)", words("due", "--limit", str(PAGE)), 6.0, terminal=True),
            Case("csm customer list --limit 20 (terminal)", words(*listed), 6.0, terminal=True),
            Case("csm callback done ID TEXT", done, 3.9, lines=0),
        ]

    def case_file(self, name: str, cases: int) -> Path:
        """Make a file of so many complaints."""
        path = self.folder / name
        complaints.make_file(path, self.csm, cases=cases, today=self.today)
        return path

    def complaints(self, path: Path) -> list[Case]:
        """Return the commands on complaints to measure; each run of a step judges another case."""
        left = iter(complaints.open_ids(path))

        def judge() -> list[str]:
            told = ["--founded", "--responsibility", "ours", "--reason", "the driver says so"]
            return ["complaint", "judge", str(next(left)), *told]

        listed = ("complaint", "list", "--overdue", "--limit", "50", "-f", "csv")
        lines = 1 + data.DUE + complaints.OVERDUE
        return [
            Case("csm escalate --overdue, nothing to do", words("complaint", "escalate", "--overdue"), 4.0, lines=0),
            Case("csm complaint judge ID (a step)", judge, 4.0, lines=0),
            Case("csm complaint list --overdue --limit 50 -f csv", words(*listed), 4.0, lines=51),
            Case(
                "csm complaint show 500 -f json", words("complaint", "show", str(complaints.SHOWN), "-f", "json"), 4.0
            ),
            Case("csm due -f csv, with cases", words("due", "-f", "csv"), 4.0, lines=lines),
        ]

    def complaints_against_bare(self, path: Path) -> None:
        """Measure the commands on complaints against F."""
        heading("F")
        for case in self.complaints(path):
            show(case.name, case.budget, pairs(self.timed(case, path), self.bare, self.times))

    def many_complaints_against_few(self, many: Path, few: Path) -> None:
        """Measure the commands on complaints on a large file against a small one."""
        heading("small")
        for case, other in zip(self.complaints(many), self.complaints(few), strict=True):
            timed = pairs(self.timed(case, many), self.timed(other, few), self.times)
            show(f"{case.name}, many", LARGE_BUDGET, timed)

    def quality_file(self, name: str, size: tuple[int, int, int, int]) -> Path:
        """Make a file of so many customers, callbacks, complaints and surveys."""
        path = self.folder / name
        measured.make_file(path, self.csm, size, today=self.today)
        return path

    def quality_against_bare(self, path: Path, size: str, budgets: tuple[float, float]) -> None:
        """Measure the summary of service quality over this year and the last whole month; `budgets` are theirs."""
        heading("F")
        year = self.today.year
        month = f"{year - 1}-12" if self.today.month == 1 else f"{year}-{self.today.month - 1:02}"
        for budget, period in zip(budgets, (("--year", str(year)), ("--month", month)), strict=True):
            for form in ("table", "json", "csv"):
                name = f"csm quality summary {period[0]} -f {form}, {size}"
                case = Case(name, words("quality", "summary", *period, "-f", form), budget)
                show(name, budget, pairs(self.timed(case, path), self.bare, self.times))

    def sales_file(self, name: str, size: tuple[int, int]) -> Path:
        """Make a file of so many customers and sales."""
        path = self.folder / name
        sold.make_file(path, self.csm, customers=size[0], sales=size[1], today=self.today)
        return path

    def sales(self) -> list[Case]:
        """Return the commands on sales to measure."""

        paged = ("--limit", "50", "-f", "csv")
        shown = str(sold.BUYER)
        return [
            Case("csm sale unpaid --limit 50 -f csv", words("sale", "unpaid", *paged), 4.0, lines=51),
            Case("csm customer show ID -f json, with sales", words("customer", "show", shown, "-f", "json"), 4.0),
            Case("csm due --limit 50 -f csv, with sales", words("due", *paged), 4.0, lines=51),
            Case("csm due --owner alice --limit 50", words("due", "--owner", "alice", *paged), 4.0, lines=51),
            Case("csm due --owner dora (few customers)", words("due", "--owner", "dora", *paged), 4.0, lines=51),
            Case("csm due --customer ID --limit 50", words("due", "--customer", shown, *paged), 4.0),
            Case("csm sale account ID -f csv", words("sale", "account", shown, "-f", "csv"), 4.0),
            Case("csm sale pay --customer ID 1", words("sale", "pay", "--customer", shown, "1", "--allow"), 4.1),
        ]

    def many_sales_against_few(self, many: Path, few: Path) -> None:
        """Measure the commands on sales on a large file against a small one."""
        heading("small")
        for case in self.sales():
            timed = pairs(self.timed(case, many), self.timed(case, few), self.times)
            show(f"{case.name}, many", LARGE_BUDGET, timed)

    def value_against_aggregate(self, many: Path) -> None:
        """Measure grades and RFM over all customers against the bare aggregate that each needs."""
        heading("SQL")
        since = self.today.replace(year=self.today.year - 1, day=min(self.today.day, 28)).isoformat()
        for verb, query in (("grade", sold.AMOUNTS), ("rfm", sold.ORDERS)):
            ours: Words = [self.csm, "--db", many, "customer", verb, "-f", "csv"]
            bare: Words = [self.python, "-I", "-c", sold.BARE_AGGREGATE, many, query, since]
            show(f"csm customer {verb} -f csv", 2.0, pairs(partial(run, ours), partial(run, bare), 5))

    def check_done(self, path: Path) -> None:
        """Stop where a callback that was noted as done isn't, or its change wasn't kept."""
        query = """SELECT count(*), count(DISTINCT change.row_id) FROM callback
            LEFT JOIN change ON change.table_name = 'callback' AND operation = 'update' AND row_id = callback.id
            WHERE callback.status = 'done' AND callback.note = 'all well'"""
        with closing(connect(path)) as connection:
            done, kept = connection.execute(query).fetchone()
        if not done or done != kept:
            raise SystemExit(f"{done} callbacks noted as done, {kept} kept changes")

    def transfers(self, large: Path) -> None:
        """Measure an import and an export of customers against scripts that do the bare work."""
        times = 3
        sheet, target, written = (self.folder / name for name in ("new.csv", "target.db", "written.csv"))
        empty = self.folder / "empty.db"
        run([self.csm, "--db", empty, "staff", "add", "alice"])

        def fresh(command: Words, table: str, origin: Path) -> Callable[[], Ran]:
            def once() -> Ran:
                shutil.copyfile(origin, target)
                ran = run(command)
                with closing(connect(target)) as connection:
                    (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
                if ran.code or rows != IMPORTED:
                    raise SystemExit(f"{command}: exit code {ran.code}, {rows} rows")
                return ran

            return once

        def whole(command: Words) -> Callable[[], Ran]:
            def once() -> Ran:
                written.unlink(missing_ok=True)
                ran = run(command)
                with open(written, encoding="utf-8-sig", newline="") as file:
                    rows = sum(1 for _ in csv.reader(file)) - 1
                if ran.code or rows != LARGE[0]:
                    raise SystemExit(f"{command}: exit code {ran.code}, {rows} rows")
                return ran

            return once

        heading("script")
        script: Words = [self.python, "-I", "-c"]
        data.make_csv(sheet, IMPORTED)
        imports = [("customers", "customer", empty, BARE_IMPORT)]
        imports.append(("sales", "sale", self.make("buyers.db", SMALL), sold.BARE_IMPORT))
        for kind, table, origin, bare_import in imports:
            if kind == "sales":
                sold.make_csv(sheet, IMPORTED, SMALL[0])
            ours = fresh([self.csm, "--db", target, "import", kind, sheet], table, origin)
            bare = fresh([*script, bare_import, sheet, target], table, origin)
            show(f"csm import {kind} (100,000)", 2.0, pairs(ours, bare, times))
        export = whole([self.csm, "--db", large, "export", "customers", written])
        export()
        with open(written, encoding="utf-8-sig", newline="") as file:
            columns = [stored_column(named(CUSTOMER, name)) for name in next(csv.reader(file))]
        bare = whole([*script, BARE_EXPORT, large, written, ", ".join(columns)])
        show("csm export customers (100,000)", 1.3, pairs(export, bare, times))


BARE_IMPORT: Final = """
import csv, sqlite3, sys
connection = sqlite3.connect(sys.argv[2])
connection.execute("UPDATE current_command SET bulk = 1")
for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
    connection.execute(f"DROP TRIGGER {name}")
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    next(rows)
    connection.executemany(
        "INSERT INTO customer (code, name, phone, region, industry, email) VALUES (?, ?, ?, ?, ?, ?)", rows)
connection.commit()
connection.close()
"""

# The columns and the order of what csm exports.
BARE_EXPORT: Final = """
import csv, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    f"SELECT {sys.argv[3]} FROM customer_list WHERE archived_on IS NULL ORDER BY name_key, id")
with open(sys.argv[2], "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerow([column[0] for column in rows.description])
    writer.writerows(rows)
"""


def make_venv(folder: Path) -> Path:
    """Make a clean virtual environment with this project installed as a user would; return its interpreter."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", PROJECT], env=data.environment(), check=True)
    return python


def main() -> None:
    """Measure what was asked for and print the tables."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench.speed", description="How long whole commands take.")
    reader.add_argument("--quick", action="store_true", help="only the small file, 15 runs")
    reader.add_argument(
        "--large",
        action="store_true",
        help="100,000 customers, 1,000,000 callbacks, 300,000 complaints, 1,000,000 sales, 100,000 surveys",
    )
    reader.add_argument(
        "--python", type=Path, action="append", help="the interpreter of a clean environment with csm; can be repeated"
    )
    reader.add_argument("--runs", type=int, default=31, help="pairs of runs a command, 31 unless told")
    given = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="csm-speed-") as name:
        pythons = [path.absolute() for path in given.python or [make_venv(Path(name) / "venv")]]
        for number, python in enumerate(pythons):
            folder = Path(name) / str(number)
            folder.mkdir()
            if len(pythons) > 1:
                print(f"\n{python}")
            measure(Bench(python, folder, 15 if given.quick else given.runs), large=given.large and not given.quick)


def measure(bench: Bench, *, large: bool) -> None:
    """Print the tables of one csm."""
    small = bench.make("small.db", SMALL)
    bench.against_bare(small)
    few = bench.case_file("few.db", CASES[0])
    bench.complaints_against_bare(few)
    bench.quality_against_bare(bench.quality_file("surveyed.db", measured.SMALL), "small", (4.5, 4.5))
    if not large:
        return
    bench.many_complaints_against_few(bench.case_file("many.db", CASES[1]), few)
    many = bench.sales_file("many_sales.db", sold.LARGE)
    bench.many_sales_against_few(many, bench.sales_file("few_sales.db", sold.SMALL))
    bench.value_against_aggregate(many)
    bench.quality_against_bare(bench.quality_file("many_surveyed.db", measured.LARGE), "large", (12.0, 5.0))
    much = bench.make("large.db", LARGE)
    bench.large_against_small(much, small)
    bench.transfers(much)


if __name__ == "__main__":
    main()
