"""CONTRIBUTING.md: its commands run, its paths exist, and its lists are all that a new field or verb takes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.S) for line in block.splitlines()]
# Commands that are not run here, and why.
EXCUSED = {
    "python3 -m venv .venv && .venv/bin/pip install --quiet -e '.[test]'": "CI sets up as README says, which is the same",
    ". .venv/bin/activate": "changes only the shell it is typed into",
    "pre-commit install": "pre-commit is nobody's dependency",
    "mypy": "a minute without its cache; run by CI",
    "lint-imports": "run by tests/test_house.py",
    "python -m pytest": "this is it",
    "CSM_WRITE_README=1 python -m pytest -n 0 tests/test_readme.py": "half a minute; tests/test_readme.py is run itself",
    "python -m tests.bench.speed --quick": "minutes; run by CI",
    "python -m tests.faults.fuzz": "minutes; tests/faults holds a part of it",
    "python -m tests.faults.kills": "minutes; tests/faults holds a part of it",
    ".ci/run": "runs all of this",
}
PLACEHOLDER = re.compile(r"NOUN|VERB|NNNN|NAME")
PO = "csm/i18n/locale/zh_CN/LC_MESSAGES/csm.po"

MIGRATION = '''"""The telefax, once more."""

def apply(db):
    db.conn.execute("ALTER TABLE customer ADD COLUMN fax TEXT")
'''
FIELD = '    Field("fax", "fax", group="basic", listed=False, about="where to send a telefax"),\n'
VERB = '''"""`csm customer greet`."""

from __future__ import annotations

import typer

from csm.cli.output import tell
from csm.i18n import say
from csm.services import references


def run(ctx: typer.Context, ref: str) -> None:
    """Greet a customer.

    \\b
    Example:
      csm customer greet 12
    """
    found = references.customer(ctx.obj.database.connection, ref)
    tell(ctx.obj, say("good morning, {name}", name=found.name))
'''


class Copy:
    """A copy of the project in which files are changed, and what `csm` there says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changed: set[str] = set()
        shutil.copytree(PROJECT / "csm", folder / "csm", ignore=shutil.ignore_patterns("__pycache__"))

    def write(self, path: str, text: str) -> None:
        """Make a file."""
        (self.folder / path).write_text(text, encoding="utf-8")
        self.changed.add(path)

    def put(self, path: str, before: str, text: str) -> None:
        """Put a text before the first place of another in a file."""
        old = (self.folder / path).read_text(encoding="utf-8")
        assert before in old, (path, before)
        self.write(path, old.replace(before, text + before, 1))

    def csm(self, *words: str) -> str:
        """Run a command that must succeed; return its data."""
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(self.folder), "LANG": "C.UTF-8", "CSM_DB": "x.db"}
        command = [sys.executable, "-m", "csm", *words]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout or done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def listed(heading: str) -> set[str]:
    """Return the paths in the bullets under a heading of "How to add"."""
    [section] = re.findall(rf"^### {heading}\n(.*?)(?=^#|\Z)", TEXT, re.S | re.M)
    return {
        path
        for bullet in re.findall(r"^- (?:.*\n  )*.*$", section, re.M)
        for path in re.findall(r"`([\w./]+/[\w.]*)`", bullet)
    }


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md"])
def test_every_path_exists(page: str) -> None:
    paths = set(re.findall(r"[`(]((?:csm|tests|\.ci)/[\w./]*)[`)]", (PROJECT / page).read_text(encoding="utf-8")))
    assert "csm/domain/settings.py" in paths
    assert [path for path in sorted(paths) if not PLACEHOLDER.search(path) and not (PROJECT / path).exists()] == []


def test_every_excuse_is_of_a_command() -> None:
    assert set(EXCUSED) <= set(COMMANDS)
    assert len(set(COMMANDS) - set(EXCUSED)) >= 8


def test_commands_run(tmp_path: Path) -> None:
    for name in ("csm", "tests", "pyproject.toml", "CONTRIBUTING.md", "README.md"):
        old = PROJECT / name
        copied = shutil.copytree if old.is_dir() else shutil.copy
        copied(old, tmp_path / name)
    # A test that copies the project again would have no end; this one stays out of the copy.
    (tmp_path / "tests" / "test_contributing.py").unlink()
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for command in COMMANDS:
        if command not in EXCUSED:
            done = subprocess.run(
                ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, (command, done.stdout, done.stderr)


def test_a_field_takes_what_its_list_says_and_is_everywhere(copy: Copy) -> None:
    registry = "csm/storage/migrations/__init__.py"
    schema = (copy.folder / registry).read_text(encoding="utf-8").count("MIGRATIONS(name=")
    last = f"m{schema:04}_"
    number = f"{schema + 1:04}"
    copy.write(f"csm/storage/migrations/m{number}_fax.py", MIGRATION)
    copy.put(registry, f"    {last}", f"    m{number}_fax,\n")
    text = (copy.folder / registry).read_text(encoding="utf-8")
    copy.write(registry, text + f'MIGRATIONS(name="{number}_fax")(m{number}_fax.apply)\n')
    copy.put("csm/storage/file/stamp.py", f"{schema}  # the number of migrations", "1 + ")
    copy.put("csm/storage/views/customers.sql", "phone, email, route,", "fax, ")
    copy.put("csm/domain/customer/record.py", '    Field("address", "address", group="basic"', FIELD)
    copy.put("csm/transfer/headings.py", '    "code": "客户编号', '    "fax": "传真|telefax",\n')
    assert {re.sub(r"m\d{4}_fax", "mNNNN_NAME", path) for path in copy.changed} == listed(
        "a field of the customer card"
    ) - {PO}

    copy.csm("customer", "add", "Ada", "--fax", "010-1")
    (copy.folder / "in.csv").write_text("客户名称,传真\nBob,010-2\n", encoding="utf-8")
    copy.csm("import", "customers", "in.csv")
    assert copy.csm("customer", "list", "--columns", "name,fax", "-f", "csv") == "name,fax\nAda,010-1\nBob,010-2\n"
    assert copy.csm("customer", "list", "--fax", "010-2", "--columns", "name", "-f", "csv") == "name\nBob\n"
    assert json.loads(copy.csm("customer", "show", "1", "-f", "json"))["fax"] == "010-1"
    assert "\nBasic\n  fax       010-1\n" in copy.csm("customer", "show", "1")
    assert "where to send a telefax" in copy.csm("customer", "edit", "--help").lower()
    copy.csm("customer", "edit", "1", "--fax", "010-3")
    assert copy.csm("export", "customers", "-", "--columns", "name,fax") == "name,fax\nAda,010-3\nBob,010-2\n"


def test_a_verb_takes_what_its_list_says(copy: Copy) -> None:
    copy.write("csm/cli/customer/greet.py", VERB)
    copy.put("csm/cli/customer/__init__.py", '    "add": Verb', '    "greet": Verb(),\n')
    at = {path.replace("customer", "NOUN").replace("greet", "VERB") for path in copy.changed}
    assert at == listed("a verb") - {PO, "csm/cli/app.py", "tests/faults/commands.py"}
    copy.csm("customer", "add", "Ada")
    assert copy.csm("customer", "greet", "1") == "good morning, Ada\n"
    assert "csm customer greet 12" in copy.csm("customer", "greet", "--help")
    assert re.search(r"^  greet +Greet a customer\.$", copy.csm("customer", "--help"), re.M)
