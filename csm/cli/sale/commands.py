"""Sales: what was bought, delivered, paid, and is under guarantee."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import named
from csm.domain.trade_records import GUARANTEE, SALE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csm.services.sale.writing import Added, Item

_OWN: Final = ("product", "quantity", "amount", "sold_on", "install")
SETTERS: Final = tuple(field for field in SALE if field.given and field.name not in _OWN)
# An option of `paid_on` would be that of `paid` too.
FILTERS: Final = tuple(field for field in SALE if field.name not in ("id", "customer", "status", "paid_on"))

Ref = Annotated[str, typer.Argument(metavar="ID", help="The sale, or the number of its bill.")]


def add(
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
    from csm.domain.errors import OptionsExclude
    from csm.services import references, values
    from csm.services.sale import writing as recording

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if "terms" in given.fields and "due_on" in given.fields:
        raise OptionsExclude(first="--due", second="--terms")
    items = _items(session, given, product, amount, quantity, item, negative=allow_negative)
    customer = references.customer(session.database.connection, ref)
    from csm.cli import drafts

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
    from csm.cli.sale.options import check_units, item_of, read_amount
    from csm.domain import errors
    from csm.domain.values.quantity import read_counted
    from csm.services.sale.writing import Item

    unit = given.fields["unit"][-1].strip() if "unit" in given.fields else None
    if typed:
        alone = {"PRODUCT": product, "--amount": amount, "--quantity": quantity, "--serial": given.fields.get("serial")}
        for name, value in alone.items():
            if value is not None:
                raise errors.OptionsExclude(first=name, second="--item")
        items = [item_of(session, one, negative=negative) for one in typed]
        for one in items:
            check_units(unit, one.unit)
        return items
    for name, word in (("PRODUCT", product), ("--amount", amount)):
        if word is None:
            raise errors.MissingOption(option=name, command="csm sale add")
        if not word.strip():
            raise errors.EmptyValue(field=name)
    many, own = read_counted(quantity, allow_negative=negative) if quantity is not None else (1.0, None)
    check_units(unit, own)
    return [Item(str(product).strip(), many, read_amount(session, str(amount), negative=negative), own)]


def _tell_added(ctx: typer.Context, added: Added, items: list[Item], made: Mapping[str, object]) -> None:
    """Say what was recorded, with the days that were typed, then what follows from it."""
    from datetime import date

    from csm.cli.days import said_day, together
    from csm.cli.output import tell, warn
    from csm.cli.sale import results as sale_records
    from csm.i18n import label, say
    from csm.render.text import visible

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
    from datetime import date

    from csm.cli.days import echoed
    from csm.cli.sale import results as sale_records
    from csm.domain.values.money import group_cents
    from csm.domain.values.quantity import counted
    from csm.i18n import say, say_n
    from csm.render.cells import number
    from csm.render.text import visible

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


def list_(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Part of a product, bill, serial, note or customer's name.")
    ] = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="open, paid or cancelled; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Cancelled ones too.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those not paid whose day is past.")] = False,
    undelivered: Annotated[
        bool, typer.Option("--undelivered", help="Only those promised and not delivered yet.")
    ] = False,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="NAME", help="Only of this owner's customers; repeat it.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", help="Only of customers in this region; repeat it.")
    ] = None,
) -> None:
    """List sales, the newest first, cancelled ones only when asked for; every field is a filter.

    Those overdue or not delivered come in the order of their days, the oldest first.

    \b
    Example:
      csm sale list --overdue --owner alice
      csm sale list oven --sold 2026-11-01..2026-11-30 --all
    """
    from csm.cli import filters, lists
    from csm.cli.sale.options import text_conditions
    from csm.i18n import say
    from csm.storage.listing import Condition, equals
    from csm.storage.sale import rows as sales

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    made = {"days_late": sales.days_late(session.today)}
    conditions = filters.conditions(session, SALE, given.fields, made, view="sale_list")
    if status:
        from csm.services.values import read_term

        conditions.append(equals("v.status", [read_term(named(SALE, "status"), word) for word in status]))
    elif not everything:
        conditions.append(Condition("v.cancelled_on IS NULL"))
    order = "v.sold_on DESC, v.id DESC"
    if undelivered:
        conditions.append(Condition(sales.UNDELIVERED))
        order = "v.delivery_on, v.id"
    if overdue:
        conditions.append(Condition(f"{sales.UNPAID} AND v.due_on < ?", (session.today.isoformat(),)))
        order = "v.due_on, v.id"
    if owner:
        conditions.append(filters.owned_by(session, owner))
    if region:
        conditions.append(equals("v.region", filters.known(session, "region", region)))
    if customer is not None:
        from csm.services import references

        found = references.customer(session.database.connection, customer)
        conditions.append(Condition("v.customer_id = ?", (found.id,)))
    conditions += text_conditions(text)
    subject = lists.Subject("sale_list", SALE, order, say("no sales"), made, made=made)
    lists.show(session, given, subject, conditions)


def show(ctx: typer.Context, ref: Ref) -> None:
    """Show a sale with its payments, signatures, callbacks, complaints and guarantees; of a bill, its sales.

    \b
    Example:
      csm sale show sa12
    """
    from csm.cli.output import opened, style, tell_where, write_one
    from csm.cli.sale import results as sale_records
    from csm.services.sale import finding, reading

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    found = finding.find(session.database.connection, ref)
    sale_records.warn_of_number(session, ref)
    if len(found) > 1:
        _show_bill(session, given, [int(str(row["id"])) for row in found])
        return
    file = reading.read(session, int(str(found[0]["id"])))
    tell_where(session)
    if given.form == "table":
        from csm.render.sale.page import write_sale

        with opened(given) as stream:
            write_sale(file, style(session, given, stream), stream, session.today)
        return
    from csm.render.sale.record import sale_record

    write_one(session, given, *sale_record(file), f"sa{file.sale['id']}")


def _show_bill(session: Session, given: Given, ids: list[int]) -> None:
    from csm.cli.columns import columns_of
    from csm.cli.output import tell, tell_where, write_rows
    from csm.cli.sale import results as sale_records
    from csm.i18n import say
    from csm.render.listing import Listing

    fields = columns_of(SALE, given)
    tell_where(session)
    rows = [[row[field.name] for field in fields] for row in sale_records.records(session, ids)]
    write_rows(session, given, Listing(fields, rows))
    tell(session, say("csm sale show sa{id} shows one of them", id=ids[0]))


def guarantee(
    ctx: typer.Context,
    ref: Ref,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="As of this day; today unless told.")] = None,
) -> None:
    """Say which guarantees of a sale hold, refund, exchange and repair, and until when.

    \b
    Example:
      csm sale guarantee sa12 --on 2027-03-01
    """
    from csm.cli.columns import columns_of
    from csm.cli.output import tell, tell_where, write_rows
    from csm.cli.sale import results as sale_records
    from csm.i18n import say
    from csm.render.listing import Listing
    from csm.render.sale.record import guarantee_values
    from csm.render.text import visible
    from csm.services import values
    from csm.services.sale import reading

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    day = values.read_day(on, session) if on is not None else session.today
    sale, standing, terms = reading.guarantees(session, ref, day)
    sale_records.warn_of_number(session, ref)
    fields = columns_of(GUARANTEE, given)
    known = [guarantee_values(one) for one in standing]
    title = say(
        "sa{id}: {product}, {customer}", **{name: visible(str(sale[name])) for name in ("id", "product", "customer")}
    )
    tell_where(session)
    write_rows(session, given, Listing(fields, [[row[field.name] for field in fields] for row in known], title))
    if terms:
        tell(session, say("terms: {terms}", terms=visible(terms)))


VERBS: Final = {
    "add": Verb(add, "write", setters=SETTERS),
    "list": Verb(list_, "list", filters=FILTERS),
    "show": Verb(show),
    "edit": Verb("csm.cli.sale.edit:edit", "write", setters=SETTERS),
    "delivered": Verb("csm.cli.sale.edit:delivered", "write"),
    "signed": Verb("csm.cli.sale.pay:signed", "write"),
    "pay": Verb("csm.cli.sale.pay:pay", "write"),
    "cancel": Verb("csm.cli.sale.edit:cancel", "write"),
    "unpaid": Verb("csm.cli.sale.unpaid:unpaid", "list"),
    "guarantee": Verb(guarantee),
    "stats": Verb("csm.cli.sale.stats:stats", "list"),
}
