"""`csm survey list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.cli.survey import options
from csm.domain.survey.record import SURVEYS
from csm.i18n import say
from csm.storage.survey.rows import MADE


def run(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    complaint: Annotated[str | None, typer.Option("--complaint", metavar="ID", help="Only after this case.")] = None,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="NAME", help="Only of this owner's customers; repeat it.")
    ] = None,
) -> None:
    """List surveys, the latest first; every field is a filter, and --subject "" leaves only those about us.

    \b
    Example:
      csm survey list --taken 2026-11-01.. --csat 1..3
      csm survey list --customer "Golden Dragon" --columns id,taken_on,q1_e,q1_p
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = options.conditions(session, given, customer, complaint, owner)
    lists.show(session, given, SURVEYS, asked, empty=say("no surveys"), made=MADE)
