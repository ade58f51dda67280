"""Pledges: what the house promises everybody."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.domain.promise.record import PLEDGE

SETTERS: Final = tuple(field for field in PLEDGE if field.given)
FILTERS: Final = tuple(field for field in PLEDGE if field.name != "id")
VERBS: Final = {
    "add": Verb("write", setters=SETTERS),
    "list": Verb("list", filters=FILTERS),
    "retire": Verb("write"),
}
