"""What a command doesn't need isn't imported: start-up is nearly all of a short command's time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk

PROJECT = Path(__file__).resolve().parents[2]

# Together more than all the rest of a command; each is loaded by what needs it and by nothing else.
HEAVY = {"sqlite_utils", "pypinyin", "rich", "platformdirs", "zoneinfo", "json", "csv", "decimal", "dataclasses"}
HEAVY |= {"openpyxl", "dateutil", "click", "fractions", "pickle"}
# What Typer imports and csm doesn't use (csm.startup).
DEFERRED = {"bz2", "ipaddress", "locale", "lzma", "ntpath", "shellingham", "signal", "subprocess", "tokenize", "zlib"}

ROOT = {
    "csm.cli.app",
    "csm.cli.grammar",
    "csm.cli.session",
    "csm.startup",
    "csm.domain.errors",
    "csm.domain.time.instant",
    "csm.domain.formats",
    "csm.domain.value",
    "csm.i18n",
    "csm.render.commands",
    "csm.storage.house.settings",
}
FILE = {"csm.storage.file.database", "csm.storage.file.stamp"}
DUE = (
    ROOT
    | FILE
    | {
        "csm.cli.columns",
        "csm.cli.day.due",
        "csm.cli.day.results",
        "csm.cli.output",
        "csm.domain.complaint.problems",
        "csm.domain.day.record",
        "csm.domain.kinds",
        "csm.domain.values.money",
        "csm.domain.settings",
        "csm.domain.terms",
        "csm.render.cells",
        "csm.render.data",
        "csm.render.day.due",
        "csm.render.formats",
        "csm.render.listing",
        "csm.render.text",
        "csm.services.day.page",
        "csm.storage.day.due",
        "csm.storage.day.due_kinds",
        "csm.storage.customer.selectivity",
        "csm.storage.house.settings",
        "csm.transfer.sheet",
    }
)


@pytest.fixture
def shop(desk: Desk) -> Path:
    """Return a file of this machine's time zone with one customer and something long due."""
    desk.ok("customer", "add", "Golden Dragon", "--phone", "138 0013 8000", "--region", "=East")
    desk.ok("callback", "add", "Golden Dragon", "--on", "2026-11-21", "--note", "asks for the price list")
    desk.sql("UPDATE callback SET due_on = '2020-01-02'")
    return desk.path


def imported(shop: Path | None, *words: str, code: int = 0, terminal: bool = False) -> set[str]:
    """Run a command, on a terminal if asked, and return the names of the modules it imported, Python's own too."""
    told = [f"--db={shop}", *words] if shop is not None else list(words)
    return _imported(["-m", "csm", *told], code, terminal)


