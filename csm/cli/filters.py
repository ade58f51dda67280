"""From what was typed for the filters of a list to conditions on its view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from csm.cli.drafts import pairs, split_tags
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field, Kind
from csm.domain.values.folding import folded
from csm.services import references, spellings, values
from csm.services.sale import finding
from csm.services.values import read_amount, read_day, read_term
from csm.storage import listing
from csm.storage.customer import branches, search
from csm.storage.customer.search import own_field_condition, tag_condition
from csm.storage.house import settings
from csm.storage.listing import Condition

TEXTS: Final = frozenset({"text", "email"})
# Texts of which a misspelt one is refused, since an empty list would be taken for an answer.
KNOWN: Final = frozenset({"region", "route", "product", "line"})
# How the names of instants end that lie ahead.
PLANNED: Final = ("due_at", "_due", "remind_at")
BIRTHDAYS: Final = ("birthday", "lunar_birthday")
ORDERED: Final = frozenset({"date", "money", "integer", "quantity", "score"})


def of_fields(
    session: Session, typed: Mapping[str, Sequence[str]], kind: Kind, made: Mapping[str, str] | None = None
) -> list[Condition]:
    """Return a condition for each field of a kind that was typed; several values of one field are alternatives.

    An empty value finds records without one; dates, amounts and numbers can be spans, LOW..HIGH. A text is taken
    folded, or as the part of the one value that has it.

    made: the SQL of fields that depend on the time taken as now.
    Raises no-such-record for an owner, region, route, tag, product or line that isn't stored, several-values for a part
    of several.
    """
    return [
        _condition(session, kind.field(name), given, (made or {}).get(name), kind.view) for name, given in typed.items()
    ]


def of_sale(session: Session, ref: str) -> Condition:
    """Return the condition that records are about a sale that `ref` means; raise what finding one raises."""
    sales = finding.find(session.database.connection, ref)
    return listing.one_of("sale_id", [row["id"] for row in sales])


def of_status(session: Session, kind: Kind, typed: Sequence[str]) -> Condition:
    """Return the condition that a record stands in one of the ways typed; raise unknown-value."""
    field = kind.field("status")
    return listing.one_of("status", [read_term(field, word) for word in typed])


def of_customer(session: Session, ref: str, *, with_branches: bool = False) -> Condition:
    """Return the condition that records are of the customer `ref`, or of a branch below it; raise what finding raises.

    source: handbook 3
    """
    customer_id = references.customer(session.database.connection, ref).id
    return branches.is_or_below(customer_id) if with_branches else listing.where("customer_id", customer_id)


def _condition(session: Session, field: Field, given: Sequence[str], made: str | None, view: str) -> Condition:
    column = made or listing.column_of(field)
    if field.kind == "customer":
        # another customer is shown by the name and found by the id
        return listing.one_of(values.column(field), [_value(session, field, text) for text in given])
    if field.kind == "tags":
        return tags(session, given)
    if field.kind == "phone":
        return _phones(session, view, given)
    if field.kind == "birthday":
        return listing.any_of([_birthday(session, field, text) for text in given])
    if field.kind in TEXTS and made is None:
        return texts(session, view, field.name, given)
    return _values(session, field, given, column)


def _birthday(session: Session, field: Field, text: str) -> Condition:
    """Return the condition that a contact has the birthday typed, of the calendar that it is of; "" is none of both."""
    found = values.columns(field, values.read(field, text, session)) if text.strip() else {"birthday": None}
    asked = {name: value for name, value in found.items() if value is not None} or dict.fromkeys(BIRTHDAYS)
    return listing.all_of([listing.where(name, value) for name, value in asked.items()])


def _values(session: Session, field: Field, given: Sequence[str], column: str) -> Condition:
    """Return the condition that a column, SQL, has one of the values typed for a field, or lies in one of the spans."""
    if field.kind == "instant":
        past = not field.name.endswith(PLANNED)
        return listing.any_of([_moments(session, column, value, past=past) for value in given])
    if field.kind in ORDERED and any(".." in value for value in given):
        return listing.in_spans(column, [_span(session, field, value) for value in given])
    return listing.equals(column, [_value(session, field, value) for value in given])


def _value(session: Session, field: Field, text: str) -> object:
    if not text.strip():
        return None
    if field.kind == "money":
        # What is looked for may be below zero: a credit note, what we owe somebody.
        return read_amount(text.strip(), session, allow_negative=True)
    return values.read(field, text, session)


def _phones(session: Session, view: str, given: Sequence[str]) -> Condition:
    """Return the condition that a record has one of these phone numbers, compared by their digits."""
    if view == "customer_list":
        return search.phone_condition(given)
    return search.shown_phone_condition(session.database.connection, given)


def _moments(session: Session, column: str, text: str, *, past: bool) -> Condition:
    """Return the condition that an instant lies on a local day, or between two, both included."""
    low, dots, high = text.partition("..")
    first = read_day(low, session, past=past) if low.strip() else None
    last = read_day(high, session, past=past) if high.strip() else (None if dots else first)
    return listing.from_until(
        column, *(day and session.zone.to_utc_text(datetime.combine(day, time())) for day in (first, _next_day(last)))
    )


def _next_day(day: date | None) -> date | None:
    return day and day + timedelta(days=1)


def _span(session: Session, field: Field, text: str) -> tuple[object, object]:
    low, dots, high = text.partition("..")
    return _value(session, field, low), _value(session, field, high if dots else low)


def texts(session: Session, view: str, name: str, given: Sequence[str]) -> Condition:
    """Return the condition that a text column of a view has one of the values typed; an empty one is "absent"."""
    connection = session.database.connection
    kind = {"in_charge": "owner"}.get(name, name)
    found: dict[str | None, None] = {}
    for text in given:
        if not text.strip():
            found[None] = None
        elif kind == "owner":
            found |= dict.fromkeys(spellings.owner(connection, text, session.user))
        elif kind in KNOWN:
            found |= dict.fromkeys(spellings.find(connection, kind, text))
        else:
            found |= dict.fromkeys(spellings.find_in(connection, view, name, text) or [text])
    return listing.one_of(name, list(found))


def known(session: Session, kind: str, given: Iterable[str]) -> list[str | None]:
    """Return every stored spelling of the owners, regions or routes typed; None for an empty one."""
    connection = session.database.connection
    found: dict[str | None, None] = {}
    for text in given:
        found |= dict.fromkeys(spellings.find(connection, kind, text) if text.strip() else [None])
    return list(found)


def tags(session: Session, given: Sequence[str]) -> Condition:
    """Return the condition that a card has one of the tags typed; an empty one is "without any"."""
    typed = split_tags(given)
    return tag_condition(known(session, "tag", [*typed, *([""] if any(not text.strip() for text in given) else [])]))


def own_fields(session: Session, given: Sequence[str]) -> list[Condition]:
    """Return the conditions that own fields have the values of KEY=VALUE words; an empty value is "absent".

    Raises unreadable-pair, no-such-record for a field that no card has, several-values.
    """
    if not given:
        return []

    connection = session.database.connection
    return [
        own_field_condition(*spellings.own_field(connection, key, value))
        for key, value in pairs("--field", given).items()
    ]


def owners(session: Session, given: Iterable[str]) -> list[str]:
    """Return whose work the named owners see: their own unless handed over, and what they stand in for.

    Every stored spelling of a name counts; `me` is the user. Raises no-such-record, several-values, empty-value.
    """
    connection = session.database.connection
    standing_in = settings.stand_ins(connection, session.today.isoformat())
    away = {folded(owner) for owner in standing_in}
    found: dict[str, None] = {}
    for text in given:
        if not text.strip():
            raise UsageFault("empty-value", field="--owner")
        names = spellings.owner(connection, text, session.user)
        keys = {folded(name) for name in names}
        found |= {name: None for name in names if folded(name) not in away}
        for owner, deputy in standing_in.items():
            if folded(deputy) in keys:
                found[owner] = None
    return list(found) or [""]


def owned_by(session: Session, given: Sequence[str], column: str) -> Condition:
    """Return the condition that records are of the named owners; an empty name finds those without one."""
    named_ones = [text for text in given if text.strip()]
    found: list[str | None] = [*owners(session, named_ones)] if named_ones else []
    return listing.one_of(column, [*found, *([None] if len(named_ones) < len(given) else [])])
