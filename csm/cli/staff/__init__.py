"""Our own people and their level of authority."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.domain.house.record import STAFF

SETTERS: Final = tuple(field for field in STAFF if field.given and field.name != "name")
VERBS: Final = {
    "add": Verb("write", setters=SETTERS),
    "list": Verb("list", filters=tuple(field for field in STAFF if field.name not in ("id", "phone"))),
    "edit": Verb("write", setters=SETTERS),
    "retire": Verb("write"),
}
