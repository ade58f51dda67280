"""The actions of `csm customer contact`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import typer

from csm.cli import drafts, filters, lists
from csm.cli.days import said_day, together
from csm.cli.grammar import Given
from csm.cli.output import changed, tell
from csm.cli.session import Session, warn
from csm.domain.customer.record import CONTACT, CONTACTS
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field
from csm.domain.values.phone import check_phone
from csm.i18n import say
from csm.render.commands import option_of
from csm.render.day.due import lunar_name, with_kept_days
from csm.render.listing import Listing
from csm.render.text import visible
from csm.services import references, values
from csm.services.customer import birthdays, contacts, people
from csm.services.customer import writing as customers
from csm.services.customer.writing import ContactDraft
from csm.storage import listing, rows
from csm.storage.customer.search import contact_phone_condition

COMMAND: Final = "csm customer contact"


class Typed(NamedTuple):
    """What was typed: `ref` the contact or the customer, `word` the argument behind it."""

    ref: str | None
    word: str | None
    name: str | None
    phone: Sequence[str] | None
    clear: Sequence[str] | None
    on: str | None
    everything: bool


def act(ctx: typer.Context, action: str, typed: Typed) -> None:
    """Do one action; raise unknown-command, and unknown-option for what another action takes."""
    if action not in ACTIONS:
        raise UsageFault("unknown-command", name=action, before=COMMAND, near=list(ACTIONS))
    run, options = ACTIONS[action]
    _refuse_others(f"{COMMAND} {action}", options, typed, ctx.meta["given"])
    if typed.ref is None and action != "list":
        raise UsageFault("missing-value", field="REF", command=f"{COMMAND} {action}")
    run(ctx, typed)


def _refuse_others(command: str, options: frozenset[str], typed: Typed, given: Given) -> None:
    """Raise unknown-option or unexpected-argument for what an action would ignore."""
    found = {"--name": typed.name, "--phone": typed.phone, "--clear": typed.clear, "--on": typed.on}
    said = [option for option, value in found.items() if value is not None]
    said += ["--all"] if typed.everything else []
    if "fields" not in options:
        said += [option_of(field.name) for field in CONTACT if field.name in given.fields]
    if "lists" not in options:
        of_lists = {
            "--columns": given.columns,
            "--sort": given.sort,
            "--limit": given.limit,
            "--raw": given.raw or None,
        }
        said += [option for option, value in of_lists.items() if value is not None]
    for option in said:
        if option not in options:
            raise UsageFault("unknown-option", option=option, command=command, near=[])
    if typed.word is not None and "WORD" not in options:
        raise UsageFault("unexpected-argument", value=typed.word, command=command)


def _add(ctx: typer.Context, typed: Typed) -> None:
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if typed.word is not None and typed.name is not None:
        raise UsageFault("values-exclude", first="NAME", second="--name")
    name = typed.word if typed.word is not None else typed.name
    if name is None:
        raise UsageFault("missing-value", field="NAME", command=f"{COMMAND} add")
    if not name.strip():
        raise UsageFault("empty-value", field="NAME")
    customer = references.customer(session.database.connection, typed.ref or "")
    stored = {"name": name.strip(), **drafts.stored(session, CONTACT, given.fields)}
    contact_id = customers.add_contact(
        session, customer.id, ContactDraft(stored, [check_phone(number) for number in typed.phone or ()])
    )
    sentence = say(
        "added contact ct{id} at {customer}: {name}",
        id=contact_id,
        customer=visible(customer.name),
        name=visible(name.strip()),
    )
    _tell(ctx, _with_birthday(session, sentence, stored, {}), contact_id)


def _emptied(typed: Typed, wanted: Mapping[str, object]) -> dict[str, Field]:
    """Return the fields that --clear names, by name; raise unknown-field, values-exclude."""
    emptied = {field.name: field for field in drafts.cleared(CONTACT, typed.clear or ())}
    if "birthday" in wanted and "birthday" in emptied:
        raise UsageFault("values-exclude", first="--birthday", second="--clear birthday")
    return emptied


def _edit(ctx: typer.Context, typed: Typed) -> None:
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    row = _meant(session, typed)
    wanted = dict(given.fields) | ({"name": [typed.name]} if typed.name is not None else {})
    made = drafts.stored(session, CONTACT, wanted)
    phones = None if typed.phone is None else [check_phone(number) for number in typed.phone]
    emptied = _emptied(typed, wanted)
    if emptied.pop("phone", None) is not None:
        phones = []
    for field in emptied.values():
        made |= values.columns(field, None)
    done = customers.edit_contact(session, row, made, phones)
    sentence = say(
        "changed contact ct{id} at {customer}: {name}",
        id=row["id"],
        customer=_customer(session, row),
        name=visible(str(made.get("name") or row["name"])),
    )
    if done:
        sentence = _with_birthday(session, sentence, made, row)
    _tell(ctx, sentence if done else say("nothing changed: {name}", name=visible(str(row["name"]))), int(row["id"]))


def _with_birthday(session: Session, sentence: str, made: Mapping[str, object], row: Mapping[str, Any]) -> str:
    """Return a sentence with the lunar birthday that was set, its day of this year, and the birthday it replaces."""
    stored = made.get("lunar_birthday")
    if stored:
        day = birthdays.day_in(str(stored), session.today.year)
        shown = say("birthday {day}", day=lunar_name(str(stored)))
        if day is not None:
            shown = say("{birthday}, this year {day}", birthday=shown, day=said_day(day))
        sentence = together(sentence, shown, comma=True)
    before = row.get("birthday") if stored else row.get("lunar_birthday") if made.get("birthday") else None
    if before is None:
        return sentence
    known = str(before).removeprefix("--") if stored else lunar_name(str(before))
    return together(sentence, say("the birthday {day} is gone", day=known))


def _leave(ctx: typer.Context, typed: Typed) -> None:
    session: Session = ctx.obj
    row = _meant(session, typed)
    day = values.read_past_day(typed.on, session)
    left = contacts.leave(session, row, day)
    told = {"name": visible(str(row["name"])), "id": row["id"], "customer": _customer(session, row)}
    _tell(ctx, say("{name} (ct{id}) has left {customer}, since {day}", day=said_day(day), **told), int(row["id"]))
    _warn_of_plans(left.planned)


def _move(ctx: typer.Context, typed: Typed) -> None:
    session: Session = ctx.obj
    if typed.word is None:
        raise UsageFault("missing-value", field="REF", command=f"{COMMAND} move")
    row = _meant(session, typed)
    customer = references.customer(session.database.connection, typed.word)
    moved = contacts.move(session, row, customer, values.read_past_day(typed.on, session))
    name = visible(str(row["name"]))
    told = {"name": name, "old": _customer(session, row), "customer": visible(customer.name), "id": moved.id}
    sentence = (
        say("{name} is back from {old} at {customer}, as ct{id}", **told)
        if moved.back
        else say("{name} moved from {old} to {customer}, as ct{id}", **told)
    )
    _tell(ctx, sentence, moved.id)
    if moved.namesake is not None:
        warn(say("note: {customer} has a contact {name} already: ct{id}", **told | {"id": moved.namesake}))
    if not moved.back:
        command = f'csm customer contact edit {moved.id} --role "..."'
        tell(session, say("what they do there: {command}", command=command))
    _warn_of_plans(moved.planned)


def _warn_of_plans(planned: Sequence[int]) -> None:
    """Say which open callbacks still name somebody who isn't there any more."""
    if planned:
        refs = say(", ").join(f"cb{identity}" for identity in planned)
        warn(say("note: still planned with this contact: {refs}", refs=refs))


