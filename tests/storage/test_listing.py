"""What kinds of record say of themselves is true of the views of a file, and what lists make of it is served by indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from csm.cli.messages import KINDS as WORDS
from csm.domain.callback.record import CALLBACKS
from csm.domain.complaint.record import COMPLAINTS
from csm.domain.customer.record import CUSTOMERS
from csm.domain.errors import UsageFault
from csm.domain.kinds import NOUNS, PREFIXES, Kind
from csm.domain.promise.record import PROMISES
from csm.services.files.imports import KINDS as IMPORTERS
from csm.storage import listing
from csm.storage.listing import Condition, Page, statement
from tests.desk import Desk
from tests.i18n.catalogue import RECORDS

KINDS = [kind for module in RECORDS for kind in vars(module).values() if isinstance(kind, Kind)]


@pytest.fixture
def connection(desk: Desk) -> Iterator[sqlite3.Connection]:
    desk.ok("customer", "add", "Golden Dragon")
    with closing(sqlite3.connect(desk.path)) as opened:
        yield opened


def columns(connection: sqlite3.Connection, view: str) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA table_info({view})")}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.noun}-{kind.view}")
def test_a_kind_names_columns_of_its_view(connection: sqlite3.Connection, kind: Kind) -> None:
    known = columns(connection, kind.view)
    made = {"days_late"}  # by which bands are sorted
    assert {*kind.open, *kind.sorts.values(), *kind.searched} <= known | made
    page = Page(kind.view, ["id" if "id" in known else "key"], listing.usual(kind), listing.order_of(kind.order), 5)
    if "id" in known:
        connection.execute(*statement(page))


def test_every_noun_has_a_kind_and_words() -> None:
    assert {kind.noun for kind in KINDS} == set(NOUNS)
    assert {kind.plural for kind in KINDS} == set(IMPORTERS)
    assert set(PREFIXES) <= set(WORDS)
    assert len(set(PREFIXES.values())) == len(PREFIXES)


@pytest.mark.parametrize(
    ("kind", "index"),
    [
        (CUSTOMERS, "customer_name"),
        (CALLBACKS, "callback_open"),
        (COMPLAINTS, "complaint_state_"),
        (PROMISES, "promise_open"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.noun,
)
def test_what_is_shown_without_all_is_found_by_an_index(connection: sqlite3.Connection, kind: Kind, index: str) -> None:
    page = Page(kind.view, ["id"], listing.usual(kind), listing.order_of(kind.order), 50)
    query, given = statement(page)
    assert given == [50]
    steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", given)]
    assert any(f"INDEX {index}" in step for step in steps), steps


def test_orders() -> None:
    assert listing.order_of("due_on, due_at?, -id") == "v.due_on, v.due_at IS NULL, v.due_at, v.id DESC"
    assert listing.order_by("v.name_key", descending=True) == "v.name_key IS NULL, v.name_key DESC, v.id DESC"


def test_the_column_by_which_a_field_is_sorted() -> None:
    assert listing.sort_column(CUSTOMERS, "name") == "v.name_key"
    assert listing.sort_column(CUSTOMERS, "revenue") == "v.revenue_cents"
    assert "own.key = 'it''s'" in str(listing.sort_column(CUSTOMERS, "field.it's"))
    assert listing.sort_column(COMPLAINTS, "overdue", {"overdue": "(1)"}) == "(1)"
    assert listing.sort_column(CALLBACKS, "field.x") is None


def test_conditions() -> None:
    assert listing.usual(COMPLAINTS) == [Condition("v.status IN ('open', 'waiting')")]
    assert listing.usual(CALLBACKS) == [Condition("v.status = 'open'"), Condition("v.archived_on IS NULL")]
    assert listing.where("customer_id", 3) == Condition("v.customer_id = ?", (3,))
    assert listing.one_of("owner", ["bob", None]) == Condition("v.owner = ? OR v.owner IS NULL", ("bob",))
    assert listing.in_spans("v.due_on", [("a", "b"), (None, "c")]) == Condition(
        "(v.due_on >= ? AND v.due_on <= ?) OR (v.due_on <= ?)", ("a", "b", "c")
    )
    assert listing.from_until("v.at", "a", None) == Condition("v.at IS NOT NULL AND v.at >= ?", ("a",))


def test_a_pattern_has_its_limit() -> None:
    assert listing.contains("50%_\\") == "%50\\%\\_\\\\%"
    with pytest.raises(UsageFault):
        listing.contains("x" * 8_001)
