"""`csm sale guarantee`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.columns import columns_of
from csm.cli.grammar import Given
from csm.cli.output import tell, tell_where, write_rows
from csm.cli.sale.options import Ref, warn_of_number
from csm.cli.session import Session
from csm.domain.sale.record import GUARANTEE
from csm.i18n import say
from csm.render.listing import Listing
from csm.render.sale.record import guarantee_values
from csm.render.text import visible
from csm.services import values
from csm.services.sale import reading


def run(
    ctx: typer.Context,
    ref: Ref,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="As of this day; today unless told.")] = None,
) -> None:
    """Say which guarantees of a sale hold, refund, exchange and repair, and until when.

    \b
    Example:
      csm sale guarantee sa12 --on 2027-03-01
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    day = values.read_day(on, session) if on is not None else session.today
    sale, standing, terms = reading.guarantees(session, ref, day)
    warn_of_number(session, ref)
    fields = columns_of(GUARANTEE, given)
    known = [guarantee_values(one) for one in standing]
    title = say(
        "sa{id}: {product}, {customer}", **{name: visible(str(sale[name])) for name in ("id", "product", "customer")}
    )
    tell_where(session)
    write_rows(session, given, Listing(fields, [[row[field.name] for field in fields] for row in known], title))
    if terms:
        tell(session, say("terms: {terms}", terms=visible(terms)))
