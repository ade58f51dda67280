"""Books as `csm export` writes them, and what is counted in all of them; for `figures_again`, with nothing of csm."""

from __future__ import annotations

import csv
import json
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Figures = dict[str, tuple[float | None, int]]

# Handbook 6.5: Monday to Saturday.
SPANS = ((time(9), time(12)), (time(13), time(18)))
SUNDAY = 6


@dataclass(frozen=True)
class Books:
    """What was exported, a list a kind, and the moment taken as now, of the time zone that the files are in."""

    now: datetime
    customers: list[Row]
    sales: list[Row]
    services: list[Row]
    callbacks: list[Row]
    complaints: list[Row]
    promises: list[Row]
    surveys: list[Row]

    def of(self, column: str, value: str | None) -> Books:
        """Return the books of the customers whose card says `value` today, with everything of theirs."""
        theirs = {card["id"] for card in self.customers if card[column] == value}
        kinds = [field.name for field in fields(self) if field.name not in ("now", "customers")]
        rows: dict[str, Any] = {
            kind: [row for row in getattr(self, kind) if row["customer_id"] in theirs] for kind in kinds
        }
        return replace(self, customers=[card for card in self.customers if card["id"] in theirs], **rows)


def read(path: Path) -> list[Row]:
    """Return the rows of a json or csv file, as texts and None; what json has beyond that stays."""
    if path.suffix == ".json":
        return [{name: plain(value) for name, value in row.items()} for row in json.loads(path.read_text("utf-8"))]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: text or None for name, text in row.items()} for row in csv.DictReader(file)]


def plain(value: Any) -> Any:
    """Return a number as its text, so that it equals that of a csv file."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


# --- What all sections use


def mean(values: Iterable[float]) -> tuple[float | None, int]:
    """Return the mean of the values and how many they are."""
    listed = list(values)
    return (statistics.fmean(listed) if listed else None, len(listed))


def share(part: Iterable[object], whole: Iterable[object]) -> tuple[float | None, int]:
    """Return how much of `whole` the part is."""
    n = sum(1 for _ in whole)
    return (sum(1 for _ in part) / n if n else None, n)


def count(rows: Iterable[object]) -> tuple[float, int]:
    """Return how many there are."""
    n = sum(1 for _ in rows)
    return n, n


def percentile(values: Iterable[float], of: float) -> tuple[float | None, int]:
    """Return the percentile of the values, linear between two of them."""
    ordered = sorted(values)
    if not ordered:
        return None, 0
    below, part = divmod((len(ordered) - 1) * of, 1)
    above = ordered[min(int(below) + 1, len(ordered) - 1)]
    return ordered[int(below)] + (above - ordered[int(below)]) * part, len(ordered)


def within(rows: Iterable[Row], column: str, first: date, last: date) -> list[Row]:
    """Return the rows whose day in `column`, of a date or of a time, lies in the period."""
    return [row for row in rows if row[column] and first <= day(row[column]) <= last]


def day(text: str) -> date:
    """Return the day of a date or of a time as it stands in a file, which is the local one."""
    return date.fromisoformat(text[:10])


def months_before(when: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last."""
    number = when.year * 12 + when.month - 1 - months
    for last in range(when.day, 0, -1):
        try:
            return date(number // 12, number % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError(when)


def hours(start: datetime, end: datetime) -> float:
    """Return the working hours between two times."""
    seconds = 0.0
    for number in range((end.date() - start.date()).days + 1):
        today = start.date() + timedelta(number)
        for opens, closes in SPANS if today.weekday() != SUNDAY else ():
            begins = max(datetime.combine(today, opens, start.tzinfo), start)
            ends = min(datetime.combine(today, closes, start.tzinfo), end)
            seconds += max((ends - begins).total_seconds(), 0)
    return seconds / 3600


def bought(books: Books, first: date, last: date) -> list[Row]:
    """Return what was bought in the period: neither cancelled nor given back."""
    return [
        sale
        for sale in within(books.sales, "sold_on", first, last)
        if sale["status"] != "cancelled" and float(sale["amount"]) >= 0
    ]


def active(books: Books, first: date) -> set[str]:
    """Return who bought within the 12 months before a day, the day itself not counted (handbook 9.4)."""
    return {sale["customer_id"] for sale in bought(books, months_before(first, 12), first - timedelta(1))}
