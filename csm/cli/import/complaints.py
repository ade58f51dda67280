"""`csm import complaints`."""

from csm.cli.files.importing import importer

run = importer(
    "complaints",
    """Load complaints of customers that are here already: historic ones, or an export with its events.

    Historic cases keep their dates and states; what was due before the import is shown as late, and nothing of it is
    escalated any more. A case that was handled here takes no other state from a file.

    \b
    Example:
      csm import complaints old.csv --map "Ticket=external_id" --value "status:In progress=open"
    """,
)
