"""Bars and sparklines of block signs."""

from __future__ import annotations

import pytest

from csm.render.bars import bar, spark


@pytest.mark.parametrize(
    ("share", "drawn", "in_ascii"),
    [
        (0, "", ""),
        (0.001, "▏", "#"),  # not quite nothing is seen
        (0.25, "██", "##"),
        (0.3, "██▍", "##"),  # 2.4 cells: two and 3.2 eighths
        (0.5, "████", "####"),
        (0.99, "███████▉", "########"),  # 63.36 eighths
        (1, "████████", "########"),
        (1.7, "████████", "########"),
        (-0.2, "", ""),
    ],
)
def test_a_bar_of_eight_cells(share: float, drawn: str, in_ascii: str) -> None:
    assert bar(share, 8) == drawn
    assert bar(share, 8, ascii_only=True) == in_ascii


def test_a_sparkline_goes_from_the_lowest_to_the_highest() -> None:
    assert spark([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█"
    assert spark([-0.8, -0.4]) == "▁█"
    assert spark([3, 1, 2], ascii_only=True) == "#_="  # 2 is half way: level 4 of 0 to 7


def test_what_there_is_not_is_a_gap_and_never_the_lowest() -> None:
    assert spark([None, 1, None, 9]) == " ▁ █"
    assert spark([None, None]) == "  "
    assert spark([]) == ""


def test_the_same_values_stand_half_way_up() -> None:
    assert spark([0.8, 0.8]) == "▅▅"
    assert spark([0, 0], ascii_only=True) == "=="


def test_a_small_change_looks_small() -> None:
    # 0.80 and 0.82 lie in the middle of a span of 0.16: at 0.07 and 0.09 of it, levels 3.5 and 4.5.
    assert spark([0.80, 0.82], least=0.16) == "▄▅"
    assert spark([0.0, 1.0], least=0.16) == "▁█"
