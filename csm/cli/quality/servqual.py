"""`csm quality servqual`."""

from csm.cli.quality.figures import section

run = section(
    "servqual",
    "Show what customers expect and how they find it, in five dimensions; the one that costs most first.",
    "csm quality servqual --year 2026",
)
