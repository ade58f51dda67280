"""The json text that events are kept as, read and written by the C functions that the json package hands on.

The package around them compiles patterns that take longer than all the events of a case.
"""

from __future__ import annotations

from _json import encode_basestring, make_scanner
from collections.abc import Mapping
from typing import Any, Final


class _Context:
    """What the scanner asks of a decoder."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float
    memo: Final[dict[str, str]] = {}


_scan: Final = make_scanner(_Context())  # type: ignore[arg-type]


def read(text: str) -> dict[str, Any]:
    """Return the object that a text of json holds; raise ValueError where it holds none."""
    try:
        value, _ = _scan(text, 0)
    except StopIteration as error:
        raise ValueError(text) from error
    if not isinstance(value, dict):
        raise ValueError(text)
    return value


def written(value: Any) -> str:
    """Return texts, whole numbers, truth values, lists and mappings of these as json on one line, without blanks."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ",".join([f"{encode_basestring(str(key))}:{written(one)}" for key, one in value.items()]) + "}"
    return "[" + ",".join([written(one) for one in value]) + "]"
