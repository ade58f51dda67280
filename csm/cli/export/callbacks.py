"""`csm export callbacks`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import LEFT_OUT, Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import CALLBACK, Field

# One cell of json also in a spreadsheet: what was said on a try in vain stands nowhere else.
TRIED: Final = Field("tries_made", "tries made", "json")


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, done, skipped or cancelled; repeat it.")
    ] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only of this owner; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write callbacks, the open ones unless told; the list can be filled in and imported again.

    \b
    Example:
      csm export callbacks week.csv --due today..+7d
    """
    from csm.cli import filters, lists
    from csm.domain.records import named
    from csm.services.values import read_term
    from csm.storage.callback.rows import TRIES
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CALLBACK, given.fields, view="callback_list")
    if status:
        conditions.append(equals("v.status", [read_term(named(CALLBACK, "status"), value) for value in status]))
    unfiltered = not (status or everything)
    usual = [Condition("v.status = 'open'"), Condition("v.archived_on IS NULL")] if unfiltered else []
    if owner:
        conditions.append(filters.owned_by(session, owner))
    conditions += exporting.of_customer(session, customer)
    fields = (*(field for field in CALLBACK if field.name not in LEFT_OUT), TRIED)
    made = {"tries_made": TRIES}
    subject = lists.Subject("callback_list", fields, "v.id", "", {"customer": "v.customer"}, made=made)
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)
