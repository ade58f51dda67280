"""Customer cards: who they are, how we work with them, whom to call, what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import CONTACT, CUSTOMER, Field, named

SETTERS: Final = tuple(field for field in CUSTOMER if field.given and field.name != "name")
CONTACT_SETTERS: Final = tuple(field for field in CONTACT if field.given and field.name not in ("name", "phone"))
FILTERS: Final = tuple(field for field in CUSTOMER if field.name not in ("id", "completeness"))
COLOURS: Final = ("region", "size", "industry", "revenue", "credit_limit", "grade")

Ref = Annotated[str, typer.Argument(metavar="REF", help="Id, code, phone, name, or a part of the name or its pinyin.")]
Force = Annotated[bool, typer.Option("--force", help="Insist, though it looks like a customer that is here already.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="A word to group by; repeat it.")]
OwnFields = Annotated[
    list[str] | None, typer.Option("--field", metavar="KEY=VALUE", help="A field of your own; repeat it.")
]


def _record(session: Session, customer_id: int) -> dict[str, Any]:
    from csm.storage import rows

    return rows.fetch(session.database.connection, "customer_list", customer_id) or {}


def _changed(session: Session, given: Given, sentence: str, customer_id: int) -> None:
    from csm.cli.output import changed
    from csm.storage.listing import by_field

    fields = [field for field in CUSTOMER if field.listed]
    changed(session, given, sentence, fields, by_field(fields, _record(session, customer_id)))


def _warn_of(namesakes: Sequence[tuple[object, ...]]) -> None:
    from csm.cli.output import warn
    from csm.i18n import say
    from csm.render.text import visible

    for identity, known, detail in namesakes:
        other = f"{identity}  {visible(str(detail))}"
        warn(say("note: {name} is the name of another card too: {other}", name=visible(str(known)), other=other))


def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The customer's name.")],
    contact: Annotated[
        list[str] | None, typer.Option("--contact", metavar="NAME;ROLE;PHONE", help="A contact there; repeat it.")
    ] = None,
    tag: Tags = None,
    field: OwnFields = None,
    force: Force = False,
) -> None:
    """Make a customer card; a name is enough to start with.

    \b
    Example:
      csm customer add "Golden Dragon" --phone "010-8888 6666" --region East --contact "Li Na;buyer;138 0013 8000"
    """
    from csm.cli import drafts
    from csm.domain.errors import EmptyValue
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.customer import writing as customers

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if not name.strip():
        raise EmptyValue(field="NAME")
    draft = customers.Draft(
        {"name": name.strip(), **drafts.stored(session, CUSTOMER, given.fields)},
        drafts.split_tags([*(tag or ()), *given.fields.get("tags", ())]),
        drafts.pairs("--field", field or ()),
        [drafts.contact(typed) for typed in contact or ()],
    )
    added = customers.add(session, draft, force=force)
    _warn_of(added.namesakes)
    sentence = say("added customer {id}: {name}", id=added.id, name=visible(name.strip()))
    _changed(session, given, _with_days(sentence, draft.values), added.id)


def list_(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Part of a name, pinyin, phone, contact, tag or note.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="KEY=VALUE", help="Only with this own field; repeat it.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", help="Only with this tag; repeat it for alternatives.")
    ] = None,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Only cards that lack something, the emptiest first.")
    ] = False,
    archived: Annotated[bool, typer.Option("--archived", help="Only archived cards.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Archived cards too.")] = False,
    color_by: Annotated[
        str | None,
        typer.Option("--color-by", help="Colour the rows by region, size, industry, revenue, credit_limit or grade."),
    ] = None,
) -> None:
    """List customers; every field of the card is a filter.

    An empty value finds cards without one; dates, amounts and numbers can be spans.

    \b
    Example:
      csm customer list --region East --grade A --revenue 100000..500000
    """
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.customer import rows as customers
    from csm.storage.customer.search import text_condition
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CUSTOMER, given.fields, view="customer_list")
    if archived or not everything:
        conditions.append(Condition("v.archived_on IS NOT NULL" if archived else "v.archived_on IS NULL"))
    if text:
        conditions += text_condition(text)
    if tag:
        conditions.append(filters.tags(session, tag))
    conditions += filters.own_fields(session, field or [])
    order = "v.name_key, v.id"
    if incomplete:
        conditions.append(Condition("v.completeness < 100"))
        order = "v.completeness, v.id"
    subject = lists.Subject(
        "customer_list",
        _shown_fields(incomplete),
        order,
        say("no customers"),
        {"name": "v.name_key"},
        customers.own_field_column,
    )
    lists.show(session, given, subject, conditions, colour_by=_colour_field(color_by))


def _shown_fields(incomplete: bool) -> tuple[Field, ...]:
    if not incomplete:
        return CUSTOMER
    return tuple(field._replace(shown=1) if field.name == "completeness" else field for field in CUSTOMER)


def _colour_field(name: str | None) -> Field | None:
    if name is None:
        return None
    wanted = name.replace("-", "_")
    if wanted not in COLOURS:
        from csm.domain.errors import UnknownValue

        raise UnknownValue(field="--color-by", value=name, choices=list(COLOURS))
    return named(CUSTOMER, wanted)


def show(ctx: typer.Context, ref: Ref) -> None:
    """Show the card of a customer, what to do next on top.

    \b
    Example:
      csm customer show "Golden Dragon"
    """
    from csm.cli.output import READ_BY_PEOPLE, opened, style, tell_where
    from csm.services import references
    from csm.services.customer import reading as cards

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    card = cards.read(session, references.customer(connection, ref).id)
    tell_where(session)
    with opened(given) as stream:
        if given.form == "table":
            from csm.render.customer.card import write_card

            write_card(card, style(session, given, stream), stream, session.today)
        else:
            from csm.render.customer.record import card_record
            from csm.render.formats import write_record

            write_record(
                given.form,
                *card_record(card, people=given.form in READ_BY_PEOPLE),
                style(session, given, stream),
                stream,
                str(card.customer["name"]),
            )


def edit(
    ctx: typer.Context,
    ref: Ref,
    name: Annotated[str | None, typer.Option("--name", help="The customer's name.")] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
    tag: Tags = None,
    untag: Annotated[list[str] | None, typer.Option("--untag", help="Take this tag off; repeat it.")] = None,
    field: OwnFields = None,
    force: Force = False,
) -> None:
    """Change fields of a card.

    \b
    Example:
      csm customer edit 12 --grade A --clear email --field "VAT=12345"
    """
    from csm.cli import drafts
    from csm.cli.days import together
    from csm.domain.errors import OptionsExclude
    from csm.i18n import say, say_n
    from csm.render.text import visible
    from csm.services import references
    from csm.services.customer import writing as customers
    from csm.storage.customer import rows as stored_customers

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    customer = references.customer(connection, ref)
    made = drafts.stored(session, CUSTOMER, given.fields | ({"name": [name]} if name is not None else {}))
    added, removed = drafts.split_tags(tag or ()), drafts.split_tags(untag or ())
    if "tags" in given.fields:
        # The field as a whole, where --tag and --untag change it by one.
        whole = drafts.split_tags(given.fields["tags"])
        removed += [known for known in stored_customers.tags(connection, customer.id) if known not in whole]
        added += whole
    for emptied in drafts.cleared(CUSTOMER, clear or ()):
        if emptied.name in given.fields:
            raise OptionsExclude(first=emptied.option, second=f"--clear {emptied.name}")
        if emptied.kind == "tags":
            removed = stored_customers.tags(connection, customer.id)
        else:
            made[emptied.name + ("_cents" if emptied.kind == "money" else "")] = 0 if emptied.kind == "flag" else None
    draft = customers.Draft(made, added, drafts.pairs("--field", field or ()), (), removed)
    edited = customers.edit(session, customer.id, draft, force=force)
    _warn_of(edited.namesakes)
    shown = visible(str(made.get("name") or customer.name))
    sentence = (
        _with_days(say("changed customer {id}: {name}", id=customer.id, name=shown), made)
        if edited.changed
        else say("nothing changed")
    )
    if edited.handed_over:
        sentence = together(
            sentence, say_n("{n} open callback goes along", "{n} open callbacks go along", edited.handed_over)
        )
    if edited.cancelled:
        sentence = together(
            sentence, say_n("{n} open callback cancelled", "{n} open callbacks cancelled", edited.cancelled)
        )
    _changed(session, given, sentence, customer.id)


def _with_days(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence with the days that were stored, each with its weekday."""
    from datetime import date

    from csm.cli.days import said_day, together
    from csm.i18n import heading, say

    for field in CUSTOMER:
        if field.kind == "date" and (day := values.get(field.name)):
            what = say("{what} {day}", what=heading(field.heading), day=said_day(date.fromisoformat(str(day))))
            sentence = together(sentence, what, comma=True)
    return sentence


