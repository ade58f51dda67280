"""`csm config holidays`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import columns
from csm.cli.config.results import tell_moved
from csm.cli.grammar import Given
from csm.cli.output import tell, tell_where, write_rows
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.house.record import HOLIDAY
from csm.i18n import say
from csm.render.listing import Listing
from csm.services.house import holidays as holiday_files
from csm.services.house import policy
from csm.storage.house import settings


def run(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="import|list", help="What to do.")],
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="csv with date, kind, name; kind is holiday or workday.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="How the file was saved, if csm can't tell.")
    ] = None,
) -> None:
    """Load dated holidays and extra working days from a file, or list them.

    \b
    Example:
      csm config holidays import holidays-2027.csv
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if action == "import":
        if file is None:
            raise UsageFault("missing-value", field="FILE", command="csm config holidays import")
        done = policy.import_holidays(session, holiday_files.read(file, encoding, session))
        sentence = say("read {read} days, {changed} of them new or different", read=done.read, changed=done.changed)
        _tell_holidays(session, sentence)
        tell_moved(session, done.moved)
    elif action != "list":
        raise UsageFault("unknown-command", name=action, before="csm config holidays", near=["import", "list"])
    elif file is not None or encoding is not None:
        raise UsageFault("values-exclude", first="list", second="FILE" if file is not None else "--encoding")
    if action == "list" or columns.asks_for_rows(given):
        rows = settings.holidays(session.database.connection)
        fields = columns.columns_of(HOLIDAY, given)
        chosen = columns.chosen_rows(rows, HOLIDAY, fields, given, columns.limit_of(given))
        tell_where(session)
        write_rows(session, given, Listing(fields, chosen, "", say("no holidays"), (), given.columns is not None))


def _tell_holidays(session: Session, sentence: str) -> None:
    tell_where(session)
    tell(session, sentence)
