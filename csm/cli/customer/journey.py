"""`customer journey`: all touch points of a customer on one time line, looked at as a whole."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli import columns
from csm.cli.days import together
from csm.cli.grammar import Given
from csm.cli.output import tell_where, write_rows
from csm.cli.session import Session
from csm.cli.tongue import tongue_of
from csm.domain.callback.rules import FRUITLESS
from csm.domain.customer.journey import PHASES, Touch, mean, sharpest_drop
from csm.domain.customer.record import JOURNEY
from csm.domain.errors import UsageFault
from csm.domain.kinds import named
from csm.domain.values.money import group_cents
from csm.i18n import label, marked, say, say_n
from csm.render.listing import Listing
from csm.render.text import visible
from csm.services import references, values
from csm.services.customer import journeys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csm.cli.tongue import Tongue
    from csm.storage.customer.journeys import Stored


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The customer.")],
    from_: Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Only from this day on.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Only up to this day, it included.")] = None,
    touch: Annotated[
        list[str] | None,
        typer.Option("--touch", metavar="T", help="Only sale, callback, complaint or another touch point; repeat it."),
    ] = None,
) -> None:
    """Show all touch points with a customer on one time line, oldest first.

    The last line says what they come to: every single one can be fine and the journey not.

    \b
    Example:
      csm customer journey "Golden Dragon" --from 2026-01-01
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    first = values.read_day(from_, session, past=True) if from_ is not None else None
    last = values.read_day(to, session, past=True) if to is not None else None
    if first is not None and last is not None and last < first:
        raise UsageFault("end-before-start", start=first.isoformat(), end=last.isoformat())
    wanted = {values.read_term(named(JOURNEY, "touch"), word) for word in touch or ()}
    chosen = columns.columns_of(JOURNEY, given)
    limit = columns.limit_of(given)
    customer = references.customer(session.database.connection, ref)
    touches = journeys.read(
        session, customer.id, _text_of(session, tongue_of(given)), first=first, last=last, touches=wanted
    )
    shown = touches if given.sort is not None else touches[:limit]
    rows = columns.chosen_rows(map(_row, shown), JOURNEY, chosen, given, limit)
    name = visible(customer.name)
    empty = say("no touch points with {name}", name=name)
    tell_where(session)
    if touches:
        listing = Listing(chosen, rows, _title(name, touches), empty, [_as_a_whole(touches)])
    else:
        listing = Listing(chosen, rows, "", empty)
    written = write_rows(session, given, listing._replace(chosen=given.columns is not None))
    if limit is not None and given.limit is None and written == limit:
        columns.tell_rest(session, len(touches) - written)


def _row(touch: Touch) -> list[Any]:
    """Return the values of a touch point in the order of JOURNEY."""
    return [
        touch.on.isoformat(),
        touch.time,
        touch.touch,
        touch.phase,
        touch.channel,
        touch.direction,
        touch.satisfaction,
        touch.text,
        touch.by,
        touch.ref or None,
    ]


# --- what it comes to ---------------------------------------------------------------------------------------------


def _title(name: str, touches: Sequence[Touch]) -> str:
    """Return whose journey it is, of how many touch points, how satisfied they were and where that fell most."""
    parts = [say_n("{n} touch point", "{n} touch points", len(touches))]
    average = _mean(touches)
    if average is not None:
        parts.append(say("mean satisfaction {mean}", mean=average))
    drop = sharpest_drop(touches)
    if drop is not None:
        before, after = drop
        parts.append(
            say(
                "fell from {before} to {after} on {day} ({ref})",
                before=before.satisfaction,
                after=after.satisfaction,
                day=after.on.isoformat(),
                ref=after.ref,
            )
        )
    return say("{name}: {value}", name=name, value=say(", ").join(parts))


