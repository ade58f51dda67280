"""The figures of sales that are parts or ratios of others; None where there is nothing to compare with.

Amounts are cents, results shares where 1.0 is all of it. source: handbook 9.3.
"""

from __future__ import annotations


def share(part: int, whole: int) -> float | None:
    """Return which part of the whole something is; None where the whole isn't above zero."""
    return part / whole if whole > 0 else None


def growth(now: int, before: int) -> float | None:
    """Return by which share sales grew against those before, negative where they fell; None from zero or below."""
    return (now - before) / before if before > 0 else None


def wallet(sales: int, category_spend: int | None) -> float | None:
    """Return the share of wallet: a year's sales against what the customer spends a year on what we sell.

    None where that isn't known. source: handbook 9.3.
    """
    return share(sales, category_spend) if category_spend else None


def cost_ratio(cost: int, sales: int) -> float | None:
    """Return the cost to serve against the sales of the same period; None where nothing was sold."""
    return share(cost, sales)


def per_sale(complaints: int, sales: int) -> float | None:
    """Return the complaints for each sale; None without a sale."""
    return share(complaints, sales)
