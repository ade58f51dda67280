"""`quality servqual` as people read it, and the retention model below `quality retention`."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

from tests.desk import Desk, filled_once
from tests.terminal import screen_of


def fill(desk: Desk) -> Desk:
    """Take surveys: November with everything, October on the scale of 7, September on that of 5, August perception."""
    for name in ("Blue Cafe", "Red Inn"):
        desk.ok("customer", "add", name)
    both = "--expect", "6,7,6,6,7", "--perceive", "5,6,6,5,7"
    desk.ok("survey", "add", "Blue Cafe", *both, "--csat", "5", "--nps", "9", "--taken", "2026-11-03")
    desk.ok(
        *("survey", "add", "Blue Cafe", "--expect", "6,7,6,5,6", "--perceive", "6,5,5.5,6,6"),
        *("--weights", "10,50,10,20,10", "--csat", "3", "--nps", "6", "--taken", "2026-11-05"),
    )
    desk.ok("survey", "add", "Red Inn", "--expect", "7,7,,6,6", "--perceive", "4,5,,5,7", "--taken", "2026-11-06")
    desk.ok("survey", "add", "Red Inn", "--perceive", "4,5,6,5,7", "--taken", "2026-11-07")
    desk.ok("survey", "add", "Red Inn", "--expect", "6,7,,,", "--perceive", ",,5,,", "--taken", "2026-11-07")
    five = "--scale", "5", "--expect", "5,5,4,4,5", "--perceive", "4,3,4,4,5"
    desk.ok("survey", "add", "Red Inn", *five, "--taken", "2026-11-08")
    desk.ok("survey", "add", "Red Inn", *both, "--subject", "[b]Rival", "--taken", "2026-11-08")
    desk.ok("survey", "add", "Blue Cafe", "--perceive", "7,6,,5,", "--subject", "[b]rival", "--taken", "2026-11-09")
    desk.ok("survey", "add", "Blue Cafe", "--expect", "5,,,,", "--perceive", "6,,,,", "--taken", "2026-10-03")
    desk.ok("survey", "add", "Red Inn", *five, "--taken", "2026-09-08")
    desk.ok("survey", "add", "Red Inn", "--perceive", "4,5,6,5,7", "--taken", "2026-08-08")
    return desk


@pytest.fixture
@filled_once
def asked(desk: Desk) -> Desk:
    return fill(desk)


NOVEMBER = """\
servqual: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21

the dimension that costs most: reliability (38 % x -1.667 = -0.633)
surveys: 3, thin, scores from 1 to 7

dimension       expectation  perception     gap   weight  weight x gap        n
───────────────────────────────────────────────────────────────────────────────
reliability            7.00        5.33  -1.667     38 %        -0.633  3, thin
tangibles              6.33        5.00  -1.333  10.67 %        -0.142  3, thin
assurance              5.67        5.33  -0.333  19.33 %        -0.064  3, thin
responsiveness         6.00        5.75  -0.250     18 %        -0.045  2, thin
empathy                6.33        6.67  +0.333     14 %        +0.047  3, thin

gap = perception - expectation; weighted = sum of weight x gap / sum of weights
weights: the mean over respondents; 1 gave a set of their own, the house's counts for the others
1 survey is left out: it has no dimension with both an expectation and a perception
thin: made of fewer than 5, so it may be chance

Scores

figure                        value        n  before        change
──────────────────────────────────────────────────────────────────
gap, unweighted               -0.65  3, thin   +1.00  -1.65, worse
gap, weighted                 -0.84  3, thin   +1.00  -1.84, worse
technical quality             -0.78  3, thin   +1.00  -1.78, worse
functional quality            -0.06  3, thin       -             -
perception alone (SERVPERF)    5.40  1, thin       -             -
satisfied (CSAT)             50.0 %  2, thin       -             -
would recommend us (NPS)          0  2, thin       -             -

Competitors beside us

