"""The rules of the house that a machine can hold: arrows point down, every command has help with an example."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import csm
from csm.cli.app import INDEX
from csm.cli.grammar import Verb
from tests.desk import captured

PACKAGE = Path(csm.__file__).parent
FORBIDDEN = {"utils", "helpers", "manager", "base", "common"}


def verbs() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for word, (module, _) in INDEX.items():
        imported = import_module(f"csm.cli.{module}")
        table: dict[str, Verb] = imported.VERBS
        found += [(word,)] if getattr(imported, "WORDS", False) else [(word, verb) for verb in table]
    return found


def test_arrows_point_down() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("words", verbs(), ids=" ".join)
def test_every_command_has_help_with_an_example_that_names_it(words: tuple[str, ...]) -> None:
    for flag in ("-h", "--help"):
        said = captured([*words, flag])
        assert (said.code, said.err) == (0, "")
        assert "Example:\n" in said.out
        assert f"csm {' '.join(words)}" in said.out.split("Example:")[1]


def test_the_path_of_a_command_is_what_is_typed() -> None:
    for word, (folder, _) in INDEX.items():
        package = import_module(f"csm.cli.{folder}")
        words = getattr(package, "WORDS", False)
        assert words or folder == word
        for verb in package.VERBS:
            assert (PACKAGE / "cli" / folder / f"{verb.replace('-', '_')}.py").is_file(), (word, verb)


def test_the_root_lists_every_command_without_importing_it() -> None:
    said = captured(["--help"])
    listed = said.out.split("Commands:\n")[1]
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "] == list(INDEX)
    assert captured([]) == said


def test_no_room_has_a_name_that_says_nothing() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert path.stem not in FORBIDDEN, path
        assert path.read_text(encoding="utf-8").lstrip().startswith('"""') or not path.read_text(encoding="utf-8"), path


def test_nothing_catches_everything_but_the_one_boundary() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and catches_everything(node):
                raises_again = any(isinstance(part, ast.Raise) and part.exc is None for part in ast.walk(node))
                assert raises_again or path.relative_to(PACKAGE) == Path("cli", "app.py"), path


def catches_everything(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or getattr(handler.type, "id", "") in ("Exception", "BaseException")


def test_sql_names_what_is_bound_more_than_once() -> None:
    # A list bound to ?1 warns on Python 3.12.0 to 3.12.3, and Python 3.14 may refuse it.
    for path in [*(PACKAGE / "storage").rglob("*"), *(PACKAGE / "services").rglob("*.py")]:
        if path.suffix in (".py", ".sql"):
            assert not re.search(r"[^\w)\]]\?[1-9]", path.read_text(encoding="utf-8")), path
