"""Imports of notes, payments, losses, pledges, staff and settings; the other kinds are in `commands.import_`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import typer

from csm.cli.import_.commands import (
    DateOrder,
    Decimal,
    DryRun,
    Encoding,
    File,
    Input,
    Map,
    Rejects,
    Round,
    Set,
    SkipBad,
    SkipLines,
    Update,
    Value,
    _asked,
    _import,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable

ABOUT: Final = {
    "notes": """Load notes on the cards of customers that are here already, with their reminders.

    A note is known by its customer, its text, and when it was noted where the file says so; the same file twice
    changes nothing.

    \b
    Example:
      csm import notes diary.csv --map "Firm=customer" --map "What=text"
    """,
    "payments": """Load payments for sales that are here already.

    A row names the sale by its external id or its bill, or only the customer: then the oldest sales are settled first.
    An amount below zero was paid back. More than is open is refused.

    \b
    Example:
      csm import payments bank.csv --map "Invoice=bill" --map "Received=amount" --skip-bad --rejects bad.csv
    """,
    "losses": """Load customers who were lost: when, how and why, and when they were won back.

    A customer who is still lost gets that status, and what was planned by cadence is cancelled.

    \b
    Example:
      csm import losses lost.csv --map "Left=lost_on" --set kind=competitor
    """,
    "pledges": """Load pledges: what the house promises everybody.

    \b
    Example:
      csm import pledges pledges.csv
    """,
    "staff": """Load staff: names, departments, levels of authority. Somebody is known by the name.

    \b
    Example:
      csm import staff people.csv --set level=0 --update
    """,
    "settings": """Load settings, a key and a value a row. An unknown key or an invalid value is refused.

    \b
    Example:
      csm import settings team.csv --update
    """,
}


def _verb(kind: str) -> Callable[..., int]:
    """Return the import of a kind; all of them take the same options."""

    def run(
        ctx: typer.Context,
        file: File,
        map_: Map = None,
        set_: Set = None,
        value: Value = None,
        dry_run: DryRun = False,
        update: Update = False,
        skip_bad: SkipBad = False,
        rejects: Rejects = None,
        encoding: Encoding = None,
        date_order: DateOrder = None,
        skip_lines: SkipLines = 0,
        decimal: Decimal = None,
        round_: Round = False,
        input_: Input = None,
    ) -> int:
        return _import(ctx, kind, file, **_asked({name: told for name, told in locals().items() if name != "kind"}))

    run.__doc__ = ABOUT[kind]
    return run


notes = _verb("notes")
payments = _verb("payments")
losses = _verb("losses")
pledges = _verb("pledges")
staff = _verb("staff")
settings = _verb("settings")
