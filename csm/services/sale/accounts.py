"""The account of a customer as it is read: on one moment, from one state of the file (handbook 8)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from csm.domain.errors import UsageFault
from csm.domain.sale.statement import Account, account
from csm.services import references
from csm.storage.customer import branches
from csm.storage.customer import rows as customers
from csm.storage.sale import accounts

if TYPE_CHECKING:
    from csm.services.work import Work


def read(work: Work, ref: str, first: date | None, last: date | None, *, with_branches: bool = False) -> Account:
    """Return the account of the customer `ref` from a day up to another, both included; without them, all of it.

    with_branches: with that of all branches below the customer (source: handbook 3). Raises what finding a customer
    raises, end-before-start.
    """
    if first is not None and last is not None and last < first:
        raise UsageFault("end-before-start", start=first.isoformat(), end=last.isoformat())
    connection = work.database.connection
    customer_id = references.customer(connection, ref).id
    ids = branches.below(connection, customer_id) if with_branches else [customer_id]
    found = account(
        customers.card(connection, customer_id),
        accounts.bills_of(connection, ids),
        accounts.payments_of(connection, ids),
        (None if first is None else first.isoformat(), None if last is None else last.isoformat()),
        work.today,
    )
    if not with_branches:
        return found
    return found._replace(branches=dict(zip(ids, branches.names(connection, ids), strict=True)))
