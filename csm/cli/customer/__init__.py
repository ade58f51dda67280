"""Customer cards: who they are, how we work with them, whom to call, what to do next."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.domain.customer.record import CONTACT, CUSTOMER

SETTERS: Final = tuple(field for field in CUSTOMER if field.given and field.name != "name")
CONTACT_SETTERS: Final = tuple(field for field in CONTACT if field.given and field.name not in ("name", "phone"))
FILTERS: Final = tuple(field for field in CUSTOMER if field.name not in ("id", "completeness"))
VERBS: Final = {
    "add": Verb("write", setters=SETTERS),
    "list": Verb("list", filters=FILTERS),
    "show": Verb(),
    "edit": Verb("write", setters=SETTERS),
    "note": Verb("write"),
    "contact": Verb("list", setters=CONTACT_SETTERS),
    "journey": Verb("list"),
    "lost": Verb("write"),
    "won-back": Verb("write"),
    "grade": Verb("list"),
    "rfm": Verb("list"),
    "risk": Verb("list"),
    "handover": Verb("write"),
    "archive": Verb("write"),
    "restore": Verb("write"),
}
