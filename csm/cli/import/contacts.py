"""`csm import contacts`."""

from csm.cli.files.importing import importer

run = importer(
    "contacts",
    """Load contacts of customers that are here already.

    \b
    Example:
      csm import contacts people.csv --map "Firm=customer" --skip-bad --rejects rejected.csv
    """,
)
