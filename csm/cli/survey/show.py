"""`csm survey show`."""

from __future__ import annotations

import typer

from csm.cli.grammar import Given
from csm.cli.output import opened, style, tell_where, write_one
from csm.cli.session import Session
from csm.cli.survey.options import Ref
from csm.cli.survey.results import record_of
from csm.domain.survey.record import SURVEY
from csm.render.survey.page import write_survey
from csm.services import references


def run(ctx: typer.Context, ref: Ref) -> None:
    """Show a survey: its dimensions with expectation, perception and gap, its items, and what was said.

    \b
    Example:
      csm survey show su3
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    record = record_of(session, references.identity(session.database.connection, "survey", ref))
    tell_where(session)
    if given.form == "table":
        with opened(given) as stream:
            write_survey(record, style(session, given, stream), stream)
        return
    write_one(session, given, SURVEY, record, f"su{record['id']}")
