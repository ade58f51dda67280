"""The house: what isn't about one record."""

from typing import Final

from csm.cli.grammar import Verb

WORDS: Final = True

VERBS: Final = {"demo": Verb("record")}
