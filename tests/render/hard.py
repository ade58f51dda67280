"""The hard row: everything a stored text can do to an output, once, beside an ordinary one."""

from __future__ import annotations

from typing import Any, Final

from csm.domain.kinds import Field
from csm.render.listing import Listing, Nested

FIELDS: Final = (
    Field("id", "id", "integer", shown=1),
    Field("code", "code", shown=2),
    Field("name", "name", shown=1),
    Field("status", "status", "choice", "customer_status", shown=1),
    Field("phone", "phone", "phone", shown=1),
    Field("tags", "tags", "tags", shown=2),
    Field("note", "note", shown=1),
    Field("reason", "reason", shown=2),
    Field("balance", "balance", "money", shown=1),
    Field("days_late", "days late", "integer", shown=1),
    Field("pinned", "pinned", "flag", shown=2),
    Field("updated_at", "updated", "instant", shown=2),
    Field("external_id", "external id"),
)

NOTE: Final = (
    '逗号, comma “and” "quote"\nline 2 | pipe `tick` <b>&amp;</b> \\ back '
    "[/foo] [bold] :smile: \x1b[31mESC \x9b31m \u202ebidi"
)

HARD: Final = (
    7, "-2+3", "=SUM(A1)", "won-back", "013800138000", "大客户;a,b", NOTE, None,
    -5, 12, 1, "2026-11-21T07:30:00Z", "x\ty",
)  # fmt: skip
EASY: Final = (
    123, None, "王记百货商店", "active", "+86 138-0013-8000", None, None, None,
    123456789, -3, 0, "2026-12-31T23:30:00Z", None,
)  # fmt: skip

ROWS: Final = (HARD, EASY)


def listing() -> Listing:
    return Listing(FIELDS, iter(ROWS), title="Customers <1>", empty="Nobody.", footer=("2 of 3 shown | all",))


CONTACTS: Final = Nested(
    (Field("id", "id", "integer", shown=1), Field("name", "name", shown=1), Field("pay", "balance", "money", shown=1)),
    ((1, "李|四 <x>", 100), (2, None, None)),
)


def record() -> dict[str, Any]:
    return {
        **dict(zip([field.name for field in FIELDS], HARD, strict=True)),
        "contacts": CONTACTS,
        "fields": {"colour": "red\x1b", "n": 1},
        "sales": [{"id": 1, "share": 0.5}, None, True],
    }
