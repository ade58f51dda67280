"""`csm service checks`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import columns
from csm.cli.complaint.options import choice, grouping
from csm.cli.grammar import Given
from csm.cli.output import tell_where, write_rows
from csm.cli.service.options import BY
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.kinds import Field, named
from csm.domain.service.record import CHECKED
from csm.i18n import say
from csm.render.listing import Listing
from csm.services import values
from csm.storage.service import rows as services


def run(
    ctx: typer.Context,
    by: Annotated[str, typer.Option("--by", help="Counted by item, person or customer.")] = "item",
    kind: Annotated[str | None, typer.Option("--kind", help="Only of this kind of service.")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Only done from this day on.")] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="WHEN", help="Only done until this day, it included.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that were always met too.")] = False,
) -> None:
    """Count the items of checklists that weren't met, the worst first: early signs beside complaints.

    \b
    Example:
      csm service checks --by person --kind delivery --from 2026-11-01
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    by = grouping(BY, by)
    first, last = (values.read_day(word, session, past=True).isoformat() if word else None for word in (from_, to))
    if first and last and last < first:
        raise UsageFault("end-before-start", start=first, end=last)
    of_kind = choice("service_kind", "--kind", kind) if kind is not None else None
    counted = services.counted(session.database.connection, by, of_kind, first, last)
    rows = [row for row in counted if everything or row[CHECKED.index(named(CHECKED, "not_met"))]]
    # People read items by their labels; elsewhere a team's own item is a text as any other, guarded in csv.
    labelled = by == "item" and given.form in READ_BY_PEOPLE
    name = CHECKED[0]._replace(kind="choice", terms="check_item") if labelled else CHECKED[0]
    fields: tuple[Field, ...] = (name, *CHECKED[1:])
    chosen, limit = columns.columns_of(fields, given), columns.limit_of(given)
    tell_where(session)
    page = columns.chosen_rows(rows if given.sort else rows[:limit], fields, chosen, given, limit)
    written = write_rows(
        session, given, Listing(chosen, page, "", say("no items not met"), (), given.columns is not None)
    )
    if given.limit is None:
        columns.tell_rest(session, len(rows) - written)
