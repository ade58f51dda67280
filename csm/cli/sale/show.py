"""`csm sale show`."""

from __future__ import annotations

import typer

from csm.cli.columns import columns_of
from csm.cli.grammar import Given
from csm.cli.output import opened, style, tell, tell_where, write_one, write_rows
from csm.cli.sale import results as sale_records
from csm.cli.sale.options import Ref, warn_of_number
from csm.cli.session import Session
from csm.domain.sale.record import SALE
from csm.i18n import say
from csm.render.listing import Listing
from csm.render.sale.page import write_sale
from csm.render.sale.record import sale_record
from csm.services.sale import finding, reading


def run(ctx: typer.Context, ref: Ref) -> None:
    """Show a sale with its payments, signatures, callbacks, complaints and guarantees; of a bill, its sales.

    \b
    Example:
      csm sale show sa12
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    found = finding.find(session.database.connection, ref)
    warn_of_number(session, ref)
    if len(found) > 1:
        _show_bill(session, given, [row["id"] for row in found])
        return
    file = reading.read(session, found[0]["id"])
    tell_where(session)
    if given.form == "table":
        with opened(given) as stream:
            write_sale(file, style(session, given, stream), stream, session.today)
        return

    write_one(session, given, *sale_record(file), f"sa{file.sale['id']}")


def _show_bill(session: Session, given: Given, ids: list[int]) -> None:
    fields = columns_of(SALE, given)
    tell_where(session)
    rows = [[row[field.name] for field in fields] for row in sale_records.records(session, ids)]
    write_rows(session, given, Listing(fields, rows))
    tell(session, say("csm sale show sa{id} shows one of them", id=ids[0]))
