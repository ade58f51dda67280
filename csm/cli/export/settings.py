"""`csm export settings`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files.exporting import Encoding, File, export
from csm.domain.file_records import SETTING_ROW


def run(
    ctx: typer.Context,
    file: File,
    everything: Annotated[bool, typer.Option("--all", help="The time zone and the currency of this file too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write the settings that were set in this file; those at their default aren't among them.

    \b
    Example:
      csm export settings team.csv
    """
    usual = None if everything else "v.key NOT LIKE 'file.%'"
    export(ctx, file, encoding, SETTING_ROW, "setting_list", None, usual)
