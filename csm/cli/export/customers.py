"""`csm export customers`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import filters, lists
from csm.cli.files import exporting
from csm.cli.files.exporting import Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.customer.record import CUSTOMERS
from csm.domain.kinds import OWN, Field
from csm.storage import listing
from csm.storage.customer.search import text_condition
from csm.storage.spellings import own_keys


def run(
    ctx: typer.Context,
    file: File,
    text: Annotated[
        str | None, typer.Option("--text", help="Only with this part of a name, pinyin, phone, contact, tag or note.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="KEY=VALUE", help="Only with this own field; repeat it.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", help="Only with this tag; repeat it for alternatives.")
    ] = None,
    incomplete: Annotated[bool, typer.Option("--incomplete", help="Only cards that lack something.")] = False,
    archived: Annotated[bool, typer.Option("--archived", help="Only archived cards.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write customers with every field; whatever filters a list filters here.

    \b
    Example:
      csm export customers east.csv --region East --all
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, CUSTOMERS)
    if archived:
        asked.append(listing.present("archived_on"))
    if text:
        asked += text_condition(text)
    if tag:
        asked.append(filters.tags(session, tag))
    asked += filters.own_fields(session, field or [])
    if incomplete:
        asked.append(listing.less_than("completeness", 100))
    own = [Field(OWN + key, key) for key in own_keys(session.database.connection)]
    exporting.write(session, given, CUSTOMERS, asked, file, encoding, everything=archived or everything, more=own)
