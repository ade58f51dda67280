"""`csm import contacts`."""

from __future__ import annotations

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
    """Load contacts of customers that are here already.

    \b
    Example:
      csm import contacts people.csv --map "Firm=customer" --skip-bad --rejects rejected.csv
    """
    return import_file(ctx, "contacts", file, **asked(locals()))
