"""Released migrations are frozen: what they compute can't change with the program around them."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "csm" / "storage" / "migrations"
ALLOWED = {*sys.stdlib_module_names, "sqlite_utils"}


def imported(path: Path) -> list[str]:
    """Return every module that a file imports, at its top or anywhere else."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a full name, please"
            found.append(node.module or "")
    return found


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_a_migration_imports_nothing_that_can_change(path: Path) -> None:
    ours = [
        name
        for name in imported(path)
        if name.partition(".")[0] not in ALLOWED and not name.startswith("csm.storage.migrations")
    ]
    assert ours == []


def test_all_six_are_looked_at() -> None:
    assert [path.stem[:5] for path in sorted(FOLDER.glob("m*.py"))] == [
        "m0001",
        "m0002",
        "m0003",
        "m0004",
        "m0005",
        "m0006",
    ]