def note(
    ctx: typer.Context,
    ref: Ref,
    text: Annotated[str, typer.Argument(help="What to remember.")],
    remind: Annotated[
        str | None,
        typer.Option("--remind", metavar="WHEN", help="Put it on the due list of that day or time."),
    ] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Keep it on top of the card.")] = False,
) -> None:
    """Write a dated note on a card.

    \b
    Example:
      csm customer note 12 "asks for the spring catalogue" --remind +1w
    """
    from csm.cli.days import appointed, together
    from csm.cli.output import changed
    from csm.domain.errors import EmptyValue
    from csm.domain.records import NOTE
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services import references, values
    from csm.services.customer import writing as customers
    from csm.storage import rows

    session: Session = ctx.obj
    if not text.strip():
        raise EmptyValue(field="TEXT")
    customer = references.customer(session.database.connection, ref)
    when = values.read_appointment(remind, session) if remind is not None else None
    note_id = customers.note(session, customer.id, text.strip(), remind=when, pinned=pin)
    sentence = say("noted on the card of {name}", name=visible(customer.name))
    if when is not None:
        sentence = together(sentence, say("reminder nt{id} on {day}", id=note_id, day=appointed(session, when)))
    record = rows.fetch(session.database.connection, "note_list", note_id) or {}
    changed(session, ctx.meta["given"], sentence, NOTE, record)


