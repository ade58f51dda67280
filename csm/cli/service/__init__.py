"""Services rendered: what was done for customers, at what cost, with its checklist and message."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.domain.kinds import named
from csm.domain.service.record import SERVICE

TOLD: Final = ("phase", "place", "paid", "cost", "minutes", "term", "by", "message", "note", "external_id")
SETTERS: Final = tuple(named(SERVICE, name) for name in TOLD)
EDITED: Final = tuple(named(SERVICE, name) for name in ("kind", *TOLD, "technical", "regular"))
# Found by an option of its own, or too long to filter by.
NO_FILTERS: Final = frozenset({"id", "customer", "customer_id", "sale_id", "checks", "not_met"})
FILTERS: Final = tuple(field for field in SERVICE if field.name not in NO_FILTERS)
VERBS: Final = {
    "add": Verb("write", setters=SETTERS),
    "list": Verb("list", filters=FILTERS),
    "show": Verb(),
    "edit": Verb("write", setters=EDITED),
    "message": Verb("write"),
    "checks": Verb("list"),
}
