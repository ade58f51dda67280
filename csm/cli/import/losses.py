"""`csm import losses`."""

from csm.cli.files.importing import importer

run = importer(
    "losses",
    """Load customers who were lost: when, how and why, and when they were won back.

    A customer who is still lost gets that status, and what was planned by cadence is cancelled.

    \b
    Example:
      csm import losses lost.csv --map "Left=lost_on" --set kind=competitor
    """,
)
