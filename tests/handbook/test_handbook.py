"""The texts of the handbook as they are read and searched."""

from __future__ import annotations

import pytest

from csm.domain.settings import SETTINGS
from csm.handbook import FOLDER, Section, find, near, sections, sources

NUMBERS = [
    "1", "2", "3", "4", "5", "6", "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "7", "8", "9", "9.1", "9.2", "9.3",
    "9.4", "10", "10.1", "10.2", "10.3", "10.4", "11", "12", "13", "14",
]  # fmt: skip


def section(number: str) -> Section:
    return next(section for section in sections() if section.number == number)


def numbers(word: str) -> list[str]:
    return [section.number for section in find(word).sections]


def test_every_section_is_read_in_its_order() -> None:
    assert [section.number for section in sections()] == NUMBERS
    assert [section.number for section in sections() if not section.blocks] == ["6", "9", "10"]
    chapters = [path.name[:2] for path in sorted(FOLDER.glob("[0-9]*.md"))]
    assert chapters == [f"{number:02}" for number in range(1, 15)]


def test_a_section_is_read_whole() -> None:
    routes = section("6.4")
    assert (routes.heading, routes.source) == ("Routes (处理途径)", "[B]; days ours")
    assert (routes.settings, routes.keys) == (("complaint.satisfaction_after",), ["complaint.satisfaction_after"])
    assert [block[:30] for block in routes.blocks] == [
        "- Technical service: a technic",
        "- Can't be settled by the fron",
        "- After the case: a follow-up ",
    ]
    # What is wrapped in the file is one line, and a list has no blank lines in it.
    assert routes.text.count("\n") == 2
    assert "Its satisfaction callback is the one below, not a second one.\n- Can't be" in routes.text


def test_a_table_is_one_block_with_a_blank_line_around_it() -> None:
    clocks = section("6.5")
    assert clocks.blocks[0].split("\n")[2] == "| general | 8 h | 3 days | 7 days |"
    assert "| malicious | 2 h | 2 days | 7 days |\n\n- First response = the first contact" in clocks.text


def test_every_setting_changes_a_rule_and_every_family_has_a_setting() -> None:
    named = {key for section in sections() for key in section.keys}
    assert [setting.key for setting in SETTINGS if setting.key not in named] == []
    families = [(section, name) for section in sections() for name in section.settings]
    assert [name for section, name in families if not section._replace(settings=(name,)).keys] == []


def test_every_source_that_is_cited_is_listed() -> None:
    assert list(sources()) == ["A", "B", "C", "D", "E", "S"]
    assert {letter for section in sections() for letter in section.cited} == set(sources())
    assert section("6.3").cited == ["B", "C", "D"]
    assert section("5").cited == ["A", "C", "D", "E"]
    assert section("9.1").cited == []  # its grades A, B and C are no sources


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("6.5", ["6.5"]),
        ("6", ["6", "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7"]),
        ("1", ["1"]),
        (" clock ", ["6.5"]),
        ("CALLBACK", ["5"]),
        ("回访", ["4", "5"]),
        ("三包", ["8"]),
        ("authority.level_0", ["6.6"]),
        ("guarantee.", ["8"]),
        ("work.spans", ["6.5"]),
        ("拒绝", ["14"]),
        ("承諾", ["7"]),
        ("npS", ["10.2", "14"]),
        ("uarantee", []),
        ("6.9", []),
        (" ", []),
    ],
)
def test_a_word_finds_numbers_then_headings_and_settings_then_the_text(word: str, found: list[str]) -> None:
    assert numbers(word) == found


def test_what_is_found_in_the_text_is_the_part_that_holds_the_word() -> None:
    [labels] = find("拒绝").sections
    assert labels.text == (
        "| English | 中文 |\n| --- | --- |\n| reached, no-answer, postponed, refused | 已联系上、未联系上、改期、拒绝 |"
    )
    assert len(section("14").blocks[1].split("\n")) > 40


def test_other_sections_that_hold_a_word_of_a_heading_are_named() -> None:
    assert find("pledge").others == ["2"]
    assert find("6.5").others == []
    assert find("拒绝").others == []


def test_headings_spelt_nearly_alike_are_near() -> None:
    assert near("cloks") == ["6.5 Clocks (时限)"]
    assert near("garantees") == ["8 Guarantees and payment (三包与付款)"]
    assert near("xyz") == []
