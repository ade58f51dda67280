"""Rules of the customer card: what to do next, how complete it is, when two are the same customer (handbook 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import sub
from typing import TYPE_CHECKING, Any, Final, Literal

from csm.domain.value import Value
from csm.domain.values.folding import folded

if TYPE_CHECKING:
    from csm.domain.time.instant import Zone


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

# A case is worked on, or waits for the customer; in every other status it has ended.
OPEN_CASE: Final = ("open", "waiting")


def missing(card: Mapping[str, object]) -> list[str]:
    """Return the first name of each group of essentials that `card` lacks (source: handbook 3)."""
    return [group[0] for group in ESSENTIALS if not any(card.get(name) for name in group)]


def completeness(card: Mapping[str, object]) -> int:
    """Return the share of essentials that `card` has, in whole per cent rounded down."""
    return 100 * (len(ESSENTIALS) - len(missing(card))) // len(ESSENTIALS)


def name_key(name: str) -> str:
    """Return the form in which names are compared: case, width, accents and script folded, white space as one space."""
    return folded(name)


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


class Rhythm(Value):
    """How often a customer buys: `interval` is the usual number of days, None for one purchase; `last` the latest day.

    times: so many times the interval without a purchase are too long; overdue: they have passed (source: handbook 9.4).
    """

    interval: float | None
    last: date
    days_ago: int
    times: int
    overdue: bool


class PaymentState(Value):
    """What a customer is asked to pay, and what they have with us; amounts in cents (source: handbook 8).

    bands: (band of days late, amount) of what is asked, the latest due first. late, late_cents: how many sales are past
    their day, and how much of them is asked. oldest: exact values by name of `UNPAID` of the bill due for longest, with
    whom it waits for and what is `asked` of it; None where nothing is asked. credits: (kind, sale or None, amount), the
    oldest first. sets_off: some of these can be set off against what is open.
    """

    bands: Sequence[tuple[str, int]]
    late: int
    late_cents: int
    oldest: Mapping[str, Any] | None
    credits: Sequence[tuple[str, int | None, int]]
    sets_off: bool = False


class Together(Value):
    """What a card and all branches below it come to: how many cards, what they owe and what of it is past its day, in
    cents, and their open cases (source: handbook 3)."""

    customers: int
    balance: int
    overdue: int
    open_complaints: int


class Card(Value):
    """A customer card.

    customer: exact values of the fields in `csm.domain.customer.record.CUSTOMER` by name, tags joined by `;`.
    contacts, planned, past, complaints, promises, notes: exact values by name of CONTACT, CALLBACK, COMPLAINT, PROMISE
    and NOTE; a contact with a lunar birthday has the day of this year as `lunar_day`.
    planned are open callbacks, the next first; past are done ones, the latest first; complaints and promises
    the open ones first, by when they are due, then the latest ended; notes the latest first, pinned ones before.
    lacking: names of essentials that the card lacks. deputy: who stands in for the owner today.
    cadence_days: how often cadence calls, None where it doesn't. now: the instant taken as now, UTC text.
    sales, undelivered: exact values by name of SALE; the open ones first, by when they are due, then the latest; and
    those promised for today or before that haven't come. messages, services: of SERVICE; those with a message that
    waits to be dealt with, and the latest. losses: stored rows, the latest first. contract_lead: so many days before
    its end a contract is shown. surveys: rows of `survey_list` that they answered, the latest first. tries: what was
    said on calls that were postponed or in vain, the latest first. left: as contacts, those who have left, with the
    name of the customer where they are now, None where nobody knows. branches: exact values by name of BRANCH of the
    cards that name it as their parent. together: with all of them below it, where that was asked for.
    plan: of PLAN, the repayment plan that is open, None for none; instalments: of INSTALMENT its open parts, the oldest
    first, with `asked`, what is asked of each.
    """

    customer: dict[str, Any]
    fields: dict[str, str]
    contacts: list[dict[str, Any]]
    planned: list[dict[str, Any]]
    past: list[dict[str, Any]]
    complaints: list[dict[str, Any]]
    promises: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    lacking: list[str]
    deputy: str | None
    cadence_days: int | None
    now: str
    messages: Sequence[Mapping[str, Any]] = ()
    sales: Sequence[Mapping[str, Any]] = ()
    undelivered: Sequence[Mapping[str, Any]] = ()
    owed: PaymentState | None = None
    services: Sequence[Mapping[str, Any]] = ()
    losses: Sequence[Mapping[str, Any]] = ()
    rhythm: Rhythm | None = None
    contract_lead: int = 0
    surveys: Sequence[Mapping[str, Any]] = ()
    tries: Sequence[Mapping[str, Any]] = ()
    left: Sequence[Mapping[str, Any]] = ()
    branches: Sequence[Mapping[str, Any]] = ()
    together: Together | None = None
    plan: Mapping[str, Any] | None = None
    instalments: Sequence[Mapping[str, Any]] = ()


class Step(Value):
    """Something to do next about a customer: `what` names it, `day` is its day, `ref` its short reference."""

    what: str
    day: date | None = None
    ref: str = ""
    text: str = ""


def next_steps(card: Card, today: date, zone: Zone) -> list[Step]:
    """Return what to do next about a customer, the most pressing first: what is late, what is due today, the rest.

    Above all stand their messages. In each of the others cases come before promises, then deliveries, payments,
    callbacks, reminders, the contract. Cases, promises, deliveries and payments stand until they have ended, also when
    the card is put away. `zone` tells the days of cases and promises.

    `what` is one of: message, archived, do-not-contact, case-late, case-next, case-waiting, promise-late,
    promise-theirs-late, promise-today, deliver-late, deliver-today, payment-late, instalment-late, instalment-today,
    call-late, call-today, call-next, remind-late, remind-today, contract, plan, complete.
    """
    customer = card.customer
    first = [
        Step("message", date.fromisoformat(row["done_on"]), f"sv{row['id']}", row["message"]) for row in card.messages
    ]
    steps = [*_case_steps(card, zone), *_promise_steps(card, today, zone), *_trade_steps(card, today)]
    if customer["archived_on"]:
        first.append(Step("archived", date.fromisoformat(customer["archived_on"])))
    else:
        first += [Step("do-not-contact")] if customer["do_not_contact"] else []
        steps += [*_call_steps(card, today), *_reminder_steps(card, today), *_contract_steps(card, today)]
        if not card.planned and not customer["do_not_contact"]:
            steps.append(Step("plan"))
        if card.lacking:
            steps.append(Step("complete", text=",".join(card.lacking)))
    return [*first, *sorted(steps, key=lambda step: _place(step, today))]


def _place(step: Step, today: date) -> int:
    return 0 if step.what.endswith("-late") else 1 if step.day == today else 2


def _case_steps(card: Card, zone: Zone) -> Iterator[Step]:
    """Give every open case, with the day of its next deadline where a clock of it runs."""
    for row in card.complaints:
        if row["status"] in OPEN_CASE:
            what = "case-late" if row["overdue"] else "case-waiting" if row["status"] == "waiting" else "case-next"
            day = zone.local(row["next_due_at"]).date() if row["next_due_at"] else None
            yield Step(what, day, f"cp{row['id']}", row["summary"])


def _promise_steps(card: Card, today: date, zone: Zone) -> Iterator[Step]:
    """Give the open promises whose time has passed, and those of ours that are due today."""
    for row in card.promises:
        if row["status"] != "open":
            continue
        day, theirs = zone.local(row["due_at"]).date(), row["direction"] == "theirs"
        if row["due_at"] < card.now:
            yield Step("promise-theirs-late" if theirs else "promise-late", day, f"pr{row['id']}", row["text"])
        elif day == today and not theirs:
            yield Step("promise-today", day, f"pr{row['id']}", row["text"])


def _trade_steps(card: Card, today: date) -> Iterator[Step]:
    """Yield the goods that should have come by now, and in one step each all that should have been paid.

    The parts of a repayment plan whose day has come are one step, of the oldest.
    """
    for row in card.undelivered:
        day = date.fromisoformat(row["delivery_on"])
        yield Step(_when("deliver", day, today), day, f"sa{row['id']}", row["product"])
    if card.owed is not None and card.owed.late and card.owed.oldest is not None:
        oldest = card.owed.oldest
        yield Step("payment-late", date.fromisoformat(oldest["due_on"]), f"sa{oldest['id']}", oldest["product"])
    reached = instalments_reached(card, today)
    if reached:
        day = date.fromisoformat(reached[0]["due_on"])
        yield Step(_when("instalment", day, today), day, f"in{reached[0]['id']}")


def instalments_reached(card: Card, today: date) -> list[Mapping[str, Any]]:
    """Return the open parts of a repayment plan that are asked for and whose day has come, the oldest first."""
    return [row for row in card.instalments if row["due_on"] <= today.isoformat() and row["asked"] > 0]


def _contract_steps(card: Card, today: date) -> Iterator[Step]:
    """Give the contract that ends soon, so that the next one is spoken of in time."""
    end = card.customer.get("contract_end_on")
    if end and 0 <= (date.fromisoformat(end) - today).days <= card.contract_lead:
        yield Step("contract", date.fromisoformat(end))


def _call_steps(card: Card, today: date) -> Iterator[Step]:
    """Yield the callbacks that are due, or the next one where none is; late by the day they count by (handbook 5)."""
    for number, row in enumerate(card.planned):
        day = date.fromisoformat(row["due_on"])
        if day <= today or not number:
            if day <= today:
                day = date.fromisoformat(row.get("agreed_on") or row.get("planned_on") or row["due_on"])
            yield Step(_when("call", day, today, row["due_at"], card.now), day, f"cb{row['id']}", row["note"] or "")


def _reminder_steps(card: Card, today: date) -> Iterator[Step]:
    for row in card.notes:
        if row["remind_on"] and not row["settled_on"] and date.fromisoformat(row["remind_on"]) <= today:
            day = date.fromisoformat(row["remind_on"])
            yield Step(_when("remind", day, today, row["remind_at"], card.now), day, f"nt{row['id']}", row["text"])


def _when(verb: str, day: date, today: date, at: str | None = None, now: str = "") -> str:
    """Return what a step is called; `at` is the instant from which it is late, where it has a time."""
    if day == today and at is not None and at < now:
        return f"{verb}-late"
    return f"{verb}-late" if day < today else f"{verb}-today" if day == today else f"{verb}-next"


def median_interval(days: Sequence[date]) -> float | None:
    """Return the median interval in days between the distinct purchase `days`, in any order; None for fewer than two.

    (source: handbook 9.4)
    """
    return median_gap(map(date.toordinal, days))


def median_gap(ordinals: Iterable[int]) -> float | None:
    """Return what `median_interval` does, for days as ordinals, in which a million days are counted sooner."""
    ordered = sorted(set(ordinals))
    if len(ordered) < 2:
        return None
    return _median(list(map(sub, ordered[1:], ordered)))


def _median(intervals: Sequence[int]) -> float:
    ordered = sorted(intervals)
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def is_overdue(last: date, median: float, today: date, times: float) -> bool:
    """Return whether strictly more than `times` the usual interval of `median` days passed since the `last` purchase.

    (source: handbook 9.4)
    """
    return (today - last).days > times * median
