"""`csm import pledges`."""

from csm.cli.files.importing import plain_import

run = plain_import(
    "pledges",
    """Load pledges: what the house promises everybody.

    \b
    Example:
      csm import pledges pledges.csv
    """,
)
