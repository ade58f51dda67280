"""`csm quality gaps`."""

from csm.cli.quality.figures import section

run = section(
    "gaps", "Show the five gaps between what customers expect and what they get.", "csm quality gaps --quarter Q3"
)
