"""The rules of the house that a machine can hold: arrows point down, every command has help with an example."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
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
        result = captured([*words, flag])
        assert (result.code, result.err) == (0, "")
        assert "Example:\n" in result.out
        assert f"csm {' '.join(words)}" in result.out.split("Example:")[1]


def test_the_path_of_a_command_is_what_is_typed() -> None:
    for word, (folder, _) in INDEX.items():
        package = import_module(f"csm.cli.{folder}")
        words = getattr(package, "WORDS", False)
        assert words or folder == word
        for verb in package.VERBS:
            assert (PACKAGE / "cli" / folder / f"{verb.replace('-', '_')}.py").is_file(), (word, verb)


def test_the_root_lists_every_command_without_importing_it() -> None:
    result = captured(["--help"])
    listed = result.out.split("Commands:\n")[1]
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "] == list(INDEX)
    assert captured([]) == result


def test_no_room_has_a_name_that_says_nothing() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert path.stem not in FORBIDDEN, path
        assert path.read_text(encoding="utf-8").lstrip().startswith('"""') or not path.read_text(encoding="utf-8"), path


def test_nothing_catches_everything_but_the_one_boundary() -> None:
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and catches_everything(node):
                raises_again = any(isinstance(part, ast.Raise) and part.exc is None for part in ast.walk(node))
                assert raises_again or name == "csm.cli.app", name


def catches_everything(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or getattr(handler.type, "id", "") in ("Exception", "BaseException")


def test_sql_names_what_is_bound_more_than_once() -> None:
    # A list bound to ?1 warns on Python 3.12.0 to 3.12.3, and Python 3.14 may refuse it.
    for path in [*(PACKAGE / "storage").rglob("*"), *(PACKAGE / "services").rglob("*.py")]:
        if path.suffix in (".py", ".sql"):
            assert not re.search(r"[^\w)\]]\?[1-9]", path.read_text(encoding="utf-8")), path


# --- the limits of the house ----------------------------------------------------------------------------------


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the package by its name."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(("csm", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imported_by(tree: ast.Module, known: Collection[str]) -> set[str]:
    """Return which of the modules `known` one imports, anywhere in it and for the type checker too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in known else node.module for name in named}
    return found & {*known}


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the modules that reach each other, a list for each circle."""
    left = {name: set(after) for name, after in graph.items()}
    # What nothing leads to or from is in no circle; what remains is taken apart by what each one reaches.
    while True:
        reached = set().union(*left.values()) if left else set()
        ends = {name for name, after in left.items() if not after or name not in reached}
        if not ends:
            break
        left = {name: after - ends for name, after in left.items() if name not in ends}
    reach = {name: reachable(left, name) for name in left}
    found = {frozenset(other for other in reach[name] if name in reach[other]) for name in left}
    return sorted(sorted(circle) for circle in found if circle)


def reachable(graph: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [*graph[start]]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return found


def test_circles_are_found() -> None:
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": {"e"}, "e": {"d"}, "f": {"a"}, "g": set[str]()}
    assert circles(graph) == [["a", "b", "c"], ["d", "e"]]


def test_no_module_imports_itself_by_way_of_others() -> None:
    known = modules()
    assert circles({name: imported_by(tree, known) - {name} for name, tree in known.items()}) == []


# So many imports stand within functions, by layer: those that a short command would load in vain.
WITHIN_FUNCTIONS = {
    "__main__": 2, "cli": 61, "domain": 12, "render": 18, "services": 38, "storage": 16, "transfer": 1,
}  # fmt: skip


def imports_within_functions(node: ast.AST, within: bool = False) -> int:
    count = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        count += within and isinstance(child, ast.Import | ast.ImportFrom)
        function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        count += imports_within_functions(child, within or function)
    return count


def test_imports_stand_at_the_top_but_for_those_that_are_counted() -> None:
    counts: Counter[str] = Counter()
    for name, tree in modules().items():
        counts[name.split(".")[1] if "." in name else name] += imports_within_functions(tree)
    assert {layer: count for layer, count in counts.items() if count > WITHIN_FUNCTIONS.get(layer, 0)} == {}


def test_no_stored_number_is_cast_twice() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert "int(str(" not in path.read_text(encoding="utf-8"), path


def test_the_machinery_of_the_command_line_is_few_files() -> None:
    assert len([*(PACKAGE / "cli").glob("*.py")]) <= 15


def test_few_modules_are_shorter_than_a_screen() -> None:
    verbs = {PACKAGE / "cli" / folder for folder, _ in INDEX.values()}
    short = [
        path
        for path in PACKAGE.rglob("*.py")
        if path.name != "__init__.py" and path.parent not in verbs and len(path.read_text("utf-8").splitlines()) < 40
    ]
    assert len(short) <= 12, short


def test_the_command_line_holds_no_sql() -> None:
    for path in (PACKAGE / "cli").rglob("*.py"):
        assert not re.search(r'Condition\(|"v\.', path.read_text(encoding="utf-8")), path


def test_rules_and_intentions_know_no_command_line() -> None:
    for layer in ("domain", "services"):
        for path in (PACKAGE / layer).rglob("*.py"):
            assert not re.search(r"""['"](csm [a-z]|--[a-z])""", path.read_text(encoding="utf-8")), path
