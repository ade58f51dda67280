"""`csm promise list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import filters, lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.promise.record import PROMISES
from csm.i18n import label, say
from csm.i18n.terms import term
from csm.storage import listing
from csm.storage.listing import Condition
from csm.storage.promise.lists import ENDING, ended


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
    asked = lists.asked(session, given, PROMISES, owner=owner, customer=customer)
    asked += [_standing(session, status)] if status else []
    usual = not (status or everything)
    if usual:
        asked.append(listing.where("archived_on", None))
    for direction, wanted in (("ours", ours), ("theirs", theirs)):
        asked += [listing.where("direction", direction)] if wanted else []
    if overdue:
        asked.append(listing.less_than("due_at", session.now_text))
    kind, instead = PROMISES, None
    if given.form in READ_BY_PEOPLE:
        kind, instead = PROMISES.changed("status", terms="promise_ending"), {"status": ENDING}
    lists.show(session, given, kind, asked, empty=say("no promises"), usual=usual, instead=instead)


def _standing(session: Session, typed: list[str]) -> Condition:
    """Return the condition that a promise stands in one of the typed ways; whose release it was can be typed too."""
    released = label("promise_status", "released")
    parts = []
    for word in typed:
        ending = term("promise_ending", ("released-by-customer", "released-by-us"), word)
        if ending is not None and word.strip() != released:
            parts.append(ended([ending]))
        else:
            parts.append(filters.of_status(session, PROMISES, [word]))
    return listing.any_of(parts)
