"""`csm export all`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.grammar import Given
from csm.cli.output import tell, tell_where
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import EXPORTED
from csm.i18n import say
from csm.render.text import visible
from csm.services.files.moving import outgoing


def run(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder that doesn't exist yet, or is empty.")],
) -> None:
    """Write the whole file to a folder: every record of every kind, one file a kind, personal data included.

    Only the history stays behind. The files are csv unless -f names tsv, json or jsonl; csm import all reads them
    back into an empty file.

    \b
    Example:
      csm export all backup-2026-11
      csm export all moved -f json
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if given.output is not None:
        raise UsageFault("values-exclude", first="FOLDER", second="--output")
    form = "csv" if given.form == "table" else given.form
    if form not in EXPORTED:
        raise UsageFault("unknown-value", field="--format", value=given.form, choices=list(EXPORTED))
    if not folder.strip():
        raise UsageFault("empty-value", field="FOLDER")
    counts = outgoing.export(session, folder, form)
    tell_where(session)
    numbers = {"rows": f"{sum(counts.values()):,}", "files": len(counts)}
    tell(session, say("wrote the whole file: {rows} rows in {files} files to {path}", path=visible(folder), **numbers))
