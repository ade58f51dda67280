"""Services rendered from a file, with their checklists.

A row is the service with its external id, else the one with its id where customer and day agree, else one of the same
customer, day and kind: an equal one, else the next of them. Each stored service is one row of the file at most.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, Final

from csm.domain.errors import UsageFault
from csm.domain.service.checklist import read_items
from csm.domain.service.rules import usual
from csm.domain.trade_records import SERVICE
from csm.i18n.terms import term
from csm.services.files.importing import links
from csm.services.files.importing.rows import Difference, KeptIds, Task, Verdict, Waiting, settle, shown
from csm.services.files.importing.values import REMEMBERED, Cells, Convert, RowFault
from csm.services.service.writing import ITEMS, checklist
from csm.services.values import column, read_flag
from csm.storage import rows
from csm.storage.files import known
from csm.storage.service import rows as services

COMPUTED: Final = frozenset({"not_met"})
LOOKED_UP: Final = ("id", "customer_id", "customer", "sale_id", "checks", *COMPUTED)
STORED: Final = tuple(field for field in SERVICE if field.name not in LOOKED_UP)
COLUMNS: Final = ("customer_id", "sale_id", *(column(field) for field in STORED))
# What csm wrote itself; on a known service it isn't compared.
STAMPS: Final = ("created_at", "created_by")
COMPARED: Final = tuple(name for name in COLUMNS if name not in (*STAMPS, "customer_id"))
ANY_ID: Final = 2**62
_FIELDS: Final = {column(field): field for field in SERVICE}

Told = dict[str, Any]
Checks = dict[str, int]


class Services:
    """Takes rows of services."""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self._task = task
        reader = task.reader
        converters: dict[str, Convert | None] = {field.name: reader.converter(field) for field in STORED}
        converters |= {"id": reader.whole, "sale_id": links.reference(task, "sale_id"), "checks": None}
        converters |= links.converters(task)
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._names = [*(column(field) for field in STORED), *list(converters)[len(STORED) :]]
        self._links = links.Customers(task)
        self._waiting = Waiting(task.connection)
        self._batch = self._waiting.batch("service", COLUMNS)
        self._check_batch = self._waiting.batch("service_check", ("service_id", "item", "met"))
        self._faithful = known.is_empty(task.connection, "service") and "id" in task.plan.fields()
        self._ids = KeptIds(self._batch, empty=self._faithful, place=task.place, prefix="sv")
        self._last_known = known.last_id(task.connection, "service")
        self._met: set[int] = set()
        self._externals: dict[str, int] = {}
        self._items = lru_cache(REMEMBERED)(partial(checklist, task.work.policy))

    def take(self, row: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault."""
        values = self._cells.read(row)
        told: Told = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
        customer = self._links.of(told)
        for field in ("kind", "done_on"):
            if field not in told:
                raise RowFault(field, UsageFault("empty-value", field=field))
        links.resolve(self._task, "sale_id", told, customer)
        self._check(told)
        checks = self._checks(told["kind"], told.pop("checks")) if "checks" in told else None
        stored = self._stored(customer, told, checks)
        if stored is None:
            self._insert(customer, told, checks or {})
            return "inserted"
        self._met.add(stored["id"])
        differences = list(self._differences(stored, told, checks))
        if differences:
            self._waiting.flush()
        return settle(differences, f"sv{stored['id']}", update=self._task.update, place=self._task.place)

    def finish(self) -> None:
        """Write what still waits."""
        self._waiting.flush()

    # --- what a row tells ---------------------------------------------------------------------------------------

    def _check(self, told: Told) -> None:
        """Raise RowFault for days to come, and for a message dealt with that there isn't, or before the service."""
        today = self._task.work.today.isoformat()
        for field in ("done_on", "message_done_on"):
            if told.get(field, "") > today:
                raise RowFault(field, UsageFault("date-in-future", value=told[field]))
        if "message_done_on" not in told:
            return
        if "message" not in told:
            raise RowFault("message", UsageFault("empty-value", field="message"))
        if told["message_done_on"] < told["done_on"]:
            end, start = told["message_done_on"], told["done_on"]
            raise RowFault("message_done_on", UsageFault("end-before-start", end=end, start=start))

    def _checks(self, kind: str, text: str) -> Checks:
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
                    raise UsageFault("unreadable-pair", option="checks", value=word)
                found[self._item(kind, item.strip())] = read_flag(met.strip())
            return found
        except UsageFault as fault:
            raise RowFault("checks", fault) from fault
        except (ValueError, KeyError, TypeError) as fault:
            raise RowFault("checks", UsageFault("unreadable-pair", option="checks", value=text)) from fault

    def _item(self, kind: str, text: str) -> str:
        """Return the item of the kind's checklist that a Chinese label means; any other text is an item as it is.

        A record keeps the items it was ticked with, though the checklist has changed since.
        """
        items = self._items(kind)
        return text if text.isascii() or text in items else term(ITEMS, tuple(items), text) or text

    # --- which service ------------------------------------------------------------------------------------------

    def _stored(self, customer_id: int, told: Told, checks: Checks | None) -> Told | None:
        connection = self._task.connection
        made = self._externals.get(told.get("external_id", "")) or self._ids.known(told.get("id"))
        if made is not None:
            self._waiting.flush()
            return rows.fetch(connection, "service", made)
        if not self._last_known:
            return None
        if "external_id" in told:
            keyed = services.by_external_id(connection, told["external_id"])
            if keyed is not None:
                return keyed
        if told.get("id", ANY_ID) <= self._last_known:
            found = rows.fetch(connection, "service", told["id"])
            if found is not None and (found["customer_id"], found["done_on"]) == (customer_id, told["done_on"]):
                return found
        alike = services.services_on(connection, customer_id, told["done_on"], told["kind"], up_to=self._last_known)
        left = [
            one for one in alike if one["id"] not in self._met and not ("external_id" in told and one["external_id"])
        ]
        return next((one for one in left if not any(self._differences(one, told, checks))), left[0] if left else None)

    # --- what becomes of the row --------------------------------------------------------------------------------

    def _insert(self, customer_id: int, told: Told, checks: Checks) -> None:
        work = self._task.work
        made: Told = {**usual(told["kind"]), "paid_cents": 0, "cost_cents": 0, "term": "short", "regular": 0}
        made["created_at"] = work.now_text
        if not self._faithful:
            made |= {"created_by": work.user, "by": work.user}
        made |= {**told, "customer_id": customer_id}
        service_id = self._ids.new(told.get("id"))
        self._met.add(service_id)
        if "external_id" in told:
            self._externals[told["external_id"]] = service_id
        self._check_batch.rows += [(None, service_id, item, met) for item, met in checks.items()]
        self._waiting.add(self._batch, [service_id, *(made.get(name) for name in COLUMNS)])

    def _differences(self, stored: Told, told: Told, checks: Checks | None) -> Iterator[Difference]:
        connection = self._task.connection
        for name in COMPARED:
            new = told.get(name)
            if new is not None and new != stored[name]:
                field = _FIELDS[name]
                change = partial(rows.update, connection, "service", stored["id"], {name: new})
                yield Difference(field.name, shown(field, stored[name]), change)
        if checks is not None and checks != (before := dict(services.checks(connection, stored["id"]))):
            text = ";".join(f"{item}={'yes' if met else 'no'}" for item, met in before.items())
            yield Difference("checks", text, partial(self._tick_anew, stored["id"], checks))

    def _tick_anew(self, service_id: int, checks: Checks) -> None:
        services.untick(self._task.connection, service_id)
        services.tick(self._task.connection, service_id, checks)
