"""`csm survey remove`."""

from __future__ import annotations

import typer

from csm.cli.session import Session
from csm.cli.survey.options import Ref
from csm.cli.survey.results import print_changed, record_of


def run(ctx: typer.Context, ref: Ref) -> None:
    """Take away a survey that was recorded by mistake; what it said stays in the file's history.

    \b
    Example:
      csm survey remove su3
    """
    from csm.i18n import say
    from csm.services import references
    from csm.services.survey import writing as surveys

    session: Session = ctx.obj
    record = record_of(session, int(str(references.record(session.database.connection, "survey", ref)["id"])))
    print_changed(ctx, say("removed su{id}", id=surveys.remove(session, ref)), record)
