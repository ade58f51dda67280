"""Whole outputs kept as files; written anew with CSM_WRITE_GOLDEN=1 set, and then read by a person."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

GOLDEN: Final = Path(__file__).parent / "golden"
LANGUAGES: Final = ("en", "zh")


def matches(name: str, text: str) -> None:
    """Assert that `text` is what the file `name` holds."""
    path = GOLDEN / name
    if os.environ.get("CSM_WRITE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()
