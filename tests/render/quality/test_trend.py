"""The last months as people see them on a narrow screen, and where only ASCII can be written."""

from __future__ import annotations

import io
from datetime import date

from csm.domain.quality.figures import Measured, last_months, main_figures, of
from csm.domain.time.instant import Zone
from csm.render.listing import Style
from csm.render.quality.trend import Series, footer_of, sparkline, write_trend

NPS = next(figure for figure in of("nps") if figure.name == "value")
WEIGHTED = next(figure for figure in of("servqual") if figure.name == "weighted")


def test_twelve_months_at_eighty_columns_stand_in_parts_below_each_other() -> None:
    rows = [Series(NPS, [Measured(10.0 * place - 10, 4 + place) for place in range(12)], [None] * 12)]
    days = last_months(date(2027, 2, 10), 12)
    stream = io.StringIO()
    write_trend(days, rows, footer_of(rows, 5, brackets=False), 5, Style(zone=Zone("UTC"), width=80), stream)
    assert [line.rstrip() for line in stream.getvalue().splitlines()] == [
        "2026-03 to 2027-02, month by month; the last up to 2027-02-10",
        "",
        "                          2026-03  2026-04  2026-05  2026-06  2026-07  2026-08",
        "─" * 78,
        "would recommend us (NPS)      -10        0      +10      +20      +30      +40",
        "  ▁▁▂▃▃▄▅▆▆▇██         n       4*        5        6        7        8        9",
        "",
        "                          2026-09  2026-10  2026-11  2026-12  2027-01  2027-02",
        "─" * 78,
        "would recommend us (NPS)      +50      +60      +70      +80      +90     +100",
        "  ▁▁▂▃▃▄▅▆▆▇██         n       10       11       12       13       14       15",
        "",
        "n: of how many it is made",
        "* thin: made of fewer than 5, so it may be chance",
    ]


def test_where_only_ascii_can_be_written() -> None:
    rows = [Series(NPS, [Measured(0, 9), Measured(None, 0), Measured(50, 9)], [None] * 3)]
    stream = io.StringIO()
    write_trend(last_months(date(2027, 2, 10), 3), rows, [], 5, Style(zone=Zone("UTC"), ascii_only=True), stream)
    assert "\n  _ #                  n        9        0        9\n" in stream.getvalue()


def test_scores_are_drawn_with_those_of_the_latest_scale_only() -> None:
    measured = [Measured(-1, 3), Measured(-2, 3), Measured(None, 0), Measured(-1.5, 3), Measured(None, 0)]
    assert sparkline(Series(WEIGHTED, measured, [5, 7, None, 7, None]), ascii_only=False) == " ▁ █ "
    assert sparkline(Series(NPS, measured, [5, 7, None, 7, None]), ascii_only=False) == "▅▄ ▅ "


def test_figures_of_the_trend_leave_the_dimensions_to_their_table() -> None:
    assert [figure.name for figure in main_figures(("servqual", "gaps"))] == [
        *("weighted", "gap_1", "gap_2", "gap_3", "gap_4", "gap_5")
    ]
