"""`csm import sales`."""

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

AllowNegative = Annotated[
    bool, typer.Option("--allow-negative", help="A row below zero that cancels no sale is a credit note.")
]


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
    allow_negative: AllowNegative = False,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load sales of customers that are here already, a row each; with what was paid, where the file tells it.

    The amount is that of all pieces together. A row below zero cancels the sale of the customer that was for exactly
    that amount (the field cancels can name it). Rows that are equal are as many sales; a bill can have several.

    \b
    Example:
      csm import sales shop.csv --map "Total=amount" --set product=goods --set status=paid --skip-bad --rejects bad.csv
    """
    return import_file(ctx, "sales", file, **asked(locals()))
