"""What a user means to do with services rendered: note one, change it, deal with its message (handbook 13).

Each function is one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from csm.domain.errors import Refused, UsageFault
from csm.domain.service import rules as service
from csm.domain.service.rules import find_items, not_ticked, read_items
from csm.domain.terms import TERMS
from csm.domain.value import Value
from csm.i18n import label
from csm.i18n.terms import term
from csm.services import short_references
from csm.services.callback import visiting
from csm.storage import rows
from csm.storage.house import settings
from csm.storage.service import rows as services

if TYPE_CHECKING:
    from csm.domain.settings import Policy
    from csm.services.work import Work
    from csm.storage.customer.rows import Candidate

ITEMS: Final = "check_item"

Row = Mapping[str, Any]


class Ticked(Value):
    """A service and its checklist now: the items not met, those not ticked, and how many items the list has.

    changed: whether anything was written.
    """

    id: int
    not_met: Sequence[str]
    not_ticked: Sequence[str]
    items: int
    changed: bool = True


def add(work: Work, customer: Candidate, values: Mapping[str, object], typed: Mapping[str, int]) -> Ticked:
    """Note a service for a customer, `values` are stored columns with the kind; `typed` are items with 1 or 0.

    What isn't told is as usual for the kind.

    Raises date-in-future, sale-of-another, no-checklist, unknown-item, doubtful-item.
    """
    kind = str(values["kind"])
    usual = {**service.usual(kind), "done_on": work.today.isoformat(), "by": work.user}
    made = {**usual, **values, "customer_id": customer.id, "created_at": work.now_text, "created_by": work.user}
    items = checklist(work.policy, kind)
    ticked = _meant(kind, items, typed)
    _check_day(work, made)
    with work.database.writing(work.command) as connection:
        _check_sale(connection, made)
        made["by"] = settings.staff_name(connection, str(made["by"]))
        service_id = rows.insert(connection, "service", made)
        services.tick(connection, service_id, _in_order(items, ticked))
        _count_visits(connection, work, made)
        return _told(connection, service_id, items)


def edit(work: Work, ref: str, values: Mapping[str, object], typed: Mapping[str, int]) -> Ticked:
    """Change a service; an item that is ticked again is replaced. A message with another text waits anew.

    Raises no-such-record and what `add` raises.
    """
    with work.database.writing(work.command) as connection:
        row: Row = short_references.record(connection, "service", ref)
        kind = str(values.get("kind", row["kind"]))
        changes = {**service.of_other_kind(row["kind"], kind, row), **values}
        if "message" in changes and changes["message"] != row["message"]:
            changes |= dict.fromkeys(("message_done_on", "message_done_by", "message_answer"))
        if changes.get("by") is not None:
            changes["by"] = settings.staff_name(connection, str(changes["by"]))
        _check_day(work, changes)
        _check_sale(connection, {**row, **changes})
        listed = checklist(work.policy, kind)
        # What was ticked by an older checklist can still be mended.
        known = [item for item, _ in services.checks(connection, row["id"])]
        items = [*listed, *not_ticked(known, listed)]
        ticked = _meant(kind, items, typed)
        changed = bool(changes) and rows.update(connection, "service", row["id"], changes)
        changed = services.tick(connection, row["id"], _in_order(items, ticked)) or changed
        if "visit" in (row["kind"], kind):
            _count_visits(connection, work, {**row, "kind": "visit"})
        return _told(connection, row["id"], listed)._replace(changed=changed)


def _count_visits(connection: sqlite3.Connection, work: Work, service: Mapping[str, Any]) -> None:
    """Count the frequency of visits anew where the service was one (source: handbook 3)."""
    if service["kind"] == "visit":
        visiting.follow_card(connection, work, int(service["customer_id"]))


def deal_with_message(work: Work, ref: str, answer: str | None, day: date | None) -> int:
    """Note that the message of a service was dealt with, today unless told; return its id.

    Raises no-such-record, no-message, message-done, date-in-future, end-before-start.
    """
    on = day or work.today
    if on > work.today:
        raise UsageFault("date-in-future", value=on.isoformat())
    with work.database.writing(work.command) as connection:
        row: Row = short_references.record(connection, "service", ref)
        told = f"sv{row['id']}"
        if row["message"] is None:
            raise Refused("no-message", ref=told)
        if row["message_done_on"] is not None:
            raise Refused("message-done", ref=told, day=row["message_done_on"], name=row["message_done_by"] or "?")
        if on.isoformat() < row["done_on"]:
            raise UsageFault("end-before-start", end=on.isoformat(), start=row["done_on"])
        done = {"message_done_on": on.isoformat(), "message_done_by": work.user, "message_answer": answer}
        rows.update(connection, "service", row["id"], done)
        return int(row["id"])


# --- checklists ---------------------------------------------------------------------------------------------------


def checklist(policy: Policy, kind: str) -> list[str]:
    """Return the items of the checklist that the settings give a kind of service, none for one without."""
    return read_items(policy.text(f"checklist.{kind}"))


def _meant(kind: str, items: Sequence[str], typed: Mapping[str, int]) -> dict[str, int]:
    """Return what was typed by the items that are meant, by code, label or a part of them."""
    if typed and not items:
        raise UsageFault("no-checklist", service_kind=kind, kind_code=kind)
    ticked = {}
    for word, met in typed.items():
        # A label in the other language is understood too, whatever language is spoken.
        item = None if word.isascii() else term(ITEMS, tuple(items), word)
        found = [item] if item is not None else find_items(items, word, _label)
        if not found:
            raise UsageFault("unknown-item", value=word, service_kind=kind, items=list(items))
        if len(found) > 1:
            raise UsageFault("doubtful-item", value=word, items=found)
        ticked[found[0]] = met
    return ticked


def _label(item: str) -> str:
    return label(ITEMS, item) if item in TERMS[ITEMS] else item


def _in_order(items: Sequence[str], ticked: Mapping[str, int]) -> dict[str, int]:
    return {item: ticked[item] for item in items if item in ticked}


def _told(connection: sqlite3.Connection, service_id: int, items: Sequence[str]) -> Ticked:
    stored = services.checks(connection, service_id)
    unmet = [item for item, met in stored if not met]
    return Ticked(service_id, unmet, not_ticked(items, [item for item, _ in stored]), len(items))


# --- what can't be ------------------------------------------------------------------------------------------------


def _check_day(work: Work, values: Row) -> None:
    if str(values.get("done_on") or "") > work.today.isoformat():
        raise UsageFault("date-in-future", value=values["done_on"])


def _check_sale(connection: sqlite3.Connection, values: Row) -> None:
    """Raise sale-of-another for a sale to another customer."""
    sale_id = values.get("sale_id")
    sale = rows.fetch(connection, "sale", sale_id) if sale_id is not None else None
    if sale is not None and sale["customer_id"] != values["customer_id"]:
        card = rows.known(connection, "customer", values["customer_id"])
        raise UsageFault("sale-of-another", ref=f"sa{sale_id}", customer=card["name"])
