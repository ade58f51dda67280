"""`csm quality heart`."""

from csm.cli.quality.figures import section

run = section(
    "heart", "Show happiness, engagement, adoption, retention and task success.", "csm quality heart --quarter 2026-Q3"
)
