"""The fruitless tries of a callback in a row of our own export, with what was said on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

from csm.domain import errors
from csm.domain.callback import FRUITLESS
from csm.domain.money import read_cents
from csm.domain.records import CALLBACK, named
from csm.services.importing.past import objects
from csm.services.importing.rows import Difference, Task
from csm.services.importing.values import RowFault
from csm.services.values import read_term
from csm.storage import known, rows

FIELD: Final = "attempts"


class Try(NamedTuple):
    """A try as it is stored, without its callback."""

    at: str
    by: str | None
    outcome: str
    channel: str | None
    cost_cents: int | None
    note: str | None


class Tries:
    """Reads tries, and compares them with those of a stored callback."""

    def __init__(self, task: Task) -> None:
        self._connection = task.connection
        self._instant = task.reader.instant
        self._now = task.work.now_text

    def read(self, text: str) -> list[Try]:
        """Return the tries in a cell; raise RowFault."""
        return [self._one(one) for one in objects(FIELD, text)]

    def _one(self, one: Mapping[str, Any]) -> Try:
        for name in ("at", "outcome"):
            if one.get(name) is None:
                raise RowFault(FIELD, errors.EmptyValue(field=f"{FIELD}.{name}"))
        try:
            at = self._instant(str(one["at"]))
            if at > self._now:
                raise errors.DateInFuture(value=str(one["at"]))
            if one["outcome"] not in FRUITLESS:
                raise errors.UnknownValue(field="outcome", value=str(one["outcome"]), choices=sorted(FRUITLESS))
            channel = read_term(named(CALLBACK, "channel"), str(one["channel"])) if one.get("channel") else None
            cost = read_cents(str(one["cost"])) if one.get("cost") is not None else None
        except errors.UsageFault as fault:
            raise RowFault(FIELD, fault) from fault
        by, note = (str(one[name]) if one.get(name) else None for name in ("by", "note"))
        return Try(at, by, str(one["outcome"]), channel, cost, note)

    def differences(self, callback_id: int, told: list[Try]) -> Iterator[Difference]:
        """Give the tries that a stored callback doesn't have."""
        here = known.tries(self._connection, callback_id)
        marks = {(one["at"], one["outcome"], one["note"]) for one in here}
        for one in told:
            if (one.at, one.outcome, one.note) not in marks:
                add = partial(
                    rows.insert, self._connection, "callback_try", one._asdict() | {"callback_id": callback_id}
                )
                yield Difference(FIELD, str(len(here)), add)
