"""The made-up shop district."""

from __future__ import annotations

import os
from typing import Annotated, Final

import typer

from csm.cli.grammar import Given
from csm.cli.session import Session, default_path, expanded
from csm.domain.errors import FileExists, Refused, UsageFault
from csm.domain.records import Field

MADE: Final = (
    Field("file", "file"),
    Field("customers", "customers", "integer"),
    Field("contacts", "contacts", "integer"),
    Field("callbacks", "callbacks", "integer"),
    Field("notes", "notes", "integer"),
    Field("complaints", "complaints", "integer"),
    Field("promises", "promises", "integer"),
    Field("sales", "sales", "integer"),
    Field("services", "services", "integer"),
    Field("surveys", "surveys", "integer"),
)


def run(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A new file for it.")],
) -> None:
    """Make a made-up shop district with a month of history, to look around in.

    It goes into a new file, never into one that is there already or into your own. Names, numbers and addresses are
    invented.

    \b
    Example:
      csm demo demo.db
      csm --db demo.db today
    """
    from csm.cli.output import changed
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.demo.making import make
    from csm.transfer import targets

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if not file.strip():
        raise UsageFault("empty-value", field="FILE")
    # The clock and the zone of a new file are wanted, not those of the file used every day.
    session.path = file
    path = session.database.path
    if given.output is not None:
        targets.checked("--output", given.output, database=path)
    if targets.is_log_of(path, expanded(os.environ.get("CSM_DB") or default_path())):
        raise UsageFault("output-on-database", option="FILE", path=file)
    if os.path.realpath(path) == os.path.realpath(default_path()):
        raise Refused("demo-in-own-file", path=path, other=_free_name())
    try:
        made = make(session, path)
    except FileExists as error:
        raise Refused("demo-in-the-way", path=path, other=_free_name()) from error
    sentence = say(
        "made a shop district of {customers} customers in {path}; look around: {command}",
        customers=made.customers,
        path=visible(path),
        command=visible(_look_around(path)),
    )
    changed(session, given, sentence, MADE, {"file": path, **made._asdict()})


def _look_around(path: str) -> str:
    """Return the command that shows the day's page of the file at `path`."""
    from shlex import quote

    usual = os.path.abspath(expanded(os.environ.get("CSM_DB") or default_path()))
    return "csm today" if os.path.abspath(path) == usual else f"csm --db {quote(path)} today"


def _free_name() -> str:
    """Return the name of a file that isn't there yet."""
    number, name = 1, "demo.db"
    while os.path.lexists(name):
        number += 1
        name = f"demo{number}.db"
    return name
