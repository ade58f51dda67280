"""What several verbs of `service` print."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from csm.cli.grammar import Given
from csm.cli.output import changed, tell, tell_where, write_one
from csm.cli.service.options import CHECK
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import NESTED
from csm.domain.kinds import Field
from csm.domain.service.record import SERVICE
from csm.render.listing import Nested
from csm.services import values
from csm.services.sale.finding import find_one
from csm.services.values import read_flag
from csm.storage import rows
from csm.storage.listing import by_field
from csm.storage.service import rows as services


def record_lines(session: Session, on: str | None, sale: str | None) -> dict[str, object]:
    """Return the columns of what has options of its own: the day, and the sale."""
    told: dict[str, object] = {}
    if on is not None:
        told["done_on"] = values.read_day(on, session, past=True).isoformat()
    if sale is not None:
        told["sale_id"] = find_one(session.database.connection, sale)["id"]
    return told


def checks(typed: Sequence[str] | None) -> dict[str, int]:
    """Return the items that --check names with 1 or 0; raise unreadable-pair, unreadable-flag."""
    found = {}
    for word in typed or ():
        # The last sign: a team's own item may have one in it.
        pair = re.fullmatch("(.*\\S)\\s*[=＝](.*)", word, re.DOTALL)
        if pair is None:
            raise UsageFault("unreadable-pair", field="--check", value=word)
        found[pair[1].strip()] = read_flag(pair[2].strip())
    return found


def record_of(session: Session, service_id: int) -> dict[str, Any]:
    return by_field(SERVICE, rows.fetch(session.database.connection, "service_list", service_id) or {})


def nesting(session: Session, record: Mapping[str, Any]) -> tuple[list[Field], dict[str, Any]]:
    """Return fields and record of a service with its checklist as records of its own."""
    checks = services.checks(session.database.connection, record["id"])
    return [field for field in SERVICE if field.name != "checks"], {**record, "checks": Nested(CHECK, checks)}


def print_changed(ctx: typer.Context, sentence: str, service_id: int) -> None:
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    record = record_of(session, service_id)
    if given.form not in NESTED:
        changed(session, given, sentence, [field for field in SERVICE if field.listed], record)
        return
    tell_where(session)
    fields, nested = nesting(session, record)
    listed = [field for field in fields if field.listed]
    kept = {name: nested[name] for name in (*(field.name for field in listed), "checks")}
    write_one(session, given, listed, kept)
    tell(session, sentence)
