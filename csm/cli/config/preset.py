"""`csm config preset`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.config.results import record_of
from csm.cli.grammar import Given
from csm.cli.output import tell, tell_where, write_rows
from csm.cli.session import Session
from csm.domain.house.record import SETTING
from csm.domain.settings import find
from csm.i18n import say
from csm.render.listing import Listing
from csm.services.house import policy


def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="default, five-day, fca or cfpb.")],
) -> None:
    """Take over targets for complaints by name; cases already recorded keep theirs.

    \b
    default   general: first response 8 working hours, proposal 3 and
              resolution 7 working days; serious and malicious faster.
              Source: csm's own targets, in working hours and days.
    five-day  Reply within 5 working days, the department answers within 3.
              Source: The answer within five working days customary at
              Chinese service hotlines (12345).
    fca       Closed by the end of the third working day after receipt counts
              as settled early; final answer within 8 weeks.
              Source: FCA Handbook, DISP 1.5 and DISP 1.6.2.
    cfpb      First response within 15 calendar days, final within 60.
              Source: CFPB company portal: 15 calendar days, 60 if in progress.

    \b
    Example:
      csm config preset five-day
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    changes = policy.take_over(session, name)
    tell_where(session)
    if given.form != "table" or given.output is not None:
        records = [record_of(find(key), value) for key, _, value in changes]
        write_rows(session, given, Listing(SETTING, [tuple(record.values()) for record in records]))
    if not changes:
        tell(session, say("{name} is in force already", name=name))
        return
    told = ", ".join(f"{key} {old} -> {new}" for key, old, new in changes)
    tell(
        session, say("took over {name}: {changes}; cases already recorded keep their targets", name=name, changes=told)
    )
