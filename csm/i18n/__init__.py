"""The words of csm in English and Chinese.

English sentences are the message ids of a gettext catalogue (`locale/zh_CN/LC_MESSAGES/csm.po`, compiled to `.mo`
next to it), so that English needs no catalogue. Labels of terms live in the same catalogue under the name of their
closed list, table headings under "heading". Nothing here decides what is printed, and nothing prints.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping

LANGUAGES = ("en", "zh")

_language = "en"
# By closed list, what says the values that the team of a file has added to it, with their Chinese words.
_own: dict[str, Callable[[], Mapping[str, str]]] = {}
_catalogues: dict[str, gettext.NullTranslations] = {}


def use(language: str) -> None:
    """Say everything in `language`, "en" or "zh", from now on."""
    global _language  # noqa: PLW0603 -- one process speaks one language, as with gettext.install
    _language = language


def language() -> str:
    """Return the language in use."""
    return _language


def catalogue(language: str) -> gettext.NullTranslations:
    """Return the messages of "en", which has none of its own, or of "zh", read at the first use."""
    found = _catalogues.get(language)
    if found is None:
        if language == "en":
            found = gettext.NullTranslations()
        else:
            path = os.path.join(os.path.dirname(__file__), "locale", "zh_CN", "LC_MESSAGES", "csm.mo")
            with open(path, "rb") as file:
                found = gettext.GNUTranslations(file)
        _catalogues[language] = found
    return found


def say(message: str, /, **values: object) -> str:
    """Return `message` in the language in use, its {named} places filled from `values`."""
    if _language != "en":
        message = catalogue(_language).gettext(message)
    return message.format(**values) if values else message


def say_n(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the form of a message that fits the number `n`, which fills {n}."""
    return catalogue(_language).ngettext(one, many, n).format(n=n, **values)


def marked(message: str) -> str:
    """Return `message` as it is: a mark for the catalogue on a sentence that is printed later."""
    return message


def label(terms: str, value: str) -> str:
    """Return the word shown for `value` of the closed list `terms`; an unknown value is shown as it is."""
    return value if _language == "en" else in_chinese(terms, value)


def add_own(terms: str, words: Callable[[], Mapping[str, str]]) -> None:
    """Let `words` say, when they are needed, which values a team has added to a closed list: value and Chinese word."""
    _own[terms] = words


def own_words(terms: str) -> Mapping[str, str]:
    """Return the Chinese words of the values that a team has added to a closed list."""
    return _own[terms]() if terms in _own else {}


def in_chinese(terms: str, value: str) -> str:
    """Return the Chinese words for `value` of the closed list `terms`, whatever the language in use."""
    found = catalogue("zh").pgettext(terms, value)
    return own_words(terms).get(value, value) if found == value and terms in _own else found


def heading(text: str) -> str:
    """Return a column's or a section's heading in the language in use."""
    return text if _language == "en" else catalogue(_language).pgettext("heading", text)
