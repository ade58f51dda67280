"""From the options of `done` and `log` to the result of a contact, and from what followed to a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import typer

from csm.cli.days import appointed, said_day, together
from csm.cli.grammar import Given
from csm.cli.output import changed, tell, tell_where, write_rows
from csm.cli.session import Session
from csm.domain.callback.record import CALLBACK
from csm.domain.callback.rules import FRUITLESS, NEAR
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field, named
from csm.i18n import label, say, say_n
from csm.render.listing import Listing
from csm.render.text import visible
from csm.services import values
from csm.services.callback.planning import Planned
from csm.services.callback.writing import Noted, Result
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.listing import by_field

if TYPE_CHECKING:
    from csm.storage.row_types import CallbackRow

_NAMED: Final = 5  # so many customers are named in a line; the others are counted
PLANNED: Final = (
    Field("customer_id", "customer id", "integer", shown=1),
    Field("customer", "customer", shown=1),
    Field("due_on", "due", "date", shown=1),
    Field("owner", "owner", shown=1),
    Field("purpose", "purpose", "choice", "purpose", shown=1),
)


def read_result(
    session: Session,
    text: str | None,
    words: Mapping[str, str | None],
    *,
    at: str | None,
    no_answer: bool,
    postponed: str | None,
    refused: bool,
    next_on: str | None,
) -> Result:
    """Return the result of a contact; raise the UsageFault of what can't be read or doesn't go together."""
    told = [
        option
        for option, given in (
            ("--no-answer", no_answer),
            ("--postponed", postponed is not None),
            ("--refused", refused),
        )
        if given
    ]
    if len(told) > 1:
        raise UsageFault("values-exclude", first=told[0], second=told[1])
    fruitless = bool(told) and told[0] != "--refused"
    of_a_talk = {f"--{name}": words.get(name) for name in ("satisfaction", "suggestion", "objection")}
    for option, given in {**of_a_talk, "--next": next_on}.items():
        if fruitless and given is not None:
            raise UsageFault("values-exclude", first=told[0], second=option)
    stored: dict[str, object] = {}
    for name, typed in words.items():
        if typed is not None:
            field = named(CALLBACK, name)
            stored[values.column(field)] = values.read(field, typed, session)
    satisfaction = stored.get("satisfaction")
    if isinstance(satisfaction, int) and not 1 <= satisfaction <= 5:
        raise UsageFault("unreadable-number", value=satisfaction, low=1, high=5)
    outcome = (
        {"--no-answer": "no-answer", "--postponed": "postponed", "--refused": "refused"}[told[0]] if told else "reached"
    )
    moment = values.read_past_moment(at, session) if at is not None else session.zone.to_wall(session.now)
    return Result(
        outcome,
        (text or "").strip() or None,
        moment,
        stored,
        values.read_appointment(postponed, session) if postponed is not None else None,
        values.read_appointment(next_on, session) if next_on is not None else None,
    )


def tell_noted(session: Session, noted: Noted, logged: str | None = None, *, at: date | None = None) -> str:
    """Return the one line about a noted contact.

    `logged` is the customer's name where it wasn't planned, `at` the day of it where that was told.
    """
    sentence = _what_was_noted(session, noted, logged)
    if at is not None:
        sentence = say("{day}: {sentence}", day=said_day(at), sentence=sentence)
    if noted.next is not None:
        day = appointed(session, noted.next)
        sentence = together(sentence, say("next: cb{id} on {day}", id=noted.next_id, day=day))
    return sentence


def _what_was_noted(session: Session, noted: Noted, logged: str | None) -> str:
    connection = session.database.connection
    refs = ", ".join(f"cb{identity}" for identity in noted.ids)
    name = visible(logged or callbacks.customer_of(connection, noted.ids[0]))
    if noted.due is not None:
        day = appointed(session, noted.due)
        return say("noted the try with {name}; {refs} is open, the next one on {day}", refs=refs, name=name, day=day)
    if logged is None:
        rows = [callbacks.known(connection, identity) for identity in noted.ids]
        refs = say(", ").join(
            say("cb{id} ({purpose})", id=row["id"], purpose=label("purpose", row["purpose"])) for row in rows
        )
        return say("noted {refs} with {name}", refs=refs, name=name)
    if noted.planned:
        return say("noted; that fulfils what was due with {name}: {refs}", refs=refs, name=name)
    return say("noted a contact with {name} as {refs}", refs=refs, name=name)


def _kind(row: CallbackRow) -> str:
    """Return what a callback is for, and how where that isn't by phone."""
    marks = [label("purpose", row["purpose"])]
    if row["channel"] != "phone":
        marks.append(label("channel", row["channel"]))
    return say(", ").join(marks)


