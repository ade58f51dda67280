"""Sales: what was bought, delivered, paid, and is under guarantee."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.domain.sale.record import SALE

_OWN: Final = ("product", "quantity", "amount", "sold_on", "install")
SETTERS: Final = tuple(field for field in SALE if field.given and field.name not in _OWN)
# An option of `paid_on` would be that of `paid` too.
FILTERS: Final = tuple(field for field in SALE if field.name not in ("id", "customer", "status", "paid_on"))
VERBS: Final = {
    "add": Verb("write", setters=SETTERS),
    "list": Verb("list", filters=FILTERS),
    "show": Verb(),
    "edit": Verb("write", setters=SETTERS),
    "delivered": Verb("write"),
    "signed": Verb("write"),
    "pay": Verb("write"),
    "deposit": Verb("write"),
    "set-off": Verb("write"),
    "cancel": Verb("write"),
    "unpaid": Verb("list"),
    "account": Verb("list"),
    "guarantee": Verb(),
    "stats": Verb("list"),
    "plan": Verb("write"),
}