def contact(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="add|edit|leave|move|remove|list", help="What to do.")],
    ref: Annotated[
        str | None, typer.Argument(metavar="REF", help="The contact: id or name; for add and list the customer.")
    ] = None,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="For add the contact's name, for move the new customer.")
    ] = None,
    rename: Annotated[str | None, typer.Option("--name", help="The contact's name.")] = None,
    phone: Annotated[list[str] | None, typer.Option("--phone", help="Phone number (repeatable).")] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="For edit: empty this field (repeatable).")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHEN", help="For leave and move: since when (default: today).")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="For list: also those who have left, and those of archived customers.")
    ] = False,
) -> None:
    """Add, edit, move, remove or list contacts, or note that one has left.

    A contact that a callback, a complaint or a sale names isn't removed: it has left, or moves to another customer
    with all that is personal. The name stays on everything at the old one.

    \b
    Example:
      csm customer contact add "Golden Dragon" "Li Na" --role buyer --phone "138 0013 8000" --birthday 03-12
      csm customer contact leave 12 --on 2026-11-15
      csm customer contact move 12 "Jade Garden"
    """
    from csm.cli.customer.contacts import Typed, act

    act(ctx, action, Typed(ref, name, rename, phone, clear, on, everything))


def handover(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="FROM", help="Who hands over.")],
    new: Annotated[str, typer.Argument(metavar="TO", help="Who takes over.")],
    until: Annotated[
        str | None, typer.Option("--until", metavar="WHEN", help="Only until this day, it included.")
    ] = None,
) -> None:
    """Hand all open work of one salesperson to another, for good or for a holiday.

    \b
    Example:
      csm customer handover alice bob --until 2026-12-04
    """
    from csm.cli.days import echoed, together
    from csm.cli.output import changed
    from csm.domain.errors import EmptyValue, SamePerson
    from csm.i18n import say, say_n
    from csm.render.text import visible
    from csm.services import values
    from csm.services.customer import writing as customers

    session: Session = ctx.obj
    if not new.strip():
        raise EmptyValue(field="TO")
    if old == new:
        raise SamePerson(name=old)
    day = values.read_day(until, session) if until is not None else None
    moved = customers.hand_over(session, old, new.strip(), day)
    names = {"old": visible(old), "new": visible(new)}
    names["work"] = together(
        say_n("{n} customer", "{n} customers", moved.customers),
        say_n("{n} open callback", "{n} open callbacks", moved.callbacks),
        comma=True,
    )
    if moved.complaints or moved.promises:
        names["work"] = together(
            names["work"],
            together(
                say_n("{n} open complaint", "{n} open complaints", moved.complaints),
                say_n("{n} promise or prevention", "{n} promises and preventions", moved.promises),
                comma=True,
            ),
            comma=True,
        )
    if day is None:
        sentence = say("{new} takes over from {old}: {work}", **names)
    else:
        sentence = say("{new} stands in for {old} until {day}: {work}", day=echoed(session, day), **names)
    fields = (
        Field("from", "from"),
        Field("to", "to"),
        Field("until", "until", "date"),
        Field("customers", "customers", "integer"),
        Field("callbacks", "callbacks", "integer"),
        Field("complaints", "complaints", "integer"),
        Field("promises", "promises", "integer"),
    )
    record = {
        "from": old,
        "to": new,
        "until": day and day.isoformat(),
        "customers": moved.customers,
        "callbacks": moved.callbacks,
        "complaints": moved.complaints,
        "promises": moved.promises,
    }
    changed(session, ctx.meta["given"], sentence, fields, record)