def tell_free_day(session: Session, day: date) -> None:
    """Say that a planned day is none on which there is work; it is kept (source: handbook 5)."""
    if not session.calendar.is_working_day(day):
        tell(session, say("{day} is not a working day", day=said_day(day)))


def tell_others(session: Session, customer_id: int, day: date, beside: Sequence[int]) -> None:
    """Say what else is planned with a customer within a week of a day, so that nobody is called twice."""
    found = callbacks.open_near(session.database.connection, customer_id, day, NEAR, beside)
    if found:
        others = say(", ").join(
            say(
                "cb{id} ({purpose}) on {day}",
                id=row["id"],
                purpose=_kind(row),
                day=said_day(date.fromisoformat(row["due_on"])),
            )
            for row in found
        )
        tell(session, say("also planned with them within a week: {others}", others=others))


def tell_near(session: Session, near: Sequence[str]) -> None:
    """Say with whom of those planned for something else is planned within a week."""
    if not near:
        return
    names = say(", ").join(visible(name) for name in near[:_NAMED])
    more = len(near) - _NAMED
    if more > 0:
        names = say_n("{cases} and {n} more", "{cases} and {n} more", more, cases=names)
    tell(session, say("also planned within a week with: {names}", names=names))


def tell_left(session: Session, noted: Noted) -> None:
    """Say which callbacks due a contact leaves open, since they aren't done that way."""
    if noted.left:
        connection = session.database.connection
        rows = [callbacks.known(connection, identity) for identity in noted.left]
        refs = say(", ").join(say("cb{id} ({purpose})", id=row["id"], purpose=_kind(row)) for row in rows)
        tell(session, say("still open, since that isn't done this way: {refs}", refs=refs))


def with_case(session: Session, result: Result, complaint: str | None, summary: str | None) -> Result:
    """Return a result that opens a complaint, or sums up the case that was asked about; raise values-exclude."""
    told = {"--complaint": complaint, "--summary": summary}
    for option, text in told.items():
        if text is None:
            continue
        if not text.strip():
            raise UsageFault("empty-value", field=option)
        if result.outcome in FRUITLESS:
            raise UsageFault("values-exclude", first=f"--{result.outcome}", second=option)
    if complaint is not None:
        from csm.services.complaint.opening import Draft

        values: dict[str, object] = {"summary": complaint.strip(), "details": result.text}
        if "channel" in result.values:
            values["channel"] = result.values["channel"]
        result = result._replace(complaint=Draft(values, received=result.at))
    return result._replace(summary=summary.strip()) if summary is not None else result


def tell_more(ctx: typer.Context, noted: Noted) -> None:
    """Say what a contact leaves open, what else is planned near the next one, and what it did to cases."""
    session: Session = ctx.obj
    tell_left(session, noted)
    if noted.asked and noted.next is not None:
        tell_free_day(session, noted.next.day)
        row = callbacks.known(session.database.connection, noted.ids[0])
        tell_others(session, row["customer_id"], noted.next.day, [noted.next_id or 0])
    elif noted.due is not None and noted.asked:
        tell_free_day(session, noted.due.day)
    _tell_case(ctx, noted)


def _tell_case(ctx: typer.Context, noted: Noted) -> None:
    """Say what a contact did to a case: the one it was about, and the one that it opened."""
    if not noted.heard and noted.opened is None:
        return
    from csm.cli.complaint import messages as case_words

    for done in noted.heard:
        case_words.tell_heard(ctx.obj, done)
    if noted.opened is not None:
        case_words.tell_opened_on_callback(ctx.obj, noted.opened)


def show_planned(session: Session, given: Given, planned: Sequence[Planned], sentence: str, *, show: bool) -> None:
    """Print what was or would be planned, as a list where asked for, and say how much it is."""
    from csm.cli.columns import asks_for_rows, chosen_rows, columns_of, limit_of

    tell_where(session)
    if show or asks_for_rows(given):
        limit = limit_of(given)
        fields = columns_of(PLANNED, given)
        rows = list(chosen_rows(planned, PLANNED, fields, given, None))
        write_rows(
            session,
            given,
            Listing(fields, rows[:limit], empty=say("nothing to plan"), chosen=given.columns is not None),
        )
        if limit is not None and len(planned) > limit:
            tell(
                session,
                say_n("{n} more row; --limit 0 shows all", "{n} more rows; --limit 0 shows all", len(planned) - limit),
            )
    tell(session, sentence)


def record_of(session: Session, callback_id: int) -> dict[str, Any]:
    return by_field(CALLBACK, rows.fetch(session.database.connection, "callback_list", callback_id) or {})


def print_changed(ctx: typer.Context, sentence: str, callback_id: int) -> None:
    session: Session = ctx.obj
    fields = [field for field in CALLBACK if field.listed]
    changed(session, ctx.meta["given"], sentence, fields, record_of(session, callback_id))
