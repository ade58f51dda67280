"""Every section of the handbook is kept somewhere and held by a test, and nothing names a section that there isn't."""

from __future__ import annotations

import pytest

from csm.handbook import sections
from tests.handbook.map import MAP, NOWHERE, PROJECT, PROSE, Citation, citations, kept, numbers, page, speaking


def test_the_page_is_what_the_docstrings_say() -> None:
    assert MAP.read_text(encoding="utf-8") == page(), "run: python -m tests.handbook.map"


@pytest.mark.parametrize("number", [section.number for section in speaking() if section.number not in PROSE])
def test_a_section_is_kept_by_a_module_and_held_by_a_test(number: str) -> None:
    at = kept().get(number, NOWHERE)
    assert at.rules or at.applied, f"no docstring in csm says 'source: handbook {number}'"
    assert at.tests, f"no docstring in tests says 'handbook {number}'"


def test_only_sections_that_nothing_names_are_excused() -> None:
    assert {number for number in PROSE if number in kept()} == set()
    assert set(PROSE) <= {section.number for section in speaking()}


def test_no_docstring_names_a_section_that_there_is_not() -> None:
    known = {section.number for section in sections()}
    found = [*citations(PROJECT / "csm"), *citations(PROJECT / "tests")]
    assert [cited for cited in found if cited.number not in known] == []
    assert Citation("6.5", "csm/domain/complaint/clocks.py") in found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("late (source: handbook 6.5)", ["6.5"]),
        ("made (source: handbook 5, 6.6); the contract, section 3", ["5", "6.6"]),
        ("figures (handbook 10.3 and 10.4)", ["10.3", "10.4"]),
        ("written from handbook 6.1 and 6.3 to 6.6.", ["6.1", "6.3", "6.4", "6.5", "6.6"]),
        ("wrapped (source:\n    handbook 6.4,\n    8)", ["6.4", "8"]),
        ("FCA Handbook, DISP 1.5; a handbook of 12 pages", []),
    ],
)
def test_sections_are_read_from_a_docstring(text: str, found: list[str]) -> None:
    assert numbers(text) == found
