"""What a file is stamped with: that it is csm's, and by which schema and rules it was made."""

from __future__ import annotations

APPLICATION_ID = 0x63736D31  # "csm1"
SCHEMA = 5  # the number of migrations
# The rule by which search keys are made (`csm.domain.values.folding`, `csm.services.customer.pinyin`): raised whenever
# it changes.
KEY_RULE = 1
