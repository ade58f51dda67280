"""Bringing the search keys of a file up to date: after a migration, by a newer rule, for another program's rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from csm.domain.values.folding import folded
from csm.services.customer import pinyin
from csm.storage.customer import search_keys
from csm.storage.file.database import KEY_RULE


def of(values: Mapping[str, object]) -> dict[str, object]:
    """Return the key columns that follow from a name, a short name or a nickname among `values`."""
    made: dict[str, object] = {}
    if values.get("name") is not None:
        made["name_key"] = folded(str(values["name"]))
        made["pinyin"] = pinyin.keys(str(values["name"]))
    for column in ("short_name", "nickname"):
        if column in values:
            made[f"{column}_key"] = folded(str(values[column])) if values[column] else None
    return made


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the keys that are out of date, in one transaction that leaves no trace among the kept changes.

    A file that can't be written now keeps its older keys: they still find nearly everything, and the next command
    tries again.
    """
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA query_only = 0")
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return
    else:
        _bring_up_to_date(connection)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")
        connection.execute("PRAGMA query_only = 1")


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("UPDATE current_command SET bulk = 1")
        everything = search_keys.stored_rule(connection) != KEY_RULE
        for table in search_keys.SOURCES:
            _make(connection, table, None if everything else search_keys.unkeyed(connection, table))
        search_keys.settle(connection, KEY_RULE)
        connection.execute("UPDATE current_command SET bulk = 0")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _make(connection: sqlite3.Connection, table: str, ids: list[int] | None) -> None:
    sources, columns = search_keys.SOURCES[table]
    changed = []
    for identity, *found in search_keys.texts(connection, table, ids):
        made = of(dict(zip(sources, found, strict=False)))
        keys = [made[column] for column in columns]
        if keys != found[len(sources) :]:
            changed.append((*keys, identity))
    search_keys.store(connection, table, changed)
