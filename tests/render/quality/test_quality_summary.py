"""The summary of service quality as a page of text; today is 2026-11-21."""

from __future__ import annotations

import io

import pytest

from csm.domain.kinds import Field
from csm.domain.quality.figures import Measured
from csm.domain.quality.weakest import BESIDE, ITEMS_MET, Problem, Weakest
from csm.domain.time.instant import Zone
from csm.i18n import use
from csm.render.folding import cells_wide
from csm.render.listing import Listing, Style
from csm.render.quality.summary import Page, two_lines, weakest_point, write_summary
from csm.render.quality.tables import cards_note
from csm.render.table import table_list
from tests.render.quality_pages import EMPTY, HARD_PAGE, LESSONS, PAGE, WEAKEST

OFF = Style(Zone("Asia/Shanghai"))
ON = OFF._replace(terminal=True, width=80)


def shown(form: str, page: Page, style: Style = OFF, height: int | None = None) -> str:
    stream = io.StringIO(newline="")
    write_summary(form, page, style, stream, height)
    return stream.getvalue()


def test_off_a_terminal_nothing_is_cut() -> None:
    assert shown("table", PAGE) == (
        "Service quality: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21\n"
        "\n"
        "figure                            value        n    before              change\n"
        "──────────────────────────────────────────────────────────────────────────────\n"
        "gap, weighted (SERVQUAL)          -0.54        8     -0.90       +0.36, better\n"
        "satisfied (CSAT)                 75.0 %  4, thin         -                   -\n"
        "would recommend us (NPS)              -        0         -                   -\n"
        "complaints per 100 customers  11.67 (7)       60  5.00 (3)        +6.67, worse\n"
        "complaints resolved in time      80.0 %        5    90.0 %  -10.0 %-pts, worse\n"
        "promises kept                    66.7 %        6         -                   -\n"
        "customers kept                   50.0 %       60    50.0 %           no change\n"
        "\n"
        "The weakest point is reliability: with a gap of -1.20 (n 8) and a weight of 32 of 100 it costs most. "
        "The hard figure beside it: promises kept, 66.7 % (n 6). "
        "The most frequent problem: late delivery, 3 of 7 complaints.\n"
        "\n"
        "Lessons and preventions\n"
        "cp12  ring before you come\n"
        "      > a list of who wants a call (li, late since 2026-11-20)\n"
        "      > tell all (by 2026-12-01)\n"
        "cp9  look twice\n"
        "cp7  seal it\n"
        # Done at 17:00 UTC, which is the next day where the file is.
        "     > new seals (wang, done on 2026-11-09)\n"
    )


def test_on_a_small_terminal_lessons_give_way() -> None:
    page = shown("table", PAGE._replace(learnt=9), ON, 24)
    assert page.splitlines()[11:] == [
        "The weakest point is reliability: with a gap of -1.20 (n 8) and a weight of 32",
        "of 100 it costs most. The hard figure beside it: promises kept, 66.7 % (n 6).",
        "The most frequent problem: late delivery, 3 of 7 complaints.",
        "",
        "Lessons and preventions",
        "cp12  ring before you come",
        "      > a list of who wants a call (li, late since 2026-11-20)",
        "      > tell all (by 2026-12-01)",
        "cp9   look twice",
        "cp7   seal it",
        "      > new seals (wang, done on 2026-11-09)",
        "6 more: csm complaint lessons",
    ]
    # 23 lines, and one for the prompt; a line less, and the last lesson has to go.
    assert len(page.splitlines()) == 23
    assert shown("table", PAGE._replace(learnt=9), ON, 23).splitlines()[-2:] == [
        "cp9   look twice",
        "7 more: csm complaint lessons",
    ]
    assert shown("table", PAGE, ON, 23).splitlines()[-1] == "      > new seals (wang, done on 2026-11-09)"
    assert shown("table", PAGE, ON, 10).splitlines()[-1] == "3 more: csm complaint lessons"


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_page_fits_80_columns_and_24_lines(spoken: str) -> None:
    use(spoken)
    long = [lesson._replace(lesson="先看清楚再答应 look before you promise, " * 3) for lesson in LESSONS]
    lines = shown("table", PAGE._replace(lessons=long, learnt=90), ON, 24).splitlines()
    assert len(lines) <= 23
    assert max(map(cells_wide, lines)) <= 80
    assert "csm complaint lessons" in lines[-1]


def test_there_is_room_for_nps_on_a_taller_terminal() -> None:
    assert "(NPS)" not in shown("table", PAGE, ON, 29)
    assert "(NPS)" in shown("table", PAGE, ON, 30)


