"""From a word typed in either language to the value of a closed list that it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from csm.domain.terms import TERMS
from csm.domain.values.folding import folded
from csm.i18n import in_chinese, own_words

# What makes a word its opposite.
_OPPOSITES = ("un", "dis", "non", "not-", "不", "未", "非", "无", "没")


def values_of(terms: str) -> tuple[str, ...]:
    """Return the values of a closed list, with those that the team of the file has added to it."""
    return (*TERMS[terms], *own_words(terms))


def term(terms: str, values: tuple[str, ...], typed: str) -> str | None:
    """Return the value of a closed list that was typed whole in either language, folded, else None."""
    wanted = _compared(typed)
    return next((value for value in values if wanted in _words(terms, value, typed)), None)


def terms_meant(terms: str, values: tuple[str, ...], typed: str) -> list[str]:
    """Return the values of a closed list that what was typed may mean: the one it is, else those it is a part of.

    The whole word comes first, then the beginning of one, then any part. One value is meant, several are in doubt.
    """
    found = term(terms, values, typed)
    if found is not None:
        return [found]
    wanted = _compared(typed)
    if not wanted or wanted.isdecimal():
        return []
    words = {value: _words(terms, value, typed) for value in values}
    return _having(words, lambda word: word.startswith(wanted)) or _having(words, lambda word: _is_part(wanted, word))


def _having(words: Mapping[str, Sequence[str]], fits: Callable[[str], bool]) -> list[str]:
    """Return the values with a word that fits."""
    return [value for value in words if any(map(fits, words[value]))]


def _is_part(wanted: str, word: str) -> bool:
    """Return whether a text is a part of a word that doesn't say the opposite of it, as `unresolved` of `resolved`."""
    before, found, _ = word.partition(wanted)
    return bool(found) and not before.endswith(_OPPOSITES)


def _compared(text: str) -> str:
    return folded(text).replace("_", "-").replace(" ", "-")


def _words(terms: str, value: str, typed: str) -> list[str]:
    """Return the words for a value as compared: its own, and where Chinese was typed the Chinese ones."""
    if typed.isascii():
        return [_compared(value)]
    # Several words of one label stand side by side.
    labels = in_chinese(terms, value).replace("/", "、").split("、")
    return [_compared(value), *(_compared(word) for word in labels)]