dimension       who       perception (n)          gap (n)
─────────────────────────────────────────────────────────
reliability     us        5.25 (4, thin)  -1.67 (3, thin)
reliability     [b]Rival  6.00 (2, thin)  -1.00 (1, thin)
tangibles       us        4.75 (4, thin)  -1.33 (3, thin)
tangibles       [b]Rival  6.00 (2, thin)  -1.00 (1, thin)
assurance       us        5.25 (4, thin)  -0.33 (3, thin)
assurance       [b]Rival  5.00 (2, thin)  -1.00 (1, thin)
responsiveness  us        5.62 (4, thin)  -0.25 (2, thin)
responsiveness  [b]Rival  6.00 (1, thin)   0.00 (1, thin)
empathy         us        6.75 (4, thin)  +0.33 (3, thin)
empathy         [b]Rival  7.00 (1, thin)   0.00 (1, thin)

perception: of everybody who gave one, with or without an expectation

Apart, as their scores go from 1 to 5

dimension       expectation  perception     gap  weight  weight x gap        n
──────────────────────────────────────────────────────────────────────────────
reliability            5.00        3.00  -2.000    32 %        -0.640  1, thin
tangibles              5.00        4.00  -1.000    11 %        -0.110  1, thin
responsiveness         4.00        4.00   0.000    22 %         0.000  1, thin
assurance              4.00        4.00   0.000    19 %         0.000  1, thin
empathy                5.00        5.00   0.000    16 %         0.000  1, thin

gap = perception - expectation; weighted = sum of weight x gap / sum of weights
thin: made of fewer than 5, so it may be chance

figure                       value        n
───────────────────────────────────────────
gap, unweighted              -0.60  1, thin
gap, weighted                -0.75  1, thin
technical quality            -0.75  1, thin
functional quality            0.00  1, thin
perception alone (SERVPERF)      -        0
"""


def test_the_whole_page(asked: Desk) -> None:
    # Weights (11+10+11)/3, (32+50+32)/3, (22+10+22)/3, (19+20+19)/3, (16+10+16)/3; three gaps of each dimension:
    # tangibles -1 0 -3, reliability -1 -2 -2, responsiveness 0 -0.5 .., assurance -1 1 -1, empathy 0 0 1.
    # Weighted -(10.667 x 4 + 38 x 5 + 19.333 x 1 - 14 x 1) / 300 - 18 x 0.25 / 100 = -0.8383.
    # By mean of the dimensions: (-4/3 - 5/3 - 1/4 - 1/3 + 1/3) / 5 = -0.65.
    assert asked.ok("quality", "servqual", "--month", "2026-11") == NOVEMBER


def test_the_weighted_score_can_be_recomputed_from_the_printed_table(asked: Desk) -> None:
    out = asked.ok("quality", "servqual", "--month", "2026-11")
    rows = re.findall(r"^\w+ +[\d.]+ +[\d.]+ +([-+]?[\d.]+) +([\d.]+) % ", out.split("Scores")[0], re.MULTILINE)
    assert len(rows) == 5
    weighted = sum(float(weight) * float(gap) for gap, weight in rows) / sum(float(weight) for _, weight in rows)
    (printed,) = re.findall(r"^gap, weighted +([-+][\d.]+)", out.split("Apart")[0], re.MULTILINE)
    assert f"{weighted:+.2f}" == printed


def test_markdown_and_html_say_the_same(asked: Desk) -> None:
    month = "quality", "servqual", "--month", "2026-11"
    md, html = asked.ok(*month, "-f", "md"), asked.ok(*month, "-f", "html")
    first = "the dimension that costs most: reliability (38 % x -1.667 = -0.633)"
    for text, table in ((md, "| dimension |"), (html, "<table")):
        assert 0 < text.index(first) < text.index(table)
    assert "| tangibles | \\[b\\]Rival | 6.00 (2, thin) | -1.00 (1, thin) |" in md
    tables = [line for line in NOVEMBER.splitlines() if line.startswith("─")]
    assert html.count("<table") == md.count("| --- |") == len(tables) == 5
    assert re.findall("<h[12]>([^<]+)</h", html) == [
        "servqual: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21",
        "Scores",
        "Competitors beside us",
        "Apart, as their scores go from 1 to 5",
    ]


def test_dimensions_that_nobody_scored_are_named(asked: Desk) -> None:
    assert asked.ok("quality", "servqual", "--month", "2026-10").startswith(
        """\
servqual: 2026-10-01 to 2026-10-31, before: 2026-09-01 to 2026-09-30

no dimension falls short of what is expected
surveys: 1, thin, scores from 1 to 7

