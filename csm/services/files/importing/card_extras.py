"""What a row of customers may fill in addition to the card itself: tags, own fields, a note, the first contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from csm.domain.customer import card
from csm.domain.customer.record import CONTACT
from csm.domain.errors import UsageFault
from csm.domain.kinds import named
from csm.domain.time.lunar import LunarText
from csm.domain.values.phone import digits
from csm.services.customer import writing
from csm.services.customer.writing import ContactDraft
from csm.services.files.importing.phones import Phones, phones_in
from csm.services.files.importing.rows import ANY_ID, Difference, Row, Task, Waiting
from csm.services.files.importing.values import Convert, Reader, RowFault, split_tags
from csm.storage import rows
from csm.storage.customer import rows as customers
from csm.storage.files import known

PERSONAL: Final = tuple(field.name for field in CONTACT if field.personal)
BIRTHDAYS: Final = ("birthday", "lunar_birthday")
# Columns of a contact by the field of a row of customers that fills them.
OF_CONTACT: Final = {
    "contact": "name",
    "contact_email": "email",
    **{name: name for name in ("nickname", "role", "wechat", *BIRTHDAYS, "sign_off", *PERSONAL)},
}
FIELD_OF: Final = {column: field for field, column in OF_CONTACT.items()} | {"phone": "contact_phone"}
CONTACT_COLUMNS: Final = (
    *("name", "nickname", "role", "email", "wechat", *BIRTHDAYS, "sign_off", "remarks", "left_on"),
    *PERSONAL,
)
CONTACT_KEYS: Final = ("name_key", "pinyin", "nickname_key")
OWN: Final = "field."
NO_PHONES: Final = Phones(())


class Extras(NamedTuple):
    """What a row adds to its card."""

    tags: Sequence[str] = ()
    own: Mapping[str, str] = {}
    note: str | None = None
    contact: ContactDraft | None = None


class Contacts:
    """Writes contacts with their phones."""

    def __init__(self, task: Task, waiting: Waiting) -> None:
        self._now = task.work.now_text
        self.batch = waiting.batch("contact", ("customer_id", *CONTACT_COLUMNS, *CONTACT_KEYS, "created_at"))
        self._phones = waiting.batch("contact_phone", ("contact_id", "number", "digits"))

    def write(self, customer_id: int, draft: ContactDraft, contact_id: int | None = None) -> int:
        """Put a contact on a card, with a new id unless one is passed; return its id."""
        made = contact_id or self.batch.new_id()
        keys = writing.contact_keys(draft.values)
        values = [*map(draft.values.get, CONTACT_COLUMNS), *map(keys.get, CONTACT_KEYS)]
        self.batch.rows.append((made, customer_id, *values, self._now))
        for number in draft.phones:
            self._phones.rows.append((None, made, number, digits(number)))
        return made


def with_one_birthday(values: Row) -> Row:
    """Return the values of a contact with a birthday under the calendar it is of; raise RowFault for two of them.

    source: handbook 3
    """
    common, other = (values.get(name) for name in BIRTHDAYS)
    if common is not None and other is not None:
        raise RowFault(BIRTHDAYS[0], UsageFault("two-birthdays"))
    if isinstance(common, LunarText):
        return {**values, BIRTHDAYS[0]: None, BIRTHDAYS[1]: common}
    return values


def contact_differences(task: Task, stored: Mapping[str, Any], draft: ContactDraft) -> Iterator[Difference]:
    """Yield what differs between a draft and the stored contact, by column; phones are compared by digits."""
    for column, value in draft.values.items():
        if value is not None and stored[column] != value:
            change: dict[str, object] = {column: value, **writing.contact_keys({column: value})}
            before = stored[column]
            if column in BIRTHDAYS:  # of one calendar or the other
                change = {**dict.fromkeys(BIRTHDAYS), column: value}
                before = stored["birthday"] or stored["lunar_birthday"]
            apply = partial(rows.update, task.connection, "contact", stored["id"], change)
            yield Difference(column, str(before or ""), apply)
    if draft.phones:
        yield from _phone_differences(task, stored["id"], draft.phones)


def _phone_differences(task: Task, contact_id: int, phones: Sequence[str]) -> Iterator[Difference]:
    before = known.phones_of(task.connection, contact_id)
    numbers = [(number, digits(number)) for number in phones]
    if set(dict(numbers).values()) != set(dict(before).values()):
        apply = partial(customers.set_phones, task.connection, contact_id, numbers)
        yield Difference("phone", ";".join(number for number, _ in before), apply)


class CardExtras:
    """Reads, writes and compares what rows add to cards, in the `fields` that they have."""

    def __init__(self, task: Task, waiting: Waiting, fields: Sequence[str]) -> None:
        self._task = task
        self._fields = fields
        self._own_fields = [field for field in fields if field.startswith(OWN)]
        self._contact_fields = [(field, column) for field, column in OF_CONTACT.items() if field in fields]
        self._tags = waiting.batch("customer_tag", ("customer_id", "tag"))
        self._own = waiting.batch("customer_field", ("customer_id", "key", "value"))
        self._notes = waiting.batch("note", ("customer_id", "text", "noted_at", "by"))
        self.contacts = Contacts(task, waiting)

    def read(self, row: Row, more: Phones | None = None) -> Extras | None:
        """Return what a row adds to its card, None for nothing; raise RowFault.

        `more`: what the cell of the card's own phone holds; all but the first number is the contact's.
        """
        if more is None and row.keys().isdisjoint(self._fields):
            return None
        phones = phones_in("contact_phone", row["contact_phone"]) if "contact_phone" in row else NO_PHONES
        phones = phones if more is None else _together(more, phones)
        own = {field.removeprefix(OWN): row[field] for field in self._own_fields if field in row}
        note = "\n".join(filter(None, (row.get("note"), *phones.remarks)))
        tags = split_tags(row["tags"]) if "tags" in row else ()
        return Extras(tags, own, note or None, self._contact_of(row, phones))

    def _contact_of(self, row: Row, phones: Phones) -> ContactDraft | None:
        """Return the contact in a row, called as the customer is unless it has a name."""
        contact = with_one_birthday({column: row[field] for field, column in self._contact_fields if field in row})
        numbers = phones.numbers
        if phones.wechat:
            contact.setdefault("wechat", phones.wechat)
            numbers = numbers or [phones.wechat]
        return ContactDraft({"name": row["name"], **contact}, numbers) if contact or numbers else None

    def write(self, customer_id: int, extras: Extras) -> None:
        """Add all of it to a new card."""
        for tag in extras.tags:
            self._tags.rows.append((None, customer_id, tag))
        for key, value in extras.own.items():
            self._own.rows.append((None, customer_id, key, value))
        if extras.note is not None:
            self._write_note(customer_id, extras.note)
        if extras.contact is not None:
            self.contacts.write(customer_id, extras.contact)

    def _write_note(self, customer_id: int, text: str) -> None:
        work = self._task.work
        self._notes.rows.append((None, customer_id, text, work.now_text, work.user))

    def differences(self, customer_id: int, extras: Extras) -> Iterator[Difference]:
        """Yield what a row adds to a known card or has otherwise; an address book only adds tags."""
        connection = self._task.connection
        yield from self._tag_differences(customer_id, extras.tags)
        known_own = customers.own_fields(connection, customer_id) if extras.own else {}
        for key, value in extras.own.items():
            if known_own.get(key) != value:
                apply_own = partial(customers.set_own_field, connection, customer_id, key, value)
                yield Difference(OWN + key, known_own.get(key, ""), apply_own)
        if extras.note is not None and not known.has_note(connection, customer_id, extras.note):
            yield Difference("note", "", partial(self._write_note, customer_id, extras.note))
        if extras.contact is not None:
            yield from self._contact_differences(customer_id, extras.contact)

    def _tag_differences(self, customer_id: int, tags: Sequence[str]) -> Iterator[Difference]:
        if not tags:
            return
        here = customers.tags(self._task.connection, customer_id)
        added = [tag for tag in tags if tag not in here]
        removed = [tag for tag in here if tag not in tags and not self._task.derived]
        if added or removed:
            apply = partial(customers.set_tags, self._task.connection, customer_id, added, removed)
            yield Difference("tags", ";".join(here), apply)

    def _contact_differences(self, customer_id: int, draft: ContactDraft) -> Iterator[Difference]:
        stored = self.known_contact(customer_id, draft)
        if stored is None:
            yield Difference("contact", "", partial(self.contacts.write, customer_id, draft))
            return
        for difference in contact_differences(self._task, stored, draft):
            yield difference._replace(field=FIELD_OF[difference.field])

    def known_contact(self, customer_id: int, draft: ContactDraft) -> Row | None:
        """Return the first stored contact of a card that is the person of a draft, by the name."""
        key = card.name_key(str(draft.values["name"]))
        found = known.contacts_called(self._task.connection, customer_id, key, up_to=ANY_ID)
        return next((contact for contact in found if not self._is_another(contact, draft)), None)

    def _is_another(self, contact: Row, draft: ContactDraft) -> bool:
        """Return whether a contact and a draft of the same name are two people: no email and no phone is the same."""
        email, here = str(draft.values.get("email") or ""), str(contact["email"] or "")
        if not email or not here or email.casefold() == here.casefold():
            return False
        stored = {form for _, form in known.phones_of(self._task.connection, contact["id"])}
        return stored.isdisjoint(digits(number) for number in draft.phones)


def _together(card_phones: Phones, phones: Phones) -> Phones:
    """Return the contact's phones with all that the cell of the card's own phone holds beyond the first number."""
    numbers = tuple(dict.fromkeys((*card_phones.numbers[1:], *phones.numbers)))
    remarks = list(dict.fromkeys((*card_phones.remarks, *phones.remarks)))
    return Phones(numbers, phones.wechat or card_phones.wechat, remarks)


def converters(reader: Reader, fields: Sequence[str]) -> dict[str, Convert | None]:
    """Return what turns the text of each of `fields` into what `CardExtras.read` takes."""
    kinds = {"contact_email": "email", "sign_off": "sign_off", **{name: name for name in BIRTHDAYS}}
    return {field: reader.converter(named(CONTACT, kinds[field])) if field in kinds else None for field in fields}
