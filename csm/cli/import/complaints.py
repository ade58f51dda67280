"""`csm import complaints`."""

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
    """Load complaints of customers that are here already: historic ones, or an export with its events.

    Historic cases keep their dates and states; what was due before the import is shown as late, and nothing of it is
    escalated any more. A case that was handled here takes no other state from a file.

    \b
    Example:
      csm import complaints old.csv --map "Ticket=external_id" --value "status:In progress=open"
    """
    return import_file(ctx, "complaints", file, **asked(locals()))
