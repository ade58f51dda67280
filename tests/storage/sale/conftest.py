"""What tests of stored sales share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.desk import Desk
from tests.storage.sale.shop import Shop


@pytest.fixture
def shop(desk: Desk) -> Iterator[Shop]:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("customer", "add", "Jade House")
    with closing(sqlite3.connect(desk.path)) as connection:
        yield Shop(connection)
