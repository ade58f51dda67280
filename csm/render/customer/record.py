"""The customer card as a record: what json, csv, md and html get; the page for people is
`csm.render.customer.card`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.record import COMPLAINT
from csm.domain.customer.card import Card
from csm.domain.customer.record import BRANCH, CONTACT, CUSTOMER, NOTE, TOGETHER
from csm.domain.kinds import Field
from csm.domain.promise.record import PROMISE
from csm.domain.sale.record import INSTALMENT, PLAN, SALE
from csm.domain.service.record import SERVICE
from csm.render.listing import Nested, nested
from csm.render.phrases import for_people, surveys

# What a card's own nested records need not repeat for people: the customer they belong to.
_OF_CUSTOMER: Final = frozenset({"customer_id", "customer"})
_PINNED: Final = Field("pinned", "pinned")
# Of who has left people read the name, what they were, since when, and where they are now.
_LEFT: Final = (
    *(
        field._replace(shown=int(field.name in ("id", "name", "role", "left_on")))
        for field in CONTACT
        if not field.personal
    ),
    Field("moved_to_customer", "now with", shown=2),
)
LOSS: Final = (
    Field("id", "id", "integer"),
    Field("lost_on", "lost", "date", shown=1),
    Field("kind", "kind", "choice", "loss_kind", shown=1),
    Field("cause", "cause", "choice", "loss_cause", shown=1),
    Field("text", "text", shown=1),
    Field("by", "by", shown=2),
    Field("won_back_on", "won back", "date", shown=1),
    Field("won_back_text", "how it ended", shown=2),
    Field("won_back_by", "won back by", shown=2),
)


TRY: Final = (
    Field("callback_id", "callback", "integer", shown=1),
    Field("at", "at", "instant", shown=1),
    Field("by", "by", shown=2),
    Field("outcome", "outcome", "choice", "outcome", shown=1),
    Field("channel", "channel", "choice", "channel", shown=2),
    Field("note", "note", shown=1),
)


# What a customer has with us: of a sale, or a deposit.
CREDIT: Final = (
    Field("kind", "kind", "choice", "credit", shown=1),
    Field("sale_id", "sale", "integer", shown=1),
    Field("amount", "amount", "money", shown=1),
)


def card_record(card: Card, *, people: bool = False) -> tuple[tuple[Field, ...], dict[str, Any]]:
    """Return the card for `write_record`: every field of a customer, then its records by kind.

    Kinds that have no records yet are empty lists, so that a script may count on the key. people: it is for md or html,
    where pinned notes come before everything.
    """
    promises: tuple[Sequence[Field], Sequence[Mapping[str, Any]]] = (PROMISE, card.promises)
    pinned = "\n".join(row["text"] for row in card.notes if row["pinned"]) if people else ""
    return (_PINNED, *CUSTOMER) if pinned else CUSTOMER, {
        **({_PINNED.name: pinned} if pinned else {}),
        **card.customer,
        "contacts": _nested(
            CONTACT, card.contacts, shown=("role", "sign_off", "remarks", *[f.name for f in CONTACT if f.personal])
        ),
        "sales": _nested(SALE, card.sales),
        "callbacks": _nested(CALLBACK, [*card.planned, *card.past], shown=("done_on", "outcome", "satisfaction")),
        "complaints": _nested(COMPLAINT, card.complaints, shown=("closed_at", "satisfaction")),
        "promises": _nested(*(for_people(*promises) if people else promises), shown=("ended_text",)),
        "surveys": surveys(card.surveys, _OF_CUSTOMER),
        "fields": dict(card.fields),
        "notes": _nested(NOTE, card.notes),
        "services": _nested(SERVICE, _services(card), shown=("message_answer",)),
        "losses": _nested(LOSS, card.losses),
        "rhythm": _rhythm(card),
        "tries": _nested(TRY, card.tries),
        "left": _nested(_LEFT, card.left),
        "branches": _nested(BRANCH, card.branches),
        "with_branches": _nested(TOGETHER, _together(card)),
        "plans": _nested(PLAN, [card.plan] if card.plan is not None else []),
        "instalments": _nested(INSTALMENT, card.instalments),
        "credits": _nested(CREDIT, _credits(card)),
    }


def _together(card: Card) -> list[Mapping[str, Any]]:
    """Return the one record of what the card and all branches below it come to; none unless that was asked for."""
    found = card.together
    if found is None:
        return []
    names = ("customers", "balance", "overdue", "open_complaints")
    return [{**{name: getattr(found, name) for name in names}, "credit_limit": card.customer["credit_limit"]}]


def _credits(card: Card) -> list[Mapping[str, Any]]:
    """Return what the customer has with us, the oldest first."""
    credits = card.owed.credits if card.owed is not None else ()
    return [dict(zip(("kind", "sale_id", "amount"), one, strict=True)) for one in credits]


def _services(card: Card) -> list[Mapping[str, Any]]:
    """Return the services on a card, without repetition: those with a message that waits come first."""
    waiting = {row["id"] for row in card.messages}
    return [*card.messages, *[row for row in card.services if row["id"] not in waiting]]


def _rhythm(card: Card) -> dict[str, Any] | None:
    """Return how often they buy, None where they never bought; `interval_days` is None for one purchase."""
    if card.rhythm is None:
        return None
    interval = card.rhythm.interval
    days = int(interval) if interval is not None and interval == int(interval) else interval
    return {"interval_days": days, "last_on": card.rhythm.last.isoformat(), "days_ago": card.rhythm.days_ago}


def _nested(fields: Sequence[Field], records: Sequence[Mapping[str, Any]], shown: Sequence[str] = ()) -> Nested:
    """Return records under a card; people see `shown` too, where it isn't empty, and not the customer again."""
    seen = [field._replace(shown=2) if field.name in shown and not field.shown else field for field in fields]
    return nested(seen, records, _OF_CUSTOMER)