dimension  expectation  perception     gap  weight  weight x gap        n
─────────────────────────────────────────────────────────────────────────
tangibles         5.00        6.00  +1.000    11 %        +0.110  1, thin

gap = perception - expectation; weighted = sum of weight x gap / sum of weights
nobody scored both sides of reliability, responsiveness, assurance, empathy: left out of the sums, not counted as 0
"""
    )


def test_a_period_before_on_another_scale_is_not_compared(asked: Desk) -> None:
    out = asked.ok("quality", "servqual", "--month", "2026-10")
    assert "gap, weighted                +1.00  1, thin       -       -\n" in out
    assert "\nthe surveys before had scores from 1 to 5: these can't be compared\n" in out


def test_a_group_without_surveys_before_has_no_scale_then(asked: Desk) -> None:
    asked.ok("customer", "edit", "Red Inn", "--grade", "B")
    asked.ok("customer", "edit", "Blue Cafe", "--grade", "A")
    # In October only Blue Cafe was asked.
    found = asked.json("quality", "servqual", "--by", "grade", "--month", "2026-11")
    assert [(one["grade"], one["scale"], one["before"]["n"], one["before"]["scale"]) for one in found] == [
        ("A", 7, 1, 7),
        ("B", 7, 0, None),
    ]


def test_perception_alone_is_shown_by_dimension_where_there_is_no_gap(asked: Desk) -> None:
    assert (
        asked.ok("quality", "servqual", "--month", "2026-08")
        == """\
servqual: 2026-08-01 to 2026-08-31, before: 2026-07-01 to 2026-07-31

no survey of the period has an expectation and a perception of a dimension; this supplies it: csm survey add REF --expect 6,7,6,6,7 --perceive 5,6,6,5,7

figure                       value        n  before  change
───────────────────────────────────────────────────────────
gap, unweighted                  -        0       -       -
gap, weighted                    -        0       -       -
technical quality                -        0       -       -
functional quality               -        0       -       -
perception alone (SERVPERF)   5.40  1, thin       -       -
satisfied (CSAT)                 -        0       -       -
would recommend us (NPS)         -        0       -       -

thin: made of fewer than 5, so it may be chance

dimension       who  perception (n)  gap (n)
────────────────────────────────────────────
tangibles       us   4.00 (1, thin)        -
reliability     us   5.00 (1, thin)        -
responsiveness  us   6.00 (1, thin)        -
assurance       us   5.00 (1, thin)        -
empathy         us   7.00 (1, thin)        -

