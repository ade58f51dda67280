"""Checklists of services rendered: what is ticked when one is recorded (handbook 13).

Items are short codes, `goods-placed`, or a team's own words; the given ones have a label in each language.
"""

from __future__ import annotations

import re


def read_items(text: str) -> list[str]:
    """Return the items of a checklist, each once, apart by ; or its full-width form."""
    return list(dict.fromkeys(item.strip() for item in re.split("[;；]", text) if item.strip()))
