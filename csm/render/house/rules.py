"""Sections of the handbook as people read them: set by Rich on a terminal, as they are written elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TextIO

from csm.domain.house.record import SETTING
from csm.handbook import Section
from csm.i18n import say
from csm.render.formats import write_list
from csm.render.listing import Listing, Row, Style
from csm.render.screen import markdown
from csm.render.table import paragraphs, plainly

SHOWN: Final = tuple(field for field in SETTING if field.shown)


def write_sections(
    form: str,
    sections: Sequence[Section],
    settings: Mapping[str, Sequence[Row]],
    titles: Mapping[str, str],
    style: Style,
    stream: TextIO,
) -> None:
    """Write each section with its source and its settings, in the form "table" or "md", then the sources they cite.

    settings: rows of `SHOWN` by the number of the section. titles: sources by their letters.
    """
    if form == "md":
        style = style._replace(width=None, colour=False)
    for place, section in enumerate(sections):
        mark = "## " if form == "md" else ""
        source = say("source: {source}", source=section.source)
        title = f"{mark}{section.number} {section.heading}"
        paragraphs([""] * bool(place) + [title], style, stream, look="title")
        paragraphs([""] * bool(mark) + [source], style, stream)
        if section.blocks:
            stream.write("\n")
            _write_text(section.text, style, stream)
        if rows := settings[section.number]:
            stream.write("\n")
            write_list(form, Listing(SHOWN, rows), style, stream)
    cited = sorted({letter for section in sections for letter in section.cited})
    if cited:
        stream.write("\n")
        paragraphs([f"[{letter}] {titles[letter]}" for letter in cited], style, stream)


def _write_text(text: str, style: Style, stream: TextIO) -> None:
    if plainly(style):
        stream.write(text + "\n")
        return
    stream.write(markdown(text, style, stream))
