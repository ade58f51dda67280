"""Nasty values in every argument, option, cell, setting and date: `python -m tests.faults.fuzz [MINUTES] [SEED]`.

Every call must end by itself, without a traceback, with an exit code of the contract. The large run prints a table of
calls, exit codes and faults; a part of the same calls is in the suite (`test_fuzz.py`).
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from encodings.aliases import aliases
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from csm.domain.settings import SETTINGS
from tests.connections import keeping
from tests.desk import Desk, captured
from tests.faults.commands import Called, commands, filled

CODES: Final = frozenset((0, 2, 3, 4, 5, 6, 10))
SECONDS: Final = 20  # after which a call hangs
DIGITS: Final = "9" * 5000

VALUES: Final = (
    "", " ", "0", "-1", "1", "1.5", "1e309", "nan", "inf", DIGITS, "-" + DIGITS, DIGITS + ".5", "0." + DIGITS,
    "9223372036854775807", "9223372036854775808", "99999999999999999999", "cu99999999999999999999", "cb" + DIGITS,
    "sa0", "cp-1", "²", "١٢", "１２", "½", "x" * 50_000, "é" * 50_000, "龙" * 20_000, "1" * 400, "a\tb", "a\nb", "\r\n",
    "\x1b[31mred\x1b[0m", "\x9b", "\u202eevil", "\u200b", "\ufeff", "\ufffe", "😀", "𠮷", "e\u0301", "%s", "%", "_",
    "{name}", "{0}", "{", "}", "{}", "[/foo]", "\\", "'", '"', "''", "=cmd()", "+1", "@x", "＝x", "a;=b", ";", ";;;",
    "a;b;c", "a=b", "=b", "a=", "=", "a:b=c", ":=", "..", "1..2", "..1", "2026-01-01..", "x..y", "a..b..c", "-", "--",
    "---", "--help", "-x", "~", ".", "/", "/nonexistent/x", "/dev/null/x", "2026-02-30", "0001-01-01", "9999-12-31",
    "0000-00-00", "10000-01-01", "9999-12-31 23:59", "0001-01-01 00:00", "2026-11-21T25:00", "2026-11-21T09:00:00Z",
    "2026-11-21T09:00:00+23:59", "2026-11-21T09:00:00-99:99", "5/6/2026", "+999999999d", "-999999999m", "+99999y",
    "in 99999999999 days", "fri 25:00", "fri", "now", "13月45日", "99999号", f"{DIGITS}天后", "三天内", "1.38E+10", "1,2,3",
    "6,6,6,6,6", "9,9,9,9,9", "q1=5", "q1=9;q2", "mon-sun 00:00-24:00", "mon-fri 99:99-00:00", "24/7", "1d", "99999999d",
    f"{DIGITS}d", "0d", "8h", "cash", "monthly+" + DIGITS, "punycode", "idna", "rot13", "hex", "base64", "undefined",
    "utf-7", "utf-16", "raw_unicode_escape", "unicode_escape", "mbcs", "cp1252", "0x10", "1_000", "true", "None", "null",
    "Golden Dragon", "1 OR 1=1", "'; DROP TABLE customer; --", "*", "?", "me", "field.x", "field.", "id", "-id", "Asia/Shanghai",
    "../../etc/passwd", "Etc/GMT+99", "EUR", "a\\u0000b",
)  # fmt: skip
# What only stands in files: an argument can't have a NUL.
CELLS: Final = (*VALUES, "\0", "a\0b")
DATES: Final = (*(value for value in VALUES if any(sign in value for sign in "-/+天号月:")), "tomorrow 3pm", "eoy")
# Words that would write elsewhere than into the folder of the run.
OUTSIDE: Final = frozenset(("/dev/null/x", "~", "/", ".", "-", "../../etc/passwd"))
KINDS: Final = ("customers", "contacts", "callbacks", "complaints", "promises", "sales", "services", "surveys")
FIELDS: Final = {
    "customers": "id name code phone external_id email kind status tags revenue size region field.x contact last_contact_on created_at",
    "contacts": "id customer customer_id name phones email birthday sign_off role",
    "callbacks": "id customer customer_id due_on done_at purpose channel outcome satisfaction every note tries external_id",
    "complaints": "id customer customer_id summary received_at step status severity level events deadlines escalation_level",
    "promises": "id customer customer_id text due_at kept_at status direction compensation complaint_id",
    "sales": "id customer customer_id external_id product amount quantity sold_on due_on paid bill delivered_on",
    "services": "id customer customer_id kind done_on minutes cost paid checks sale_id external_id",
    "surveys": "id customer customer_id taken_on csat nps scale tangibles_e q1_e q22_p weights",
}
NESTED: Final[tuple[object, ...]] = (
    [],
    {},
    [1],
    [[1]],
    {"a": {"b": [1]}},
    [{"at": 5}],
    [None],
    True,
    1e308,
    10**30,
    -0.0,
    "x",
    None,
)


class Fault(NamedTuple):
    """A call that ended as none may."""

    arguments: tuple[str, ...]
    what: str


class Report:
    """What came of the calls so far."""

    def __init__(self) -> None:
        self.codes: Counter[str] = Counter()
        self.faults: list[Fault] = []

    @property
    def calls(self) -> int:
        """How many there were."""
        return sum(self.codes.values())


class _Hangs(BaseException):
    """A call that takes too long; no part of csm may catch it for something else."""


class Fuzz:
    """Runs calls, each on a fresh copy of one file."""

    def __init__(self, folder: Path) -> None:
        self.desk = filled(Desk(folder))
        self.report = Report()
        self._path, self._folder = self.desk.path, folder
        self._content = self._path.read_bytes()
        self._out = folder / "out"
        self._out.mkdir()

    def call(self, arguments: list[str], *, now: str | None = None, lang: str = "en", typed: str = "") -> None:
        """Make one call and keep what came of it."""
        self.desk.restore(self._content)
        words = [
            "--db",
            str(self._path),
            "--user",
            "alice",
            "--lang",
            lang,
            "--as-of",
            now or self.desk.now,
            *arguments,
        ]
        stdin, here = sys.stdin, os.getcwd()
        sys.stdin = io.TextIOWrapper(io.BytesIO(typed.encode("utf-8", "surrogatepass")), encoding="utf-8")
        os.chdir(self._out)
        try:
            with _limited(), keeping(str(self._path)):
                code = str(captured(words).code)
        except _Hangs:
            code = "hang"
            self.report.faults.append(Fault(tuple(words), f"still runs after {SECONDS} s"))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            code = "traceback"
            last = traceback.extract_tb(error.__traceback__)[-3:]
            places = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(last))
            self.report.faults.append(Fault(tuple(words), f"{type(error).__name__}: {str(error)[:100]} at {places}"))
        finally:
            os.chdir(here)
            sys.stdin = stdin
        self.report.codes[code] += 1
        if code.isdigit() and int(code) not in CODES:
            self.report.faults.append(Fault(tuple(words), f"exit code {code}"))
        for left in self._out.iterdir():
            if left.is_file():
                left.unlink()

    def file(self, name: str, content: bytes) -> str:
        """Write a file to import and return its path."""
        path = self._folder / name
        path.write_bytes(content)
        return str(path)


@contextmanager
def _limited() -> Iterator[None]:
    def ring(_signal: int, _frame: object) -> None:
        raise _Hangs

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def of_options(fuzz: Fuzz, command: Called, values: list[str]) -> None:
    """Put each value into each option of a command."""
    needed = command.needed(**{"out": "out.csv", "in": fuzz.file("in.csv", b"name,phone\nAda,138 0013 8001\n")})
    for option in command.options:
        for value in values if not option.flag else [""]:
            if value in OUTSIDE and option.word in ("-o", "--output", "--rejects"):
                continue
            fuzz.call([*command.words, *needed, *([option.word] if option.flag else [f"{option.word}={value}"])])


def of_arguments(fuzz: Fuzz, command: Called, values: list[str]) -> None:
    """Put each value into each argument of a command."""
    needed = command.needed(**{"out": "out.csv", "in": fuzz.file("in.csv", b"name\nAda\n")})
    for place, word in enumerate(needed):
        if word.startswith("--") or command.words in (("demo",),):
            continue
        for value in values:
            if value not in OUTSIDE:
                fuzz.call(
                    [
                        *command.words,
                        *needed[:place],
                        *(["--"] if value[:1] == "-" else []),
                        value,
                        *needed[place + 1 :],
                    ]
                )


def of_times(fuzz: Fuzz, command: Called, values: list[str]) -> None:
    """Run a command as of each of these times."""
    for value in values:
        fuzz.call([*command.words, *command.needed(**{"out": "out.csv", "in": "-"})], now=value, lang="zh")


def of_settings(fuzz: Fuzz, values: list[str]) -> None:
    """Set each setting to each value, and do the day's work with what was taken."""
    for setting in SETTINGS:
        for value in values:
            fuzz.call(["config", "set", setting.key, "--", value])
    for key in ("checklist.x", "guarantee.x.refund", "checklist." + DIGITS, "nonsense", "", "problem.x", "festival.x"):
        for value in values:
            fuzz.call(["config", "set", key, "--", value])