perception: of everybody who gave one, with or without an expectation
"""
    )


def test_a_file_without_surveys_says_what_supplies_them(desk: Desk) -> None:
    desk.ok("customer", "add", "Blue Cafe")
    out = desk.ok("quality", "servqual")
    assert "this supplies it: csm survey add REF --expect" in out
    assert "perception alone (SERVPERF)      -  0       -       -\n" in out
    assert "who " not in out and "Apart" not in out


def test_alpha_stands_beside_where_items_were_scored(desk: Desk) -> None:
    # Tangibles of tests/domain/test_alpha.py: 112.4 / 116.1 = 0.968; all others the same, so that they have none.
    desk.ok("customer", "add", "Blue Cafe")
    for scored in ("4,5,4,5", "3,3,2,4", "5,5,5,5", "2,2,3,2", "1,2,1,1"):
        rest = ",6" * 13 + "," * 5
        desk.ok(
            *("survey", "add", "Blue Cafe", "--expect-items", ",".join(["7"] * 22), "--perceive-items", scored + rest),
            *("--taken", "2026-11-03"),
        )
    desk.ok("survey", "add", "Blue Cafe", "--expect", "7,7,7,7,7", "--perceive", "6,6,6,6,6", "--taken", "2026-11-04")
    out = desk.ok("quality", "servqual", "--month", "2026-11")
    table = out.split("\n\n")[2].splitlines()
    # Tangibles: five means 4.5 3 5 2.25 1.25 and a 6: 22/6.
    assert table[0].endswith("n  alpha (n)") and table[2].startswith("tangibles")
    cells = {row.split()[0]: row.split("  ")[-1].strip() for row in table[2:]}
    assert cells == {
        "tangibles": "0.97 (5)",
        "reliability": "- (5)",
        "responsiveness": "- (5)",
        "assurance": "- (5)",
        "empathy": "-",
    }
    assert " 3.67  " in table[2]
    assert "\nalpha: Cronbach's, where 5 or more scored every item of the dimension\n" in out


def test_groups_say_that_surveys_of_another_scale_are_left_out(asked: Desk) -> None:
    note = "surveys with scores from 1 to 5 aren't counted here; csm quality servqual shows them apart\n"
    # November has one survey with scores from 1 to 5, October none.
    lines = asked.ok("quality", "servqual", "--month", "2026-11", "--by", "owner")
    assert lines.endswith("thin: made of fewer than 5, so it may be chance\n" + note)
    assert note not in asked.ok("quality", "servqual", "--month", "2026-10", "--by", "owner")


@pytest.mark.parametrize("columns", [80, 160])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_terminal_has_room_for_it(asked: Desk, columns: int, lang: str) -> None:
    from rich.cells import cell_len

    lines = on_terminal(asked, columns, "--lang", lang, "quality", "servqual", "--month", "2026-11")
    assert max(map(cell_len, lines)) <= columns
    # In the headline and in the table.
    assert sum("-1.667" in line for line in lines) == 2
    assert sum("3, thin" in line or "偏少" in line for line in lines) > 5


def on_terminal(desk: Desk, columns: int, *arguments: str) -> list[str]:
    """Run csm on a terminal of so many columns; return its lines."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    front = [sys.executable, "-m", "csm", "--db", str(desk.path), "--as-of", desk.now, "--no-color"]
    process = subprocess.Popen([*front, *arguments], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    screen = screen_of(ours)
    assert process.wait() == 0, screen
    return screen.decode().splitlines()


# --- the retention model ------------------------------------------------------------------------------------------


def answer(desk: Desk, value: int, satisfaction: int | None, switching: int, intention: int) -> None:
    told = {"--value": value, "--satisfaction": satisfaction, "--switching": switching, "--intention": intention}
    options = [word for name, score in told.items() if score is not None for word in (name, str(score))]
    desk.ok("survey", "add", "Blue Cafe", *options, "--taken", "2026-11-03")


def test_the_model_says_which_links_hold_and_what_is_missing(desk: Desk) -> None:
    desk.ok("customer", "add", "Blue Cafe")
    desk.ok("config", "set", "model.few", "5")
    # value and intention as in tests/domain/test_model.py: 6 / sqrt(60) = 0.77; satisfaction of four only;
    # switching and intention: 5 4 3 2 1 run against 2 4 5 4 5: -0.77.
    for value, intention in ((1, 2), (2, 4), (3, 5), (4, 4), (5, 5)):
        answer(desk, value, None if value == 5 else 3, 6 - value, intention)
    out = desk.ok("quality", "retention", "--month", "2026-11", "--model")
    assert out.endswith(
        """\
What makes customers come back

cause            effect           correlation  n  the link
──────────────────────────────────────────────────────────
perceived value  would buy again        +0.77  5  holds
perceived value  satisfaction               -  4  -
satisfaction     would buy again            -  4  -
switching cost   would buy again        -0.77  5  against

a link holds from a correlation of 0.30 on and is weak from 0 on; below 0 it goes against the model
below 5 surveys that answer both, no correlation is shown; this supplies them: csm survey add REF --value 6 --satisfaction 6 --switching 4 --intention 6
"""
    )
    links = desk.json("quality", "retention", "--month", "2026-11", "--model")["model"]
    assert links[0] == {"cause": "value", "effect": "intention", "r": 0.7746, "n": 5, "verdict": "holds"}
    assert links[1] == {"cause": "value", "effect": "satisfaction", "r": None, "n": 4, "verdict": None}


def test_the_model_says_that_answers_all_alike_have_no_correlation(desk: Desk) -> None:
    desk.ok("customer", "add", "Blue Cafe")
    desk.ok("config", "set", "model.few", "3")
    for intention in (4, 5, 6):
        answer(desk, 6, intention, 4, intention)
    out = desk.ok("quality", "retention", "--month", "2026-11", "--model")
    # Value and switching never vary: three links have nothing; satisfaction and intention are the same.
    assert "satisfaction     would buy again        +1.00  3  holds\n" in out
    assert out.endswith("\n3 links have no correlation: all surveys give the same answer to one of their questions\n")
