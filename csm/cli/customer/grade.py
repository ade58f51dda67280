"""`csm customer grade`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from csm.cli.days import replanned, together
from csm.cli.grammar import Given
from csm.cli.output import tell
from csm.cli.session import Session
from csm.cli.tongue import tongue_of
from csm.domain.customer.record import GRADING
from csm.domain.values.money import group_cents
from csm.i18n import say, say_n
from csm.render.text import visible
from csm.services.customer import grading
from csm.services.customer.grading import SALES

if TYPE_CHECKING:
    from csm.cli.tongue import Tongue
    from csm.render.listing import Row
    from csm.services.customer.grading import Graded, Proposal
from csm.cli.customer.valuing import Months, Owner, months_typed, owners_typed, write_result


def run(
    ctx: typer.Context,
    months: Months = None,
    apply: Annotated[bool, typer.Option("--apply", help="Give the customers these grades.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Those whose grade wouldn't change too.")] = False,
    owner: Owner = None,
) -> None:
    """Propose grades A, B and C by share of sales, and say why; --apply gives them.

    \b
    Example:
      csm customer grade --months 12
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked, owners = months_typed(months), owners_typed(session, owner)
    proposal = (grading.apply if apply else grading.propose)(session, asked, owners)
    rows = proposal.rows if everything else proposal.changes
    write_result(session, given, GRADING, rows, _explained(proposal, rows, tongue_of(given)))
    _tell_grades(session, proposal, _command(months, owner) if not apply else None, some=owners is not None)


def _explained(proposal: Proposal, rows: Sequence[Graded], tongue: Tongue) -> Iterator[Row]:
    """Give the rows with their shares and the reason of each, worked out for those that are read only."""
    scale = proposal.scale
    if scale is None:
        return
    total, befores = scale.total, scale.before
    counted, not_counted, nothing = _reasons(proposal.months, tongue)
    # There may be a hundred thousand: no call a row but that of the sentence.
    for row in rows:
        sales = row[SALES]
        if sales > 0:
            before = befores[sales]
            tenths = (2000 * before + total) // (2 * total)
            if tenths % 10 == 0:
                # Rounded down: what lies just below a border, a whole per cent, must not read as if it were on it.
                tenths = 1000 * before // total
            why = counted(f"{sales // 100:,}.{sales % 100:02}", f"{tenths // 10}.{tenths % 10}")
            yield (*row, sales / total, before / total, why)
        else:
            yield (*row, sales / total, None, not_counted(group_cents(sales)) if sales else nothing)


def _reasons(months: int, tongue: Tongue) -> tuple[Callable[..., str], Callable[..., str], str]:
    """Return what says the reason of sales above zero (sales, per cent before them) and below, and that of none.

    The sentences are looked up once, for as many rows as there are.
    """
    counted = tongue.say_n(
        "sales {sales} of the last month; {share} % of all sales lie before it",
        "sales {sales} of the last {n} months; {share} % of all sales lie before it",
        months,
        sales="{0}",
        share="{1}",
    )
    not_counted = tongue.say_n(
        "sales {sales} of the last month; only sales above zero count",
        "sales {sales} of the last {n} months; only sales above zero count",
        months,
        sales="{0}",
    )
    nothing = tongue.say_n("no sales in the last month", "no sales in the last {n} months", months)
    return counted.format, not_counted.format, nothing


def _command(months: str | None, owner: Sequence[str] | None) -> str:
    """Return the command that applies what was proposed."""
    words = ["csm customer grade", *(["--months", months] if months else [])]
    for name in owner or ():
        words += ["--owner", quote(name)]
    return " ".join([*words, "--apply"])


def _tell_grades(session: Session, proposal: Proposal, command: str | None, *, some: bool) -> None:
    n = len(proposal.changes)
    if proposal.scale is None:
        tell(
            session,
            say_n(
                "nothing was sold in the last month; grades stay as they are",
                "nothing was sold in the last {n} months; grades stay as they are",
                proposal.months,
            ),
        )
        return
    if command is None:
        sentence = say_n("changed {n} grade", "changed {n} grades", n)
        followed = replanned(len(proposal.replanned.moved), proposal.replanned.cancelled)
        tell(session, together(sentence, followed) if followed else sentence)
    elif n:
        tell(
            session,
            say_n(
                "{n} grade would change; {command} changes it",
                "{n} grades would change; {command} changes them",
                n,
                command=visible(command),
            ),
        )
    else:
        tell(session, say("no grade would change"))
    if some and proposal.others:
        tell(
            session,
            say_n(
                "{n} grade of other owners' customers would change too",
                "{n} grades of other owners' customers would change too",
                proposal.others,
            ),
        )
