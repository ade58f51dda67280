"""`csm export services`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import LEFT_OUT, Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.trade_records import SERVICE


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    messages: Annotated[bool, typer.Option("--messages", help="Only with a message that waits.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Those of archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write services rendered, a row each with what was ticked of its checklist.

    \b
    Example:
      csm export services november.csv --done 2026-11-01..2026-11-30
    """
    from csm.cli import filters, lists
    from csm.storage.listing import Condition
    from csm.storage.service.rows import CHECKS, WAITING

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, SERVICE, given.fields, view="service_list")
    usual = [] if everything else [Condition("v.archived_on IS NULL")]
    if messages:
        conditions.append(WAITING)
    conditions += exporting.of_customer(session, customer)
    fields, made = tuple(field for field in SERVICE if field.name not in LEFT_OUT), None
    if exporting.form(given, file) in exporting.WITH_NESTED:
        fields = tuple(field._replace(kind="json") if field.name == "checks" else field for field in fields)
        made = {"checks": CHECKS}
    subject = lists.Subject("service_list", fields, "v.id", "", {"customer": "v.customer"}, made=made)
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)
