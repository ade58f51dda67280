"""How a day that csm understood is said back: with its weekday, and that it is past where it is."""

from __future__ import annotations

from datetime import date

from csm.cli.session import Session
from csm.i18n import say
from csm.render.days import weekday


def echoed(session: Session, day: date) -> str:
    """Return `day` with its weekday; a day before today is said to be overdue."""
    shown = f"{day.isoformat()} ({weekday(day)})"
    return say("{day}, overdue", day=shown) if day < session.today else shown
