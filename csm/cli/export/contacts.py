"""`csm export contacts`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import CONTACT


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    phone: Annotated[list[str] | None, typer.Option("--phone", help="Only with this phone; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those of archived cards too.")] = False,
    personal: Annotated[
        bool, typer.Option("--personal", help="The personal side too: family, hobbies, clubs, faith, customs.")
    ] = False,
    encoding: Encoding = None,
) -> None:
    """Write the contacts of customers; their personal side only with --personal.

    \b
    Example:
      csm export contacts people.csv --role buyer
    """
    from csm.cli import filters, lists
    from csm.storage.customer.search import contact_phone_condition
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CONTACT, given.fields, view="contact_list")
    usual = [] if everything else [Condition("v.archived_on IS NULL")]
    conditions += exporting.of_customer(session, customer)
    if phone:
        conditions.append(contact_phone_condition(phone))
    fields = tuple(field for field in CONTACT if personal or not field.personal)
    subject = lists.Subject("contact_list", fields, "v.customer_id, v.id", "", {})
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)
