"""Figures that are equal but for rounding."""

from __future__ import annotations

from typing import Any

import pytest


def approx(value: float) -> Any:
    """Return what equals `value` but for rounding; it is typed to stand where a record of a figure takes a float."""
    return pytest.approx(value)
