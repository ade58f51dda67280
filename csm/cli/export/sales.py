"""`csm export sales`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.output import tell
from csm.cli.session import Session
from csm.domain.formats import OBJECTS
from csm.domain.sale.record import SALES
from csm.i18n import say
from csm.storage.sale.lists import NESTED, PAID_AS_ONE_SUM


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
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, SALES, status=status, customer=customer)
    nested = SALES.nested if exporting.form(given, file) in OBJECTS else ()
    exporting.write(
        session,
        given,
        SALES,
        asked,
        file,
        encoding,
        everything=bool(status) or everything,
        more=nested,
        made=NESTED,
        instead=None if nested else PAID_AS_ONE_SUM,
    )
    if not nested and file != "-":
        tell(session, say("what was paid as one sum a row; json and jsonl hold every payment and signature"))
