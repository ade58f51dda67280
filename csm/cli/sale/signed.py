"""`csm sale signed`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from csm.cli.days import said_day, together
from csm.cli.output import naming, tell
from csm.cli.sale.options import On, warn_of_number
from csm.cli.sale.paid_amounts import write_result
from csm.cli.session import Session, warn
from csm.domain.sale.record import SIGNATURE
from csm.i18n import say
from csm.render.day.due import in_words
from csm.render.text import visible
from csm.services.sale import payments
from csm.services.values import read_past_day
from csm.storage.sale import payments as stored


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The sale or bill.")],
    by: Annotated[
        str, typer.Option("--by", metavar="CONTACT", help="Who signed: id, name or part of the name of their contact.")
    ],
    on: On = None,
) -> None:
    """Note that one of the customer's people has signed a bill, and say whose turn is next.

    All sales of a bill are signed together; with -f json prints a list of the signatures.

    \b
    Example:
      csm sale signed sa12 --by "Li Na" --on yesterday
    """
    session: Session = ctx.obj
    connection = session.database.connection
    day = read_past_day(on, session)
    done = payments.sign(session, ref, by, day)
    warn_of_number(session, ref)
    made = stored.signatures(connection, done.ids)
    write_result(session, ctx.meta["given"], SIGNATURE, made)
    who = _with_place(str(made[0]["name"]), made[0]["sign_off"])
    sales = say(", ").join(f"sa{identity}" for identity in done.sale_ids)
    sentence = naming(say("{who} has signed {sales}", who=who, sales=sales), made[0]["customer"])
    sentence = say("{day}: {sentence}", day=said_day(day), sentence=sentence) if on else sentence
    tell(session, together(sentence, _next(session, done.sale_ids)))
    if made[0]["sign_off"] is None:
        warn(
            say(
                "careful: {who} has no place among those who sign, so the bill hasn't moved on;"
                " csm customer contact edit {id} --sign-off PLACE gives one",
                who=who,
                id=made[0]["contact_id"],
            )
        )


def _with_place(name: str, place: Any) -> str:
    if place is None:
        return visible(name)

    return say("{name} ({role})", name=visible(name), role=in_words("sign_off", str(place)))


def _next(session: Session, sale_ids: Sequence[int]) -> str:
    """Return whose turn it is to sign, of the first of these sales that waits for somebody."""
    for identity in sale_ids:
        found = stored.next_signer(session.database.connection, identity)
        if found is not None:
            name, place, phone = found
            who = _with_place(name, place)
            if phone is None:
                return say("next is {who}", who=who)
            return say("next is {who}, {phone}", who=who, phone=visible(phone))
    return say("nobody else has to sign")
