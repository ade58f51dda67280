"""What several verbs of `complaint` print."""

from __future__ import annotations

import typer

from csm.cli.complaint.options import words
from csm.cli.session import Session


def decide(ctx: typer.Context, ref: str, verb: str, by: str, remark: str) -> None:
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.complaint import steps
    from csm.storage.house import settings

    session: Session = ctx.obj
    name = settings.staff_name(session.database.connection, words("--by", by))
    done = steps.decide(session, ref, verb, name, words("--remark", remark))
    said = {"id": done.file.id, "name": visible(name)}
    approved = verb == "approve"
    tell_done(ctx, done, say("{name} approved cp{id}", **said) if approved else say("{name} rejected cp{id}", **said))
