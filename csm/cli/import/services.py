"""`csm import services`."""

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
    """Load services rendered to customers that are here already, with what was ticked of their checklists.

    \b
    Example:
      csm import services work.csv --map "Work done=note" --set kind=repair
    """
    return import_file(ctx, "services", file, **asked(locals()))
