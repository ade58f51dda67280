"""A customer's journey, read from everything that is kept of them, in order and with its phases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from csm.domain.customer.journey import Touch, in_order, phase
from csm.storage.customer import journeys

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from csm.services.work import Work


def read(
    work: Work,
    customer_id: int,
    text_of: Callable[[journeys.Stored], str | None],
    *,
    first: date | None = None,
    last: date | None = None,
    touches: Collection[str] = (),
) -> list[Touch]:
    """Return the touch points of a customer oldest first, on the wall clock of the file.

    first, last: only from and to these days, both included. touches: only these terms of that list.
    text_of: says in words what a touch point was (source: handbook 9.4).
    """
    connection = work.database.connection
    sold_on = journeys.first_sale_on(connection, customer_id)
    first_sale = date.fromisoformat(sold_on) if sold_on is not None else None
    found = []
    for stored in journeys.touches(connection, customer_id):
        if touches and stored.touch not in touches:
            continue
        local = work.zone.local(stored.at) if stored.at is not None else None
        on = local.date() if local is not None else date.fromisoformat(stored.day or "")
        if (first is not None and on < first) or (last is not None and on > last):
            continue
        found.append(
            Touch(
                stored.touch,
                on,
                stored.ref or "",
                f"{local:%H:%M}" if local is not None else None,
                phase(stored.touch, on, first_sale, stored.phase or ""),
                stored.channel,
                stored.direction,
                stored.satisfaction,
                text_of(stored),
                stored.by,
            )
        )
    return in_order(found)
