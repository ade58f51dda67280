"""In which language a text is made that stands among the data: the user's for people, plain English for programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from csm.cli.grammar import Given
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.value import Value
from csm.i18n import label, say, say_n


class Tongue(Value):
    """How a sentence is said, and which word is shown for a value of a closed list."""

    say: Callable[..., str]
    say_n: Callable[..., str]
    label: Callable[[str, str], str]

    def joined(self, parts: list[str]) -> str:
        """Return sentences as one."""
        return reduce(lambda first, second: self.say("{first}; {second}", first=first, second=second), parts)


def tongue_of(given: Given) -> Tongue:
    """Return the tongue of the format asked for (source: the command-line contract)."""
    return Tongue(say, say_n, label) if given.form in READ_BY_PEOPLE else Tongue(_english, _english_n, _as_it_is)


def _english(message: str, /, **values: object) -> str:
    return message.format(**values) if values else message


def _english_n(one: str, many: str, n: int, /, **values: object) -> str:
    return (one if n == 1 else many).format(n=n, **values)


def _as_it_is(terms: str, value: str) -> str:
    return value
