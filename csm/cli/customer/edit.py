"""`csm customer edit`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from csm.cli import drafts
from csm.cli.customer.lost import ask_how_lost
from csm.cli.customer.options import Force, OwnFields, Ref, Tags
from csm.cli.customer.results import moved_callbacks, print_changed, warn_of_branches, warn_of_likeness, with_days
from csm.cli.days import echoed, together
from csm.cli.grammar import Given
from csm.cli.output import tell
from csm.cli.sale.results import warn_of_limits
from csm.cli.session import Session
from csm.domain.customer.record import CUSTOMER
from csm.domain.errors import UsageFault
from csm.i18n import say, say_n
from csm.render.commands import option_of
from csm.render.text import visible
from csm.services import references
from csm.services.customer import branches
from csm.services.customer import writing as customers
from csm.services.customer.churn import LOST, Told
from csm.services.values import column
from csm.storage.callback import visits
from csm.storage.customer import rows as stored_customers


def run(
    ctx: typer.Context,
    ref: Ref,
    name: Annotated[str | None, typer.Option("--name", help="The customer's name.")] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
    tag: Tags = None,
    untag: Annotated[list[str] | None, typer.Option("--untag", help="Take this tag off; repeat it.")] = None,
    field: OwnFields = None,
    force: Force = False,
) -> None:
    """Change fields of a card.

    \b
    Example:
      csm customer edit 12 --grade A --clear email --field "VAT=12345"
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    customer = references.customer(connection, ref)
    made = drafts.stored(session, CUSTOMER, given.fields | ({"name": [name]} if name is not None else {}))
    added, removed = drafts.split_tags(tag or ()), drafts.split_tags(untag or ())
    if "tags" in given.fields:
        # The field as a whole, where --tag and --untag change it by one.
        whole = drafts.split_tags(given.fields["tags"])
        removed += [known for known in stored_customers.tags(connection, customer.id) if known not in whole]
        added += whole
    for emptied in drafts.cleared(CUSTOMER, clear or ()):
        if emptied.name in given.fields:
            raise UsageFault("values-exclude", first=option_of(emptied.name), second=f"--clear {emptied.name}")
        if emptied.kind == "tags":
            removed = stored_customers.tags(connection, customer.id)
        else:
            made[column(emptied)] = 0 if emptied.kind == "flag" else None
    is_lost = made.get("status") == LOST and stored_customers.card(connection, customer.id)["status"] != LOST
    told = ask_how_lost(customer.name) if is_lost else Told()
    draft = customers.Draft(made, added, drafts.pairs("--field", field or ()), (), removed, told)
    edited = customers.edit(session, customer.id, draft, force=force)
    warn_of_likeness(edited.namesakes)
    shown = visible(str(made.get("name") or customer.name))
    sentence = (
        with_days(say("changed customer {id}: {name}", id=customer.id, name=shown), made)
        if edited.changed
        else say("nothing changed")
    )
    handed_over, cancelled, moved, _ = edited.followed
    if handed_over:
        sentence = together(sentence, say_n("{n} open callback goes along", "{n} open callbacks go along", handed_over))
    if cancelled:
        sentence = together(sentence, say_n("{n} open callback cancelled", "{n} open callbacks cancelled", cancelled))
    sentence = moved_callbacks(sentence, moved)
    print_changed(session, given, sentence, customer.id)
    if not {"credit_limit_cents", "parent_id"}.isdisjoint(made):
        warn_of_limits(branches.above_limits(connection, [customer.id]))
    if made.get("status") == LOST:
        warn_of_branches(session, customer.id, shown)
    if not {"visit_every", "route", "status"}.isdisjoint(made):
        _tell_visit(session, customer.id)


def _tell_visit(session: Session, customer_id: int) -> None:
    """Say where the visit planned by frequency stands now (source: handbook 3)."""
    row = visits.open_by_frequency(session.database.connection, customer_id)
    if row is not None:
        day = echoed(session, date.fromisoformat(row["due_on"]))
        tell(session, say("the next visit, cb{id}, is on {day}", id=row["id"], day=day))
