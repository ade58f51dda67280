"""From the handbook to the code: `python -m tests.handbook.map` writes `csm/handbook/map.md`.

Docstrings name the section that a rule comes from ("source: handbook N.N"), those of tests the one that they hold. The
map is made from nothing else, besides tests that have the name of a module in `csm/domain`.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import csm
from csm.handbook import FOLDER, Section, sections

PROJECT: Final = Path(csm.__file__).parents[1]
MAP: Final = FOLDER / "map.md"
# Sections that no rule or no test names, and why.
PROSE: Final = {
    "1": "who csm is for: every story of tests/scenarios is a day of theirs",
}
HEAD: Final = """# Where each section of the handbook is kept

Made by `python -m tests.handbook.map` from the docstrings that name a section. A rule is a pure function in `csm/domain`; it
is applied by what stands in the third column, and held by the tests in the fourth. Paths begin in `csm/domain`, `csm` and
`tests`.

| section | rule | applied in | tests |
| --- | --- | --- | --- |
"""
_NUMBER: Final = r"\d+(?:\.\d+)?"
_CITED: Final = re.compile(rf"\bhandbook ({_NUMBER}(?:(?:, | and | to ){_NUMBER})*)")


class Citation(NamedTuple):
    """A section named in the docstrings of a file, its path from the project's folder."""

    number: str
    path: str


def numbers(text: str) -> list[str]:
    """Return the sections that `text` names, those between the ends of a range too."""
    found: list[str] = []
    known = [section.number for section in sections()]
    for listed in _CITED.findall(" ".join(text.split())):
        before = ""
        for joint, number in re.findall(rf"(, | and | to |^)({_NUMBER})", listed):
            if joint == " to " and before in known and number in known:
                found += known[known.index(before) + 1 : known.index(number)]
            found.append(number)
            before = number
    return found


def docstrings(source: str) -> Iterator[str]:
    """Yield the docstrings of a module, its classes and its functions, where the source names the handbook at all."""
    if "handbook" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield ast.get_docstring(node) or ""


@cache
def citations(folder: Path) -> tuple[Citation, ...]:
    """Return what the docstrings of the Python files in `folder` name, each once, in the order of paths."""
    found = {
        Citation(number, path.relative_to(PROJECT).as_posix())
        for path in folder.rglob("*.py")
        for text in docstrings(path.read_text(encoding="utf-8"))
        for number in numbers(text)
    }
    return tuple(sorted(found))


class Kept(NamedTuple):
    """Where a section is kept: paths of its rules, of what applies them, and of the tests."""

    rules: list[str]
    applied: list[str]
    tests: list[str]


NOWHERE: Final = Kept([], [], [])


@cache
def kept() -> dict[str, Kept]:
    """Return where each section is kept, by its number."""
    found: defaultdict[str, Kept] = defaultdict(lambda: Kept([], [], []))
    for number, path in citations(PROJECT / "csm"):
        if path.startswith("csm/domain/"):
            found[number].rules.append(path.removeprefix("csm/domain/"))
            found[number].tests.extend(_namesake(path))
        else:
            found[number].applied.append(path.removeprefix("csm/"))
    for number, path in citations(PROJECT / "tests"):
        found[number].tests.append(path.removeprefix("tests/"))
    return dict(found)


def _namesake(path: str) -> list[str]:
    """Return the test that has the name of a module, where there is one."""
    folder, _, name = path.removeprefix("csm/").rpartition("/")
    test = f"{folder}/test_{name}"
    return [test] if (PROJECT / "tests" / test).exists() else []


def speaking() -> list[Section]:
    """Return the sections that say something of their own, and not only those of a chapter."""
    return [section for section in sections() if section.blocks]


def page() -> str:
    """Return the map."""
    where = kept()
    return HEAD + "".join(_row(section, where.get(section.number, NOWHERE)) for section in speaking())


def _row(section: Section, at: Kept) -> str:
    if why := PROSE.get(section.number):
        return f"| {section.number} {section.heading} | {why} | | |\n"
    cells = (", ".join(f"`{path}`" for path in sorted(set(paths))) for paths in at)
    return f"| {section.number} {section.heading} | {' | '.join(cells)} |\n"


def main() -> None:
    """Write the map."""
    MAP.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
