"""The fruitless tries of a callback, with what was said on each, from the cell of our own export (handbook 5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from csm.domain.callback.rules import FRUITLESS
from csm.domain.errors import UsageFault
from csm.domain.terms import TERMS
from csm.services.files.importing.complaint_events import objects
from csm.services.files.importing.rows import text_of
from csm.services.files.importing.values import Reader, RowFault

FIELD: Final = "tries_made"
# The columns of a try as they are stored, without its callback.
TRY: Final = ("at", "by", "outcome", "channel", "cost_cents", "note")

Try = tuple[Any, ...]


def read_tries(reader: Reader, text: str) -> list[Try]:
    """Return the tries in a cell as stored; raise RowFault for what can't be one."""
    return [_read_try(reader, one) for one in objects(FIELD, text)]


def _read_try(reader: Reader, one: dict[str, Any]) -> Try:
    for name in ("at", "outcome"):
        if not one.get(name):
            raise RowFault(FIELD, UsageFault("empty-value", field=f"{FIELD}.{name}"))
    outcome, channel, cost = one["outcome"], one.get("channel"), one.get("cost_cents")
    _check_choice("outcome", outcome, sorted(FRUITLESS))
    if channel is not None:
        _check_choice("channel", channel, TERMS["channel"])
    if cost is not None and (not isinstance(cost, int) or not 0 <= cost < 10**15):
        raise RowFault(FIELD, UsageFault("unreadable-number", value=str(cost), low=0, high=10**15))
    try:
        at = reader.instant(str(one["at"]))
    except UsageFault as fault:
        raise RowFault(FIELD, fault) from fault
    return at, text_of(one.get("by")), outcome, channel, cost, text_of(one.get("note"))


def _check_choice(name: str, value: object, choices: Sequence[str]) -> None:
    if value not in choices:
        raise RowFault(
            FIELD, UsageFault("unknown-value", field=f"{FIELD}.{name}", value=str(value), choices=list(choices))
        )
