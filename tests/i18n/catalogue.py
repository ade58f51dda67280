"""Keeping the Chinese catalogue in step with the code: `python -m tests.i18n.catalogue` updates and compiles it.

Sentences are found in the code; labels of terms and headings of fields in the tables of the domain. What nobody says
any more is dropped. A sentence without a translation stays empty in the .po file, and the tests fail until it has one.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import csm
from csm.domain import file_records, quality_records, records, trade_records
from csm.domain.quality.figures import DIMENSION_FIGURES, FIGURES
from csm.domain.settings import SETTINGS
from csm.domain.terms import TERMS
from csm.render import gaps, model, servqual
from csm.render.quality_summary import CALLED

PACKAGE = Path(csm.__file__).parent
PO = PACKAGE / "i18n" / "locale" / "zh_CN" / "LC_MESSAGES" / "csm.po"
MO = PO.with_suffix(".mo")
# Headings that are made from the keys of nested records while the program runs.
MADE_HEADINGS = (
    "field",
    "value",
    "contacts",
    "left",
    "fields",
    "sales",
    "callbacks",
    "complaints",
    "promises",
    "surveys",
    "notes",
    "events",
    "deadlines",
    "four r",
    "option",
    "choices",
    "needed",
)
# Where tables of fields stand: records, and tables for people whose cells are made.
TABLES = (records, trade_records, quality_records, file_records, gaps, model, servqual)
# Terms that read the same in every language.
SAME_EVERYWHERE = {"grade"}


def wanted() -> Catalog:
    """Return a catalogue of every message that the code says and every label and heading that it shows."""
    catalogue = Catalog(locale="zh_CN", project="csm", version=csm.__version__, charset="utf-8")
    keywords = {"say": None, "say_n": (1, 2), "marked": None}
    for _, _, message, _, _ in extract_from_dir(str(PACKAGE), keywords=keywords):
        catalogue.add(message)
    for _, _, message, _, _ in extract_from_dir(str(PACKAGE), keywords={"heading": None}):
        catalogue.add(message, context="heading")
    for _, _, message, _, _ in extract_from_dir(str(PACKAGE), keywords={"Field": (2,)}):
        catalogue.add(message, context="heading")
    for text in MADE_HEADINGS:
        catalogue.add(text, context="heading")
    for table in [table for room in TABLES for table in vars(room).values()]:
        if isinstance(table, tuple) and table and isinstance(table[0], records.Field):
            for field in table:
                catalogue.add(field.heading, context="heading")
    for figure in FIGURES:
        catalogue.add(figure.heading, context="figure")
        catalogue.add(figure.about)
    for text in (*DIMENSION_FIGURES, *CALLED):
        catalogue.add(text, context="figure")
    for setting in SETTINGS:
        catalogue.add(setting.unit)
        catalogue.add(setting.about)
    for name, values in TERMS.items():
        if name not in SAME_EVERYWHERE:
            for value in values:
                catalogue.add(value, context=name)
    return catalogue


def stored() -> Catalog:
    """Return the catalogue as it stands in the package."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


def compiled(catalogue: Catalog) -> bytes:
    """Return the binary form of a catalogue."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def update() -> None:
    """Bring the .po file in step with the code and compile it."""
    catalogue = wanted()
    if PO.exists():
        known = stored()
        for message in catalogue:
            old = known.get(message.id, message.context) if message.id else None
            if old is not None:
                message.string = old.string
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, width=110, no_location=True, omit_header=False, sort_output=True)
    MO.write_bytes(compiled(stored()))


if __name__ == "__main__":
    update()
