"""Phones: what can be one, and when two are the same line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.values.phone import check_phone, digits
from tests.refusals import or_refused_as, refused_as


@pytest.mark.parametrize(
    "text",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "138.0013.8000", "+8613800138000", "+86 138 0013 8000",
        "(+86) 138-0013-8000", "0086 138 0013 8000", "0086-13800138000", "8613800138000", "１３８００１３８０００",
        "＋８６（１３８）００１３－８０００", "138—0013—8000", " 138\u00a00013\u20118000\t",
        "\u202d138 0013 8000\u202c",
    ],
)  # fmt: skip
def test_notations_of_one_mobile_number_compare_equal(text: str) -> None:
    assert digits(text) == "13800138000"
    assert check_phone(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("0755-83221234", "075583221234"), ("(0755) 8322 1234", "075583221234"), ("+86 755 8322 1234", "075583221234"),
        ("+86 (0)755 8322 1234", "075583221234"), ("0086 10 8888 8888", "01088888888"), ("010-88888888", "01088888888"),
        ("+86 400-800-1234", "4008001234"), ("400-800-1234", "4008001234"), ("110", "110"), ("95588", "95588"),
        ("+1 (415) 555-2671", "14155552671"), ("00852 2345 6789", "85223456789"), ("+852 2345 6789", "85223456789"),
        ("0755-83221234 ext. 801", "075583221234#801"), ("0755-83221234 Ext801", "075583221234#801"),
        ("0755-83221234转801", "075583221234#801"), ("0755-83221234 x801", "075583221234#801"),
        ("075583221234#801", "075583221234#801"), ("0755-83221234（分机801）", "075583221234#801"),
        ("0755-83221234 分机：801", "075583221234#801"), ("+86 755 83221234 extension 801", "075583221234#801"),
        ("", ""),
    ],
)  # fmt: skip
def test_compared_form(text: str, compared: str) -> None:
    assert digits(text) == compared


def test_two_extensions_are_two_lines() -> None:
    assert digits("0755-83221234转801") != digits("0755-83221234转802")


@pytest.mark.parametrize(
    "text",
    [
        "", "12", "1-2", "1" * 21, "+" + "1" * 21, "abc", "138001380OO", "tel 13800138000", "13800138000/13900139000",
        "13800138000,13900139000", "+", "138+00", "0755转", "x801", "0755#1#2", "13800138000.0", "١٢٣٤", "²³⁴", "王",
        "1" * 15 + "x123456",
    ],
)  # fmt: skip
def test_other_texts_are_refused(text: str) -> None:
    with refused_as("unreadable-phone") as refusal:
        check_phone(text)
    assert refusal.value.values == {"value": text}


@pytest.mark.parametrize(
    "text", ["1.38E+10", "1.38e+10", "1.38001E10", "8.61E+12", "1E+10", " 1.38E+10 ", "１．３８Ｅ＋１０"]
)
def test_rounded_number_is_lost(text: str) -> None:
    with refused_as("rounded-phone") as refusal:
        check_phone(text)
    assert refusal.value.values == {"value": text}


@given(number=st.from_regex("1[3-9][0-9]{9}", fullmatch=True), data=st.data())
def test_marks_between_digits_and_the_country_code_make_no_difference(number: str, data: st.DataObject) -> None:
    mark = st.sampled_from(["", "", " ", "-", "(", ")", "（", "－", "\u202d"])
    marks = data.draw(st.lists(mark, min_size=11, max_size=11))
    prefix = data.draw(st.sampled_from(["", "+86", "0086", "＋８６ ", "86"]))
    typed = prefix + "".join(map("".join, zip(marks, number, strict=True)))
    assert digits(typed) == number
    assert check_phone(typed) == typed.strip()


@given(text=st.text(max_size=30))
def test_any_text_is_kept_or_refused(text: str) -> None:
    digits(text)
    with or_refused_as("unreadable-phone", "rounded-phone"):
        assert check_phone(text) == text.strip()
