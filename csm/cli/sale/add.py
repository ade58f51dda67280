"""`csm sale add`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csm.cli import drafts
from csm.cli.days import echoed, said_day, together
from csm.cli.grammar import Given
from csm.cli.output import tell
from csm.cli.sale import results as sale_records
from csm.cli.sale.options import check_units, item_of, read_amount
from csm.cli.session import Session, warn
from csm.domain.errors import UsageFault
from csm.domain.kinds import named
from csm.domain.sale.record import SALE
from csm.domain.values.money import group_cents
from csm.domain.values.quantity import counted, read_counted
from csm.i18n import label, say, say_n
from csm.render.cells import number
from csm.render.text import visible
from csm.services import references, values
from csm.services.sale import writing as recording
from csm.services.sale.writing import Item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csm.services.sale.writing import Added


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="Who bought it.")],
    product: Annotated[str | None, typer.Argument(metavar="PRODUCT", help="What was bought.")] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="TOTAL", help="What all of it costs together.")
    ] = None,
    quantity: Annotated[
        str | None,
        typer.Option(
            "--quantity", metavar="N", help="How many, or how much of it, also with its unit: 100箱; 1 unless told."
        ),
    ] = None,
    item: Annotated[
        list[str] | None,
        typer.Option("--item", metavar="PRODUCT;QTY;AMOUNT", help="Instead of PRODUCT, an item of a bill; repeat it."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHEN", help="The day of the sale; today unless told.")
    ] = None,
    install: Annotated[bool, typer.Option("--install", help="It has to be installed.")] = False,
    plan: Annotated[
        bool | None,
        typer.Option("--plan/--no-plan", help="Plan after-sale callbacks, or none; else as the relationship says."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse what passes the credit limit or where supply is stopped.")
    ] = False,
    allow_negative: Annotated[
        bool, typer.Option("--allow-negative", help="Take an amount below zero: a credit note.")
    ] = False,
) -> None:
    """Record a sale, or several items of one bill, and plan its after-sale callbacks.

    \b
    Example:
      csm sale add "Golden Dragon" Oven --amount 1200 --delivery +3d --install --terms 30
      csm sale add 12 --bill 2026-118 --item "Oven;1;1,200.00" --item "Baking tray;4;96"
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if "terms" in given.fields and "due_on" in given.fields:
        raise UsageFault("values-exclude", first="--due", second="--terms")
    items = _items(session, given, product, amount, quantity, item, negative=allow_negative)
    customer = references.customer(session.database.connection, ref)

    made = drafts.stored(session, SALE, given.fields) | {"install": int(install)}
    if on is not None:
        made["sold_on"] = values.read(named(SALE, "sold_on"), on, session)
    added = recording.add(session, customer, recording.Draft(items, made, plan, strict))
    _tell_added(ctx, added, items, made)


def _items(
    session: Session,
    given: Given,
    product: str | None,
    amount: str | None,
    quantity: str | None,
    typed: list[str] | None,
    *,
    negative: bool,
) -> list[Item]:
    """Return what was bought: each --item, else PRODUCT; raise what is missing or doesn't go together."""
    unit = given.fields["unit"][-1].strip() if "unit" in given.fields else None
    if typed:
        alone = {"PRODUCT": product, "--amount": amount, "--quantity": quantity, "--serial": given.fields.get("serial")}
        for name, value in alone.items():
            if value is not None:
                raise UsageFault("values-exclude", first=name, second="--item")
        items = [Item(*item_of(session, one, negative=negative)) for one in typed]
        for one in items:
            check_units(unit, one.unit)
        return items
    for name, word in (("PRODUCT", product), ("--amount", amount)):
        if word is None:
            raise UsageFault("missing-value", field=name)
        if not word.strip():
            raise UsageFault("empty-value", field=name)
    many, own = read_counted(quantity, allow_negative=negative) if quantity is not None else (1.0, None)
    check_units(unit, own)
    return [Item(str(product).strip(), many, read_amount(session, str(amount), negative=negative), own)]


def _tell_added(ctx: typer.Context, added: Added, items: list[Item], made: Mapping[str, object]) -> None:
    """Say what was recorded, with the days that were typed, then what follows from it."""
    session: Session = ctx.obj
    found = sale_records.records(session, added.ids)
    first, name = found[0], visible(found[0]["customer"])
    sentence = _sold(session, found, sum(item.amount_cents for item in items))
    if "delivery_on" in made:
        sentence = together(sentence, sale_records.promised(session, first), comma=True)
    if "sold_on" in made:
        sentence = say("{day}: {sentence}", day=said_day(date.fromisoformat(first["sold_on"])), sentence=sentence)
    sale_records.changed(ctx, sentence, found)
    sale_records.tell_followed(session, added.followed)
    if added.visit:
        tell(session, say("the visit for the installation is planned with csm sale delivered sa{id}", id=first["id"]))
    if added.activated is not None:
        was = visible(label("customer_status", added.activated))
        tell(session, say("{name} is an active customer now, and was: {status}", name=name, status=was))
    if added.unplanned:
        warn(say("nothing was planned: {name} doesn't want to be contacted, or the card is archived", name=name))
    sale_records.warn_of(added.warned, first["customer_id"], first["customer"], first["bill"])


def _sold(session: Session, found: Sequence[dict[str, Any]], cents: int) -> str:
    """Return what was sold, to whom, for how much together, and when it is to be paid; or that it is a credit note."""
    first = found[0]
    told = {
        "name": visible(first["customer"]),
        "amount": group_cents(cents),
        "due": echoed(session, date.fromisoformat(first["due_on"])),
    }
    if len(found) > 1:
        return say_n(
            "sold {name} {n} item on bill {bill}: {ids}, together {amount}, due {due}",
            "sold {name} {n} items on bill {bill}: {ids}, together {amount}, due {due}",
            len(found),
            ids=sale_records.told_ids([int(row["id"]) for row in found]),
            bill=visible(first["bill"]),
            **told,
        )
    product = visible(first["product"])
    if abs(first["quantity"]) != 1 or first["unit"]:
        many = counted(number(abs(first["quantity"])), first["unit"])
        product = say("{quantity} x {product}", quantity=visible(many), product=product)
    if cents < 0:
        told["amount"] = group_cents(-cents)
        return say("credit note for {name} sa{id}: {product}, we owe {amount}", id=first["id"], product=product, **told)
    return say("sold {name} sa{id}: {product}, {amount}, due {due}", id=first["id"], product=product, **told)
