"""The registry of output formats: records in, bytes of the format asked for out.

A format is one module with a function for lists and one for single records, and a line in `FORMATS`. Nothing here
knows what a format looks like, and a format that isn't asked for isn't imported.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final, TextIO

from csm.domain.errors import UsageFault
from csm.domain.records import Field
from csm.render.listing import Listing, Nested, Style

__all__ = ["FORMATS", "Listing", "Nested", "Style", "write_list", "write_record"]


# Where a format is written: a module of this room and its functions for a list and for one record.
FORMATS: Final[dict[str, tuple[str, str, str]]] = {
    "table": ("table", "table_list", "table_record"),
    "csv": ("data", "csv_list", "csv_record"),
    "tsv": ("data", "tsv_list", "tsv_record"),
    "json": ("data", "json_list", "json_record"),
    "jsonl": ("data", "jsonl_list", "jsonl_record"),
    "md": ("markup", "md_list", "md_record"),
    "html": ("markup", "html_list", "html_record"),
}


def _writer(form: str, function: int) -> Any:
    found = FORMATS.get(form)
    if found is None:
        raise UsageFault("unknown-value", field="format", value=form, choices=tuple(FORMATS))
    return getattr(import_module("csm.render." + found[0]), found[function])


def write_list(form: str, listing: Listing, style: Style, stream: TextIO) -> int:
    """Write `listing` to `stream` in the format `form`; return the number of rows. Raise unknown-value."""
    count: int = _writer(form, 1)(listing, style, stream)
    return count


def write_record(
    form: str, fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str = ""
) -> None:
    """Write one `record`, stored values by name, to `stream` in the format `form`. Raise unknown-value.

    A key without a field holds a `Nested`, or values that are plain already (text, numbers, lists, dicts): they
    belong to json, and where a person reads it nested records follow as tables; csv leaves them out.
    """
    _writer(form, 2)(fields, record, style, stream, title)
