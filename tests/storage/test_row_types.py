"""The types of stored rows are those of the schema."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest

from csm.storage import row_types
from tests.desk import Desk

TYPES: dict[str, type[Any]] = {"INTEGER": int, "TEXT": str, "REAL": float}
TABLES = {
    row_types.CardRow: "customer",
    row_types.CallbackRow: "callback",
    row_types.SaleRow: "sale",
    row_types.StaffRow: "staff",
    row_types.LossRow: "loss",
}


def test_every_type_is_held_to_its_table() -> None:
    declared = {value for name, value in vars(row_types).items() if name.endswith("Row")}
    assert declared == set(TABLES)


@pytest.mark.parametrize(("row", "table"), TABLES.items(), ids=TABLES.values())
def test_columns_have_the_types_of_the_schema(desk: Desk, row: type[Any], table: str) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    [(strict,)] = desk.sql("SELECT strict FROM pragma_table_list WHERE name = ?", table)
    assert strict == 1
    stored: dict[str, object] = {}
    for name, kind, not_null, key, hidden in desk.sql(
        'SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?)', table
    ):
        generated = hidden != 0  # never said to be NOT NULL
        made = TYPES[kind.removesuffix(" GENERATED ALWAYS")]
        stored[name] = made if not_null or key or generated else made | None
    told = get_type_hints(row)
    assert told == {name: stored[name] for name in told}
