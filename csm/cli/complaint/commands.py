"""Complaints: the eight handling steps, clocks, ladder and promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli.complaint.options import Ref, choice, settlement
from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import COMPLAINT, named

if TYPE_CHECKING:
    from csm.services.complaint.steps import Settlement

# The verbs whose functions stand in modules of their own, imported only when one of them is called.
STEPS: Final = ("judge", "assign", "analyse", "propose", "approve", "reject", "implement", "close", "settle")
BESIDE: Final = {
    **{verb: verb for verb in ("respond", "note", "wait", "resume", "escalate", "reopen", "withdraw")},
    "raise": "raise_",
    "feedback-read": "feedback_read",
}
TOLD: Final = (
    *("details", "level", "severity", "content", "problem", "channel", "want", "claim", "caller", "caller_phone"),
    *("about", "found_by"),
)
SETTERS: Final = tuple(named(COMPLAINT, name) for name in TOLD)
# Worked out for the moment, found by an option of its own, or too long to filter by.
NO_FILTERS: Final = frozenset(
    {"id", "customer", "customer_id", "summary", "details", "status", "owner", "overdue", "answer", "done"}
)
FILTERS: Final = tuple(field for field in COMPLAINT if field.name not in NO_FILTERS)


def open_(
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
    from csm.cli import drafts
    from csm.cli.complaint.messages import tell_opened
    from csm.domain.errors import MissingOption
    from csm.domain.values.phone import check_phone
    from csm.services import references, values
    from csm.services.complaint import opening

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    caller = _caller(session, new, phone)
    if caller is not None and summary is None:
        ref, summary = None, ref
    if caller is None and ref is None:
        raise MissingOption(option="REF", command="csm complaint open")
    if summary is None or not summary.strip():
        raise MissingOption(option="SUMMARY", command="csm complaint open")
    for option, told in (("REF", ref), ("--contact", contact), ("--callback", callback), ("--sale", sale)):
        if caller is not None and told is not None:
            from csm.domain.errors import OptionsExclude

            raise OptionsExclude(first="--new", second=option)
    customer = None if ref is None else references.customer(session.database.connection, ref)
    stored: dict[str, Any] = drafts.stored(session, SETTERS, given.fields)
    level, severity = stored.pop("level", "complaint"), stored.pop("severity", "general")
    stored["summary"] = summary.strip()
    if caller is None and phone is not None:
        if "caller_phone" in stored:
            from csm.domain.errors import OptionsExclude

            raise OptionsExclude(first="--phone", second="--caller-phone")
        stored["caller_phone"] = check_phone(phone)
    moment = values.read_past_moment(received, session) if received is not None else None
    if contact is not None and customer is not None:
        from csm.services.customer import contacts

        day = moment.date() if moment is not None else session.today
        stored["contact_id"] = contacts.there(session.database.connection, customer, contact, day)
    elif customer is not None and customer.contact_id is not None:
        stored["contact_id"] = customer.contact_id
    if callback is not None:
        stored["callback_id"] = references.record(session.database.connection, "callback", callback)["id"]
    if sale is not None and customer is not None:
        from csm.services.sale import finding

        stored["sale_id"] = finding.of_customer(session.database.connection, customer, sale)
    if "about" in stored and session.database.exists():
        from csm.storage.house.settings import staff_name

        stored["about"] = staff_name(session.database.connection, str(stored["about"]))
    settlement = _settlement(session, settled, compensation, failure, cause, recovery)
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
    from csm.domain.errors import EmptyValue

    if new is None:
        return None
    if not new.strip():
        raise EmptyValue(field="--new")
    from csm.domain.values.phone import check_phone
    from csm.services.customer.writing import Draft

    made: dict[str, object] = {"name": new.strip(), "kind": "person", "status": "active", "source": "complaint"}
    if phone is not None:
        made["phone"] = check_phone(phone)
    return Draft(made)


def _settlement(
    session: Session,
    settled: str | None,
    compensation: str | None,
    failure: str | None,
    cause: str | None,
    recovery: str | None,
) -> Settlement | None:
    told = {"--compensation": compensation, "--failure": failure, "--cause": cause, "--recovery": recovery}
    if settled is None:
        if any(word is not None for word in told.values()):
            from csm.domain.errors import MissingOption

            raise MissingOption(option="--settled", command="csm complaint open")
        return None
    return settlement(session, settled, compensation, failure, cause, recovery, None)


def list_(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", help="open, waiting, closed, unfounded, unresolved or withdrawn; repeat it."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those with a deadline that has passed.")] = False,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only this person's cases; repeat it.")] = None,
    sale: Annotated[
        str | None, typer.Option("--sale", metavar="ID", help="Only about this sale: 12, sa12 or its bill.")
    ] = None,
) -> None:
    """List cases, the open ones unless told, what is due first; every field is a filter.

    \b
    Example:
      csm complaint list --overdue --limit 20
      csm complaint list --all --problem late-delivery --received-at 2026-11-01..2026-11-30
    """
    from csm.cli import filters, lists
    from csm.cli.complaint import messages as case_words
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, COMPLAINT, given.fields, view="complaint_list")
    if status:
        conditions.append(equals("v.status", [choice("case_status", "--status", word) for word in status]))
    elif not everything:
        conditions.append(Condition("v.status IN ('open', 'waiting')"))
    if overdue:
        conditions.append(Condition("v.next_due_at < ?", (session.now_text,)))
    if owner:
        conditions.append(filters.owned_by(session, owner))
    if customer is not None:
        from csm.services import references

        found = references.customer(session.database.connection, customer)
        conditions.append(Condition("v.customer_id = ?", (found.id,)))
    if sale is not None:
        from csm.services.sale import finding

        sales = finding.find(session.database.connection, sale)
        conditions.append(equals("v.sale_id", [row["id"] for row in sales]))
    lists.show(session, given, case_words.subject(session, given.form, overdue=overdue), conditions)


def show(ctx: typer.Context, ref: Ref) -> None:
    """Show a case file: head, clocks, time line, what is on record of the four Rs, and what comes next.

    \b
    Example:
      csm complaint show cp12
    """
    from csm.cli.output import READ_BY_PEOPLE, opened, style, tell_where, write_one
    from csm.services.complaint import reading

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    file = reading.read(session, ref)
    tell_where(session)
    if given.form == "table":
        from csm.render.complaint.page import write_case

        with opened(given) as stream:
            write_case(file, style(session, given, stream), stream)
        return
    from csm.render.complaint.record import case_record

    fields, record = case_record(file, people=given.form in READ_BY_PEOPLE)
    write_one(session, given, fields, record, f"cp{file.id}")


def next_(ctx: typer.Context, ref: Ref) -> None:
    """Say what comes next in a case: what to ask, what to say, what to write down; on a terminal, ask and do it.

    \b
    Example:
      csm complaint next cp12
    """
    from csm.cli.complaint.next import coach

    coach(ctx, ref)


def lessons(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Only with these words in lesson, summary or prevention.")
    ] = None,
) -> None:
    """List what was learnt from closed cases, and what was to keep them from happening again.

    \b
    Example:
      csm complaint lessons delivery
    """
    from csm.cli import filters, lists
    from csm.domain.records import LESSON
    from csm.i18n import say
    from csm.storage.listing import holds_any

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, LESSON, given.fields, view="lesson_list")
    conditions += holds_any(["v.lesson", "v.summary", "v.prevention", "v.customer"], text or "")
    subject = lists.Subject("lesson_list", LESSON, "v.closed_at DESC, v.id", say("no lessons"), {})
    lists.show(session, given, subject, conditions)


VERBS: Final = {
    "open": Verb(open_, "write", setters=SETTERS),
    "list": Verb(list_, "list", filters=FILTERS),
    "show": Verb(show),
    "next": Verb(next_),
    **{verb: Verb(f"csm.cli.complaint.steps:{verb}", "write") for verb in STEPS},
    **{verb: Verb(f"csm.cli.complaint.events:{function}", "write") for verb, function in BESIDE.items()},
    "lessons": Verb(lessons, "list"),
}
