"""`csm complaint list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.complaint.record import COMPLAINTS
from csm.domain.formats import READ_BY_PEOPLE
from csm.i18n import say
from csm.storage import listing
from csm.storage.complaint.reading import ENDING_OF_CASE, KIND_OF_CASE
from csm.storage.complaint.reading import overdue as is_overdue


def run(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", help="open, waiting, closed, unfounded, unresolved or withdrawn; repeat it."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those with a deadline that has passed.")] = False,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only this person's cases; repeat it.")] = None,
    sale: Annotated[
        str | None, typer.Option("--sale", metavar="ID", help="Only about this sale: 12, sa12 or its bill.")
    ] = None,
) -> None:
    """List cases, the open ones unless told, what is due first; every field is a filter.

    \b
    Example:
      csm complaint list --overdue --limit 20
      csm complaint list --all --problem late-delivery --received-at 2026-11-01..2026-11-30
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, COMPLAINTS, status=status, owner=owner, customer=customer, sale=sale)
    if overdue:
        asked.append(listing.less_than("next_due_at", session.now_text))
    kind, instead = COMPLAINTS, dict[str, str]()
    if given.form in READ_BY_PEOPLE:
        kind = COMPLAINTS.changed("severity", terms="case_kind").changed("status", terms="case_ending")
        instead = {"severity": KIND_OF_CASE, "status": ENDING_OF_CASE}
    lists.show(
        session,
        given,
        kind,
        asked,
        empty=say("no complaints"),
        usual=not (status or everything),
        order="next_due_at, id" if overdue else "",
        made={"overdue": is_overdue(session.now_text)},
        instead=instead,
    )