def test_a_file_with_nothing_in_it() -> None:
    assert shown("table", EMPTY) == (
        "Service quality\n"
        "\n"
        "figure                        value  n  before  change\n"
        "──────────────────────────────────────────────────────\n"
        "gap, weighted (SERVQUAL)          -  0       -       -\n"
        "satisfied (CSAT)                  -  0       -       -\n"
        "would recommend us (NPS)          -  0       -       -\n"
        "complaints per 100 customers  - (0)  0   - (0)       -\n"
        "complaints resolved in time       -  0       -       -\n"
        "promises kept                     -  0       -       -\n"
        "customers kept                    -  0       -       -\n"
        "\n"
        f"{cards_note()}\n"
        "\n"
        "Nothing was recorded to find the weakest point from: there is csm survey add for surveys,"
        " csm callback add for callbacks, csm promise add for promises.\n"
        "\n"
        "Lessons and preventions\n"
        "no lessons\n"
    )


def test_markdown() -> None:
    page = shown("md", PAGE)
    assert page.startswith(
        "## Service quality: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21\n"
        "\n"
        "| figure | value | n | before | change |\n"
        "| --- | ---: | ---: | ---: | ---: |\n"
        "| gap, weighted (SERVQUAL) | -0.54 | 8 | -0.90 | +0.36, better |\n"
    )
    assert page.endswith(
        "The most frequent problem: late delivery, 3 of 7 complaints.\n"
        "\n"
        "## Lessons and preventions\n"
        "\n"
        "| id | customer | lesson | prevention |\n"
        "| --- | --- | --- | --- |\n"
        "| cp12 | River Gym | ring before you come |"
        " a list of who wants a call (li, late since 2026-11-20)<br>tell all (by 2026-12-01) |\n"
        "| cp9 | Old Mill | look twice |  |\n"
        "| cp7 | Tea House | seal it | new seals (wang, done on 2026-11-09) |\n"
    )


def test_what_is_stored_does_nothing_to_a_terminal() -> None:
    for form, style in (("table", OFF), ("table", ON), ("md", OFF)):
        page = shown(form, HARD_PAGE, style)
        assert "\x1b" not in page and "\u202e" not in page
        assert "␛" in page and "U+202E" in page


HALF = Measured(0.5, 4)


@pytest.mark.parametrize(
    ("weakest", "sentences"),
    [
        (
            WEAKEST._replace(gap=Measured(-1.2, 3), hard=HALF, problem=Problem("late-delivery", 1, 1)),
            [
                "The weakest point is reliability: with a gap of -1.20 (n 3, thin) and a weight of 32 of 100 it costs most.",
                "The hard figure beside it: promises kept, 50.0 % (n 4, thin).",
                "The only complaint was about this: late delivery.",
            ],
        ),
        (
            WEAKEST._replace(beside=ITEMS_MET, hard=Measured(None, 0), dimension="tangibles", problem=None),
            [
                "The weakest point is tangibles: with a gap of -1.20 (n 8) and a weight of 32 of 100 it costs most.",
                "Nothing is recorded for the hard figure beside it: items of service checklists met.",
            ],
        ),
        (
            Weakest("hard", beside=BESIDE["empathy"], hard=HALF, surveyed=False),
            [
                "The weakest point is this hard figure: callbacks on time, 50.0 % (n 4, thin).",
                "No survey says what customers expect; csm survey add records one.",
            ],
        ),
        (
            Weakest("hard", beside=BESIDE["assurance"], hard=HALF),
            [
                "The weakest point is this hard figure: complaints resolved in time, 50.0 % (n 4, thin).",
                "In the surveys no dimension falls short of what customers expect.",
            ],
        ),
        (Weakest("none"), ["No dimension and no hard figure falls short."]),
    ],
)
def test_the_weakest_point_in_words(weakest: Weakest, sentences: list[str]) -> None:
    assert weakest_point(weakest, 5) == sentences


def test_by_groups_every_column_has_room_on_80_columns() -> None:
    fields = [Field("owner", "owner", shown=1), *[Field(f"f{n}", f"figure {n}", "integer", shown=2) for n in range(6)]]
    listing = Listing(fields, [("Anna", *["100.0 % (3, thin)"] * 6)])
    # 4 + 6 x 17 and 6 x 2 between them are 118.
    assert [list(row) for row in two_lines(listing, 118).rows] == [["Anna", *["100.0 % (3, thin)"] * 6]]
    narrow = two_lines(listing, 117)
    assert [list(row) for row in narrow.rows] == [["Anna", *["100.0 %\n(3, thin)"] * 6]]
    stream = io.StringIO()
    table_list(narrow, ON, stream)
    assert stream.getvalue() == (
        "owner   figure 0   figure 1   figure 2   figure 3   figure 4   figure 5\n"
        "───────────────────────────────────────────────────────────────────────\n"
        "Anna     100.0 %    100.0 %    100.0 %    100.0 %    100.0 %    100.0 %\n"
        "       (3, thin)  (3, thin)  (3, thin)  (3, thin)  (3, thin)  (3, thin)\n"
    )


def test_chinese_headings_fold_to_make_room() -> None:
    fields = [Field("owner", "负责人", shown=1), Field("f", "投诉按时解决率", "integer", shown=1)]
    narrow = two_lines(Listing(fields, [("Anna", "50.0 % (9)")]), 10)
    assert [field.heading for field in narrow.fields] == ["负责人", "投诉按时解 决率"]
