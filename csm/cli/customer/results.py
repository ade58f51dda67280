"""What several verbs of `customer` print."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from csm.cli.days import said_day, together
from csm.cli.errors import parts
from csm.cli.grammar import Given
from csm.cli.output import changed
from csm.cli.session import Session, warn
from csm.domain.customer.record import LOSS
from csm.domain.errors import UsageFault
from csm.i18n import heading, say, say_n
from csm.render.text import visible
from csm.storage import rows
from csm.storage.customer import branches
from csm.storage.customer.churn import listed_loss
from csm.storage.listing import by_field

if TYPE_CHECKING:
    from collections.abc import Sequence


from collections.abc import Mapping, Sequence

from csm.domain.customer.record import CUSTOMER


def record_of(session: Session, customer_id: int) -> dict[str, Any]:
    return rows.fetch(session.database.connection, "customer_list", customer_id) or {}


def print_changed(session: Session, given: Given, sentence: str, customer_id: int) -> None:
    fields = [field for field in CUSTOMER if field.listed]
    changed(session, given, sentence, fields, by_field(fields, record_of(session, customer_id)))


def warn_of_likeness(namesakes: Sequence[tuple[object, ...]]) -> None:
    for identity, known, *details in namesakes:
        other = f"{identity}  {parts(details)}"
        warn(say("note: {name} is the name of another card too: {other}", name=visible(str(known)), other=other))


def warn_of_branches(session: Session, customer_id: int, name: str) -> None:
    """Say how many branches a customer has that is put away or lost: they stay as they are."""
    found = branches.count(session.database.connection, customer_id)
    if found:
        told = {"name": visible(name), "command": f"csm customer list --parent {customer_id}"}
        warn(
            say_n(
                "note: {name} has {n} branch, which stays as it is: {command}",
                "note: {name} has {n} branches, which stay as they are: {command}",
                found,
                **told,
            )
        )


def with_days(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence with the days that were stored, each with its weekday."""
    for field in CUSTOMER:
        if field.kind == "date" and (day := values.get(field.name)):
            what = say("{what} {day}", what=heading(field.heading), day=said_day(date.fromisoformat(str(day))))
            sentence = together(sentence, what, comma=True)
    return sentence


def moved_callbacks(sentence: str, moved: Sequence[tuple[int, date, date]]) -> str:
    """Return a sentence with the planned callbacks that went along, from which day to which."""
    for callback_id, before, after in moved:
        told = {"id": callback_id, "before": before, "day": said_day(after)}
        sentence = together(sentence, say("moved cb{id} from {before} to {day}", **told))
    return sentence


def print_loss_changed(session: Session, given: Given, sentence: str, loss_id: int) -> None:
    changed(session, given, sentence, LOSS, listed_loss(session.database.connection, loss_id))


def loss_lines(text: str | None, note: str | None) -> str | None:
    """Return the text typed as an argument or an option."""
    if text is not None and note is not None:
        raise UsageFault("values-exclude", first="TEXT", second="--note")
    said = text if text is not None else note
    if said is not None and not said.strip():
        raise UsageFault("empty-value", field="TEXT" if text is not None else "--note")
    return said.strip() if said is not None else None
