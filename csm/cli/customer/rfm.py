"""`csm customer rfm`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import grouping
from csm.cli.customer.valuing import Months, Owner, months_typed, owners_typed, write_result
from csm.cli.grammar import Given
from csm.cli.output import tell
from csm.cli.session import Session, warn
from csm.domain.customer.record import RFM, SEGMENT
from csm.domain.kinds import named
from csm.i18n import say, say_n
from csm.services.customer import value
from csm.services.values import read_term


def run(
    ctx: typer.Context,
    months: Months = None,
    segment: Annotated[
        list[str] | None, typer.Option("--segment", metavar="S", help="Only this segment; repeat it.")
    ] = None,
    owner: Owner = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHAT", help="segment: a row for each, with its share of the money.")
    ] = None,
) -> None:
    """Score customers from 1 to 5 by recency, frequency and money, and name their segments.

    \b
    Example:
      csm customer rfm --segment at-risk
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if by is not None:
        grouping(("segment",), by)
    wanted: set[str] = set()
    if segment:
        wanted = {read_term(named(RFM, "segment"), one) for one in segment}
    asked, owners = months_typed(months), owners_typed(session, owner)
    rows = value.score(session, asked)
    few = session.policy.number("rfm.few")
    if 0 < len(rows) < few:
        warn(
            say_n(
                "only {n} customer bought; below {few}, quintiles mean little",
                "only {n} customers bought; below {few}, quintiles mean little",
                len(rows),
                few=few,
            )
        )
    if owners is not None:
        rows = [row for row in rows if row[value.OWNER] in owners]
    if wanted:
        rows = [row for row in rows if row[value.SEGMENT] in wanted]
    if by is not None:
        segments = value.by_segment(rows)
        write_result(session, given, SEGMENT, segments, iter(segments))
    else:
        write_result(session, given, RFM, rows, iter(rows))
    if not rows and given.form == "table":
        _tell_none(session, narrowed=bool(wanted) or owners is not None or asked is not None)


def _tell_none(session: Session, *, narrowed: bool) -> None:
    tell(session, say("no customers") if narrowed else say("nobody has bought anything yet"))
