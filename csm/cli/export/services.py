"""`csm export services`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.formats import OBJECTS
from csm.domain.service.record import SERVICES
from csm.storage.service.rows import CHECKS, WAITING


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
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, SERVICES, customer=customer)
    if messages:
        asked.append(WAITING)
    kind, instead = SERVICES, None
    if exporting.form(given, file) in OBJECTS:
        kind, instead = SERVICES.changed("checks", kind="json"), {"checks": CHECKS}
    exporting.write(session, given, kind, asked, file, encoding, everything=everything, instead=instead)
