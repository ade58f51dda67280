"""The spellings by which a Chinese name is found: usual readings, and the rare ones behind a bar."""

from __future__ import annotations

import pytest

from csm.services.customer.pinyin import keys


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Golden Dragon", None),
        ("Zürich AG", None),
        ("陈静", "chenjing cj"),
        ("解文静", "jiewenjing xiewenjing jwj xwj"),
        ("灯火", "denghuo dh | dinghuo"),
        ("A单", "adan ad | achan ashan ac as"),
    ],
)
def test_every_reading_of_a_surname_is_usual_and_elsewhere_only_that_of_the_word(
    name: str, expected: str | None
) -> None:
    assert keys(name) == expected


def test_a_traditional_name_has_the_readings_of_its_simplified_words() -> None:
    assert str(keys("長沙銀行")).split(" | ")[0].split()[:2] == ["changshayinhang", "csyh"]
