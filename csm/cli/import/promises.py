"""`csm import promises`."""

from csm.cli.files.importing import importer

run = importer(
    "promises",
    """Load promises, ours and theirs, of customers that are here already.

    \b
    Example:
      csm import promises promises.csv --map "What=text" --map "By=due_at"
    """,
)
