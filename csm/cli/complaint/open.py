"""`csm complaint open`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from csm.cli import drafts
from csm.cli.complaint.messages import tell_opened
from csm.cli.complaint.options import choice
from csm.cli.complaint.questions import read_answers, settlement
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.complaint.questions import QUESTIONS
from csm.domain.errors import UsageFault
from csm.domain.values.phone import check_phone
from csm.services import references, values
from csm.services.complaint import opening
from csm.services.customer import contacts
from csm.services.customer.writing import Draft
from csm.services.sale import finding
from csm.storage.house.settings import staff_name

if TYPE_CHECKING:
    from csm.services.complaint.steps import Settlement
from csm.cli.complaint import SETTERS


def run(
    ctx: typer.Context,
    ref: Annotated[str | None, typer.Argument(metavar="REF", help="The customer.")] = None,
    summary: Annotated[str | None, typer.Argument(metavar="SUMMARY", help="What it is about, in one sentence.")] = None,
    new: Annotated[
        str | None, typer.Option("--new", metavar="NAME", help="An unknown caller: make their card on the spot.")
    ] = None,
    phone: Annotated[
        str | None, typer.Option("--phone", help="The number they call from; kept on the case where nobody has it.")
    ] = None,
    trigger: Annotated[
        list[str] | None,
        typer.Option("--trigger", help="media, lawyer, authority, harm, leaving or claim: to level 1 at once."),
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="NAME", help="Who complained: a contact's name or id.")
    ] = None,
    callback: Annotated[
        str | None, typer.Option("--callback", metavar="ID", help="The callback on which it was heard.")
    ] = None,
    sale: Annotated[
        str | None, typer.Option("--sale", metavar="ID", help="The sale it is about: 12, sa12 or its bill.")
    ] = None,
    received: Annotated[
        str | None, typer.Option("--received", metavar="WHEN", help="When it came in; now unless told.")
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="Taken on the phone or face to face: answered at once.")] = False,
    settled: Annotated[
        str | None, typer.Option("--settled", metavar="TEXT", help="It is settled already; what was done.")
    ] = None,
    compensation: Annotated[
        str | None, typer.Option("--compensation", metavar="AMOUNT", help="What settling it cost.")
    ] = None,
    failure: Annotated[str | None, typer.Option("--failure", help="outcome or process, where it is settled.")] = None,
    cause: Annotated[
        str | None, typer.Option("--cause", help="service, company, customer or environment, where it is settled.")
    ] = None,
    recovery: Annotated[
        str | None, typer.Option("--recovery", help="symbolic, equal or more, where it is settled.")
    ] = None,
    recovery_time: Annotated[
        str | None, typer.Option("--recovery-time", help="during or after the service, where it is settled.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Make the card of an unknown caller though one looks like it.")
    ] = False,
) -> None:
    """Record a complaint or a grievance while the customer talks; it ends with the sentence to read back.

    \b
    Example:
      csm complaint open "Golden Dragon" "the oven came two days late" --problem late-delivery --want account --live
      csm complaint open --new "Li Na" --phone "139 0000 0199" "the cashier says tomorrow every day"
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    caller = _caller(session, new, phone)
    if caller is not None and summary is None:
        ref, summary = None, ref
    if caller is None and ref is None:
        raise UsageFault("missing-value", field="REF")
    if summary is None or not summary.strip():
        raise UsageFault("missing-value", field="SUMMARY")
    for option, told in (("REF", ref), ("--contact", contact), ("--callback", callback), ("--sale", sale)):
        if caller is not None and told is not None:
            raise UsageFault("values-exclude", first="--new", second=option)
    customer = None if ref is None else references.customer(session.database.connection, ref)
    stored: dict[str, Any] = drafts.stored(session, SETTERS, given.fields)
    level, severity = stored.pop("level", "complaint"), stored.pop("severity", "general")
    stored["summary"] = summary.strip()
    if caller is None and phone is not None:
        if "caller_phone" in stored:
            raise UsageFault("values-exclude", first="--phone", second="--caller-phone")
        stored["caller_phone"] = check_phone(phone)
    moment = values.read_past_moment(received, session) if received is not None else None
    if contact is not None and customer is not None:
        day = moment.date() if moment is not None else session.today
        stored["contact_id"] = contacts.there(session.database.connection, customer, contact, day)
    elif customer is not None and customer.contact_id is not None:
        stored["contact_id"] = customer.contact_id
    if callback is not None:
        stored["callback_id"] = references.record(session.database.connection, "callback", callback)["id"]
    if sale is not None and customer is not None:
        stored["sale_id"] = finding.of_customer(session.database.connection, customer, sale)
    if "about" in stored and session.database.exists():
        stored["about"] = staff_name(session.database.connection, str(stored["about"]))
    settlement = _settlement(
        ctx,
        settled,
        compensation=compensation,
        failure=failure,
        cause=cause,
        recovery=recovery,
        recovery_time=recovery_time,
    )
    draft = opening.Draft(
        stored,
        str(level),
        str(severity),
        moment,
        live,
        [choice("trigger", "--trigger", word) for word in trigger or ()],
        settlement,
    )
    opened = opening.open_case(session, customer, draft, caller=caller, force=force)
    tell_opened(session, given, opened, stored)


def _caller(session: Session, new: str | None, phone: str | None) -> Any:
    """Return the card to make for an unknown caller, None where nobody is new."""
    if new is None:
        return None
    if not new.strip():
        raise UsageFault("empty-value", field="--new")

    made: dict[str, object] = {"name": new.strip(), "kind": "person", "status": "active", "source": "complaint"}
    if phone is not None:
        made["phone"] = check_phone(phone)
    return Draft(made)


def _settlement(ctx: typer.Context, settled: str | None, **typed: str | None) -> Settlement | None:
    """Return what settled the matter on the spot; raise missing-value where only more about it was typed."""
    if settled is None:
        if any(word is not None for word in typed.values()):
            raise UsageFault("missing-value", field="--settled")
        return None
    return settlement(read_answers(ctx, QUESTIONS["settle"], {"did": settled, "outcome": None, **typed}))
