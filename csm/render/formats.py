"""Writing in a format: records in, bytes of the format asked for out.

A format is a line in `csm.domain.formats` and two functions, NAME_list and NAME_record, in the module of this layer
that it names. Nothing here knows what a format looks like, and a format that isn't asked for isn't imported.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, TextIO

from csm.domain.errors import UsageFault
from csm.domain.formats import WRITTEN
from csm.domain.kinds import Field
from csm.render.listing import Listing, Nested, Style

__all__ = ["Listing", "Nested", "Style", "write_list", "write_record"]


def _writer(form: str, shape: str) -> Any:
    found = WRITTEN.get(form)
    if found is None:
        raise UsageFault("unknown-value", field="format", value=form, choices=tuple(WRITTEN))
    return getattr(import_module(f"csm.render.{found.writer}"), f"{form}_{shape}")


def write_list(form: str, listing: Listing, style: Style, stream: TextIO) -> int:
    """Write `listing` to `stream` in the format `form`; return the number of rows. Raise unknown-value."""
    count: int = _writer(form, "list")(listing, style, stream)
    return count


def write_record(
    form: str, fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str = ""
) -> None:
    """Write one `record`, stored values by name, to `stream` in the format `form`. Raise unknown-value.

    A key without a field holds a `Nested`, or values that are plain already (text, numbers, lists, dicts): they
    belong to json, and where a person reads it nested records follow as tables; csv leaves them out.
    """
    _writer(form, "record")(fields, record, style, stream, title)
