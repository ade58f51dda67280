"""`csm complaint list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import choice
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import COMPLAINT


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
    from csm.cli import filters, lists
    from csm.cli.complaint import messages as case_words
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, COMPLAINT, given.fields, view="complaint_list")
    if status:
        conditions.append(equals("v.status", [choice("case_status", "--status", word) for word in status]))
    elif not everything:
        conditions.append(Condition("v.status IN ('open', 'waiting')"))
    if overdue:
        conditions.append(Condition("v.next_due_at < ?", (session.now_text,)))
    if owner:
        conditions.append(filters.owned_by(session, owner))
    if customer is not None:
        from csm.services import references

        found = references.customer(session.database.connection, customer)
        conditions.append(Condition("v.customer_id = ?", (found.id,)))
    if sale is not None:
        from csm.services.sale import finding

        sales = finding.find(session.database.connection, sale)
        conditions.append(equals("v.sale_id", [row["id"] for row in sales]))
    lists.show(session, given, case_words.subject(session, given.form, overdue=overdue), conditions)
