"""`csm export sales`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import LEFT_OUT, Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import Field
from csm.domain.trade_records import SALE

SETTLED: Final = (Field("payments", "payments", "json"), Field("signatures", "signatures", "json"))


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="open, paid or cancelled; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Cancelled ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write sales, those not cancelled unless told: a row each; in json and jsonl with all payments and signatures.

    \b
    Example:
      csm export sales all.jsonl --all
      csm export sales november.csv --sold 2026-11-01..2026-11-30
    """
    from csm.cli import filters, lists
    from csm.domain.records import named
    from csm.services.values import read_term
    from csm.storage.listing import Condition, equals
    from csm.storage.sale import known as known_sales

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, SALE, given.fields, view="sale_list")
    if status:
        conditions.append(equals("v.status", [read_term(named(SALE, "status"), value) for value in status]))
    usual = [] if status or everything else [Condition("v.status <> 'cancelled'")]
    conditions += exporting.of_customer(session, customer)
    fields = tuple(field for field in SALE if field.name not in LEFT_OUT)
    nested = SETTLED if exporting.form(given, file) in exporting.WITH_NESTED else ()
    made = {"payments": known_sales.PAYMENTS, "signatures": known_sales.SIGNATURES}
    if not nested:
        made["paid_on"] = known_sales.PAID_ON
    subject = lists.Subject("sale_list", (*fields, *nested), "v.id", "", {"customer": "v.customer"}, made=made)
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)
    if not nested and file != "-":
        from csm.cli.output import tell
        from csm.i18n import say

        tell(session, say("what was paid as one sum a row; json and jsonl hold every payment and signature"))
