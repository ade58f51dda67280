"""`csm complaint show`."""

from __future__ import annotations

import typer

from csm.cli.complaint.options import Ref
from csm.cli.grammar import Given
from csm.cli.session import Session


def run(ctx: typer.Context, ref: Ref) -> None:
    """Show a case file: head, clocks, time line, what is on record of the four Rs, and what comes next.

    \b
    Example:
      csm complaint show cp12
    """
    from csm.cli.output import READ_BY_PEOPLE, opened, style, tell_where, write_one
    from csm.services.complaint import reading

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    file = reading.read(session, ref)
    tell_where(session)
    if given.form == "table":
        from csm.render.complaint.page import write_case

        with opened(given) as stream:
            write_case(file, style(session, given, stream), stream)
        return
    from csm.render.complaint.record import case_record

    fields, record = case_record(file, people=given.form in READ_BY_PEOPLE)
    write_one(session, given, fields, record, f"cp{file.id}")
