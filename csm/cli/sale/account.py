"""`csm sale account`: what a customer bought, paid and was credited, with the balance after each."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import columns
from csm.cli.customer.options import WithBranches
from csm.cli.grammar import Given
from csm.cli.output import opened, style, tell_where, write_rows
from csm.cli.session import Session
from csm.cli.tongue import tongue_of
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.sale.record import ACCOUNT
from csm.domain.sale.statement import Account
from csm.i18n import say
from csm.render.listing import Listing
from csm.render.sale.account import account_rows, account_title, bands_listing, closing
from csm.render.sale.account_page import Letterhead, write_account
from csm.render.text import visible
from csm.services import values
from csm.services.sale import accounts


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The customer.")],
    from_: Annotated[
        str | None, typer.Option("--from", metavar="WHEN", help="First day; before it stands the opening balance.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="WHEN", help="Last day; the balance is that of its evening.")
    ] = None,
    with_branches: WithBranches = False,
) -> None:
    """Show a customer's statement of account: bills, credits and money in the order of days, with the balance.

    As html it is a page to hand over or to print. What lowers the balance is below zero.

    \b
    Example:
      csm sale account "Golden Dragon" --from 2026-01-01
      csm sale account cu12 --from 2026-10-01 --to 2026-10-31 -o statement.html
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    first = values.read_day(from_, session, past=True) if from_ is not None else None
    last = values.read_day(to, session, past=True) if to is not None else None
    account = accounts.read(session, ref, first, last, with_branches=with_branches)
    tell_where(session)
    if given.form == "html" and not columns.asks_for_columns(given):
        keys = ("house.name", "house.payment_details", "file.currency")
        letterhead = Letterhead(*map(session.policy.text, keys))
        with opened(given) as stream:
            write_account(account, letterhead, style(session, given, stream), stream, session.today)
        return
    _write_list(session, given, account, ever=last is None)


def _write_list(session: Session, given: Given, account: Account, *, ever: bool) -> None:
    """Write the rows; `ever` says that they go up to the last entry there is."""
    chosen, limit = columns.columns_of(ACCOUNT, given), columns.limit_of(given)
    people = given.form in READ_BY_PEOPLE
    made = account_rows(account, tongue_of(given).say, people=people)
    rows = list(columns.chosen_rows(made, ACCOUNT, chosen, given, limit))
    listing = Listing(chosen, rows, chosen=given.columns is not None)
    if made and people:
        below = bands_listing(account.bands, account.on_account)
        listing = listing._replace(title=account_title(account), footer=[closing(account)])
        if account.bands or account.on_account:
            listing = listing._replace(below=lambda: below)
    name = visible(account.customer["name"])
    if ever:
        empty = say("nothing was ever on the account of {name}", name=name)
    else:
        empty = say("nothing was on the account of {name} up to {day}", name=name, day=account.last)
    write_rows(session, given, listing._replace(empty=empty))
    if limit is not None and given.limit is None:
        columns.tell_rest(session, len(made) - len(rows))
