"""`csm import customers`."""

from typing import Annotated

import typer

from csm.cli.files.importing import importer

run = importer(
    "customers",
    """Load customers: a table, or an address book of Google or Outlook.

    A row is a known customer by its code or external id, else by phone and name. The same file twice changes nothing.

    \b
    Example:
      csm import customers shops.csv --map "Shop no=code" --set relationship=proactive --dry-run
    """,
    force=Annotated[bool, typer.Option("--force", help="Let in rows that look like a customer who is here already.")],
)
