"""The fields of what is due, declared once."""

from typing import Final

from csm.domain.kinds import Field

# fmt: off
DUE: Final = (
    Field("kind", "kind", "choice", "due_kind", given=False, shown=2),
    Field("id", "id", "integer", given=False),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("contact", "contact", given=False, shown=2),
    Field("phone", "phone", "phone", given=False, shown=1),
    Field("what", "what", given=False, shown=1),
    Field("due", "due", "date", given=False, shown=1),
    Field("days_late", "days late", "integer", given=False, shown=1),
    Field("owner", "owner", given=False, shown=2),
    Field("level", "level", "integer", given=False),
    Field("last_said", "last said", given=False, shown=2),
    Field("ref", "ref", given=False, shown=1),
    Field("due_at", "due at", "instant", given=False),
    Field("best_time", "best time", given=False),
)
# fmt: on
