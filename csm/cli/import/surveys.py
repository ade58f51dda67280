"""`csm import surveys`."""

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
    """Load surveys of customers that are here already: the form of csm survey template filled in, or a row each.

    A row is a known survey by its external id, or where it is equal; any other is a new one, so only rows with an
    external id (or our own id) change anything under --update. The same file twice changes nothing.

    \b
    Example:
      csm import surveys form.csv
      csm import surveys answers.csv --map "Store=customer" --set reverse=yes --skip-bad --rejects bad.csv
    """
    return import_file(ctx, "surveys", file, **asked(locals()))
