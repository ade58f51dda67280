"""What several verbs of `config` print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from csm.cli.output import changed, tell
from csm.cli.session import Session
from csm.domain.house.record import SETTING
from csm.domain.settings import find
from csm.i18n import label, say_n

if TYPE_CHECKING:
    from csm.domain.settings import Setting
    from csm.services.complaint.recomputing import Moved
from csm.cli.config.options import MOVES_SHOWN


def print_changed(ctx: typer.Context, sentence: str, key: str, value: str) -> None:
    changed(ctx.obj, ctx.meta["given"], sentence, SETTING, record_of(find(key), value))


def record_of(entry: Setting, value: str) -> dict[str, str]:
    return {"key": entry.key, "value": value, "default": entry.default, "unit": entry.unit, "about": entry.about}


def tell_moved(session: Session, moved: Moved | None) -> None:
    """Say what a new calendar moved, with the first few deadlines; nothing where nothing moved."""
    if moved is None or not moved.deadlines:
        return
    cases = say_n("{n} case", "{n} cases", moved.cases)
    tell(
        session, say_n("{n} deadline of {cases} moved", "{n} deadlines of {cases} moved", moved.deadlines, cases=cases)
    )
    for complaint_id, clock, *dues in moved.examples[:MOVES_SHOWN]:
        old, new = (f"{moved.zone.local(due):%Y-%m-%d %H:%M}" for due in dues)
        tell(session, f"cp{complaint_id} {label('clock', clock)}: {old} -> {new}")
