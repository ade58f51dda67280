"""One try of every fault that takes real processes; `tests.faults.kills` tries them for minutes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults import kills


@pytest.mark.parametrize("name", ["kill the first write", "kill a migration", "first writers at once", "file replaced"])
def test_nothing_is_lost(tmp_path: Path, name: str) -> None:
    random.seed(len(name))
    assert kills.FAULTS[name](kills.Place(tmp_path)).lost == ""
