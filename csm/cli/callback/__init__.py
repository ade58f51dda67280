"""Callbacks: planned, done, logged; by cadence or along a route."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.domain.callback.record import CALLBACK

FILTERS: Final = tuple(field for field in CALLBACK if field.name not in ("id", "customer", "note", "phone"))
PLANNED: Final = tuple(field for field in CALLBACK if field.name in ("channel", "purpose", "note", "every", "owner"))
EDITED: Final = tuple(
    field
    for field in CALLBACK
    if field.name
    in (
        *("direction", "channel", "purpose", "outcome", "note", "every", "owner", "from_done"),
        *("objection", "suggestion", "cost"),
    )
)
VERBS: Final = {
    "add": Verb("write", setters=PLANNED),
    "list": Verb("list", filters=tuple(field for field in FILTERS if field.name not in ("status", "owner"))),
    "edit": Verb("write", setters=EDITED),
    "reopen": Verb("write"),
    "done": Verb("write"),
    "log": Verb("write"),
    "move": Verb("write"),
    "skip": Verb("write"),
    "plan": Verb("list"),
}
