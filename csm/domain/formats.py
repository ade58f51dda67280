"""The formats: how each is called, what it is written and read for; the one list from which all others derive.

To add a format, add a line here, and write its functions NAME_list and NAME_record in a module of `csm.render` where
it is written, its reader in `csm.transfer` where it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from csm.domain.errors import UsageFault
from csm.domain.value import Value


class Format(Value):
    """One format.

    endings: what the names of its files end in. writer: the module of `csm.render` that writes lists and records in
    it; empty where they aren't. people: it is read by people, so what stands in it is translated.
    exported, imported: files of it can hold records that come back. delimiter: what separates the cells of a sheet.
    nested: records of a record have a place of their own in it. sign: what a text of it begins with.
    """

    name: str
    endings: tuple[str, ...]
    writer: str = ""
    people: bool = False
    exported: bool = False
    imported: bool = False
    delimiter: str = ""
    nested: bool = False
    sign: str = ""


FORMATS: Final = (
    Format("table", (), "table", people=True),
    Format("csv", ("csv",), "data", exported=True, imported=True, delimiter=","),
    Format("tsv", ("tsv", "tab"), "data", exported=True, imported=True, delimiter="\t"),
    Format("json", ("json",), "data", exported=True, imported=True, nested=True, sign="["),
    Format("jsonl", ("jsonl", "ndjson"), "data", exported=True, imported=True, nested=True, sign="{"),
    Format("md", ("md",), "markup", people=True, nested=True),
    Format("html", ("html", "htm"), "markup", people=True, nested=True),
    # Known by their endings, and neither written nor read yet.
    Format("xlsx", ("xlsx", "xls")),
    Format("ics", ("ics",)),
    Format("vcf", ("vcf",)),
)
WRITTEN: Final = {one.name: one for one in FORMATS if one.writer}
IN_FILES: Final = tuple([one.name for one in WRITTEN.values() if one.endings])
EXPORTED: Final = tuple([one.name for one in FORMATS if one.exported])
IMPORTED: Final = tuple([one.name for one in FORMATS if one.imported])
READ_BY_PEOPLE: Final = frozenset([one.name for one in FORMATS if one.people])
NESTED: Final = frozenset([one.name for one in FORMATS if one.nested])
OBJECTS: Final = NESTED - READ_BY_PEOPLE  # a record is an object of keys and values, for programs
DELIMITERS: Final = {one.name: one.delimiter for one in FORMATS if one.delimiter}
BY_ENDING: Final = {ending: one for one in FORMATS for ending in one.endings}


def by_sign(text: str) -> str:
    """Return the format to import that a text begins like; csv where it begins like none."""
    return next((one.name for one in FORMATS if one.imported and one.sign and text.startswith(one.sign)), "csv")


def by_name(field: str, path: str, choices: Sequence[str]) -> str | None:
    """Return the format among `choices` that the ending of a file's name means, None for a name without one.

    Raises unknown-ending and ending-unsupported, which name the `field`, as it was typed.
    """
    name = path.replace("\\", "/").rpartition("/")[2]
    before, _, ending = name.rpartition(".")
    found = BY_ENDING.get(ending.lower())
    if found is not None and found.name in choices and "." in name:
        return found.name
    if not before or not ending:
        return None
    refused = "ending-unsupported" if found is not None and not found.writer else "unknown-ending"
    raise UsageFault(refused, field=field, path=path, ending=ending, choices=list(choices))
