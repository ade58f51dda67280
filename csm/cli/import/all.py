"""`csm import all`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from csm.cli.files.importing import reading_progress
from csm.cli.grammar import Given
from csm.cli.output import tell, tell_where, write_one
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field
from csm.i18n import say, say_n
from csm.render.text import visible
from csm.services.files.moving import incoming

if TYPE_CHECKING:
    from collections.abc import Mapping


def run(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder that csm export all wrote.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
) -> None:
    """Load a whole file from the folder of csm export all, into an empty file; it is made where there is none.

    Everything comes back as it was, ids included, but the history. All or nothing.

    \b
    Example:
      csm import all backup-2026-11 --db new.db
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if not folder.strip():
        raise UsageFault("empty-value", field="FOLDER")
    progress, clear = reading_progress()
    try:
        brought = incoming.load(session, folder, dry_run=dry_run, progress=progress)
    finally:
        clear()
    tell_where(session)
    _write_result(session, given, brought.rows, brought.unused)
    if brought.unused:
        tell(session, say("not imported: {names}", names=", ".join(map(visible, brought.unused))))
    for name, number in brought.rows.items():
        if number:
            tell(session, say_n("{name}: {n} row", "{name}: {n} rows", number, name=name))
    numbers = {"rows": f"{sum(brought.rows.values()):,}", "path": visible(folder)}
    tell(
        session,
        say("would import the whole file from {path}: {rows} rows", **numbers)
        if dry_run
        else say("imported the whole file from {path}: {rows} rows", **numbers),
    )


def _write_result(session: Session, given: Given, counts: Mapping[str, int], unused: list[str]) -> None:
    if given.form == "table" and given.output is None:
        return
    record: dict[str, Any] = {"read": sum(counts.values()), "inserted": sum(counts.values()), **counts}
    fields = [Field(name, name.replace("_", " "), "integer") for name in record]
    write_one(session, given, fields, {**record, "unused": unused})
