"""Services rendered from a file, with their checklists.

A service without a key is known by its customer, day and kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import ClassVar

from csm.domain.errors import UsageFault
from csm.domain.service.record import SERVICE
from csm.domain.service.rules import read_items, usual
from csm.i18n.terms import term
from csm.services.callback import visiting
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import WHOSE, Difference, Row, Task
from csm.services.files.importing.values import REMEMBERED, Convert, RowFault
from csm.services.service.writing import ITEMS, checklist
from csm.services.values import read_flag
from csm.storage.service import rows as services

Checks = dict[str, int]


class Services(RowImporter):
    """Takes rows of services."""

    table = "service"
    prefix = "sv"
    fields = SERVICE
    looked_up = ("id", "customer_id", "customer", "sale_id", "checks")
    computed = frozenset({"not_met"})
    required = (WHOSE, ("kind",), ("done_on",))
    needed = ("kind", "done_on")
    keys = ("external_id", "id")
    identity = ("customer_id", "done_on")
    likeness = ("customer_id", "done_on", "kind")
    belongs_to = ("sale_id",)
    authors = ("created_by", "by")
    # The items of a checklist depend on the kind.
    readers: ClassVar[Mapping[str, Convert | None]] = {"checks": None}
    past = ("done_on", "message_done_on")

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._visited: set[int] = set()
        self._checks = self.waiting.batch("service_check", ("service_id", "item", "met"))
        self._items = lru_cache(REMEMBERED)(partial(checklist, task.work.policy))

    def stored_columns(self) -> list[str]:
        """Return the columns of a service, that of its sale first."""
        return ["sale_id", *super().stored_columns()[:-1]]

    def check(self, row: Row) -> None:
        """Raise RowFault for a message dealt with that there isn't, or before the service."""
        if "message_done_on" in row:
            if "message" not in row:
                raise RowFault("message", UsageFault("empty-value", field="message"))
            if row["message_done_on"] < row["done_on"]:
                end, start = row["message_done_on"], row["done_on"]
                raise RowFault("message_done_on", UsageFault("end-before-start", end=end, start=start))
        if "checks" in row:
            row["checks"] = self._read_checks(row["kind"], row["checks"])

    def _read_checks(self, kind: str, text: str) -> Checks:
        """Return the items of a cell with 1 or 0: `item=yes;item=no`, or records of a json export."""
        try:
            if text.startswith("["):
                return {
                    self._item(kind, str(one["item"]).strip()): read_flag(str(one["met"])) for one in json.loads(text)
                }
            found = {}
            for word in read_items(text):
                item, sign, met = word.replace("＝", "=").rpartition("=")
                if not sign or not item.strip():
                    raise UsageFault("unreadable-pair", field="checks", value=word)
                found[self._item(kind, item.strip())] = read_flag(met.strip())
            return found
        except UsageFault as fault:
            raise RowFault("checks", fault) from fault
        except (ValueError, KeyError, TypeError) as fault:
            raise RowFault("checks", UsageFault("unreadable-pair", field="checks", value=text)) from fault

    def _item(self, kind: str, text: str) -> str:
        """Return the item of the kind's checklist that a Chinese label means; any other text is an item as it is.

        A record keeps the items it was ticked with, though the checklist has changed since.
        """
        items = self._items(kind)
        return text if text.isascii() or text in items else term(ITEMS, tuple(items), text) or text

    def new(self, row: Row) -> Row:
        """Return a service with what is usual for its kind."""
        made = {**usual(row["kind"]), "paid_cents": 0, "cost_cents": 0, "term": "short", "regular": 0}
        return {**made, **super().new(row)}

    def insert_dependents(self, record_id: int, made: Row) -> None:
        """Queue what was ticked, and note whose frequency of visits is counted anew."""
        if made["kind"] == "visit":
            self._visited.add(made["customer_id"])
        self._checks.rows += [(None, record_id, item, met) for item, met in made.get("checks", {}).items()]

    def finish(self) -> None:
        """Write what still waits; the visit planned goes with those noted (source: handbook 3)."""
        super().finish()
        if not self.faithful:
            for customer_id in sorted(self._visited):
                visiting.follow_card(self.connection, self.task.work, customer_id)

    def differences(self, stored: Row, row: Row, *, sure: bool) -> Iterator[Difference]:
        """Yield what differs between a row and a service; a checklist is compared as a whole."""
        yield from super().differences(stored, row, sure=sure)
        if "checks" in row and row["checks"] != (before := dict(services.checks(self.connection, stored["id"]))):
            text = ";".join(f"{item}={'yes' if met else 'no'}" for item, met in before.items())
            yield Difference("checks", text, partial(self._tick_anew, stored["id"], row["checks"]))

    def _tick_anew(self, service_id: int, checks: Checks) -> None:
        services.untick(self.connection, service_id)
        services.tick(self.connection, service_id, checks)
