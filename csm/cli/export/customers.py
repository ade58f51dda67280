"""`csm export customers`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import LEFT_OUT, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import CUSTOMER, Field


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
    from csm.cli import columns, filters, lists
    from csm.storage.customer import rows as stored
    from csm.storage.customer.search import text_condition
    from csm.storage.listing import Condition
    from csm.storage.spellings import own_keys

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CUSTOMER, given.fields, view="customer_list")
    if archived:
        conditions.append(Condition("v.archived_on IS NOT NULL"))
    usual = [] if archived or everything else [Condition("v.archived_on IS NULL")]
    if text:
        conditions += text_condition(text)
    if tag:
        conditions.append(filters.tags(session, tag))
    conditions += filters.own_fields(session, field or [])
    if incomplete:
        conditions.append(Condition("v.completeness < 100"))
    own = [Field(columns.OWN + key, key) for key in own_keys(session.database.connection)]
    fields = tuple(field for field in CUSTOMER if field.name not in LEFT_OUT)
    subject = lists.Subject(
        "customer_list", (*fields, *own), "v.id", "", {"name": "v.name_key"}, stored.own_field_column
    )
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)
