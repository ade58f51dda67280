"""`csm customer handover`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.days import echoed, together
from csm.cli.output import changed
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field
from csm.i18n import say, say_n
from csm.render.text import visible
from csm.services import values
from csm.services.customer import writing as customers
from csm.storage.house.settings import staff_name


def handed_over(moved: customers.HandedOver) -> str:
    """Return how much work went from one to another."""
    first = together(
        say_n("{n} customer", "{n} customers", moved.customers),
        say_n("{n} open callback", "{n} open callbacks", moved.callbacks),
        comma=True,
    )
    if not (moved.complaints or moved.promises):
        return first
    more = together(
        say_n("{n} open complaint", "{n} open complaints", moved.complaints),
        say_n("{n} promise or prevention", "{n} promises and preventions", moved.promises),
        comma=True,
    )
    return together(first, more, comma=True)


def run(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="FROM", help="Who hands over.")],
    new: Annotated[str, typer.Argument(metavar="TO", help="Who takes over.")],
    until: Annotated[
        str | None, typer.Option("--until", metavar="WHEN", help="Only until this day, it included.")
    ] = None,
) -> None:
    """Hand all open work of one salesperson to another, for good or for a holiday.

    \b
    Example:
      csm customer handover alice bob --until 2026-12-04
    """
    session: Session = ctx.obj
    if not new.strip():
        raise UsageFault("empty-value", field="TO")
    if old == new:
        raise UsageFault("same-person", name=old)
    day = values.read_day(until, session) if until is not None else None
    new = staff_name(session.database.connection, new)
    moved = customers.hand_over(session, old, new, day)
    names = {"old": visible(old), "new": visible(new), "work": handed_over(moved)}
    if day is None:
        sentence = say("{new} takes over from {old}: {work}", **names)
    else:
        sentence = say("{new} stands in for {old} until {day}: {work}", day=echoed(session, day), **names)
    fields = (
        Field("from", "from"),
        Field("to", "to"),
        Field("until", "until", "date"),
        Field("customers", "customers", "integer"),
        Field("callbacks", "callbacks", "integer"),
        Field("complaints", "complaints", "integer"),
        Field("promises", "promises", "integer"),
    )
    record = {
        "from": old,
        "to": new,
        "until": day and day.isoformat(),
        "customers": moved.customers,
        "callbacks": moved.callbacks,
        "complaints": moved.complaints,
        "promises": moved.promises,
    }
    changed(session, ctx.meta["given"], sentence, fields, record)
