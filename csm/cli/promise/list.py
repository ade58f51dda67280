"""`csm promise list`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli import filters, lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.records import PROMISE
from csm.domain.records import named as field_named
from csm.i18n import label, say
from csm.storage.listing import Condition

# How a promise stands where people read it: whose release it was depends on whose promise it is.
ENDING: Final = (
    "(CASE WHEN v.status <> 'released' THEN v.status WHEN v.direction = 'ours' THEN 'released-by-customer'"
    " ELSE 'released-by-us' END)"
)


def run(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, kept, late, broken or released; repeat it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that have ended.")] = False,
    owner: Annotated[
        list[str] | None,
        typer.Option("--owner", metavar="NAME", help="Only those this one is in charge of; repeat it."),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose time is past.")] = False,
    ours: Annotated[bool, typer.Option("--ours", help="Only ours.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Only theirs.")] = False,
) -> None:
    """List promises (default: the open ones); every field is a filter.

    \b
    Example:
      csm promise list --overdue --ours
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if ours and theirs:
        raise UsageFault("values-exclude", first="--ours", second="--theirs")
    conditions = filters.conditions(session, PROMISE, given.fields, view="promise_list")
    if status:
        conditions.append(_standing(status))
    elif not everything:
        conditions += [Condition("v.status = 'open'"), Condition("v.archived_on IS NULL")]
    if ours or theirs:
        conditions.append(Condition("v.direction = ?", ("ours" if ours else "theirs",)))
    if overdue:
        conditions.append(Condition("v.due_at < ?", (session.now_text,)))
    if owner:
        conditions.append(filters.owned_by(session, owner, "v.in_charge"))
    if customer is not None:
        from csm.services import references

        found = references.customer(session.database.connection, customer)
        conditions.append(Condition("v.customer_id = ?", (found.id,)))
    subject = lists.Subject("promise_list", PROMISE, "v.due_at, v.id", say("no promises"), {"status": "v.status"})
    if given.form in READ_BY_PEOPLE:
        fields = tuple(field._replace(terms="promise_ending") if field.name == "status" else field for field in PROMISE)
        subject = subject._replace(fields=fields, made={"status": ENDING})
    lists.show(session, given, subject, conditions)


def _standing(typed: list[str]) -> Condition:
    """Return the condition that a promise stands in one of the typed ways; whose release it was can be typed too."""
    from csm.i18n.terms import term
    from csm.services.values import read_term

    parts, bound = [], []
    for text in typed:
        ending = term("promise_ending", ("released-by-customer", "released-by-us"), text)
        if ending is not None and text.strip() != label("promise_status", "released"):
            parts.append(f"{ENDING} = ?")
            bound.append(ending)
        else:
            parts.append("v.status = ?")
            bound.append(read_term(field_named(PROMISE, "status"), text))
    return Condition(" OR ".join(parts), tuple(bound))
