"""`csm import pledges`."""

from csm.cli.files.importing import importer

run = importer(
    "pledges",
    """Load pledges: what the house promises everybody.

    \b
    Example:
      csm import pledges pledges.csv
    """,
)
