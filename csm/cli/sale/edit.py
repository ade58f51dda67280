"""`csm sale edit`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final

import typer

from csm.cli import drafts
from csm.cli.days import echoed, said_day, together
from csm.cli.grammar import Given
from csm.cli.sale import results as sale_records
from csm.cli.sale.options import check_units, read_amount, warn_of_number
from csm.cli.session import Session, warn
from csm.domain.errors import UsageFault
from csm.domain.kinds import named
from csm.domain.sale.record import SALE
from csm.domain.values.money import group_cents
from csm.domain.values.quantity import read_counted
from csm.i18n import say
from csm.render.commands import option_of
from csm.render.text import visible
from csm.services import values
from csm.services.sale import writing as recording

# What a sale has in any case, so that it can't be emptied.
NEEDED: Final = ("product", "amount", "sold_on")
WITHOUT: Final[dict[str, object]] = {"quantity": 1.0, "install": 0}


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The sale.")],
    product: Annotated[str | None, typer.Option("--product", help="What was bought.")] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="TOTAL", help="What all of it costs together.")
    ] = None,
    quantity: Annotated[
        str | None, typer.Option("--quantity", metavar="N", help="How many, or how much of it.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day of the sale.")] = None,
    install: Annotated[
        str | None, typer.Option("--install", metavar="yes|no", help="Whether it has to be installed.")
    ] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
    allow_negative: Annotated[
        bool, typer.Option("--allow-negative", help="Take an amount below zero: a credit note.")
    ] = False,
) -> None:
    """Change fields of a sale; the day it is to be paid by and open after-sale callbacks go with its days.

    \b
    Example:
      csm sale edit sa12 --amount 1150 --delivery fri --clear serial
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if "terms" in given.fields and "due_on" in given.fields:
        raise UsageFault("values-exclude", first="--due", second="--terms")
    own = {"product": product, "amount": amount, "quantity": quantity, "sold_on": on, "install": install}
    made = _stored(session, given, own, negative=allow_negative) | _cleared(given, own, clear or ())
    edited = recording.edit(session, ref, made)
    warn_of_number(session, ref)
    record = sale_records.records(session, [edited.id])[0]
    sentence = say("nothing changed")
    if edited.changed:
        sentence = say("changed sa{id}: {product}", id=edited.id, product=visible(record["product"]))
        if made.get("sold_on"):
            sold_on = said_day(date.fromisoformat(record["sold_on"]))
            sentence = together(sentence, say("sold {day}", day=sold_on), comma=True)
        if made.get("delivery_on"):
            sentence = together(sentence, sale_records.promised(session, record), comma=True)
        if {"sold_on", "terms", "due_on"} & made.keys() or edited.due_moved:
            sentence = together(sentence, say("due {day}", day=_echoed(session, record["due_on"])), comma=True)
    sale_records.changed(ctx, sentence, [record])
    sale_records.tell_followed(session, edited.followed)
    if edited.overpaid_cents:
        warn(
            say(
                "careful: sa{id} is overpaid by {amount} now, which is with us as money of {name}",
                id=edited.id,
                amount=group_cents(edited.overpaid_cents),
                name=visible(record["customer"]),
            )
        )
        sale_records.warn_of_credit(session, f"sa{edited.id}", record["customer_id"], edited.overpaid_cents)
    sale_records.warn_of(edited.warned, record["customer_id"], record["customer"], record["bill"])


def _echoed(session: Session, day: str) -> str:
    return echoed(session, date.fromisoformat(day))


def _stored(session: Session, given: Given, own: dict[str, str | None], *, negative: bool) -> dict[str, Any]:
    """Return column and stored value of what was typed to set."""
    made: dict[str, Any] = drafts.stored(session, SALE, given.fields)
    for name, typed in own.items():
        if typed is None:
            continue
        if not typed.strip():
            raise UsageFault("empty-value", field="--on" if name == "sold_on" else f"--{name}")
        if name == "amount":
            made["amount_cents"] = read_amount(session, typed, negative=negative)
        elif name == "quantity":
            made["quantity"], unit = read_counted(typed, allow_negative=negative)
            check_units(made.get("unit"), unit)
            made |= {} if unit is None else {"unit": unit}
        else:
            made[name] = values.read(named(SALE, name), typed, session)
    return made


def _cleared(given: Given, own: dict[str, str | None], names: Sequence[str]) -> dict[str, Any]:
    """Return the columns that --clear empties; raise unknown-field, values-exclude, empty-value."""
    made: dict[str, Any] = {}
    for field in drafts.cleared(SALE, names):
        if field.name in given.fields or own.get(field.name) is not None:
            raise UsageFault("values-exclude", first=option_of(field.name), second=f"--clear {field.name}")
        if field.name in NEEDED:
            raise UsageFault("empty-value", field=field.name)
        made[field.name] = WITHOUT.get(field.name)
    return made
