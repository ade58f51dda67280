"""`csm import payments`."""

from csm.cli.files.importing import importer

run = importer(
    "payments",
    """Load payments for sales that are here already.

    A row names the sale by its external id or its bill, or only the customer: then the oldest sales are settled first.
    An amount below zero was paid back. More than is open is refused.

    \b
    Example:
      csm import payments bank.csv --map "Invoice=bill" --map "Received=amount" --skip-bad --rejects bad.csv
    """,
)
