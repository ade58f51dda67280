"""`csm import settings`."""

from csm.cli.files.importing import plain_import

run = plain_import(
    "settings",
    """Load settings, a key and a value a row. An unknown key or an invalid value is refused.

    \b
    Example:
      csm import settings team.csv --update
    """,
)
