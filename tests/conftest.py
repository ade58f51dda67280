"""Fixtures that every room of tests uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csm import i18n
from tests.desk import Desk


@pytest.fixture(autouse=True)
def _clean_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the tester's own settings out: file, clock, language, user, colours; leave English behind."""
    for name in ("CSM_DB", "CSM_NOW", "CSM_LANG", "CSM_USER", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    yield
    i18n.use("en")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk without a file yet; it is Saturday 2026-11-21, 09:00."""
    return Desk(tmp_path)
