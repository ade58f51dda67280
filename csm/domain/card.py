"""Rules of the customer card: what to do next, how complete it is, when two are the same customer (handbook 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from csm.domain.value import Value

# What a card should hold before it serves its purpose (ours); one of the fields in a group is enough. The view
# `customer_list` computes the same share.
ESSENTIALS: Final = (
    ("name",),
    ("phone",),
    ("email", "address"),
    ("industry",),
    ("region",),
    ("size",),
    ("source",),
    ("owner",),
    ("grade",),
    ("relationship",),
    ("best_time", "channel"),
    ("contacts",),
)


def missing(card: Mapping[str, object]) -> list[str]:
    """Return the first name of each group of essentials that `card` lacks (source: handbook 3)."""
    return [group[0] for group in ESSENTIALS if not any(card.get(name) for name in group)]


def completeness(card: Mapping[str, object]) -> int:
    """Return the share of essentials that `card` has, in whole per cent rounded down."""
    return 100 * (len(ESSENTIALS) - len(missing(card))) // len(ESSENTIALS)


def name_key(name: str) -> str:
    """Return the form in which names are compared: width and case folded, white space as one space."""
    if name.isascii():
        return " ".join(name.lower().split())
    import unicodedata

    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


Likeness = Literal["same", "namesake", "none"]


class Identity(Value):
    """What tells customers apart: code, compared phone digits, compared name."""

    code: str | None
    digits: str | None
    name_key: str


def likeness(new: Identity, known: Identity) -> Likeness:
    """Tell whether a new card is the same customer as a known one, only of the same name, or neither.

    The same: equal code, equal phone, or equal name where one of the two has no phone. A namesake: equal name with
    another phone; accepted with a word of warning (source: handbook 3).
    """
    if new.code and known.code and new.code.casefold() == known.code.casefold():
        return "same"
    if new.digits and new.digits == known.digits:
        return "same"
    if new.name_key == known.name_key:
        return "namesake" if new.digits and known.digits else "same"
    return "none"


class Card(Value):
    """A customer card.

    customer: exact values of the fields in `csm.domain.records.CUSTOMER` by name, tags joined by `;`.
    contacts, planned, past, notes: exact values by name of CONTACT, CALLBACK and NOTE; planned are open callbacks, the
    next first; past are done ones, the latest first; notes the latest first, pinned ones before.
    lacking: names of essentials that the card lacks. deputy: who stands in for the owner today.
    cadence_days: how often cadence calls, None where it doesn't.
    """

    customer: dict[str, Any]
    fields: dict[str, str]
    contacts: list[dict[str, Any]]
    planned: list[dict[str, Any]]
    past: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    lacking: list[str]
    deputy: str | None
    cadence_days: int | None


class Step(Value):
    """Something to do next about a customer: `what` names it, `day` is its day, `ref` its short reference."""

    what: str
    day: date | None = None
    ref: str = ""
    text: str = ""


def next_steps(card: Card, today: date) -> list[Step]:
    """Return what to do next about a customer, the most pressing first.

    `what` is one of: archived, do-not-contact, call-late, call-today, call-next, remind-late, remind-today, plan,
    complete.
    """
    if card.customer["archived_on"]:
        return [Step("archived", date.fromisoformat(card.customer["archived_on"]))]
    steps = [Step("do-not-contact")] if card.customer["do_not_contact"] else []
    for row in card.planned:
        day = date.fromisoformat(row["due_on"])
        if day <= today or not any(step.what.startswith("call") for step in steps):
            steps.append(Step(_when("call", day, today), day, f"cb{row['id']}", row["note"] or ""))
    for row in card.notes:
        if row["remind_on"] and not row["settled_on"] and date.fromisoformat(row["remind_on"]) <= today:
            day = date.fromisoformat(row["remind_on"])
            steps.append(Step(_when("remind", day, today), day, f"nt{row['id']}", row["text"]))
    if not card.planned and not card.customer["do_not_contact"]:
        steps.append(Step("plan"))
    if card.lacking:
        steps.append(Step("complete", text=",".join(card.lacking)))
    return steps


def _when(verb: str, day: date, today: date) -> str:
    return f"{verb}-late" if day < today else f"{verb}-today" if day == today else f"{verb}-next"
