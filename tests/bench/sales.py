"""Files of sales to measure on: any number of them over four years, with payments, some unpaid, some undelivered.

Every customer bought the same number of times. One sale in twenty is unpaid, half of that in parts, and one in a
thousand undelivered, whatever the size: what grows is what there is to list, and never what a page of it shows.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from tests.bench import data

# Customers and sales of the small and of the large file.
SMALL: Final = (1_000, 10_000)
LARGE: Final = (100_000, 1_000_000)
DAYS: Final = 1_400
UNPAID: Final = 20
UNDELIVERED: Final = 1_000
# Somebody with few customers of their own: these have many sales to be passed over before one of theirs.
FEW: Final = 5
# A customer who bought, and paid nothing in full.
BUYER: Final = 761

SALES: Final = f"""{data.NUMBERS}
    INSERT INTO sale
        (id, customer_id, external_id, bill, product, line, quantity, amount_cents, sold_on, delivery_on, delivered_on,
         due_on, created_at, created_by)
    SELECT
        n, 1 + n % ?2, 'S' || n, 'B' || ((n + 2) / 3), trim(substr('oven  table chair mixer ', 1 + n % 4 * 6, 6)),
        CASE n % 4 WHEN 0 THEN 'kitchen' WHEN 3 THEN 'machines' END, 1 + n % 3, 1000 + n * 7919 % 500000,
        date(?3, (-days) || ' days'), date(?3, (3 - days) || ' days'),
        CASE WHEN n % {UNDELIVERED} <> 1 AND days >= 3 THEN date(?3, (3 - days) || ' days') END,
        date(?3, (30 - days) || ' days'), '2025-01-02T03:04:05Z', 'alice'
    FROM (SELECT n, n * 31 % {DAYS} AS days FROM numbers)"""

# What isn't paid is paid in half by every second one.
PAYMENTS: Final = f"""
    INSERT INTO payment (sale_id, amount_cents, paid_on, by, created_at)
    SELECT
        id, CASE WHEN id % {UNPAID} = 0 THEN amount_cents / 2 ELSE amount_cents END, sold_on, 'alice', created_at
    FROM sale WHERE id % {UNPAID} <> 0 OR id % {2 * UNPAID} = 0"""

OF_FEW: Final = "UPDATE customer SET owner = 'dora' WHERE id % (SELECT max(id) / ?1 FROM customer) = 1"


# What a script would ask for to grade customers, and for R, F and M: the rows of one bill on one day are one order.
AMOUNTS: Final = """SELECT id, name, key_account, owner, grade,
        (SELECT sum(amount_cents) FROM sale WHERE customer_id = customer.id AND sold_on > :since
            AND cancelled_on IS NULL) AS cents
    FROM customer WHERE archived_on IS NULL ORDER BY key_account IS NULL, cents DESC, id"""
ORDERS: Final = """SELECT id, name, key_account, owner, grade, last_on, orders, cents FROM (
        SELECT customer_id, max(sold_on) FILTER (WHERE amount_cents >= 0) AS last_on,
            count(*) FILTER (WHERE amount_cents >= 0 AND bill IS NULL)
            + count(DISTINCT sold_on || bill) FILTER (WHERE amount_cents >= 0) AS orders, sum(amount_cents) AS cents
        FROM sale WHERE cancelled_on IS NULL AND :since = :since GROUP BY customer_id)
    JOIN customer ON id = customer_id WHERE archived_on IS NULL
    ORDER BY key_account IS NULL, last_on DESC, id"""

BARE_AGGREGATE: Final = """
import sqlite3, sys
print(len(sqlite3.connect(sys.argv[1]).execute(sys.argv[2], {"since": sys.argv[3]}).fetchall()))
"""


# What an import of the file of `make_csv` comes to, without anything looked for or kept.
BARE_IMPORT: Final = """
import csv, sqlite3, sys
connection = sqlite3.connect(sys.argv[2])
connection.execute("UPDATE current_command SET bulk = 1")
for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
    connection.execute(f"DROP TRIGGER {name}")
ids = dict(connection.execute("SELECT code, id FROM customer"))
def stored(rows):
    for key, code, product, quantity, amount, day, bill in rows:
        whole, _, part = amount.partition(".")
        yield key, ids[code], product, float(quantity), int(whole) * 100 + int(part), day, day, bill
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    next(rows)
    connection.executemany(
        "INSERT INTO sale (external_id, customer_id, product, quantity, amount_cents, sold_on, due_on, bill)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", stored(rows))
connection.commit()
connection.close()
"""


def make_file(path: Path, csm: Path, *, customers: int, sales: int, today: date) -> None:
    """Make a file of so many customers and sales at `path`; the last sales are those of `today`."""
    data.make_file(path, csm, customers=customers, callbacks=2_000, today=today)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("BEGIN")
        connection.execute("UPDATE current_command SET bulk = 1")
        connection.execute(SALES, data.numbered(sales, customers, today.isoformat()))
        connection.execute(PAYMENTS)
        connection.execute(OF_FEW, data.numbered(FEW))
        for table in ("sale", "payment"):
            connection.execute(data.KEPT.format(table=table))
        connection.execute("UPDATE current_command SET bulk = 0")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_csv(path: Path, rows: int, customers: int) -> None:
    """Write a file of sales to import, for the customers of a file of `data.make_file`, by their code."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("external_id,customer,product,quantity,amount,sold_on,bill\n")
        for n in range(1, rows + 1):
            code, day = f"K{1 + n % customers:06d}", f"2026-{1 + n % 10:02d}-{1 + n % 28:02d}"
            file.write(f"X{n},{code},oven {n % 90},{1 + n % 3},{10 + n % 5000}.{n % 100:02d},{day},V{n}\n")
