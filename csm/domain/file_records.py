"""The fields that a file has of records of which lists show fewer, or which have no list; as `csm.domain.records`.

Apart from it, so that the daily commands load none of this.
"""

from __future__ import annotations

from typing import Final

from csm.domain.records import NOTE, PLEDGE, STAFF, Field
from csm.domain.trade_records import LOSS

_CREATED: Final = Field("created_at", "created", "instant", given=False, listed=False)

# fmt: off
NOTE_ROW: Final = NOTE
PAYMENT_ROW: Final = (
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
    _CREATED,
)
LOSS_ROW: Final = (*(field for field in LOSS if field.name not in ("status", "attempts")), _CREATED)
PLEDGE_ROW: Final = (*PLEDGE, _CREATED)
STAFF_ROW: Final = STAFF
SETTING_ROW: Final = (Field("key", "key"), Field("value", "value"))
# fmt: on