def _remove(ctx: typer.Context, typed: Typed) -> None:
    session: Session = ctx.obj
    row = _meant(session, typed)
    record = rows.fetch(session.database.connection, "contact_list", int(row["id"])) or {}
    contacts.remove(session, row)
    told = {"id": row["id"], "customer": visible(str(record["customer"])), "name": visible(str(row["name"]))}
    changed(session, ctx.meta["given"], say("removed contact ct{id} from {customer}: {name}", **told), CONTACT, record)


def _list(ctx: typer.Context, typed: Typed) -> None:
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, CONTACTS)
    kind = CONTACTS
    if typed.everything or "left_on" in given.fields:
        kind = CONTACTS.changed("left_on", shown=1)
    else:
        asked.append(listing.where("left_on", None))
    if typed.name is not None:
        asked.append(filters.texts(session, kind.view, "name", [typed.name]))
    if typed.phone:
        asked.append(contact_phone_condition(typed.phone))
    if typed.ref:
        asked.append(filters.of_customer(session, typed.ref))

    def shaped(shown: Listing, _: int | None) -> Listing:
        return with_kept_days(shown, lambda stored: birthdays.day_in(stored, session.today.year))

    lists.show(session, given, kind, asked, empty=say("no contacts"), usual=not typed.everything, shape=shaped)


def _meant(session: Session, typed: Typed) -> dict[str, Any]:
    return people.any_contact(session.database.connection, typed.ref or "")


def _customer(session: Session, row: dict[str, Any]) -> str:
    """Return the name of the customer of a contact, safe to print."""
    card = rows.fetch(session.database.connection, "customer", int(row["customer_id"])) or {}
    return visible(str(card["name"]))


def _tell(ctx: typer.Context, sentence: str, contact_id: int) -> None:
    session: Session = ctx.obj
    record = rows.fetch(session.database.connection, "contact_list", contact_id) or {}
    changed(session, ctx.meta["given"], sentence, [field for field in CONTACT if field.listed], record)


# The actions, each with the options it takes besides those of every command.
ACTIONS: Final[dict[str, tuple[Callable[[typer.Context, Typed], None], frozenset[str]]]] = {
    "add": (_add, frozenset({"WORD", "fields", "--name", "--phone"})),
    "edit": (_edit, frozenset({"fields", "--name", "--phone", "--clear"})),
    "leave": (_leave, frozenset({"--on"})),
    "move": (_move, frozenset({"WORD", "--on"})),
    "remove": (_remove, frozenset()),
    "list": (_list, frozenset({"fields", "lists", "--name", "--phone", "--all"})),
}
