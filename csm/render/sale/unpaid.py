"""What is unpaid as a table for people where there is little room: what belongs together shares a cell.

Whom to call stands under the customer, and how late a bill is above its day, so that the signature it waits for and
the phone number are seen on a screen of 80 columns too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from csm.domain.kinds import Field
from csm.domain.values.money import group_cents
from csm.i18n import say
from csm.render.day.due import in_words
from csm.render.day.words import lateness
from csm.render.listing import Listing, Row
from csm.render.text import visible

# From this many columns on everything has a column of its own.
WIDE: Final = 150

_NARROW: Final = (
    Field("id", "id", "integer", shown=1),
    Field("customer", "customer", shown=1),
    Field("phone", "phone", "phone", shown=1),
    Field("balance", "balance", "money", shown=1),
    # "date": words that aren't folded
    Field("days_late", "due", "date", shown=1),
    Field("waits_for", "waits for", shown=1),
)


BILL: Final = "bill"  # the kind of what isn't the customer's
# What stands elsewhere for people than for programs: before which column.
_MOVED: Final = {"kind": "bill", "asked": "due_on"}


def shaped(listing: Listing, width: int | None) -> Listing:
    """Return a list of UNPAID or REFUND rows as people read it, on a screen of `width` columns or without an end.

    What is asked for is shown where it isn't the balance, and kinds where not everything is a bill.
    """
    names = [field.name for field in listing.fields]
    rows = [*map(_asked(names), listing.rows)]
    if width is not None and width < WIDE and "days_late" in names:
        return narrowed(listing._replace(rows=rows), width)
    places = [names.index(name) for name in _in_order(names, rows)]
    moved = ([row[place] for place in places] for row in rows)
    return listing._replace(fields=[listing.fields[place] for place in places], rows=moved)


def _in_order(names: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Return the names of the columns in the order in which people read them."""
    order = [name for name in names if name not in _MOVED]
    for name, before in _MOVED.items():
        if name in names and not (name == "kind" and all(row[names.index(name)] == BILL for row in rows)):
            order.insert(order.index(before), name)
    return order


def _asked(names: Sequence[str]) -> Callable[[Row], Row]:
    """Return what leaves out of a row what is asked for where it is the balance."""
    if "asked" not in names:
        return lambda row: row
    asked, balance = names.index("asked"), names.index("balance")

    def without_balance(row: Row) -> Row:
        return row if row[asked] != row[balance] else [*row[:asked], None, *row[asked + 1 :]]

    return without_balance


def narrowed(listing: Listing, width: int | None) -> Listing:
    """Return a list of UNPAID rows as it fits on a screen of `width` columns; as it is where there is room."""
    if width is None or width >= WIDE:
        return listing
    names = [field.name for field in listing.fields]
    rows = (_narrow(dict(zip(names, row, strict=True))) for row in listing.rows)
    return listing._replace(fields=_NARROW, rows=rows, lines=True, late=lambda row: bool(row[-1]))


def _narrow(row: dict[str, Any]) -> Row:
    late = row["days_late"]
    return (
        row["id"],
        _below(visible(row["customer"]), row["contact"] if row["contact"] != row["customer"] else None),
        row["phone"],
        row["balance"],
        f"{lateness(late)}\n{row['due_on']}" if late is not None else _kind(row),
        _waits(row),
        late is not None and late > 0,
    )


def _kind(row: dict[str, Any]) -> str:
    """Return what a row is that isn't a bill, and since when."""
    return f"{in_words('unpaid_kind', row['kind'])}\n{row['since']}"


def _below(first: str, second: Any) -> str:
    return f"{first}\n{visible(str(second))}" if second else first


def _waits(row: dict[str, Any]) -> str:
    """Return whose signature a bill waits for and since when, and by when the customer promised to pay."""
    lines = []
    if row["asked"] is not None:
        lines.append(
            say("ask for {amount}", amount=group_cents(row["asked"])) if row["asked"] else say("ask for nothing")
        )
    if row["waits_for"]:
        lines += [in_words("sign_off", str(row["waits_for"])), say("since {day}", day=row["since"])]
    if row["promised_on"]:
        lines.append(say("promised by {day}", day=row["promised_on"]))
    return "\n".join(lines)
