"""The page to hand on: one file that loads nothing, in both languages, with whatever is stored as text."""

from __future__ import annotations

import io
import re

import pytest

from csm.domain.quality.complaints import ParetoRow
from csm.domain.quality.figures import NUMBERS, Measured
from csm.domain.time.instant import Zone
from csm.i18n import use
from csm.render.listing import Style
from csm.render.quality.page import Report, write_page
from csm.render.quality.style import SHEET
from tests.render.html_pages import Checker, check_alone
from tests.render.quality_pages import EMPTY, HARD, HARD_PAGE, NOW, PAGE

STYLE = Style(Zone("Asia/Shanghai"))
SETTINGS = dict.fromkeys(NUMBERS, 90)
MONTHS = [
    ("2026-09", {}),
    ("2026-10", {"csat": {"value": Measured(1.0, 2)}}),
    ("2026-11", NOW),
]
PROBLEMS = [ParetoRow("late-delivery", 3, 0.75, 0.75), ParetoRow(None, 1, 0.25, 1.0)]
REPORT = Report(PAGE, "2026-11-01 to 2026-11-21", MONTHS, PROBLEMS, SETTINGS)
QUIET = Report(EMPTY, "2026-11-01 to 2026-11-21", [("2026-11", {})], [], SETTINGS)
ODD = Report(HARD_PAGE, HARD, [(HARD, NOW)], [ParetoRow(HARD, 1, 1.0, 1.0)], SETTINGS)


def shown(report: Report, style: Style = STYLE) -> str:
    stream = io.StringIO(newline="")
    write_page(report, style, stream)
    return stream.getvalue()


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("report", [REPORT, QUIET, ODD], ids=["full", "quiet", "odd"])
def test_one_file_that_loads_and_runs_nothing(report: Report, spoken: str) -> None:
    use(spoken)
    check_alone(shown(report), spoken)


def test_a_chinese_page_is_punctuated_in_chinese() -> None:
    use("zh")
    page = shown(REPORT)
    assert "<dt>净推荐值：" in page
    assert re.findall("<(?:dt|desc)>[^<]*[:;] [^<]*<", page) == []


def test_what_is_stored_is_text() -> None:
    page = shown(ODD)
    assert "<script" not in page and "\x1b" not in page and "\u202e" not in page
    shown_as = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &#x27;x&#x27; &amp; y␛[2J&lt;U+202E&gt;"
    assert f"<li>{shown_as}<br>" in page  # the lesson
    assert f"<br>→ {shown_as} ({shown_as}, by" in page  # its prevention and who sees to it


def test_pictures_have_names_and_tables_have_headings() -> None:
    tags = Checker(shown(REPORT)).tags
    pictures = [attributes for tag, attributes in tags if tag == "svg"]
    # Two charts and six figures by month.
    assert len(pictures) == 8
    assert all(one["role"] == "img" and one["aria-label"] for one in pictures)
    names = [tag for tag, _ in tags]
    assert names.count("desc") == 8
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in tags if tag == "th")


def card(page: str, name: str) -> str:
    found = re.search(rf'<div class="card"><h3>{re.escape(name)}</h3>.*?</div>', page)
    assert found is not None
    return found[0]


def test_the_figures_at_a_glance() -> None:
    page = shown(REPORT)
    assert card(page, "complaints per 100 customers") == (
        '<div class="card"><h3>complaints per 100 customers</h3><p class="value">11.67 (7)</p>'
        '<p class="faint">n 60<br>before: 5.00 (3)<br>+6.67, worse</p></div>'
    )
    # Without two figures to compare there is no change to show.
    assert card(page, "satisfied (CSAT)").endswith('<p class="faint">n 4, thin<br>before: -</p></div>')
    assert page.count('<div class="card">') == 7


def test_charts_of_what_there_is() -> None:
    page = shown(REPORT)
    assert "reliability: expected 6.50, perceived 5.30, -1.20, weight 32, n 8" in page
    assert "tangibles: not scored" in page
    assert "<desc>late delivery: 3 (75 %), sum 75 %; not named: 1 (25 %), sum 100 %</desc>" in page
    assert "<desc>2026-09: - (n 0); 2026-10: 100 % (n 2); 2026-11: 75 % (n 4)</desc>" in page
    # Two complaints by month and one month of four answers: what was made of few is dashed.
    assert page.count('<rect class="bar few"') == 2


def test_more_than_eight_problems_stand_together() -> None:
    rows = [ParetoRow(f"problem {n}", 1, 0.1, n / 10) for n in range(1, 11)]
    page = shown(REPORT._replace(problems=rows))
    # Seven by name, and 3 of 10 together.
    assert "problem 7: 1 (10 %), sum 70 %; all others: 3 (30 %), sum 100 %</desc>" in page
    assert "problem 8" not in page


def test_the_tables_and_what_their_figures_are() -> None:
    page = shown(REPORT)
    assert (
        '<tr><th scope="row">resolved in time</th><td>80.0 %</td><td>5</td><td>90.0 %</td>'
        "<td>-10.0 %-pts, worse</td></tr>" in page
    )
    assert (
        '<tr><th scope="row">reliability</th><td>6.50</td><td>5.30</td><td>-1.20</td><td>32.0</td><td>-</td>'
        "<td>8</td></tr>" in page
    )
    assert re.findall(r'<h3>([^<]+)</h3>\n<table class="figures">', page) == [
        *("SERVQUAL", "CSAT", "NPS", "Complaints", "Callbacks", "Promises", "Retention")
    ]
    assert "<dt>NPS: would recommend us (NPS)</dt>" in page
    assert page.endswith('<footer class="faint">made by csm on 2026-11-21</footer>\n</body>\n</html>\n')


def test_a_page_of_nothing() -> None:
    page = shown(QUIET)
    for sentence in ("no survey has an expectation and a perception", "no complaints", "no lessons"):
        assert f'<p class="faint">{sentence}</p>' in page
    assert page.count("<svg") == 6


def test_ascii_streams_get_the_same_page() -> None:
    page = shown(REPORT, STYLE._replace(ascii_only=True))
    assert page.isascii()
    assert "2026-10: 100 % (n 2)" in page


def colours(sheet: str) -> list[dict[str, str]]:
    """Return the named colours of the sheet: the light ones first, then the dark."""
    found = re.findall(r":root\{(?:color-scheme:light dark;)?(--[^}]+)\}", sheet)
    return [dict(pair.removeprefix("--").split(":") for pair in one.split(";")) for one in found]


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
def test_texts_and_marks_stand_out_from_their_ground(look: int) -> None:
    named = colours(SHEET)[look]
    for ground in ("ground", "panel"):
        for text, least in (("ink", 4.5), ("faint", 4.5), ("bar", 3), ("short", 3), ("sum", 3)):
            light, dark = sorted((luminance(named[ground]), luminance(named[text])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= least, (ground, text)
