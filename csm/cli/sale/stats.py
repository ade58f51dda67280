"""`sale stats`: what was sold to whom, against the period before."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csm.cli.columns import chosen_rows, columns_of, limit_of, tell_rest
from csm.cli.complaint.options import grouping
from csm.cli.customer.options import WithBranches
from csm.cli.grammar import Given
from csm.cli.output import tell_where, write_rows
from csm.cli.quality.periods import From, Month, Quarter, To, Year, read_period, said, tell_not_over
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.sale.record import SALES_FIGURE
from csm.i18n import say
from csm.render.listing import Listing
from csm.services import references
from csm.services.customer import sales_figures
from csm.services.customer.sales_figures import Whose

if TYPE_CHECKING:
    from csm.services.customer.sales_figures import Figures


def run(
    ctx: typer.Context,
    by: Annotated[
        str, typer.Option("--by", metavar="WHAT", help="customer, region, industry, owner, line or month.")
    ] = "customer",
    customer: Annotated[
        str | None, typer.Option("--customer", metavar="REF", help="Only what was sold to this customer.")
    ] = None,
    with_branches: WithBranches = False,
    from_: From = None,
    to: To = None,
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
) -> None:
    """Show sales with share, growth, share of wallet and cost to serve; this month to date unless told.

    Branches are added up at their head office with --with-branches; with --customer too each has a row of its own.
    Money on account is of no sale: by product line it stands in the row without one, by month nowhere.

    \b
    Example:
      csm sale stats --by region --quarter 2026-Q3
      csm sale stats --customer "Golden Dragon" --with-branches
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    kind = grouping(sales_figures.KINDS, by)
    typed = (from_, to, month, quarter, year)
    compared = read_period(session, *typed)
    tell_not_over(session, compared, typed)
    found = sales_figures.figures(session, kind, compared, _whose(session, kind, customer, with_branches))
    chosen, limit = columns_of(SALES_FIGURE, given), limit_of(given)
    people = given.form in READ_BY_PEOPLE
    rows = list(islice(chosen_rows(_named(found) if people else found.rows, SALES_FIGURE, chosen, given, limit), limit))
    left_out = len(found.rows) - len(rows)
    if people and rows:
        places = [SALES_FIGURE.index(field) for field in chosen]
        rows.append([(say("all"), *found.total[1:])[place] for place in places])
    tell_where(session)
    title = said(compared) if people else ""
    write_rows(session, given, Listing(chosen, rows, title, say("no sales"), chosen=given.columns is not None))
    if limit is not None and given.limit is None:
        tell_rest(session, left_out)


def _whose(session: Session, kind: str, customer: str | None, with_branches: bool) -> Whose:
    """Return whose sales are meant; raise values-exclude, and what finding a customer raises."""
    if customer is None and with_branches and kind != "customer":
        raise UsageFault("values-exclude", first="--with-branches", second=f"--by {kind}")
    if customer is None:
        return Whose(None, with_branches)
    return Whose(references.customer(session.database.connection, customer).id, with_branches)


def _named(found: Figures) -> list[tuple[Any, ...]]:
    """Return the rows with a sign in place of the name that a group doesn't have."""
    return [row if row[0] is not None else ("-", *row[1:]) for row in found.rows]
