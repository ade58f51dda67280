"""The day a stored sale is to be paid by: the one way to it of add, edit, delivered and import (handbook 8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from csm.domain.sale.settlement import due_on

# What the day follows from.
COUNTED_FROM: Final = ("sold_on", "delivery_on", "delivered_on", "terms")


def due_day(terms: str | None, sale: Mapping[str, Any]) -> str:
    """Return the day, ISO text, that terms make of the days of a stored sale."""
    days = (date.fromisoformat(sale[name]) if sale.get(name) else None for name in ("delivery_on", "delivered_on"))
    return due_on(terms, date.fromisoformat(str(sale["sold_on"])), *days).isoformat()


def settled(values: Mapping[str, Any], card_terms: str | None) -> dict[str, Any]:
    """Return the values of a sale with the day it is to be paid by: as typed, by its terms, by the card's, else its own
    day (source: handbook 8). The terms stay on the sale only where they made that day."""
    if values.get("due_on"):
        return {**values, "terms": None}
    terms = values.get("terms") or card_terms
    return {**values, "terms": terms, "due_on": due_day(terms, values)}


def due_again(before: Mapping[str, Any], values: Mapping[str, Any], card_terms: str | None) -> dict[str, Any]:
    """Return the day to be paid by, and the terms that make it, after a change of a sale to `values`.

    A day that was typed stays; one that terms or the day of the sale made is made again.
    """
    if values.get("due_on"):
        return {"terms": None}
    after = {**before, **values}
    if "due_on" in values:
        again = settled({**after, "due_on": None}, card_terms)
        return {name: again[name] for name in ("terms", "due_on")}
    if after["terms"] and not values.keys().isdisjoint(COUNTED_FROM):
        return {"due_on": due_day(after["terms"], after)}
    was_sold_on = before["due_on"] == before["sold_on"] and not before["terms"]
    return {"due_on": after["sold_on"]} if "sold_on" in values and was_sold_on else {}
