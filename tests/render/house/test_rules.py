"""Sections of the handbook on a terminal."""

from __future__ import annotations

import io

from csm.domain.time.instant import Zone
from csm.handbook import Section
from csm.render.house.rules import write_sections
from csm.render.listing import Style

SECTION = Section(
    "6.5",
    "Clocks (时限)",
    "ours, after [C]",
    ("grade.*",),
    (
        "| severity | 首次响应 |\n| --- | --- |\n| general | 8 h |",
        "- Said in `open`, [B] and `due` as a case to take up.",
    ),
)
ROWS = {"6.5": [("grade.months", "12", "12", "months", "how many months")]}
TITLES = {"B": "A deck", "C": "A course"}


def written(style: Style, form: str = "table") -> str:
    stream = io.StringIO()
    write_sections(form, [SECTION], ROWS, TITLES, style, stream)
    return stream.getvalue()


def test_a_terminal_gets_tables_and_bullets_in_its_width_and_no_blanks_at_the_ends() -> None:
    assert written(Style(Zone("UTC"), terminal=True, width=44)) == (
        "6.5 Clocks (时限)\n"
        "source: ours, after [C]\n"
        "\n"
        " severity  首次响应\n"
        " ──────────────────\n"
        " general   8 h\n"
        "\n"
        " • Said in open, [B] and due as a case to\n"
        "   take up.\n"
        "\n"
        "key           value  unit    about\n"
        "────────────────────────────────────────────\n"
        "grade.months  12     months  how many months\n"
        "\n"
        "[B] A deck\n"
        "[C] A course\n"
    )


def test_colours_are_of_the_terminal_and_markdown_has_none() -> None:
    coloured = written(Style(Zone("UTC"), terminal=True, width=60, colour=True))
    assert "\x1b[1m6.5 Clocks (时限)\x1b[0m\n" in coloured
    assert "\x1b[1mopen\x1b[0m" in coloured
    assert "\x1b" not in written(Style(Zone("UTC"), terminal=True, width=60, colour=True), "md")
