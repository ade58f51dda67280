"""`csm export promises`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import PROMISE


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, kept, late, broken or released; repeat it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that ended too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write promises, the open ones unless told.

    \b
    Example:
      csm export promises promises.csv --all --direction ours
    """
    from csm.cli import filters, lists
    from csm.domain.records import named
    from csm.services.values import read_term
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, PROMISE, given.fields, view="promise_list")
    if status:
        conditions.append(equals("v.status", [read_term(named(PROMISE, "status"), value) for value in status]))
    usual = [] if status or everything else [Condition("v.status = 'open'")]
    conditions += exporting.of_customer(session, customer)
    subject = lists.Subject("promise_list", PROMISE, "v.id", "", {"customer": "v.customer"})
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)
