"""The made-up shop district."""

from __future__ import annotations

import os
from importlib.resources import files
from shlex import quote
from typing import Annotated, Final

import typer

from csm.cli.grammar import Given
from csm.cli.house.demo_player import Player
from csm.cli.house.demo_sales import DemoSales
from csm.cli.output import changed
from csm.cli.session import Session, default_path, expanded
from csm.domain.errors import FileExists, Refused, UsageFault
from csm.domain.kinds import Field
from csm.i18n import say
from csm.render.text import visible
from csm.services.work import Work
from csm.storage import rows
from csm.storage.file.database import new_database
from csm.transfer import targets

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
# In the order in which they are played.
TEXTS: Final = ("cards.txt", "month.txt", "later.txt")
SALES: Final = "sales.csv"


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
        raise UsageFault("output-on-database", field="FILE", path=file)
    if os.path.realpath(path) == os.path.realpath(default_path()):
        raise Refused("demo-in-own-file", path=path, other=_free_name())
    try:
        made = make(session, path)
    except FileExists as error:
        raise Refused("demo-in-the-way", path=path, other=_free_name()) from error
    sentence = say(
        "made a shop district of {customers} customers in {path}; look around: {command}",
        customers=made["customers"],
        path=visible(path),
        command=visible(_look_around(path)),
    )
    changed(session, given, sentence, MADE, {"file": path, **made})


def make(work: Work, path: str) -> dict[str, int]:
    """Make the district as a new file at `path`, dated relative to `work.today`; whole or not at all.

    The clock, zone, policy and calendar of `work` are used, not its file. Return how many records of each kind the new
    file holds. Raises file-exists, cannot-open.
    """
    data = files("csm") / "demo"
    with new_database(path) as database:
        player = Player(work, database)
        sales = DemoSales(player, (data / SALES).read_text(encoding="utf-8").splitlines())
        player.verbs = {"sales": sales.open, "cash": sales.cash}
        for name in TEXTS:
            player.play((data / name).read_text(encoding="utf-8"))
        return {field.name: rows.count(database.connection, field.name.removesuffix("s")) for field in MADE[1:]}


def _look_around(path: str) -> str:
    """Return the command that shows the day's page of the file at `path`."""
    usual = os.path.abspath(expanded(os.environ.get("CSM_DB") or default_path()))
    return "csm today" if os.path.abspath(path) == usual else f"csm --db {quote(path)} today"


def _free_name() -> str:
    """Return the name of a file that isn't there yet."""
    number, name = 1, "demo.db"
    while os.path.lexists(name):
        number += 1
        name = f"demo{number}.db"
    return name
