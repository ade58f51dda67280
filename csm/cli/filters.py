"""From what was typed for the filters of a list to conditions on its view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from csm.cli.session import Session
from csm.domain.records import Field, named
from csm.storage.listing import Condition, between, equals, stored_column

ORDERED: Final = frozenset({"date", "money", "integer", "quantity", "score"})


def conditions(
    session: Session,
    fields: tuple[Field, ...],
    typed: Mapping[str, Sequence[str]],
    made: Mapping[str, str] | None = None,
) -> list[Condition]:
    """Return one condition for each field that was given; several values of one field are alternatives.

    made: the SQL of fields that depend on the time taken as now.

    An empty value finds records without one; dates, amounts and numbers can be spans, LOW..HIGH.
    """
    return [
        _condition(session, fields, named(fields, name), given, (made or {}).get(name)) for name, given in typed.items()
    ]


def _condition(
    session: Session, fields: tuple[Field, ...], field: Field, given: Sequence[str], made: str | None
) -> Condition:
    column = made or f"v.{stored_column(field)}"
    if field.kind == "tags":
        from csm.storage.customers import tag_condition

        return tag_condition(given)
    if field.kind == "phone":
        return _phones(session, fields, given)
    if field.kind == "instant":
        parts = [_moments(session, column, value) for value in given]
        return Condition(
            " OR ".join(f"({part.sql})" for part in parts), tuple(value for part in parts for value in part.given)
        )
    if field.kind in ORDERED and any(".." in value for value in given):
        spans = [_span(session, field, value) for value in given]
        parts = [between(column, low, high) for low, high in spans]
        return Condition(
            " OR ".join(f"({part.sql})" for part in parts), tuple(value for part in parts for value in part.given)
        )
    return equals(column, [_value(session, field, value) for value in given])


def _value(session: Session, field: Field, text: str) -> object:
    if not text.strip():
        return None
    if field.kind == "money":
        # What is looked for may be below zero: a credit note, what we owe somebody.
        from csm.domain.money import read_cents

        return read_cents(text, allow_negative=True)
    from csm.services import values

    return values.read(field, text, session)


def _phones(session: Session, fields: tuple[Field, ...], given: Sequence[str]) -> Condition:
    """Return the condition that a record has one of these phone numbers, compared by their digits."""
    from csm.domain.phone import digits
    from csm.domain.records import CUSTOMER

    wanted = [digits(value) or None for value in given]
    if fields is CUSTOMER:
        return equals("v.phone_digits", wanted)
    # Of other records the view shows whichever number is to be rung, whose digits are kept nowhere.
    session.database.connection.create_function(
        "digits_of", 1, lambda phone: digits(phone) if phone else None, deterministic=True
    )
    return equals("digits_of(v.phone)", wanted)


def _moments(session: Session, column: str, text: str) -> Condition:
    """Return the condition that an instant lies on a local day, or between two, both included."""
    from datetime import datetime, time, timedelta

    from csm.services.values import read_day

    low, dots, high = text.partition("..")
    first = read_day(low, session, past=True) if low.strip() else None
    last = read_day(high, session, past=True) if high.strip() else (None if dots else first)
    parts, bound = [f"{column} IS NOT NULL"], []
    for day, sign in ((first, ">="), (last and last + timedelta(days=1), "<")):
        if day is not None:
            parts.append(f"{column} {sign} ?")
            bound.append(session.zone.to_utc_text(datetime.combine(day, time())))
    return Condition(" AND ".join(parts), tuple(bound))


def _span(session: Session, field: Field, text: str) -> tuple[object, object]:
    low, dots, high = text.partition("..")
    return _value(session, field, low), _value(session, field, high if dots else low)


def owners(session: Session, given: Iterable[str]) -> list[str]:
    """Return whose work the named owners see: their own unless handed over, and what they stand in for."""
    from csm.storage import settings

    standing_in = settings.stand_ins(session.database.connection, session.today.isoformat())
    found: dict[str, None] = {}
    for name in given:
        if name not in standing_in:
            found[name] = None
        found |= {owner: None for owner, deputy in standing_in.items() if deputy == name}
    return list(found) or [""]
