"""The actions of `csm customer contact`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import typer

from csm.cli import drafts
from csm.cli.grammar import Given
from csm.cli.output import changed
from csm.cli.session import Session
from csm.domain.errors import EmptyValue, MissingOption
from csm.domain.phone import check_phone
from csm.domain.records import CONTACT
from csm.i18n import say
from csm.render.text import visible
from csm.services import customers, references
from csm.services.customers import ContactDraft
from csm.storage import rows


def _add(ctx: typer.Context, ref: str, name: str | None, phone: Sequence[str] | None, clear: Sequence[str]) -> None:
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if name is None:
        raise MissingOption(option="NAME", command="csm customer contact")
    if not name.strip():
        raise EmptyValue(field="NAME")
    customer = references.customer(session.database.connection, ref)
    values = {"name": name.strip(), **drafts.stored(session, CONTACT, given.fields)}
    contact_id = customers.add_contact(
        session, customer.id, ContactDraft(values, [check_phone(number) for number in phone or ()])
    )
    _tell(
        ctx,
        say(
            "added contact {id} at {customer}: {name}",
            id=contact_id,
            customer=visible(customer.name),
            name=visible(name),
        ),
        contact_id,
    )


def _edit(ctx: typer.Context, ref: str, name: str | None, phone: Sequence[str] | None, clear: Sequence[str]) -> None:
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    row = references.any_contact(session.database.connection, ref)
    typed = dict(given.fields) | ({"name": [name]} if name is not None else {})
    values = drafts.stored(session, CONTACT, typed)
    phones = None if phone is None else [check_phone(number) for number in phone]
    for emptied in drafts.cleared(CONTACT, clear):
        if emptied.name == "phone":
            phones = []
        else:
            values[emptied.name] = None
    done = customers.edit_contact(session, row, values, phones)
    sentence = say("changed contact {id}: {name}", id=row["id"], name=visible(str(values.get("name") or row["name"])))
    _tell(ctx, sentence if done else say("nothing changed"), int(str(row["id"])))


def _remove(ctx: typer.Context, ref: str, name: str | None, phone: Sequence[str] | None, clear: Sequence[str]) -> None:
    session: Session = ctx.obj
    row = references.any_contact(session.database.connection, ref)
    record = rows.fetch(session.database.connection, "contact_list", int(str(row["id"]))) or {}
    customers.remove_contact(session, row)
    sentence = say("removed contact {id}: {name}", id=row["id"], name=visible(str(row["name"])))
    changed(session, ctx.meta["given"], sentence, CONTACT, record)


def _list(ctx: typer.Context, ref: str, name: str | None, phone: Sequence[str] | None, clear: Sequence[str]) -> None:
    from csm.cli import lists
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    conditions = [Condition("v.archived_on IS NULL")]
    if ref:
        customer = references.customer(session.database.connection, ref)
        conditions.append(Condition("v.customer_id = ?", (customer.id,)))
    subject = lists.Subject("contact_list", CONTACT, "v.customer_id, v.id", say("no contacts"), {})
    lists.show(session, ctx.meta["given"], subject, conditions)


def _tell(ctx: typer.Context, sentence: str, contact_id: int) -> None:
    session: Session = ctx.obj
    record = rows.fetch(session.database.connection, "contact_list", contact_id) or {}
    changed(session, ctx.meta["given"], sentence, [field for field in CONTACT if field.listed], record)


ACTIONS: Final[dict[str, Callable[[typer.Context, str, str | None, Sequence[str] | None, Sequence[str]], None]]] = {
    "add": _add,
    "edit": _edit,
    "remove": _remove,
    "list": _list,
}
