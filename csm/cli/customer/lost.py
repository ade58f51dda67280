"""`csm customer lost`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from csm.cli.customer.options import Customer, Note, Text
from csm.cli.customer.results import loss_lines, print_loss_changed, warn_of_branches
from csm.cli.days import said_day, together
from csm.cli.session import Session, somebody_is_there, typed
from csm.domain.customer.record import LOSS
from csm.domain.errors import UsageFault
from csm.domain.kinds import named
from csm.domain.terms import TERMS
from csm.i18n import label, say, say_n
from csm.render.text import visible
from csm.services import references
from csm.services.customer import churn
from csm.services.values import read_past_day, read_term


def ask_how_lost(name: str) -> churn.Told:
    """On a terminal, ask how and why a customer was lost; what isn't answered, or elsewhere, nobody knows.

    Raises unknown-value.
    """
    if not somebody_is_there():
        return churn.Told()
    answers: list[str | None] = []
    for field, terms, question in (
        ("kind", "loss_kind", say("how {name} was lost, or nothing", name=visible(name))),
        ("cause", "loss_cause", say("why {name} was lost, or nothing", name=visible(name))),
    ):
        choices = say(", ").join(label(terms, one) for one in TERMS[terms])
        answer = typed(say("{question} ({choices})", question=question, choices=choices))
        answers.append(read_term(named(LOSS, field), answer) if answer else None)
    return churn.Told(*answers)


def run(
    ctx: typer.Context,
    ref: Customer,
    text: Text = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="K",
            help="natural, need-changed, competitor, our-fault, not-malicious, retaliatory or malicious.",
        ),
    ] = None,
    cause: Annotated[
        str | None,
        typer.Option(
            "--cause", metavar="C", help="product, price, channel or another; one that there isn't lists them all."
        ),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day; today unless told.")] = None,
    note: Note = None,
) -> None:
    """Note that a customer is lost: how and why. What is planned by cadence is cancelled.

    \b
    Example:
      csm customer lost 12 "the new place opposite delivers on Sundays" --kind competitor --cause price
    """
    session: Session = ctx.obj
    customer = references.customer(session.database.connection, ref)
    if kind is None:
        raise UsageFault("missing-value", field="--kind")
    read_kind = read_term(named(LOSS, "kind"), kind)
    read_cause = read_term(named(LOSS, "cause"), cause) if cause is not None else None
    day = read_past_day(on, session) if on is not None else None
    done = churn.lose(session, customer, churn.Told(read_kind, read_cause), day, loss_lines(text, note))
    sentence = say(
        "lost {name} on {day}: {kind}",
        name=visible(customer.name),
        day=said_day(date.fromisoformat(done.lost_on)),
        kind=label("loss_kind", read_kind),
    )
    if done.cancelled:
        sentence = together(
            sentence, say_n("{n} planned callback cancelled", "{n} planned callbacks cancelled", done.cancelled)
        )
    if done.left:
        sentence = together(sentence, say_n("{n} open callback stays", "{n} open callbacks stay", done.left))
    print_loss_changed(session, ctx.meta["given"], sentence, done.id)
    warn_of_branches(session, customer.id, customer.name)
