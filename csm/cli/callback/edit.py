"""`csm callback edit`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from csm.cli import drafts
from csm.cli.callback.options import Contact, Sale, Satisfaction
from csm.cli.callback.results import print_changed, tell_free_day, tell_others
from csm.cli.complaint.messages import tell_heard
from csm.cli.days import appointed, together
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.callback.record import CALLBACK
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field
from csm.i18n import say
from csm.render.commands import option_of
from csm.services import references, values
from csm.services.callback import editing
from csm.services.callback import writing as callbacks
from csm.services.customer import contacts
from csm.services.sale import finding

if TYPE_CHECKING:
    from csm.domain.callback.rules import Appointment
    from csm.storage.row_types import CallbackRow

# What can be emptied, and the columns that keep it.
CLEARED: Final[dict[str, tuple[str, ...]]] = {
    "contact": ("contact_id",),
    "satisfaction": ("satisfaction",),
    "note": ("note",),
    "every": ("every",),
    "time": ("due_at", "series_time"),
    "owner": ("owner",),
    "objection": ("objection",),
    "suggestion": ("suggestion",),
    "cost": ("cost_cents",),
    "sale": ("sale_id",),
}


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The callback.")],
    due: Annotated[
        str | None, typer.Option("--due", "--on", metavar="WHEN", help="Another planned day, or day and time.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was done.")] = None,
    satisfaction: Satisfaction = None,
    contact: Contact = None,
    sale: Sale = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
) -> None:
    """Change a callback: the plan of an open one, what came of one that is done.

    What follows is worked out again: the last contact, what the cadence planned, and by another satisfaction the case
    that was asked about.

    \b
    Example:
      csm callback edit cb12 --satisfaction 4 --note "happy with the oven" --clear cost
      csm callback edit cb13 --every eom --owner bob
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    row = callbacks.one(connection, ref)
    customer = references.customer(connection, f"cu{row['customer_id']}")
    scored = {"satisfaction": [satisfaction]} if satisfaction is not None else {}
    made = drafts.stored(session, CALLBACK, {**given.fields, **scored})
    planned = values.read_appointment(due, session) if due is not None else None
    if contact is not None:
        made["contact_id"] = contacts.there(session.database.connection, customer, contact, session.today)
    if sale is not None:
        made["sale_id"] = finding.of_customer(connection, customer, sale)
    made |= _cleared(clear or (), made)
    moment = values.read_past_moment(at, session) if at is not None else None
    edited = editing.edit(session, row, editing.Edit(made, planned, moment))
    sentence = say("changed callback cb{id}", id=row["id"]) if edited.changed else say("nothing changed")
    if planned is not None and edited.changed:
        sentence = _with_day(session, sentence, row, edited.due)
    print_changed(ctx, sentence, row["id"])
    if edited.heard is not None:
        tell_heard(session, edited.heard)


def _with_day(session: Session, sentence: str, row: CallbackRow, due: Appointment | None) -> str:
    """Return the sentence with the day that an open callback is due now; say what else is to know of that day."""
    if due is None:
        return sentence
    tell_free_day(session, due.day)
    tell_others(session, row["customer_id"], due.day, [row["id"]])
    return together(sentence, say("due {day}", day=appointed(session, due)), comma=True)


def _cleared(names: Sequence[str], made: Mapping[str, object]) -> dict[str, object]:
    """Return the columns that --clear empties; raise unknown-field, values-exclude."""
    emptied: dict[str, object] = {}
    for field in drafts.cleared(tuple(Field(name, name) for name in CLEARED), names):
        if not made.keys().isdisjoint(CLEARED[field.name]):
            raise UsageFault("values-exclude", first=option_of(field.name), second=f"--clear {field.name}")
        emptied |= dict.fromkeys(CLEARED[field.name])
    return emptied
