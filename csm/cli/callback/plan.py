"""`csm callback plan`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from csm.cli.callback.results import show_planned, tell_near
from csm.cli.days import echoed, together
from csm.cli.session import Session
from csm.domain.callback.record import CALLBACK
from csm.domain.errors import UsageFault
from csm.domain.settings import read_whole
from csm.i18n import say, say_n
from csm.services import values
from csm.services.callback import planning


def run(
    ctx: typer.Context,
    until: Annotated[
        str | None, typer.Option("--until", metavar="WHEN", help="Only what falls on this day or before.")
    ] = None,
    per_day: Annotated[
        str | None, typer.Option("--per-day", metavar="N", help="At most so many a day for each owner.")
    ] = None,
    route: Annotated[str | None, typer.Option("--route", help="Plan visits along this route instead.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day of the visits.")] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", help="What the visits are for. (default: usage)")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be planned; change nothing.")] = False,
) -> None:
    """Plan callbacks by cadence and visits by their frequency, or visits along a route on a day.

    Run twice, nothing is planned twice. Visits by frequency fall on working days, those of one route on the same day as
    far as possible.

    \b
    Example:
      csm callback plan --per-day 20
      csm callback plan --route East --on tomorrow
    """
    session: Session = ctx.obj
    if route is None:
        if on is not None or purpose is not None:
            raise UsageFault("missing-value", field="--route")
        last = values.read_day(until, session) if until is not None else None
        most = read_whole(per_day, 1, 10**6) if per_day is not None else None
        plan = planning.by_rule(session, until=last, per_day=most, dry_run=dry_run)
    else:
        if until is not None or per_day is not None:
            raise UsageFault("values-exclude", first="--route", second="--until" if until is not None else "--per-day")
        if on is None:
            raise UsageFault("missing-value", field="--on")
        day = values.read_day(on, session)
        known = values.read_term(next(field for field in CALLBACK if field.name == "purpose"), purpose or "usage")
        plan = planning.along_route(session, route, day, known, dry_run=dry_run)
    planned = plan.planned
    if dry_run:
        sentence = say_n("would plan {n} callback", "would plan {n} callbacks", len(planned))
    else:
        sentence = say_n("planned {n} callback", "planned {n} callbacks", len(planned))
    if planned:
        first, last_day = min(row.due_on for row in planned), max(row.due_on for row in planned)
        days = {
            "first": echoed(session, date.fromisoformat(first)),
            "last": echoed(session, date.fromisoformat(last_day)),
        }
        span = say("on {first}", **days) if first == last_day else say("from {first} to {last}", **days)
        sentence = together(sentence, span, comma=True)
    tell_near(session, plan.near)
    show_planned(session, ctx.meta["given"], planned, sentence, show=dry_run)
