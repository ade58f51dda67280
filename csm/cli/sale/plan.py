"""`csm sale plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from csm.cli.columns import columns_of
from csm.cli.days import echoed
from csm.cli.grammar import Given
from csm.cli.output import tell, tell_where, write_one, write_rows
from csm.cli.session import Session
from csm.domain.errors import NotFound, UsageFault
from csm.domain.formats import OBJECTS
from csm.domain.sale import plan_parts, repayment
from csm.domain.sale.record import INSTALMENT, PLAN
from csm.domain.settings import read_whole
from csm.domain.time.recurrence import read_interval
from csm.domain.values.money import group_cents
from csm.i18n import say, say_n
from csm.render.sale.plan import plan_listing, plan_record
from csm.render.text import visible
from csm.services import references, values
from csm.services.sale import plan_reading, plans

if TYPE_CHECKING:
    from csm.domain.sale.repayment import Part, Plan
    from csm.storage.customer.rows import Candidate


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="Whose plan.")],
    amount: Annotated[str | None, typer.Option("--amount", metavar="A", help="Make a plan over so much.")] = None,
    parts: Annotated[str | None, typer.Option("--parts", metavar="N", help="In so many equal parts.")] = None,
    every: Annotated[
        str | None, typer.Option("--every", metavar="INTERVAL", help="So long between the parts: 2w, 1m.")
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="WHEN", help="The day of the first part.")] = None,
    part: Annotated[
        list[str] | None,
        typer.Option("--part", metavar='"DAY AMOUNT"', help="Instead, a part of its own; repeat it."),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Anything to remember about it.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="In place of the plan that is open.")] = False,
    end: Annotated[bool, typer.Option("--end", help="End the plan that is open.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why it is ended or replaced.")] = None,
) -> None:
    """Show the repayment plan of a customer; make one with --amount, end it with --end.

    It covers the oldest bills; what the customer has with us is set off before. Payments tick the parts off, the oldest
    first; of equal parts the last has the rest.

    \b
    Example:
      csm sale plan "Golden Dragon" --amount 3000 --parts 3 --every 2w --from 2026-12-01
      csm sale plan 12 --amount 1500 --part "2026-12-15 500" --part "2027-01-15 1000"
      csm sale plan 12 --end --reason "paid by their head office"
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    reason, note = ((text or "").strip() or None for text in (reason, note))
    if amount is not None:
        _refuse_with_amount({"--end": end, "--reason": reason is not None and not replace})
        cents = _cents(session, amount)
        draft = plans.Draft(cents, _parts(session, cents, parts, every, from_, part), note, replace, reason)
        _make(session, given, references.customer(session.database.connection, ref), draft)
        return
    _refuse_without_amount(
        {"--parts": parts, "--every": every, "--from": from_, "--part": part, "--note": note, "--replace": replace}
    )
    customer = references.customer(session.database.connection, ref)
    if not end:
        if reason is not None:
            raise UsageFault("missing-value", field="--end")
        _show(session, given, _known(session, customer))
        return
    if reason is None:
        raise UsageFault("missing-value", field="--reason")
    plans.end(session, customer, reason)
    _write(session, given, found := _known(session, customer))
    told = {"name": visible(customer.name), "open": group_cents(found.plan["amount"] - found.plan["paid"])}
    tell(session, say("ended the repayment plan of {name}: {open} of it was still open", **told))


def _refuse_with_amount(typed: dict[str, bool]) -> None:
    """Raise values-exclude for an option that doesn't go with making a plan."""
    for option, is_typed in typed.items():
        if is_typed:
            raise UsageFault("values-exclude", first=option, second="--amount")


def _refuse_without_amount(typed: dict[str, object]) -> None:
    """Raise missing-value for an option that only makes a plan together with --amount."""
    if any(value for value in typed.values()):
        raise UsageFault("missing-value", field="--amount")


def _cents(session: Session, text: str) -> int:
    cents = values.read_amount(text, session, allow_negative=True)
    if cents <= 0:
        raise UsageFault("not-above-zero", value=text)
    return cents


def _parts(
    session: Session, cents: int, number: str | None, every: str | None, first: str | None, typed: list[str] | None
) -> list[Part]:
    """Return the parts that were typed, equal or one by one; raise what is missing or excludes another."""
    if typed:
        for name, value in (("--parts", number), ("--every", every), ("--from", first)):
            if value is not None:
                raise UsageFault("values-exclude", first="--part", second=name)
        return plan_parts.own(cents, [_part(session, one) for one in typed])
    if number is None:
        raise UsageFault("missing-value", field="--parts")
    many = read_whole(number, 1, plan_parts.MOST_PARTS)
    interval = read_interval(every) if every is not None else None
    if interval is None and many > 1:
        raise UsageFault("missing-value", field="--every")
    if first is None:
        raise UsageFault("missing-value", field="--from")
    return plan_parts.split(cents, many, values.read_day(first, session), interval)


def _part(session: Session, text: str) -> Part:
    """Return the part that DAY AMOUNT says; raise unreadable-part, and what is wrong with the day or the amount."""
    day, _, amount = text.strip().rpartition(" ")
    if not day.strip():
        raise UsageFault("unreadable-part", value=text)
    return repayment.Part(values.read_day(day.strip(), session), _cents(session, amount))


def _make(session: Session, given: Given, customer: Candidate, draft: plans.Draft) -> None:
    """Make a plan and say what it is."""
    made = plans.make(session, customer, draft)
    _write(session, given, _known(session, customer))
    first, last = draft.parts[0], draft.parts[-1]
    told = {
        "name": visible(customer.name),
        "amount": group_cents(draft.cents),
        "first": echoed(session, first.due_on),
        "cents": group_cents(first.cents),
    }
    if len(draft.parts) == 1:
        sentence = say("repayment plan of {name}: {amount} on {first}", **told)
    else:
        sentence = say_n(
            "repayment plan of {name}: {amount} in {n} part, {cents} on {first} first, {rest} on {last} last",
            "repayment plan of {name}: {amount} in {n} parts, {cents} on {first} first, {rest} on {last} last",
            len(draft.parts),
            rest=group_cents(last.cents),
            last=echoed(session, last.due_on),
            **told,
        )
    tell(session, sentence)
    if made.set_off:
        tell(session, say("set off before: {amount} that was with us", amount=group_cents(made.set_off)))
    if made.replaced is not None:
        tell(session, say("the plan before it has ended"))


def _known(session: Session, customer: Candidate) -> Plan:
    """Return the plan of a customer; raise no-plan."""
    found = plan_reading.read(session.database.connection, customer.id, session.today)
    if found is None:
        raise NotFound("no-plan", customer=customer.name, customer_id=customer.id)
    return found._replace(plan={**found.plan, "customer": customer.name})


def _write(session: Session, given: Given, plan: Plan) -> None:
    """Print the plan where a format was asked for."""
    tell_where(session)
    if given.form != "table" or given.output is not None:
        _show(session, given, plan)


def _show(session: Session, given: Given, plan: Plan) -> None:
    """Write a plan: its parts as a list, in json the whole of it as one record."""
    tell_where(session)
    if given.form in OBJECTS:
        write_one(session, given, PLAN, plan_record(plan))
    else:
        write_rows(session, given, plan_listing(plan, columns_of(INSTALMENT, given)))