def archive(ctx: typer.Context, ref: Ref) -> None:
    """Put a card away: it leaves lists and due items and keeps everything.

    \b
    Example:
      csm customer archive 12
    """
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services import references
    from csm.services.customer import writing as customers

    session: Session = ctx.obj
    customer = references.customer(session.database.connection, ref)
    customers.archive(session, customer)
    sentence = say(
        "archived customer {id}: {name}; csm customer restore {id} takes it back",
        id=customer.id,
        name=visible(customer.name),
    )
    _changed(session, ctx.meta["given"], sentence, customer.id)


def restore(ctx: typer.Context, ref: Ref) -> None:
    """Take an archived card back into use.

    \b
    Example:
      csm customer restore 12
    """
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services import references
    from csm.services.customer import writing as customers

    session: Session = ctx.obj
    customer = references.customer(session.database.connection, ref)
    restored = customers.restore(session, customer)
    sentence = (
        say("customer {id} is back in use: {name}", id=customer.id, name=visible(customer.name))
        if restored
        else say("customer {id} wasn't archived: {name}", id=customer.id, name=visible(customer.name))
    )
    _changed(session, ctx.meta["given"], sentence, customer.id)


VERBS: Final = {
    "add": Verb(add, "write", setters=SETTERS),
    "list": Verb(list_, "list", filters=FILTERS),
    "show": Verb(show),
    "edit": Verb(edit, "write", setters=SETTERS),
    "note": Verb(note, "write"),
    "contact": Verb(contact, "list", setters=CONTACT_SETTERS),
    "journey": Verb("csm.cli.customer.journey:journey", "list"),
    "lost": Verb("csm.cli.customer.churn:lost", "write"),
    "won-back": Verb("csm.cli.customer.churn:won_back", "write"),
    "grade": Verb("csm.cli.customer.value:grade", "list"),
    "rfm": Verb("csm.cli.customer.value:rfm", "list"),
    "risk": Verb("csm.cli.customer.churn:risk", "list"),
    "handover": Verb(handover, "write"),
    "archive": Verb(archive, "write"),
    "restore": Verb(restore, "write"),
}
