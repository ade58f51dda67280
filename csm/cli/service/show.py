"""`csm service show`."""

from __future__ import annotations

import typer

from csm.cli.grammar import Given
from csm.cli.output import opened, style, tell_where, write_one
from csm.cli.service.options import Ref
from csm.cli.service.results import nesting, record_of
from csm.cli.session import Session
from csm.domain.formats import NESTED
from csm.domain.service.record import SERVICE
from csm.render.service.page import write_service
from csm.services import references
from csm.storage.service import rows as services


def run(ctx: typer.Context, ref: Ref) -> None:
    """Show a service: what was done, for whom, its message and its checklist.

    \b
    Example:
      csm service show sv3
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    record = record_of(session, references.identity(connection, "service", ref))
    tell_where(session)
    if given.form == "table":
        with opened(given) as stream:
            write_service(record, services.checks(connection, record["id"]), style(session, given, stream), stream)
        return
    fields, shown = nesting(session, record) if given.form in NESTED else (list(SERVICE), record)
    write_one(session, given, fields, shown, f"sv{record['id']}")
