"""The three daily words: today, due, done."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb

WORDS: Final = True
VERBS: Final = {
    "today": Verb(),
    "due": Verb("list"),
    "done": Verb("write"),
}
