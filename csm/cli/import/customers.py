"""`csm import customers`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files.import_options import (
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
)
from csm.cli.files.importing import asked, import_file

Force = Annotated[bool, typer.Option("--force", help="Let in rows that look like a customer who is here already.")]


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
    force: Force = False,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load customers: a table, or an address book of Google or Outlook.

    A row is a known customer by its code or external id, else by phone and name. The same file twice changes nothing.

    \b
    Example:
      csm import customers shops.csv --map "Shop no=code" --set relationship=proactive --dry-run
    """
    return import_file(ctx, "customers", file, **asked(locals()))
