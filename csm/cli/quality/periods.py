"""The options of commands that make figures for a period: which days, and which they are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from csm.cli.output import tell
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.time import period
from csm.i18n import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm.domain.time.period import Compared, Period

OPTIONS: Final = ("--from", "--to", "--month", "--quarter", "--year")

From = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="The first day of the period.")]
To = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="The last day of the period; today unless told.")]
Month = Annotated[str | None, typer.Option("--month", metavar="MONTH", help="A whole month, as in 2026-10.")]
Quarter = Annotated[
    str | None, typer.Option("--quarter", metavar="QUARTER", help="A whole quarter, as in 2026-Q3, or Q3 of this year.")
]
Year = Annotated[str | None, typer.Option("--year", metavar="YEAR", help="A whole year, as in 2026.")]


def read_period(
    session: Session, from_: str | None, to: str | None, month: str | None, quarter: str | None, year: str | None
) -> Compared:
    """Return the period that was typed and the one before it; this month to date where nothing was.

    What isn't over is compared with the same days of the one before.

    Raises values-exclude, missing-value, unreadable-period, unreadable-date, end-before-start.
    """
    given = [name for name, text in zip(OPTIONS, (from_, to, month, quarter, year), strict=True) if text is not None]
    if len(given) > 1 and given != ["--from", "--to"]:
        # --from and --to go together; what excludes them is the last one typed.
        raise UsageFault("values-exclude", first=given[0], second=given[-1])
    if from_ is not None or to is not None:
        now = _span(session, from_, to)
    elif month is not None:
        now = period.read_month(month)
    elif quarter is not None:
        now = period.read_quarter(quarter, session.today)
    elif year is not None:
        now = period.read_year(year)
    else:
        return period.month_to_date(session.today)
    return period.compared(now, session.today)


def _span(session: Session, from_: str | None, to: str | None) -> Period:
    from csm.services.values import read_day

    if from_ is None:
        raise UsageFault("period-without-start")
    first = read_day(from_, session, past=True)
    last = read_day(to, session, past=True) if to is not None else session.today
    if last < first:
        raise UsageFault("end-before-start", start=first.isoformat(), end=last.isoformat())
    return period.Period(first, last)


def tell_not_over(session: Session, compared: Compared, typed: Sequence[str | None], *, by: bool = False) -> None:
    """Say where a period that was typed isn't over, or hasn't begun; `by`: nothing is compared with it."""
    if compared.now.first > session.today:
        tell(session, say("note: this period begins after today, so nothing can be counted in it yet"))
    elif compared.running and any(typed):
        if by:
            tell(session, say("note: this period isn't over yet"))
        else:
            tell(session, say("note: this period isn't over yet; the one before it is counted for the same days"))


def said(compared: Compared) -> str:
    """Return the words for a period and the one before it, for the heading of its figures."""
    now, before = compared.now, compared.before
    told = {"first": now.first, "last": now.last, "from_": before.first, "to": before.last}
    if compared.running:
        return say("{first} to {last}, same days: {from_} to {to}", **told)
    return say("{first} to {last}, before: {from_} to {to}", **told)
