"""The sales of the demo: the sales of the year before, imported, then the sales and payments of each day of the text.

The table has a row a sale: `days` before today (a day without work is the working day before it), the customer by a
part of the name, the code or the phone, and `paid`, the days from the due date to the payment, empty for a sale that
the text pays. `name` is the name of the sale in the text. The first `books` of the text runs `csm import sales` with
every sale until that day and what was paid by then; each later one runs `csm sale add` and `csm sale pay` for its day.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from csm.cli.house.demo_player import SAME_MINUTE, Player, Record
from csm.domain.sale.settlement import due_on

IMPORTED: Final = "old-books.jsonl"
COLUMNS: Final = "id,name,code,phone,terms,owner"


class Entry(NamedTuple):
    """A sale of the table: its row, the customer's card, and the day."""

    row: dict[str, str]
    card: Record
    day: date


class Money(NamedTuple):
    """An expected payment: day, id of the sale, amount; payments of a day are noted in this order."""

    day: date
    sale: int
    amount: str


class DemoSales:
    """Runs the commands of `sales` and `cash` through a player."""

    def __init__(self, player: Player, table: Iterable[str]) -> None:
        self._player = player
        self._table = table
        self._entries: list[Entry] | None = None
        self._expected: list[Money] = []

    def cash(self, names: Sequence[str]) -> None:
        """Expect the payment of named sales on their due date."""
        for name in names:
            self._expect(self._player.records[name], 0)

    def open(self, _: Sequence[str] = ()) -> None:
        """Record what was sold and paid until the day of the text."""
        first = self._entries is None
        entries = self._read() if self._entries is None else self._entries
        today = self._player.played_day
        come = [entry for entry in entries if entry.day <= today]
        self._entries = [entry for entry in entries if entry.day > today]
        if first:
            self._import(come)
            return
        for entry in come:
            self._sell(entry)
        self._bank()

    def _read(self) -> list[Entry]:
        player = self._player
        cards = player.made(["customer", "list", "--all", "--limit", "0", "--columns", COLUMNS], mark=SAME_MINUTE)
        found = []
        for row in csv.DictReader(self._table):
            whose = row["customer"]
            [card] = [card for card in cards if any(whose in str(card[name]) for name in ("name", "code", "phone"))]
            found.append(Entry(row, card, player.worked(player.today + timedelta(days=int(row["days"])))))
        return sorted(found, key=lambda entry: entry.day)

    # --- the time before --------------------------------------------------------------------------------------------

    def _import(self, entries: Sequence[Entry]) -> None:
        """Import sales with the payments made until the day of the text."""
        records = [self._record(number, entry) for number, entry in enumerate(entries, 1)]
        with TemporaryDirectory() as folder:
            path = os.path.join(folder, IMPORTED)
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
            self._player.run(["import", "sales", path], title=["import", "sales", IMPORTED])
        for entry, record in zip(entries, records, strict=True):
            if entry.row["name"]:
                self._player.remember(entry.row["name"], [record], "sale")
            if not record["payments"]:
                self._expect([record], _days(entry))

    def _record(self, number: int, entry: Entry) -> Record:
        """Return a sale in the form of csm's own export, so that a credit note keeps its id."""
        row, card, day = entry
        terms = card["terms"] if not row["due"] else None
        due = due_on(terms, day)
        if row["due"]:
            due = self._player.today + timedelta(days=int(row["due"]))
        record: Record = {
            "id": number,
            "customer_id": card["id"],
            "bill": f"{day:%Y%m%d}-{card['id']}",
            **{name: row[name] for name in ("product", "line", "quantity", "amount", "serial", "install", "note")},
            "sold_on": str(day),
            "due_on": str(due),
            "terms": terms,
            "planned": False,
            "created_by": self._player.user,
            "cancel_id": None,
        }
        pays_on = self._pays_on(record, _days(entry))
        paid = pays_on is not None and pays_on <= self._player.played_day
        payment = {"amount": row["amount"], "paid_on": str(pays_on), "by": self._player.user}
        return record | {"payments": [payment] if paid else []}

    # --- day by day -------------------------------------------------------------------------------------------------

    def _sell(self, entry: Entry) -> None:
        row = entry.row
        words = ["sale", "add", f"cu{entry.card['id']}", row["product"], "--line", row["line"]]
        words += ["--quantity", row["quantity"], "--amount", row["amount"]]
        self._expect(self._player.made(words, entry.card["owner"]), _days(entry))

    def _pays_on(self, sale: Record, days: int | None) -> date | None:
        """Return the day of payment: `days` after the due date, never before the sale; None without `days`."""
        if days is None:
            return None
        day = self._player.worked(date.fromisoformat(sale["due_on"]) + timedelta(days=days))
        return max(day, date.fromisoformat(sale["sold_on"]))

    def _expect(self, sold: Iterable[Record], days: int | None) -> None:
        for sale in sold:
            if (day := self._pays_on(sale, days)) is not None:
                self._expected.append(Money(day, sale["id"], str(sale["amount"])))

    def _bank(self) -> None:
        """Record the payments expected until the day of the text."""
        today = self._player.played_day
        for money in sorted(self._expected):
            if money.day <= today:
                self._player.run(["sale", "pay", f"sa{money.sale}", money.amount])
        self._expected = [money for money in self._expected if money.day > today]


def _days(entry: Entry) -> int | None:
    return int(entry.row["paid"]) if entry.row["paid"] else None
