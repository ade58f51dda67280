"""From what was typed about sales to what is stored or looked for: amounts, items of a bill, words."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from csm.cli.session import Session, warn
from csm.domain.errors import UsageFault
from csm.domain.values.quantity import read_counted
from csm.i18n import say
from csm.render.text import visible
from csm.services import values
from csm.services.sale import finding

PARTS = 3


def read_amount(session: Session, text: str, *, negative: bool) -> int:
    """Return the cents that `text` says; raise unreadable-amount, amount-below-zero unless `negative` is allowed."""

    cents = values.read_amount(text, session, allow_negative=True)
    if cents < 0 and not negative:
        raise UsageFault("amount-below-zero", value=text, option="--allow-negative")
    return cents


def check_units(unit: object, own: str | None) -> None:
    """Raise two-units where a quantity is counted in something else than the unit that was typed beside it."""
    if unit is not None and own not in (None, unit):
        raise UsageFault("two-units", value=unit, other=own)


def item_of(session: Session, typed: str, *, negative: bool) -> tuple[str, float, int, str | None]:
    """Return product, quantity, cents and unit that PRODUCT;QUANTITY;AMOUNT says.

    An empty quantity is 1, a product may hold semicolons.

    Raises unreadable-item, and what is wrong with quantity or amount.
    """

    parts = [part.strip() for part in re.split("[;；]", typed)]
    *_, quantity, amount = parts if len(parts) >= PARTS else ["", "", ""]
    # What stands before the last two parts is the product, as it was typed.
    product = re.split("[;；]", typed[::-1], maxsplit=2)[-1][::-1].strip()
    if len(parts) < PARTS or not product or not amount:
        raise UsageFault("unreadable-item", value=typed)
    many, unit = read_counted(quantity, allow_negative=negative) if quantity else (1.0, None)
    return product, many, read_amount(session, amount, negative=negative), unit


Ref = Annotated[str, typer.Argument(metavar="ID", help="The sale, or the number of its bill.")]


Sales = Annotated[
    str, typer.Argument(metavar="ID", help="The sale, or the number of its bill for all that stands on it.")
]


On = Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day of it; today unless told.")]


def warn_of_number(session: Session, ref: str) -> None:
    """Say that a bill has the number that was taken as an id: who meant the bill has to know."""
    sale_id = finding.also_bill(session.database.connection, ref)
    if sale_id is not None:
        told = {"bill": visible(ref.strip()), "id": sale_id}
        warn(say("note: {bill} was taken as sa{id}, and a bill has that number: csm sale list --bill {bill}", **told))
