"""`csm import sales`."""

from typing import Annotated

import typer

from csm.cli.files.importing import importer

run = importer(
    "sales",
    """Load sales of customers that are here already, a row each; with what was paid, where the file tells it.

    The amount is that of all pieces together. A row below zero cancels the sale of the customer that was for exactly
    that amount (the field cancels can name it). Rows that are equal are as many sales; a bill can have several.

    \b
    Example:
      csm import sales shop.csv --map "Total=amount" --set product=goods --set status=paid --skip-bad --rejects bad.csv
    """,
    allow_negative=Annotated[
        bool, typer.Option("--allow-negative", help="A row below zero that cancels no sale is a credit note.")
    ],
)
