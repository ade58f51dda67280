"""`csm import callbacks`."""

from csm.cli.files.importing import importer

run = importer(
    "callbacks",
    """Load callbacks, planned or done; with --update a list that was exported and filled in notes the results.

    \b
    Example:
      csm import callbacks week.csv --update
    """,
)
