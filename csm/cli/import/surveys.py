"""`csm import surveys`."""

from csm.cli.files.importing import importer

run = importer(
    "surveys",
    """Load surveys of customers that are here already: the form of csm survey template filled in, or a row each.

    A row is a known survey by its external id, or where it is equal; any other is a new one, so only rows with an
    external id (or our own id) change anything under --update. The same file twice changes nothing.

    \b
    Example:
      csm import surveys form.csv
      csm import surveys answers.csv --map "Store=customer" --set reverse=yes --skip-bad --rejects bad.csv
    """,
)
