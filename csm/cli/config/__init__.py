"""Settings of the file, and its holidays."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb

VERBS: Final = {
    "list": Verb("list", private=False),
    "get": Verb(private=False),
    "set": Verb("write", private=False),
    "unset": Verb("write", private=False),
    "preset": Verb("write", private=False),
    "holidays": Verb("list", reads="file", private=False),
}
