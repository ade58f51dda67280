"""Promises: ours and theirs, with their due times."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.domain.promise.record import PROMISE

FILTERS: Final = tuple(field for field in PROMISE if field.name not in ("id", "customer", "status", "phone"))
VERBS: Final = {
    "add": Verb("write"),
    "list": Verb("list", filters=FILTERS),
    "keep": Verb("write"),
    "break": Verb("write"),
    "release": Verb("write"),
    "move": Verb("write"),
}
