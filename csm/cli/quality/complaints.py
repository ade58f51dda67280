"""`csm quality complaints`."""

from csm.cli.quality.figures import section

run = section(
    "complaints",
    "Show how many complaints came, how fast and how well they were handled, and where most of them come from.",
    "csm quality complaints --month 2026-10",
    "csm quality complaints --year 2026 --by owner -f csv",
)
