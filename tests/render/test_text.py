from __future__ import annotations

import pytest

from csm.render.text import visible


@pytest.mark.parametrize(
    ("text", "one_line", "lines"),
    [
        ("", "", ""),
        ("王记 plain, “text”", "王记 plain, “text”", "王记 plain, “text”"),
        ("a\nb", "a ⏎ b", "a\nb"),
        ("a\r\nb", "a ⏎ b", "a\nb"),
        ("a\rb", "a␍b", "a␍b"),
        ("a\tb\x00\x07", "a␉b␀␇", "a␉b␀␇"),
        ("\x1b[31m", "␛[31m", "␛[31m"),
        ("\x7f", "␡", "␡"),
        ("\x9b31m\x85", "<U+009B>31m<U+0085>", "<U+009B>31m<U+0085>"),
        ("\u202eabc\u2066\u061c", "<U+202E>abc<U+2066><U+061C>", "<U+202E>abc<U+2066><U+061C>"),
        ("a\u200bb\ufeff", "a<U+200B>b<U+FEFF>", "a<U+200B>b<U+FEFF>"),
        ("a\u2028b\u2029", "a<U+2028>b<U+2029>", "a<U+2028>b<U+2029>"),
        ("\ud800", "<U+D800>", "<U+D800>"),
        ("\U000e0041", "<U+E0041>", "<U+E0041>"),
        # not printable to Python, but neither invisible nor harmful
        ("全\u3000角\xa0 \ue000 \U0001fae9", "全\u3000角\xa0 \ue000 \U0001fae9", "全\u3000角\xa0 \ue000 \U0001fae9"),
    ],
)
def test_shows_what_cannot_be_seen(text: str, one_line: str, lines: str) -> None:
    assert visible(text) == one_line
    assert visible(text, lines=True) == lines


def test_lets_no_control_or_direction_through() -> None:
    everything = "".join(map(chr, range(0x110000)))
    shown = visible(everything)
    bad = [*range(0x20), *range(0x7F, 0xA0), 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
           *range(0x2066, 0x206A), *range(0xD800, 0xE000), 0xFEFF]  # fmt: skip
    assert [code for code in bad if chr(code) in shown] == []
