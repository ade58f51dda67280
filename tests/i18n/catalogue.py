"""Keeping the Chinese catalogue in step with the code: `python -m tests.i18n.catalogue` updates and compiles it.

Sentences are found in the code; labels of terms and headings of fields in the tables of the domain. What nobody says
any more is dropped. A sentence without a translation stays empty in the .po file, and the tests fail until it has one.
"""

from __future__ import annotations

import ast
import gettext
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import csm
from csm.cli.messages import MESSAGES
from csm.domain.callback import record as callback_record
from csm.domain.complaint import record as complaint_record
from csm.domain.customer import record as customer_record
from csm.domain.day import record as day_record
from csm.domain.house import record as house_record
from csm.domain.kinds import Field
from csm.domain.promise import record as promise_record
from csm.domain.quality import record as quality_record
from csm.domain.quality.figures import DIMENSION_FIGURES, FIGURES
from csm.domain.sale import record as sale_record
from csm.domain.service import record as service_record
from csm.domain.settings import SETTINGS
from csm.domain.survey import record as survey_record
from csm.domain.terms import TERMS
from csm.render.quality import gaps, model, servqual
from csm.render.quality.summary import CALLED

PACKAGE = Path(csm.__file__).parent
PO = PACKAGE / "i18n" / "locale" / "zh_CN" / "LC_MESSAGES" / "csm.po"
MO = PO.with_suffix(".mo")
# Headings that are made from the keys of nested records while the program runs.
MADE_HEADINGS = (
    "parts",
    "bills",
    "plans",
    "instalments",
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
    "authority",
    "option",
    "choices",
    "needed",
)
RECORDS = (
    customer_record,
    callback_record,
    complaint_record,
    promise_record,
    house_record,
    day_record,
    sale_record,
    service_record,
    survey_record,
    quality_record,
)
# Where tables of fields stand: records, and tables for people whose cells are made.
TABLES = (*RECORDS, gaps, model, servqual)
# Terms that read the same in every language.
SAME_EVERYWHERE = {"grade"}
# Lines of the heading that differ each time, or by the version of Babel, or that are never filled in.
UNSTABLE = tuple(
    f'"{name}:'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
        "Generated-By",
    )
)
# The functions that take messages, and where among their arguments these stand.
TAKEN = {"say": (0,), "say_n": (0, 1), "marked": (0,), "heading": (0,), "Field": (1,)}
CONTEXTS = {"say": None, "say_n": None, "marked": None, "heading": "heading", "Field": "heading"}


def calls(source: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the name and the messages of every call in `source` that takes some; those made elsewhere are left out.

    The syntax tree is read, not the tokens: before Python 3.12 an f-string with all that it calls is one token.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = str(getattr(node.func, "id", None) or getattr(node.func, "attr", ""))
        given = [node.args[place] for place in TAKEN.get(name, ()) if place < len(node.args)]
        texts = tuple(part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str))
        if texts and len(texts) == len(TAKEN[name]):
            yield name, texts


def wanted() -> Catalog:
    """Return a catalogue of every message that the code says and every label and heading that it shows."""
    catalogue = Catalog(
        locale="zh_CN",
        project="csm",
        version=csm.__version__,
        charset="utf-8",
        fuzzy=False,
        header_comment="# What csm says, in Chinese as it is written on the mainland.",
    )
    for path in sorted(PACKAGE.rglob("*.py")):
        for name, texts in calls(path.read_text(encoding="utf-8")):
            catalogue.add(texts if len(texts) > 1 else texts[0], context=CONTEXTS[name])
    for text in MADE_HEADINGS:
        catalogue.add(text, context="heading")
    for table in [table for room in TABLES for table in vars(room).values()]:
        if isinstance(table, tuple) and table and isinstance(table[0], Field):
            for field in table:
                catalogue.add(field.heading, context="heading")
    for figure in FIGURES:
        catalogue.add(figure.heading, context="figure")
        catalogue.add(figure.about)
    for text in (*DIMENSION_FIGURES, *CALLED):
        catalogue.add(text, context="figure")
    for message in MESSAGES.values():
        for result in filter(None, (message.sentence, message.hint, message.in_file)):
            catalogue.add(result)
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


def messages(binary: bytes) -> dict[object, object]:
    """Return the messages of a catalogue in its binary form, but its heading, which names the program that wrote it."""
    held = gettext.GNUTranslations(io.BytesIO(binary))
    return {message: result for message, result in vars(held)["_catalog"].items() if message}


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
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, no_location=True, omit_header=False, sort_output=True)
    lines = stream.getvalue().decode("utf-8").splitlines(keepends=True)
    PO.write_text("".join(line for line in lines if not line.startswith(UNSTABLE)), encoding="utf-8")
    binary = compiled(stored())
    if not MO.exists() or messages(MO.read_bytes()) != messages(binary):
        MO.write_bytes(binary)


if __name__ == "__main__":
    update()