def _imported(arguments: list[str], code: int, terminal: bool = False) -> set[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CSM_", "PYTHON"))}
    environment |= {"PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100"}
    reader, writer = _terminal() if terminal else os.pipe()
    # -v names every module as it is loaded, those of import_module too; csm ends before anything registered runs.
    command = [sys.executable, "-v", *arguments]
    process = subprocess.Popen(command, env=environment, stdout=writer, stderr=subprocess.PIPE, encoding="utf-8")
    _, told = process.communicate()
    os.close(writer)
    os.close(reader)
    assert process.returncode == code, told
    return {line.split("'")[1] for line in told.splitlines() if line.startswith("import '")}


def _terminal() -> tuple[int, int]:
    pty = pytest.importorskip("pty")
    reader, writer = pty.openpty()
    return reader, writer


def heavy(loaded: set[str]) -> set[str]:
    """Return what is among the heavy modules and wouldn't be there for Typer and SQLite alone."""
    return (loaded & (HEAVY | DEFERRED)) - (_imported(["-c", "import typer, sqlite3"], 0) & HEAVY)


def ours(loaded: set[str]) -> set[str]:
    """Return our own modules, without the packages that they stand in."""
    names = {name for name in loaded if name.partition(".")[0] == "csm"}
    return names - {name.rpartition(".")[0] for name in names} - {"csm"}


def test_help_loads_no_command() -> None:
    loaded = imported(None, "--help")
    assert ours(loaded) == ROOT
    assert heavy(loaded) == {"locale"}  # Typer asks gettext for the words of a page


def test_due_as_csv_loads_what_it_prints_with(shop: Path) -> None:
    loaded = imported(shop, "due", "-f", "csv")
    assert ours(loaded) == DUE
    assert heavy(loaded) == set()


def test_due_counts_guarantees_only_where_something_was_sold(shop: Path, desk: Desk) -> None:
    counting = {"csm.domain.sale.guarantee", "csm.domain.time.numerals", "csm.domain.time.recurrence"}
    counting |= {"csm.storage.json_text"}
    assert not imported(shop, "due", "-f", "csv") & counting
    desk.sql(
        "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on)"
        " VALUES (1, 'oven', 0, '2020-01-02', '2020-01-02')"
    )
    loaded = imported(shop, "due", "-f", "csv")
    assert ours(loaded) == DUE | counting
    assert heavy(loaded) == set()


def test_due_on_a_terminal_loads_rich_and_no_service_of_writing(shop: Path) -> None:
    loaded = imported(shop, "due", terminal=True)
    assert "rich.table" in loaded
    assert not loaded & {"sqlite_utils", "pypinyin", "platformdirs", "zoneinfo", "json", "csv"}
    assert ours(loaded) - DUE == {
        "csm.render.columns",
        "csm.render.day.words",
        "csm.render.day.table",
        "csm.render.folding",
        "csm.render.looks",
        "csm.render.screen",
        "csm.render.table",
    }


def test_a_list_as_csv_loads_no_service(shop: Path) -> None:
    loaded = imported(shop, "customer", "list", "-f", "csv")
    assert heavy(loaded) == set()
    assert {name for name in ours(loaded) if name.startswith("csm.services")} == set()


def test_a_card_as_json_loads_no_page_for_people(shop: Path) -> None:
    loaded = imported(shop, "customer", "show", "Golden Dragon", "-f", "json")
    assert heavy(loaded) == set()
    assert not loaded & {"csm.render.customer.card", "csm.render.table", "csm.render.layout"}
    assert not loaded & {"csm.services.customer.writing", "csm.services.callback.writing", "csm.domain.time.calendar"}


def test_noting_a_callback_loads_no_error(shop: Path) -> None:
    loaded = imported(shop, "callback", "done", "1", "all well")
    assert heavy(loaded) == set()
    assert not loaded & {
        "csm.cli.messages",
        "csm.services.customer.writing",
        "csm.storage.file.schema",
        "csm.render.table",
    }


STEPS_OF_A_CASE = {"csm.services.complaint.steps", "csm.services.complaint.recording", "csm.domain.complaint.clocks"}
# Lists, pages and the ways into other commands.
NOT_SAID = {"csm.cli.lists", "csm.cli.columns", "csm.cli.filters", "csm.render.table", "csm.render.complaint.page"}
NOT_SAID |= {"csm.services.complaint.reading", "csm.services.complaint.opening", "csm.services.callback.writing"}
NOT_SAID |= {
    "csm.services.customer.writing",
    "csm.services.callback.planning",
    "csm.storage.file.schema",
    "csm.transfer.sheet",
}


@pytest.fixture
def complained(desk: Desk, shop: Path) -> Path:
    """Return a file with a case that nothing has passed yet."""
    desk.ok("complaint", "open", "Golden Dragon", "the oven is cold")
    desk.sql("UPDATE complaint_state SET next_miss_at = '2999-01-01T00:00:00Z'")
    return shop


def test_a_step_of_a_case_loads_no_list_and_no_page(complained: Path) -> None:
    loaded = imported(complained, "complaint", "judge", "1", "--founded", "--responsibility", "ours", "--reason", "x")
    assert loaded >= STEPS_OF_A_CASE
    assert heavy(loaded) <= {"json"}  # what an event tells is json
    assert not loaded & NOT_SAID
    assert not loaded & {"csm.services.complaint.other_events", "csm.services.promise.writing"}


def test_nothing_overdue_loads_no_step(complained: Path) -> None:
    loaded = imported(complained, "complaint", "escalate", "--overdue")
    assert heavy(loaded) == set()
    assert not loaded & (STEPS_OF_A_CASE | NOT_SAID | {"csm.domain.complaint.case"})
    assert {name for name in ours(loaded) if name.startswith("csm.services")} == set()


FIGURES = (
    ROOT
    | FILE
    | {
        "csm.cli.quality.summary",
        "csm.cli.output",
        "csm.cli.quality.periods",
        "csm.cli.quality.figures",
        "csm.cli.complaint.options",
        "csm.domain.complaint.problems",
        "csm.domain.complaint.record",
        "csm.domain.quality.record",
        "csm.domain.values.money",
        "csm.domain.time.period",
        "csm.domain.quality.servqual",
        "csm.domain.quality.on_time",
        "csm.domain.quality.figures",
        "csm.domain.quality.complaints",
        "csm.domain.quality.customers",
        "csm.domain.kinds",
        "csm.domain.time.recurrence",
        "csm.domain.sale.figures",
        "csm.domain.settings",
        "csm.domain.survey.scores",
        "csm.domain.terms",
        "csm.domain.time.numerals",
        "csm.domain.time.when",
        "csm.render.cells",
        "csm.render.data",
        "csm.render.formats",
        "csm.render.listing",
        "csm.render.text",
        "csm.services.quality.on_time",
        "csm.services.quality.complaints",
        "csm.services.quality.customers",
        "csm.services.quality.measuring",
        "csm.services.quality.surveys",
        "csm.storage.json_text",
        "csm.storage.quality.on_time",
        "csm.storage.quality.complaints",
        "csm.storage.quality.customers",
        "csm.storage.quality.counting",
        "csm.storage.quality.surveys",
        "csm.storage.rows",
        "csm.storage.listing",
        "csm.storage.sale.rows",
        "csm.storage.service.rows",
        "csm.storage.house.settings",
    }
)


@pytest.fixture
def surveyed(desk: Desk, complained: Path) -> Path:
    """Return a file with a case and a survey of this year."""
    desk.ok("survey", "add", "Golden Dragon", "--expect", "6,7,6,6,7", "--perceive", "5,6,6,5,7")
    return complained


def test_a_summary_as_json_loads_the_sections_it_counts(surveyed: Path) -> None:
    loaded = imported(surveyed, "quality", "summary", "--month", "2026-11", "-f", "json")
    assert ours(loaded) == FIGURES
    assert heavy(loaded) == set()


def test_a_summary_for_people_loads_no_colours_off_a_terminal(surveyed: Path) -> None:
    loaded = imported(surveyed, "quality", "summary", "--month", "2026-11")
    assert heavy(loaded) == set()
    assert not loaded & {"csm.render.quality.page", "csm.services.quality.gaps"}


def test_a_usage_error_loads_words_and_no_command() -> None:
    loaded = imported(None, "nonsense", code=2)
    assert heavy(loaded) == set()
    assert ours(loaded) - ROOT == {
        "csm.cli.errors",
        "csm.cli.messages",
        "csm.domain.kinds",
        "csm.render.text",
        "csm.storage.file.obstacles",
    }


def test_what_is_put_off_is_there_when_it_is_asked_for() -> None:
    code = """
from csm.startup import RARELY_USED, defer_rarely_used
import sys
before = {name for name in RARELY_USED if name in sys.modules}
defer_rarely_used()
import ipaddress, subprocess
from textwrap import wrap
print(ipaddress.ip_address("127.0.0.1"), wrap("a b", 1), sys.modules["textwrap"].wrap is wrap)
print(subprocess.run([sys.executable, "-c", "print('ran')"], capture_output=True, text=True).stdout, end="")
print([name for name in before if type(sys.modules[name]).__name__ == "_Deferred"])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("127.0.0.1 ['a', 'b'] True\nran\n[]\n", "")
