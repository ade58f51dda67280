"""`csm export complaints`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import LEFT_OUT, Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import COMPLAINT, Field

# What a case has several of; a row of a spreadsheet has no room for it.
NESTED: Final = (Field("events", "events", "json"), Field("preventions", "preventions", "json"))


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", help="open, waiting, closed, unfounded, unresolved or withdrawn; repeat it."),
    ] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only this person's cases; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write complaints, the open ones unless told: a row a case; in json and jsonl with all that happened to them.

    \b
    Example:
      csm export complaints all.jsonl --all
      csm export complaints late.csv --problem late-delivery
    """
    from csm.cli import filters, lists
    from csm.domain.records import named
    from csm.services.values import read_term
    from csm.storage.complaint import known as known_cases
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, COMPLAINT, given.fields, view="complaint_list")
    if status:
        conditions.append(equals("v.status", [read_term(named(COMPLAINT, "status"), value) for value in status]))
    usual = [] if status or everything else [Condition("v.status IN ('open', 'waiting')")]
    if owner:
        conditions.append(filters.owned_by(session, owner))
    conditions += exporting.of_customer(session, customer)
    fields = tuple(field for field in COMPLAINT if field.name not in LEFT_OUT)
    nested = NESTED if exporting.form(given, file) in exporting.WITH_NESTED else ()
    made = {"events": known_cases.EVENTS, "preventions": known_cases.PREVENTIONS}
    subject = lists.Subject("complaint_list", (*fields, *nested), "v.id", "", {"customer": "v.customer"}, made=made)
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)
    if not nested and file != "-":
        from csm.cli.output import tell
        from csm.i18n import say

        tell(session, say("a row a case, without its time line; json and jsonl hold everything that happened"))
