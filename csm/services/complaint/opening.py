"""Opening a case: on paper before the call ends, for a known customer or one made on the spot (handbook 6.1, 6.3)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from csm.domain.complaint import authority, clocks
from csm.domain.errors import NotFound, Refused
from csm.domain.time.working_hours import epoch
from csm.domain.value import Value
from csm.services.complaint import callers as calling
from csm.services.complaint.recording import File
from csm.services.complaint.steps import OpenCase, Settlement, open_others, settle_in
from csm.services.customer import writing as customers
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.complaint import rows as complaints
from csm.storage.customer import rows as cards
from csm.storage.customer.rows import Candidate
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.services.work import Work


class Draft(Value):
    """What is told of a case: stored columns of `complaint`, and what its clocks and ladder need.

    received: local time, None for now. live: the customer was answered at once. triggers: what sends it to level 1.
    """

    values: dict[str, Any]
    level: str = "complaint"
    severity: str = "general"
    received: datetime | None = None
    live: bool = False
    triggers: Sequence[str] = ()
    settled: Settlement | None = None


class Opened(Value):
    """A new case: its file and customer, what sent it up at once, and what was settled and planned.

    customer_made: the card was made for it. callback: id and day of the satisfaction callback. phone_of: id and name of
    other customers who have the number that was called from. others: the customer's other open cases.
    """

    file: File
    customer: Candidate
    triggers: Sequence[str]
    customer_made: bool
    callback: tuple[int, str] | None
    archived: bool
    do_not_contact: bool
    phone_of: Sequence[tuple[int, str]] = ()
    others: Sequence[OpenCase] = ()

    @property
    def id(self) -> int:
        """Return the id of the case."""
        return self.file.id


def open_case(
    work: Work,
    customer: Candidate | None,
    draft: Draft,
    *,
    caller: customers.Draft | None = None,
    force: bool = False,
) -> Opened:
    """Open a case for a customer, or for an unknown caller whose card is made in the same transaction.

    Raises opened-malicious, duplicate-customer for a caller who is known, and what settling raises.
    """
    with work.database.writing(work.command, make=caller is not None) as connection:
        if caller is not None:
            added = customers.add_in(connection, work, caller, force=force)
            customer = Candidate(added.id, str(caller.values["name"]), "", False)
        assert customer is not None
        return open_in(connection, work, customer, draft)._replace(customer_made=caller is not None)


def open_in(connection: sqlite3.Connection, work: Work, customer: Candidate, draft: Draft) -> Opened:
    """Open a case within a transaction; see `open_case`."""
    if draft.severity == "malicious":
        raise Refused("opened-malicious")
    card = cards.card(connection, customer.id)
    received = work.zone.to_utc_text(draft.received) if draft.received is not None else work.now_text
    usual = {"channel": "phone", "found_by": "customer", "sale_id": _sale_of(connection, customer, draft)}
    called = calling.settled(connection, customer.id, draft.values)
    complaint_id = rows.insert(
        connection,
        "complaint",
        {
            **usual,
            **called,
            "customer_id": customer.id,
            "received_at": received,
            "created_at": work.now_text,
        },
    )
    if draft.values.get("callback_id") is not None:
        _link(connection, customer, draft.values["callback_id"], complaint_id)
    file = File(work, connection, complaint_id)
    own = settings.staff_level(connection, work.user)
    owner = Roster(work, connection).usual(card["owner"])
    told = {
        "level": draft.level,
        "severity": draft.severity,
        "live": draft.live or None,
        "owner": owner,
        "targets": clocks.targets(work.policy),
    }
    file.add("record", str(draft.values["summary"]), told, at=epoch(received), level=0)
    claim = draft.values.get("claim_cents")
    reasons = authority.at_once(draft.triggers, claim if isinstance(claim, int) else None, own, work.policy)
    if reasons:
        file.add("escalate", None, {"how": "trigger", "triggers": reasons}, level=authority.LEADER)
    file.catch_up()
    callback = settle_in(file, draft.settled, opening=True) if draft.settled is not None else None
    file.store()
    complaints.see_repeats(connection, [customer.id])
    archived = card["archived_on"] is not None
    unwanted = bool(card["do_not_contact"])
    others = calling.others_with(connection, customer.id, called.get("caller_phone"))
    return Opened(file, customer, reasons, False, callback, archived, unwanted, others, open_others(file))


def _sale_of(connection: sqlite3.Connection, customer: Candidate, draft: Draft) -> object:
    """Return the sale that the callback on which a problem was heard is about, None where it is about none."""
    if draft.values.get("callback_id") is None:
        return None
    row = callbacks.fetch(connection, draft.values["callback_id"])
    return row["sale_id"] if row is not None and row["customer_id"] == customer.id else None


def _link(connection: sqlite3.Connection, customer: Candidate, callback_id: int, complaint_id: int) -> None:
    """Let a callback on which a problem was heard lead to its case; an open one would be taken for its own.

    Raises no-such-record where it is another customer's.
    """
    row = callbacks.fetch(connection, callback_id)
    if row is None or row["customer_id"] != customer.id:
        raise NotFound("no-such-record", kind="callback", ref=f"cb{callback_id}")
    if row["complaint_id"] is None and row["status"] == "done":
        rows.update(connection, "callback", callback_id, {"complaint_id": complaint_id})
