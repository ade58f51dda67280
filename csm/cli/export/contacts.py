"""`csm export contacts`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.customer.record import CONTACTS
from csm.storage.customer.search import contact_phone_condition


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
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, CONTACTS, customer=customer)
    if phone:
        asked.append(contact_phone_condition(phone))
    kind = CONTACTS._replace(fields=tuple(field for field in CONTACTS.fields if personal or not field.personal))
    exporting.write(session, given, kind, asked, file, encoding, everything=everything, order=kind.order)
