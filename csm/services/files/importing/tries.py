"""The fruitless tries of a callback, with what was said on each, from the cell of our own export (handbook 5)."""

from __future__ import annotations

from typing import Any, Final

from csm.domain.callback.rules import FRUITLESS
from csm.domain.errors import UsageFault
from csm.domain.terms import TERMS
from csm.services.files.importing.past import objects
from csm.services.files.importing.values import Reader, RowFault

FIELD: Final = "tries_made"
# The columns of a try as they are stored, without its callback.
TRY: Final = ("at", "by", "outcome", "channel", "cost_cents", "note")

Try = tuple[Any, ...]


class Tries:
    """Reads the tries of a row."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, text: str | None) -> list[Try]:
        """Return the tries in a cell as stored, none for an empty one; raise RowFault for what can't be one."""
        return [self._try(one) for one in objects(FIELD, text)] if text else []

    def _try(self, one: dict[str, Any]) -> Try:
        for name in ("at", "outcome"):
            if not one.get(name):
                raise RowFault(FIELD, UsageFault("empty-value", field=f"{FIELD}.{name}"))
        channel, cost = one.get("channel"), one.get("cost_cents")
        for name, value, choices in (
            ("outcome", one["outcome"], sorted(FRUITLESS)),
            ("channel", channel, [*TERMS["channel"], None]),
        ):
            if value not in choices:
                known = [choice for choice in choices if choice is not None]
                raise RowFault(
                    FIELD, UsageFault("unknown-value", field=f"{FIELD}.{name}", value=str(value), choices=known)
                )
        if cost is not None and (not isinstance(cost, int) or not 0 <= cost < 10**15):
            raise RowFault(FIELD, UsageFault("unreadable-number", value=str(cost), low=0, high=10**15))
        try:
            at = self._reader.instant(str(one["at"]))
        except UsageFault as fault:
            raise RowFault(FIELD, fault) from fault
        return at, _text(one.get("by")), one["outcome"], channel, cost, _text(one.get("note"))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
