"""The kinds of record that files hold and no list shows; as `csm.domain.records`.

Apart from it, so that the daily commands load none of this.
"""

from __future__ import annotations

from typing import Final

from csm.domain.kinds import Field, Kind
from csm.domain.records import CREATED
from csm.domain.trade_records import LOSS

# fmt: off
PAYMENTS: Final = Kind("payment", (
    Field("id", "id", "integer", given=False),
    Field("sale_id", "sale", "integer", given=False),
    Field("external_id", "external id", given=False),
    Field("bill", "bill", given=False),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False),
    Field("product", "product", given=False),
    Field("amount", "amount", "money"),
    Field("paid_on", "paid", "date"),
    Field("note", "note"),
    Field("by", "by"),
    CREATED,
), open={"cancelled_on": (None,)})
LOSSES: Final = Kind(
    "loss",
    (*(field for field in LOSS if field.name not in ("status", "attempts")), CREATED),
    open={"archived_on": (None,)},
)
# The time zone and the currency are of the file, not of the house; what else is set is all that a list shows.
SETTINGS: Final = Kind("setting", (Field("key", "key"), Field("value", "value")))
# fmt: on
