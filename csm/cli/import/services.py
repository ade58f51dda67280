"""`csm import services`."""

from csm.cli.files.importing import importer

run = importer(
    "services",
    """Load services rendered to customers that are here already, with what was ticked of their checklists.

    \b
    Example:
      csm import services work.csv --map "Work done=note" --set kind=repair
    """,
)
