"""The table of error codes: what is raised anywhere is in it, what is in it is raised, and its placeholders are filled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

import csm
from csm.cli.errors import EXIT_CODES, SQLITE, exit_code
from csm.cli.messages import MESSAGES
from csm.domain import errors
from csm.domain.errors import CsmError

PACKAGE = Path(csm.__file__).parent
CLASSES = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, CsmError)}
# Values that are added on the way up: by an import to what is wrong with a row, by the opening of a file.
ADDED_TO_ROWS = {"column"}
# The command that was typed is added where a verb is run; what these modules raise comes before or after.
OUTSIDE_VERBS = ("cli/app.py", "cli/grammar.py", "cli/errors.py")
ADDED = {"stored-nonsense": {"path"}}


class Raised(NamedTuple):
    """A place where an error is made; `values` is None where they are passed on as a whole."""

    place: str
    code: str
    kind: type[CsmError]
    values: frozenset[str] | None


def codes(call: ast.Call, kind: type[CsmError], chosen: Mapping[str, ast.expr]) -> list[str]:
    """Return the codes that a call can make; none where an error is made of another one's code."""
    given = call.args[0] if call.args else ast.Constant(kind.code)
    if isinstance(given, ast.Name):
        given = chosen.get(given.id, given)
    parts = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def raised() -> Iterator[Raised]:
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "csm.domain.errors" not in text:
            continue
        nodes = list(ast.walk(ast.parse(text)))
        chosen = {
            name.id: node.value
            for node in nodes
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.IfExp)
            for name in node.targets
            if isinstance(name, ast.Name)
        }
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CLASSES:
                kind = CLASSES[node.func.id]
                names = [word.arg for word in node.keywords]
                values = None if None in names else frozenset(name for name in names if name)
                for code in codes(node, kind, chosen):
                    yield Raised(f"{path.relative_to(PACKAGE)}:{node.lineno}", code, kind, values)
    for code in SQLITE.values():
        yield Raised("csm.cli.errors.SQLITE", code, errors.Unusable, frozenset({"path", "detail"}))


RAISED = list(raised())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_that_is_raised_is_in_the_table_with_its_family() -> None:
    assert [one for one in RAISED if not issubclass(one.kind, MESSAGES[one.code].family)] == []


def test_every_code_of_the_table_is_raised() -> None:
    assert set(MESSAGES) - {one.code for one in RAISED} == set()


def test_values_fill_the_placeholders_of_sentence_and_hints() -> None:
    lacking = []
    for one in RAISED:
        message = MESSAGES[one.code]
        wanted = placeholders(message.sentence + message.hint + (message.in_file or "")) - ADDED_TO_ROWS
        wanted -= ADDED.get(one.code, set()) | (set() if one.place.startswith(OUTSIDE_VERBS) else {"command"})
        if one.values is not None and not wanted <= one.values:
            lacking.append((one.place, one.code, sorted(wanted - one.values)))
    assert lacking == []


@pytest.mark.parametrize("code", MESSAGES)
def test_every_code_has_an_exit_code(code: str) -> None:
    assert exit_code(MESSAGES[code].family(code)) == EXIT_CODES[MESSAGES[code].family]


def test_docstrings_name_codes_that_there_are() -> None:
    unknown = [
        (path.relative_to(PACKAGE), word)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        for raised in re.findall(r"\b[Rr]aises? ([^.]*)", ast.get_docstring(node) or "")
        for word in re.findall(r"\b[a-z]+(?:-[a-z]+)+\b", raised)
        if word not in MESSAGES and word != "half-monthly"
    ]
    assert unknown == []