def _as_a_whole(touches: Sequence[Touch]) -> str:
    """Return the line that names the first and the last touch point, and how many and how good those of a phase are."""
    parts = [say("from {first} to {last}", first=_named(touches[0]), last=_named(touches[-1]))]
    for phase in PHASES:
        of_phase = [touch for touch in touches if touch.phase == phase]
        if of_phase:
            average = _mean(of_phase)
            told = {"phase": label("phase", phase), "n": len(of_phase)}
            parts.append(
                say("{phase} {n}", **told)
                if average is None
                else say("{phase} {n}, mean satisfaction {mean}", **told, mean=average)
            )
    return reduce(together, parts)


def _named(touch: Touch) -> str:
    named = f"{label('touch', touch.touch)} {touch.ref}".rstrip()
    return say("{touch} on {day}", touch=named, day=touch.on.isoformat())


def _mean(touches: Sequence[Touch]) -> str | None:
    average = mean([touch.satisfaction for touch in touches if touch.satisfaction is not None])
    return None if average is None else f"{average:.1f}"


# --- what a touch point was ---------------------------------------------------------------------------------------

# The closed list of the term that a touch point is told with.
_TERMS: Final = {
    "service": "service_kind",
    "callback": "purpose",
    "complaint-closed": "case_status",
    "lost": "loss_kind",
}


def _text_of(session: Session, tongue: Tongue) -> Callable[[Stored], str | None]:
    """Return what says in words what a touch point was."""
    speak = tongue.say

    def text_of(stored: Stored) -> str | None:
        if stored.touch == "graded":
            return _graded(stored, tongue)
        if stored.touch == "contact":
            return _changed(stored, tongue)
        if stored.touch == "promise":
            return _promised(session, stored, tongue)
        if stored.touch == "survey":
            return _answered(stored, tongue)
        if stored.touch == "complaint" and stored.term is not None:
            return speak("{name}: {value}", name=tongue.label("complaint_level", str(stored.term)), value=stored.text)
        if stored.cents is not None:
            first = stored.text or tongue.say("on account")
            return speak("{first}, {second}", first=first, second=group_cents(stored.cents))
        if stored.term is None or stored.touch not in _TERMS:
            return stored.text
        if stored.term == "other" and stored.text:
            return stored.text
        terms = "outcome" if stored.term in FRUITLESS else _TERMS[stored.touch]
        term = tongue.label(terms, str(stored.term))
        return speak("{name}: {value}", name=term, value=stored.text) if stored.text else term

    return text_of


def _answered(stored: Stored, tongue: Tongue) -> str | None:
    """Return how likely they recommend us and what they said, as far as they told."""
    if stored.term is None:
        return stored.text
    recommends = tongue.say("recommends us {n} of 10", n=stored.term)
    return tongue.say("{first}; {second}", first=recommends, second=stored.text) if stored.text else recommends


def _changed(stored: Stored, tongue: Tongue) -> str:
    """Return who left or came, and to or from which other customer."""
    say = tongue.say
    if stored.term == "came":
        return say("{name} came from {customer}", name=stored.text, customer=stored.other)
    if stored.other is None:
        return say("{name} has left", name=stored.text)
    return say("{name} has left, and is with {customer} now", name=stored.text, customer=stored.other)


def _graded(stored: Stored, tongue: Tongue) -> str:
    say = tongue.say
    if stored.term is None:
        return say("grade taken off, before {old}", old=stored.text)
    if stored.text is None:
        return say("grade {grade}", grade=stored.term)
    return say("grade {grade}, before {old}", grade=stored.term, old=stored.text)


def _promised(session: Session, stored: Stored, tongue: Tongue) -> str:
    """Return what was promised, by when where it was made, else how it ended."""
    say = tongue.say
    if stored.until is None:
        return say(_ENDED[str(stored.term)], text=stored.text)
    due = f"{session.zone.local(stored.until):%Y-%m-%d %H:%M}"
    if stored.term == "theirs":
        return say("they promised by {due}: {text}", due=due, text=stored.text)
    return say("we promised by {due}: {text}", due=due, text=stored.text)


_ENDED: Final = {
    "kept": marked("kept: {text}"),
    "late": marked("kept late: {text}"),
    "broken": marked("broken: {text}"),
}
