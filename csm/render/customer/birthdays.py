"""Lunar birthdays in a list of contacts, with the day on which they are kept (handbook 3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from csm.i18n import say
from csm.render.day.due import lunar_name
from csm.render.listing import Listing


def with_kept_days(shown: Listing, day_of: Callable[[str], date | None]) -> Listing:
    """Return a list whose lunar birthdays are followed by the day of `day_of`; source: handbook 3."""
    names = [field.name for field in shown.fields]
    if "lunar_birthday" not in names:
        return shown
    place = names.index("lunar_birthday")

    def text(stored: str | None) -> str | None:
        if stored is None:
            return None
        name, day = lunar_name(stored), day_of(stored)
        return say("{what} ({marks})", what=name, marks=day.isoformat()) if day is not None else name

    fields = [field._replace(kind="text") if at == place else field for at, field in enumerate(shown.fields)]
    rows = ((*row[:place], text(row[place]), *row[place + 1 :]) for row in shown.rows)
    return shown._replace(fields=fields, rows=rows)