def of_sheets(fuzz: Fuzz, kind: str, cells: list[str], nested: tuple[object, ...] = NESTED) -> None:
    """Import a sheet and a json of `kind` for each value in each column, and as the heading of a column."""
    fields = FIELDS[kind].split()
    good = {"customer": "Golden Dragon", "name": "Ada", "summary": "cold", "received_at": "2026-11-20 09:00",
            "text": "the manual", "product": "Oven", "amount": "5", "kind": "repair", "due_on": "2026-11-25",
            "due_at": "2026-11-25 18:00", "sold_on": "2026-11-01", "taken_on": "2026-11-02", "done_on": "2026-11-01",
            "csat": "4"}  # fmt: skip
    if kind == "customers":
        good.pop("kind")
    usual = [field for field in fields if field in good]
    for field in fields:
        for value in cells:
            row = {**{name: good[name] for name in usual}, field: value}
            fuzz.call(["import", kind, fuzz.file("in.csv", _sheet([row])), "--skip-bad", "--rejects", "bad.csv"])
            fuzz.call(["import", kind, fuzz.file("in.json", json.dumps([row]).encode()), "--update"])
    for value in cells:
        row = {**{name: good[name] for name in usual}, value: "x"}
        fuzz.call(["import", kind, fuzz.file("in.csv", _sheet([row])), "--skip-bad", "--rejects", "bad.csv"])
        fuzz.call(["import", kind, "-", "--input", "jsonl"], typed=json.dumps(row))
        fuzz.call(["import", kind, fuzz.file("in.csv", value.encode("utf-8", "surrogatepass"))])
    for record in nested:
        for field in fields:
            row = {**{name: good[name] for name in usual}, field: record}  # type: ignore[dict-item]
            fuzz.call(["import", kind, fuzz.file("in.json", json.dumps([row]).encode())])
    for text in (f'[{{"name": {DIGITS}}}]', '{"name": "\\ud800"}', "[" * 100_000, '{"a":' * 5_000, '{"name": "a\\u0000b"}',
                 "[1, 2]", "null", '"x"', "[]", "{}", "[{}]", '[{"name": NaN}]', '[{"name": 1e999}]', f'[{{"id": {DIGITS}}}]'):  # fmt: skip
        fuzz.call(["import", kind, fuzz.file("in.json", text.encode())])
    for content in (b"", b"\0", b"\xff\xfe", b"\xfe\xff\0", b"\xef\xbb\xbf", b"\x80\xff", b'"', b'name\n"', b",,,\n,,,\n",
                    b"SQLite format 3\0", b"PK\x03\x04", b"name,name\nA,B\n", b"sep=;\nname;phone\nA;1\n"):  # fmt: skip
        fuzz.call(["import", kind, fuzz.file("in.csv", content)])


