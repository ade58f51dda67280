#!/usr/bin/env python3
"""Print a line for each owner: how much of their work is late, how late, and with whom.

    csm due --overdue -f json | python3 overdue_by_owner.py
    csm --db demo.db due -f json -o due.json && python3 overdue_by_owner.py due.json

It needs nothing but Python, and no more of csm than the keys that `csm due -f json` promises: an array of objects with
kind, customer, due, days_late and owner.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict


def late_by_owner(items: list[dict]) -> dict[str, list[dict]]:
    """Return the late items of each owner, the latest first; those without an owner are nobody's."""
    found: dict[str, list[dict]] = defaultdict(list)
    for item in items:
        if item["days_late"] > 0:
            found[item["owner"] or "nobody"].append(item)
    for own in found.values():
        own.sort(key=lambda item: (item["due"], item["customer"]))
    return found


def line(owner: str, items: list[dict]) -> str:
    """Return what is said about one owner."""
    worst = items[0]
    days = worst["days_late"]
    return (
        f"{owner}: {len(items)} late, the oldest by {days} {'day' if days == 1 else 'days'}"
        f" ({worst['kind']}, {worst['customer']}, due {worst['due']})"
    )


def main() -> int:
    """Read the list from the file named, else from standard input."""
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        if len(sys.argv) > 1:
            with open(sys.argv[1], "rb") as file:
                items = json.load(file)
        else:
            items = json.load(sys.stdin.buffer)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"overdue_by_owner.py: {error}\n")
        return 1
    owners = late_by_owner(items)
    for owner in sorted(owners, key=lambda name: (-len(owners[name]), name)):
        sys.stdout.write(line(owner, owners[owner]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
