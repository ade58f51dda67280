"""`csm import notes`."""

from csm.cli.files.importing import importer

run = importer(
    "notes",
    """Load notes on the cards of customers that are here already, with their reminders.

    A note is known by its customer, its text, and when it was noted where the file says so; the same file twice
    changes nothing.

    \b
    Example:
      csm import notes diary.csv --map "Firm=customer" --map "What=text"
    """,
)
