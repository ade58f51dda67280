"""Both languages say everything: no message is missing, left over, or has other placeholders (handbook 2, 14)."""

from __future__ import annotations

import re
import string

import pytest

from csm import i18n
from csm.domain.terms import TERMS
from csm.i18n.terms import term
from tests.i18n.catalogue import MO, calls, compiled, messages, stored, wanted


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_catalogue_holds_what_the_code_says_and_nothing_else() -> None:
    result = {(message.context, message.id) for message in wanted() if message.id}
    held = {(message.context, message.id) for message in stored() if message.id}
    assert result - held == set(), "run: python -m tests.i18n.catalogue"
    assert held - result == set(), "run: python -m tests.i18n.catalogue"


def test_every_message_has_its_chinese_with_the_same_places() -> None:
    for message in stored():
        if not message.id:
            continue
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert all(strings), f"{message.id!r} has no Chinese"
        assert not message.fuzzy
        for translation in strings:
            assert places(translation) == places(sources[-1]), message.id
            assert translation.strip() == translation or sources[0].strip() != sources[0]


def test_the_compiled_catalogue_is_the_written_one() -> None:
    # By its messages: each version of Babel writes itself into the heading.
    assert messages(MO.read_bytes()) == messages(compiled(stored()))


def test_messages_are_found_wherever_they_are_called() -> None:
    source = """
a = say("plain")
b = f"<p>{as_html(say('deep'))}{say('in an f-string')}{say_n('{n} day', '{n} days', n)}</p>"
c = i18n.heading("by " "parts"), say(message), Field("phone", "phone number", "phone"), Field("made", name)
"""
    assert sorted(calls(source)) == [
        ("Field", ("phone number",)),
        ("heading", ("by parts",)),
        ("say", ("deep",)),
        ("say", ("in an f-string",)),
        ("say", ("plain",)),
        ("say_n", ("{n} day", "{n} days")),
    ]


def test_labels_of_one_list_are_told_apart() -> None:
    i18n.use("zh")
    for name, values in TERMS.items():
        assert len({i18n.label(name, value) for value in values}) == len(values), name


@pytest.mark.parametrize(
    ("terms", "typed", "value"),
    [
        ("channel", "上门拜访", "visit"),
        ("channel", "Visit", "visit"),
        ("channel", "in person", "in-person"),
        ("channel", "in_person", "in-person"),
        ("purpose", "满意度回访", "satisfaction"),
        ("relationship", "伙伴型", "partnership"),
        ("grade", "a", "A"),
        ("channel", "电报", None),
        ("channel", "telegraph", None),
    ],
)
def test_a_term_is_read_in_either_language(terms: str, typed: str, value: str | None) -> None:
    for language in i18n.LANGUAGES:
        i18n.use(language)
        assert term(terms, TERMS[terms], typed) == value


def test_chinese_is_really_said() -> None:
    i18n.use("zh")
    assert i18n.say("nothing changed") == "没有改动"
    assert i18n.say_n("planned {n} callback", "planned {n} callbacks", 3) == "已安排 3 个回访"
    assert i18n.heading("phone") == "电话"
    assert i18n.label("customer_status", "won-back") == "已赢返"
    assert not re.search("[A-Za-z]{4}", i18n.say("no customers"))