def of_holidays(fuzz: Fuzz, cells: list[str]) -> None:
    """Import holidays with each value in each column."""
    for field in ("date", "kind", "name"):
        for value in cells:
            row = {"date": "2026-12-25", "kind": "holiday", "name": "Christmas", field: value}
            fuzz.call(["config", "holidays", "import", fuzz.file("in.csv", _sheet([row]))])


def of_encodings(fuzz: Fuzz, names: list[str]) -> None:
    """Name codecs of Python's, text or not."""
    source = fuzz.file("in.csv", "name,phone\nMüller 王,138 0013 8001\n".encode())
    for name in names:
        fuzz.call(["import", "customers", source, "--encoding", name])
        fuzz.call(["export", "customers", "out.csv", "--encoding", name])


def _sheet(rows: list[dict[str, str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return stream.getvalue().encode("utf-8", "surrogatepass")


def at_random(fuzz: Fuzz, chance: random.Random, known: list[Called]) -> None:
    """Make one call of a command with several options at once, or of no command at all."""
    command = chance.choice(known)
    words = [*command.words, *command.needed(**{"out": "out.csv", "in": fuzz.file("in.csv", b"name\nAda\n")})]
    for option in chance.sample(command.options, min(len(command.options), chance.randrange(1, 6))):
        value = chance.choice(VALUES)
        if value not in OUTSIDE:
            words += [option.word] if option.flag else [f"{option.word}={value}"]
    if chance.random() < 0.2:
        words.insert(chance.randrange(len(words)), chance.choice([value for value in VALUES if value not in OUTSIDE]))
    fuzz.call(words, lang=chance.choice(("en", "zh")))


def _whole(fuzz: Fuzz, command: Called, chance: random.Random) -> None:
    of_options(fuzz, command, chance.sample(VALUES, 12))
    of_arguments(fuzz, command, list(VALUES))


def _of_all_times(fuzz: Fuzz, known: list[Called], chance: random.Random) -> None:
    for command in known:
        of_times(fuzz, command, chance.sample(DATES, 6))


def main() -> int:
    """Run everything once, then calls at random for so many minutes; print the table; return 1 for any fault."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance, until = random.Random(seed), time.monotonic() + 60 * minutes
    known = [command for command in commands() if command.words != ("demo",)]
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        fuzz = Fuzz(Path(folder))
        codecs = sorted(
            {*aliases.values(), "undefined", "idna", "punycode", "unicode_escape", "utf_8_sig", "mbcs", "oem"}
        )
        parts: list[tuple[str, Callable[[], None]]] = [
            ("encodings", partial(of_encodings, fuzz, codecs)),
            ("holidays", partial(of_holidays, fuzz, list(CELLS))),
        ]
        parts += [(f"{kind} in files", partial(of_sheets, fuzz, kind, chance.sample(CELLS, 40))) for kind in KINDS]
        parts += [("settings", partial(of_settings, fuzz, chance.sample(VALUES, 30)))]
        parts += [("times", partial(_of_all_times, fuzz, known, chance))]
        parts += [(one.title, partial(_whole, fuzz, one, chance)) for one in known]
        told = 0
        if minutes >= 1:
            for title, run in parts:
                before = fuzz.report.calls
                run()
                print(f"{title:30} {fuzz.report.calls - before:8}", flush=True)
                told = _tell_faults(fuzz.report, told)
        while time.monotonic() < until:
            at_random(fuzz, chance, known)
        return _told(fuzz.report, seed)


def _told(report: Report, seed: int) -> int:
    print(f"\nseed {seed}: {report.calls} calls")
    for code, number in sorted(report.codes.items()):
        print(f"  {code:>9} {number:8}")
    print(f"  tracebacks {report.codes['traceback']}, hangs {report.codes['hang']}")
    _tell_faults(report, 0)
    return 1 if report.faults else 0


def _tell_faults(report: Report, first: int) -> int:
    """Print each kind of fault from the `first` on once, with a call that shows it; return how many there are."""
    by_place: dict[str, Fault] = {}
    for fault in report.faults[first:]:
        by_place.setdefault(fault.what, fault)
    for what, fault in by_place.items():
        shown = " ".join(word if len(word) < 60 else word[:40] + "..." for word in fault.arguments[8:])
        print(f"- {what}\n    {shown!r}", flush=True)
    return len(report.faults)


if __name__ == "__main__":
    sys.exit(main())
