"""`csm today`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.day.results import owners_typed
from csm.cli.grammar import Given
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    owner: Annotated[str | None, typer.Option("--owner", help="Only this owner's work.")] = None,
) -> None:
    """Show the page for the morning: late, today, the next days, today's route, and who has no next callback.

    \b
    Example:
      csm today --owner alice
      csm today -f html | mail -a "Content-Type: text/html; charset=utf-8" -s "Today" alice@example.com
    """
    from csm.cli import output
    from csm.render.day.today import write_day
    from csm.services.day import page as day

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    page = day.read(session, owner=owner, owners=owners_typed(session, [owner] if owner else None))
    output.tell_where(session)
    with output.opened(given) as stream:
        write_day(
            given.form,
            page,
            output.style(session, given, stream),
            stream,
            deputies=day.deputies(session),
            no_answer_limit=session.policy.number("callback.no_answer_limit"),
            calendar=lambda: session.calendar,
        )
