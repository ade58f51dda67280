"""`csm quality promises`."""

from csm.cli.quality.figures import section

run = section(
    "promises", "Show how many of our promises were kept on time.", "csm quality promises --year 2026 --by month"
)
