"""The words of csm in English and Chinese.

English sentences are the message ids of a gettext catalogue (`locale/zh_CN/LC_MESSAGES/csm.po`, compiled to `.mo`
beside it), so that English needs no catalogue. Labels of terms live in the same catalogue under the name of their
closed list, table headings under "heading". Nothing here decides what is said, and nothing prints.
"""

from __future__ import annotations

import gettext
import os

LANGUAGES = ("en", "zh")

# What makes a word its opposite.
_OPPOSITES = ("un", "dis", "non", "not-", "不", "未", "非", "无", "没")

_language = "en"
_catalogues: dict[str, gettext.NullTranslations] = {}


def use(language: str) -> None:
    """Say everything in `language`, "en" or "zh", from now on."""
    global _language  # noqa: PLW0603 -- one process speaks one language, as with gettext.install
    _language = language


def language() -> str:
    """Return the language in use."""
    return _language


def catalogue(language: str) -> gettext.NullTranslations:
    """Return the messages of "en", which has none of its own, or of "zh", read once."""
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
    """Return `message` as it is: a mark for the catalogue on a sentence that is said later."""
    return message


def label(terms: str, value: str) -> str:
    """Return the word shown for `value` of the closed list `terms`; an unknown value is shown as it is."""
    return value if _language == "en" else catalogue(_language).pgettext(terms, value)


def heading(text: str) -> str:
    """Return a column's or a section's heading in the language in use."""
    return text if _language == "en" else catalogue(_language).pgettext("heading", text)


def term(terms: str, values: tuple[str, ...], typed: str) -> str | None:
    """Return the value of a closed list that was typed whole in either language, folded, else None."""
    wanted = _compared(typed)
    return next((value for value in values if wanted in _words(terms, value, typed)), None)


def terms_meant(terms: str, values: tuple[str, ...], typed: str) -> list[str]:
    """Return the values of a closed list that what was typed may mean: the one it is, else those it is a part of.

    The whole word comes first, then the beginning of one, then any part. One value is meant, several are in doubt.
    """
    found = term(terms, values, typed)
    wanted = _compared(typed)
    if found is not None or not wanted or wanted.isdecimal():
        return [found] if found is not None else []
    words = {value: _words(terms, value, typed) for value in values}
    beginning = [value for value in values if any(word.startswith(wanted) for word in words[value])]
    return beginning or [value for value in values if any(_is_part(wanted, word) for word in words[value])]


def _is_part(wanted: str, word: str) -> bool:
    """Tell whether a text is a part of a word that doesn't say the opposite of it, as `unresolved` of `resolved`."""
    before, found, _ = word.partition(wanted)
    return bool(found) and not before.endswith(_OPPOSITES)


def _compared(text: str) -> str:
    from csm.domain.folding import folded

    return folded(text).replace("_", "-").replace(" ", "-")


def _words(terms: str, value: str, typed: str) -> list[str]:
    """Return the words for a value as compared: its own, and where Chinese was typed the Chinese ones."""
    if typed.isascii():
        return [_compared(value)]
    # Several words of one label stand side by side.
    labels = catalogue("zh").pgettext(terms, value).replace("/", "、").split("、")
    return [_compared(value), *(_compared(word) for word in labels)]
