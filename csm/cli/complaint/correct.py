"""`csm complaint correct`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli import drafts
from csm.cli.complaint import CORRECTED
from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.options import Ref, words
from csm.cli.grammar import Given
from csm.cli.session import Session, warn
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field
from csm.domain.values.phone import check_phone
from csm.i18n import label, say
from csm.render.commands import option_of
from csm.render.complaint.time_line import corrected
from csm.render.phrases import in_turn
from csm.services import references, values
from csm.services.complaint import correcting, recording
from csm.services.customer import contacts
from csm.services.sale import finding
from csm.storage import rows
from csm.storage.house.settings import staff_name

if TYPE_CHECKING:
    from csm.domain.complaint.case import Event
    from csm.storage.customer.rows import Candidate

# What has an option of its own and can be emptied, and what a case has in any case.
OWN: Final = (Field("contact", "contact"), Field("sale", "sale"))
NEEDED: Final = ("channel", "found_by")
COLUMNS: Final = {"contact": "contact_id", "sale": "sale_id", "claim": "claim_cents"}


def run(
    ctx: typer.Context,
    ref: Ref,
    summary: Annotated[
        str | None, typer.Option("--summary", metavar="TEXT", help="What it is about, in one sentence.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="NAME", help="Who complained: a contact's name or id.")
    ] = None,
    phone: Annotated[
        str | None, typer.Option("--phone", help="The number they call from; kept on the case where nobody has it.")
    ] = None,
    sale: Annotated[
        str | None, typer.Option("--sale", metavar="ID", help="The sale it is about: 12, sa12 or its bill.")
    ] = None,
    received: Annotated[
        str | None, typer.Option("--received", metavar="WHEN", help="When it came in; its deadlines run from there.")
    ] = None,
    customer: Annotated[
        str | None, typer.Option("--customer", metavar="REF", help="The card that it belongs on.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="How it came about.")] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
) -> None:
    """Correct what was written down of a case, open or closed; what stood there before stays on record.

    \b
    Example:
      csm complaint correct cp12 --problem goods-damaged --received "yesterday 15:00" --clear claim
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    made = _typed(session, given, summary, phone)
    row = rows.known(connection, "complaint", recording.find(connection, ref))
    card = references.customer(connection, customer if customer is not None else f"cu{row['customer_id']}")
    moment = values.read_past_moment(received, session) if received is not None else None
    made |= _named(session, card, moment, contact, sale)
    made |= _cleared(clear or (), made)
    if not made and moment is None and customer is None:
        raise UsageFault("missing-value", field="--summary")
    told = correcting.Correction(
        made, moment, card.id if customer is not None else None, words("--reason", reason) if reason else None
    )
    done = correcting.correct(session, ref, told)
    correction, *followed = _since_correction(done.file.events)
    _warn_of_level(followed)
    facts = in_turn(list(corrected(correction, session.zone)))
    tell_done(ctx, done, say("corrected cp{id}: {facts}", id=done.file.id, facts=facts))


def _typed(session: Session, given: Given, summary: str | None, phone: str | None) -> dict[str, Any]:
    """Return the columns of what was typed for the case itself; raise what reading them raises."""
    made: dict[str, Any] = drafts.stored(session, CORRECTED, given.fields)
    if phone is not None:
        if "caller_phone" in made:
            raise UsageFault("values-exclude", first="--phone", second="--caller-phone")
        made["caller_phone"] = check_phone(phone)
    if summary is not None:
        made["summary"] = words("--summary", summary)
    if "about" in made:
        made["about"] = staff_name(session.database.connection, str(made["about"]))
    return made


def _since_correction(events: Sequence[Event]) -> Sequence[Event]:
    """Return the latest correction and the events that followed it."""
    return events[max(place for place, event in enumerate(events) if event.step == "correct") :]


def _warn_of_level(followed: Sequence[Event]) -> None:
    """Say to which level a corrected claim has sent the case, and why."""
    for raised in (event for event in followed if event.data.get("how") == "trigger"):
        reasons = say(", ").join(label("trigger", reason) for reason in raised.data["triggers"])
        warn(say("at once to level {level}: {reasons}", level=raised.level, reasons=reasons))


def _named(
    session: Session, card: Candidate, moment: datetime | None, contact: str | None, sale: str | None
) -> dict[str, Any]:
    """Return the columns of the contact and the sale that were named; raise what finding them raises."""
    connection = session.database.connection
    made: dict[str, Any] = {}
    if contact is not None:
        day = moment.date() if moment is not None else session.today
        made["contact_id"] = contacts.there(connection, card, contact, day)
    if sale is not None:
        made["sale_id"] = finding.of_customer(connection, card, sale)
    return made


def _cleared(names: Sequence[str], made: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that --clear empties; raise unknown-field, values-exclude, empty-value."""
    emptied: dict[str, Any] = {}
    needed = [name for name in names if name.strip().removeprefix("--").replace("-", "_") in NEEDED]
    if needed:
        raise UsageFault("empty-value", field=needed[0])
    fields = (field for field in (*CORRECTED, *OWN) if field.name not in NEEDED)
    for field in drafts.cleared(tuple(fields), names):
        column = COLUMNS.get(field.name, field.name)
        if column in made:
            raise UsageFault("values-exclude", first=option_of(field.name), second=f"--clear {field.name}")
        emptied[column] = None
    return emptied
