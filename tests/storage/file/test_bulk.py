"""Batches of rows: inserted with or without ids of their own, every one kept among the changes."""

from __future__ import annotations

import json

from csm.storage.file.bulk import Batch
from csm.storage.file.database import Command, Database
from tests.desk import Desk

COMMAND = Command("2026-11-21T09:00:00Z", "alice", "csm test")


def test_rows_are_inserted_and_kept(desk: Desk) -> None:
    desk.ok("customer", "add", "A")
    database = Database(str(desk.path))
    with database.writing(COMMAND, bulk=True) as connection:
        connection.execute("UPDATE current_command SET bulk = 0")
        cards = Batch(connection, "customer", ("name", "name_key"))
        tags = Batch(connection, "customer_tag", ("customer_id", "tag"))
        for number in range(450):
            card = cards.new_id()
            cards.rows.append((card, f"N{number}", f"n{number}"))
            tags.rows.append((None, card, "x"))
        cards.claim(900)
        cards.rows.append((900, "Far", "far"))
        cards.flush()
        tags.flush()
        connection.execute("INSERT INTO customer (id, name, name_key) VALUES (1000, 'B', 'b')")
        cards.see_others()
        assert cards.new_id() == 1001
        cards.flush()  # nothing waits
    database.close()
    assert desk.sql("SELECT count(*), max(id) FROM customer") == [(453, 1000)]
    assert desk.sql("SELECT count(*), min(customer_id), max(customer_id) FROM customer_tag") == [(450, 2, 451)]
    kept = desk.sql(
        "SELECT table_name, operation, count(*), count(DISTINCT row_id), max(command.title) FROM change"
        " JOIN command ON command.id = command_id WHERE title = 'csm test' GROUP BY 1, 2"
    )
    assert kept == [("customer", "insert", 452, 452, "csm test"), ("customer_tag", "insert", 450, 450, "csm test")]
    [(after,)] = desk.sql("SELECT after FROM change WHERE table_name = 'customer' AND row_id = 900")
    assert json.loads(after).items() >= {"id": 900, "name": "Far", "kind": "company", "do_not_contact": 0}.items()
