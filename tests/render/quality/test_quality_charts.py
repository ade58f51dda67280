"""Charts as SVG: coordinates worked out by hand, and nothing stored gets out of its text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from csm.render.quality.charts import Month, Pair, Part, months, pairs, pareto


def test_a_pair_of_scores_whole() -> None:
    row = Pair("reliability", "-2.00, weight 32, n 8", 6.0, 4.0, ("6.00", "4.00"))
    # On a track from 44 to 356, 52 a point: 6 is 44 + 5 x 52 = 304, 4 is 44 + 3 x 52 = 200. The lower is written before.
    grid = "\n".join(
        f'<line class="grid" x1="{x}" y1="44" x2="{x}" y2="66"/>\n'
        f'<text class="faint" x="{x}" y="86" text-anchor="middle">{score}</text>'
        for score, x in enumerate((44, 96, 148, 200, 252, 304, 356), 1)
    )
    assert pairs([row], 7, "gaps") == (
        '<svg class="chart" role="img" viewBox="0 0 400 88" aria-label="gaps"><title>gaps</title>'
        "<desc>reliability: expected 6.00, perceived 4.00, -2.00, weight 32, n 8</desc>\n"
        '<circle class="expected" cx="8" cy="8" r="6"/>\n'
        '<text x="20" y="12">what they expect</text>\n'
        '<circle class="perceived" cx="208" cy="8" r="6"/>\n'
        '<text x="220" y="12">how they find it</text>\n'
        f"{grid}\n"
        '<text class="strong" x="0" y="38">reliability</text>\n'
        '<text x="400" y="38" text-anchor="end">-2.00, weight 32, n 8</text>\n'
        '<line class="short" x1="304" y1="55" x2="200" y2="55"/>\n'
        '<circle class="expected" cx="304" cy="55" r="6"/>\n'
        '<circle class="perceived" cx="200" cy="55" r="6"/>\n'
        '<text x="190" y="59" text-anchor="end">4.00</text>\n'
        '<text x="314" y="59">6.00</text>\n'
        "</svg>"
    )


def test_scores_on_a_scale_of_five_and_a_dimension_nobody_scored() -> None:
    svg = pairs([Pair("empathy", "+1.00", 2.0, 3.0, ("2.00", "3.00")), Pair("assurance", "not scored")], 5, "gaps")
    # 312 / 4 = 78 a point: 2 is 122, 3 is 200.
    assert '<line class="enough" x1="122" y1="55" x2="200" y2="55"/>' in svg
    assert '<text x="112" y="59" text-anchor="end">2.00</text>' in svg
    assert svg.count('<circle class="perceived"') == 2  # the key and one row
    assert "<desc>empathy: expected 2.00, perceived 3.00, +1.00; assurance: not scored</desc>" in svg


def bars(svg: str) -> list[tuple[str, ...]]:
    return re.findall(r'<rect class="([^"]+)" x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/>', svg)


def test_months_from_zero_up() -> None:
    row = [
        Month("2026-09", 0.5, "50 %", 8),
        Month("2026-10", None, "-", 0),
        Month("2026-11", 1.0, "100 %", 2, thin=True),
    ]
    svg = months(row, "kept", most=1.0)
    # From 104 up to 22: half of 82 is 41. A slot is 320 / 3 = 106.7, a bar 0.56 of it, 59.7, around its middle.
    assert bars(svg) == [("bar", "23.5", "63", "59.7", "41"), ("bar few", "236.8", "22", "59.7", "82")]
    assert '<text class="faint" x="160" y="99" text-anchor="middle">–</text>' in svg
    assert '<text x="53.3" y="58" text-anchor="middle">50 %</text>' in svg
    assert "<desc>2026-09: 50 % (n 8); 2026-10: - (n 0); 2026-11: 100 % (n 2)</desc>" in svg


def test_months_below_zero_hang_from_it() -> None:
    svg = months([Month("2026-10", -2.0, "-2.00", 8), Month("2026-11", -1.0, "-1.00", 8)], "gap")
    # Zero is at 22; what hangs ends at 88 at the lowest, to have room for its text.
    assert [(y, height) for _, _, y, _, height in bars(svg)] == [("22", "66"), ("22", "33")]
    assert '<text x="80" y="102" text-anchor="middle">-2.00</text>' in svg


def test_months_above_and_below_zero() -> None:
    svg = months([Month("2026-10", -1.0, "-1.00", 8), Month("2026-11", 2.0, "+2.00", 8)], "gap")
    # 66 for 3 points: zero is at 22 + 44 = 66.
    assert [(y, height) for _, _, y, _, height in bars(svg)] == [("66", "22"), ("22", "44")]
    assert '<line class="axis" x1="0" y1="66" x2="320" y2="66"/>' in svg


def test_months_of_nothing_at_all() -> None:
    svg = months([Month("2026-10", None, "-", 0), Month("2026-11", None, "-", 0)], "gap")
    assert bars(svg) == []
    assert '<line class="axis" x1="0" y1="104" x2="320" y2="104"/>' in svg


def test_pareto_bars_and_their_line() -> None:
    svg = pareto(
        [
            Part("late delivery", "3 (75 %)", "sum 75 %", 0.75, 0.75),
            Part("a price", "1 (25 %)", "sum 100 %", 0.25, 1.0),
        ],
        "by problem",
    )
    # The plot is 184 wide from 134 on: 75 % is 138, 25 % is 46; rows are 36 high from 22 on.
    assert bars(svg)[1:] == [("bar", "134", "31", "138", "18"), ("bar", "134", "67", "46", "18")]
    assert '<polyline class="sum" points="272,40 318,76"/>' in svg
    assert "<desc>late delivery: 3 (75 %), sum 75 %; a price: 1 (25 %), sum 100 %</desc>" in svg


def test_a_long_name_takes_two_lines_and_is_whole_in_the_description() -> None:
    name = "inadequate installation of the outdoor unit by others"
    svg = pareto([Part(name, "1 (100 %)", "sum 100 %", 1.0, 1.0)], "by problem")
    assert '<text x="0" y="37.5">inadequate</text>' in svg
    assert '<text x="0" y="50.5">installation of the…</text>' in svg
    assert f"<desc>{name}: 1" in svg


def test_what_is_stored_is_text_in_a_chart() -> None:
    hard = "<script>\"x\" & 'y'\x1b\u202e"
    for svg in (
        pairs([Pair(hard, hard, 1.0, 2.0, (hard, hard))], 7, hard),
        months([Month(hard, 1.0, hard, 1)], hard),
        pareto([Part(hard, hard, hard, 0.5, 0.5)], hard),
    ):
        assert "<script" not in svg and "\x1b" not in svg and "\u202e" not in svg
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert root[0].text == root.get("aria-label") == "<script>\"x\" & 'y'␛<U+202E>"
