"""`csm import staff`."""

from csm.cli.files.importing import importer

run = importer(
    "staff",
    """Load staff: names, departments, levels of authority. Somebody is known by the name.

    \b
    Example:
      csm import staff people.csv --set level=0 --update
    """,
)
