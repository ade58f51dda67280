"""`csm import settings`."""

from csm.cli.files.importing import importer

run = importer(
    "settings",
    """Load settings, a key and a value a row. An unknown key or an invalid value is refused.

    \b
    Example:
      csm import settings team.csv --update
    """,
)
