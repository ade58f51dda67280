from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.render.folding import cells_wide, folded, pieces


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("short", 10, "short"),
        ("one two three", 7, "one two\nthree"),
        ("one two three", 8, "one two\nthree"),
        ("first\n\nthird line", 6, "first\n\nthird\nline"),
        ("问一下新装的炸炉", 8, "问一下新\n装的炸炉"),
        ("问一下新装的炸炉", 9, "问一下新\n装的炸炉"),
        ("last: 送货完整", 10, "last: 送货\n完整"),
        # the comma stays with the character before it, the bracket with the one behind it
        ("送货完整，没有", 8, "送货完\n整，没有"),
        ("没有（损坏）", 6, "没有\n（损\n坏）"),
        ("abcdefghij", 4, "abcd\nefgh\nij"),
        ("a  bcdefghij", 4, "a\nbcde\nfghi\nj"),
        ("中", 1, "中"),
    ],
)
def test_folded(text: str, width: int, expected: str) -> None:
    assert folded(text, width) == expected


@given(st.text(max_size=60))
def test_pieces_are_the_whole_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@given(st.text(max_size=60), st.integers(min_value=2, max_value=30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = folded(text, width).split("\n")
    assert max(map(cells_wide, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())
