"""What is unpaid as a table for people where there is little room: what belongs together shares a cell.

Whom to call stands under the customer, and how late a bill is above its day, so that the signature it waits for and
the phone number are seen on a screen of 80 columns too.
"""

from __future__ import annotations

from typing import Any, Final

from csm.domain.kinds import Field
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


def narrowed(listing: Listing, width: int | None) -> Listing:
    """Return a list of UNPAID rows as it fits on a screen of `width` columns; as it is where there is room."""
    if width is None or width >= WIDE:
        return listing
    names = [field.name for field in listing.fields]
    rows = (_narrow(dict(zip(names, row, strict=True))) for row in listing.rows)
    return listing._replace(fields=_NARROW, rows=rows, lines=True, late=lambda row: bool(row[-1]))


def _narrow(row: dict[str, Any]) -> Row:
    late = int(row["days_late"])
    return (
        row["id"],
        _below(visible(row["customer"]), row["contact"] if row["contact"] != row["customer"] else None),
        row["phone"],
        row["balance"],
        f"{lateness(late)}\n{row['due_on']}",
        _waits(row),
        late > 0,
    )


def _below(first: str, second: Any) -> str:
    return f"{first}\n{visible(str(second))}" if second else first


def _waits(row: dict[str, Any]) -> str:
    """Return whose signature a bill waits for and since when, and by when the customer promised to pay."""
    lines = []
    if row["waits_for"]:
        lines += [in_words("sign_off", str(row["waits_for"])), say("since {day}", day=row["since"])]
    if row["promised_on"]:
        lines.append(say("promised by {day}", day=row["promised_on"]))
    return "\n".join(lines)
