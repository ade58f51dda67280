"""Surveys: what customers expect and how they find it, one respondent's scores each."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.domain.customer.record import CUSTOMER
from csm.domain.kinds import named
from csm.domain.survey.record import SURVEY, SURVEYS
from csm.domain.survey.scores import CODES, SIDES

ITEMS: Final = frozenset(f"{code}_{side}" for code in CODES for side in SIDES)
TOLD: Final = (
    *("taken_on", "respondent", "scale", "csat", "nps", "value", "satisfaction", "switching", "intention"),
    *("weights", "subject", "comment", "external_id"),
)
SETTERS: Final = tuple(named(SURVEY, name) for name in TOLD)
# Found by an option of its own, too long to filter by, or told item by item.
NO_FILTERS: Final = frozenset({"id", "customer", "customer_id", "complaint_id", "weights", "gap", *ITEMS})
FILTERS: Final = (
    *(field for field in SURVEY if field.name not in NO_FILTERS),
    *(named(CUSTOMER, name)._replace(listed=False, shown=0, given=False) for name in ("region", "grade")),
)
# Elsewhere a satisfaction ends at 5, here at 7; a quantity has no end.
FILTERED: Final = SURVEYS._replace(fields=FILTERS).changed("satisfaction", kind="quantity")

VERBS: Final = {
    "add": Verb("write", setters=SETTERS),
    "list": Verb("list", filters=FILTERS),
    "show": Verb(),
    "edit": Verb("write", setters=SETTERS),
    "remove": Verb("write"),
    "template": Verb("record", private=False),
}
