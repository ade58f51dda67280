"""`csm config list`."""

from __future__ import annotations

import typer

from csm.cli import columns
from csm.cli.grammar import Given
from csm.cli.output import tell_where, write_rows
from csm.cli.session import Session
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.house.record import SETTING
from csm.domain.settings import SETTINGS, find
from csm.i18n import say
from csm.render.listing import Listing


def run(ctx: typer.Context) -> None:
    """List every setting with its value, default and meaning.

    \b
    Example:
      csm config list
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    fields = columns.columns_of(SETTING, given)
    policy = session.policy
    shown = say if given.form in READ_BY_PEOPLE else str
    entries = [*SETTINGS, *(find(key) for key, _ in policy.family(""))]
    rows = [
        (entry.key, policy.text(entry.key), entry.default, shown(entry.unit), shown(entry.about)) for entry in entries
    ]
    chosen = columns.chosen_rows(rows, SETTING, fields, given, columns.limit_of(given))
    tell_where(session)
    write_rows(session, given, Listing(fields, chosen, chosen=given.columns is not None))
