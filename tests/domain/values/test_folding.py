"""The form in which texts are compared, by hand from the command-line contract, section 1."""

from __future__ import annotations

import pytest

from csm.domain.values.folding import alike, folded, forms, holds


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  Golden   DRAGON ", "golden dragon"),
        ("Ｇｏｌｄ店", "gold店"),
        ("Straße", "strasse"),
        ("Zürich", "zurich"),
        ("Zu\u0308rich", "zurich"),
        ("Łódź", "lodz"),
        ("Đặng", "dang"),
        ("龍門飯店", "龙门饭店"),
        ("护士长", "护士长"),
        ("護士長", "护士长"),
        ("乾隆", "干隆"),
        ("O\u200bK", "ok"),
        ("がんばる", "がんばる"),
        ("한국", "한국"),
    ],
)
def test_case_width_accents_composition_and_script_are_folded(typed: str, key: str) -> None:
    assert folded(typed) == key


def test_an_umlaut_may_be_written_in_two_ways() -> None:
    for typed in ("Müller", "mueller", "MULLER", "Mu\u0308ller"):
        assert alike("Müller", typed), typed
    assert alike("Mueller", "Müller")
    assert alike("Mueller-Jäger", "muller-jaeger") is False, "nobody wrote that one without dots"
    assert not alike("Baur", "bauer")
    assert not alike("Muller", "mueller")


def test_a_name_is_looked_for_in_every_form_it_may_be_stored_in() -> None:
    assert forms("mueller") == ["mueller", "muller"]
    assert forms("Müller") == ["muller", "mueller"]
    assert forms("smith") == ["smith"]
    assert forms("金龙") == ["金龙"]


@pytest.mark.parametrize(
    ("stored", "typed", "expected"),
    [
        ("Café Zürich", "zurich", True),
        ("Bäckerei Müller", "mueller", True),
        ("Bäckerei Müller", "muller", True),
        ("金龍飯店", "龙饭", True),
        ("Baur AG", "bauer", False),
    ],
)
def test_a_part_is_folded_too(stored: str, typed: str, expected: bool) -> None:
    assert holds(stored, typed) is expected
