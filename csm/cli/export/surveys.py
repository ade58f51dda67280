"""`csm export surveys`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.cli.survey import options
from csm.domain.survey.record import SURVEYS
from csm.storage.survey.rows import MADE


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    complaint: Annotated[str | None, typer.Option("--complaint", metavar="ID", help="Only after this case.")] = None,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="NAME", help="Only of this owner's customers; repeat it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those of archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write surveys, a row each with every score: dimensions, and items as they stood on the form.

    \b
    Example:
      csm export surveys november.csv --taken 2026-11-01..2026-11-30
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = options.conditions(session, given, customer, complaint, owner)
    exporting.write(session, given, SURVEYS, asked, file, encoding, everything=everything, made=MADE)
