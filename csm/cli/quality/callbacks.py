"""`csm quality callbacks`."""

from csm.cli.quality.figures import section

run = section(
    "callbacks",
    "Show whether callbacks were done on their day, who was reached, and how satisfied they were.",
    "csm quality callbacks --by owner",
)
