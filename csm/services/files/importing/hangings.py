"""What hangs on a customer card and may stand in a row of customers: tags, own fields, a note, the first contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from csm.domain.customer import card
from csm.domain.errors import UsageFault
from csm.domain.records import CONTACT, named
from csm.domain.values.phone import digits
from csm.services.customer import writing as customers_made
from csm.services.customer.writing import ContactDraft
from csm.services.files.importing.phones import Phones, read_phones
from csm.services.files.importing.rows import Difference, Task, Waiting
from csm.services.files.importing.values import Convert, Reader, RowFault, split_tags
from csm.services.values import Stored
from csm.storage import rows
from csm.storage.customer import rows as customers
from csm.storage.files import known as storage

PERSONAL: Final = tuple(field.name for field in CONTACT if field.personal)
# Columns of a contact by the field of a row of customers that fills them.
OF_CONTACT: Final = {
    "contact": "name",
    "contact_email": "email",
    **{name: name for name in ("nickname", "role", "wechat", "birthday", "sign_off", *PERSONAL)},
}
CONTACT_COLUMNS: Final = (
    *("name", "nickname", "role", "email", "wechat", "birthday", "sign_off", "remarks", "left_on"),
    *PERSONAL,
)
OWN: Final = "field."
ANY_ID: Final = 2**62


class Hung(NamedTuple):
    """What a row hangs on its card."""

    tags: Sequence[str]
    own: Mapping[str, str]
    note: str | None
    contact: ContactDraft | None


class Contacts:
    """Writes contacts with their phones."""

    def __init__(self, task: Task, waiting: Waiting) -> None:
        self._now = task.work.now_text
        columns = ("customer_id", *CONTACT_COLUMNS, "name_key", "pinyin", "nickname_key", "created_at")
        self.batch = waiting.batch("contact", columns)
        self._phones = waiting.batch("contact_phone", ("contact_id", "number", "digits"))

    def write(self, customer_id: int, draft: ContactDraft, contact_id: int | None = None) -> int:
        """Put a contact on a card, with a new id unless one is given; return its id."""
        made = contact_id or self.batch.new_id()
        told = [draft.values.get(column) for column in CONTACT_COLUMNS]
        keys = customers_made.contact_keys(draft.values)
        found_by = [keys.get(column) for column in ("name_key", "pinyin", "nickname_key")]
        self.batch.rows.append((made, customer_id, *told, *found_by, self._now))
        for number in draft.phones:
            self._phones.rows.append((None, made, number, digits(number)))
        return made


def contact_differences(task: Task, known: Mapping[str, object], draft: ContactDraft) -> Iterator[Difference]:
    """Give what a draft says otherwise than the stored contact, by column; phones are compared by digits."""
    contact_id = int(str(known["id"]))
    for column, value in draft.values.items():
        if value is not None and known[column] != value:
            change: dict[str, object] = {column: value, **customers_made.contact_keys({column: value})}
            apply = partial(rows.update, task.connection, "contact", contact_id, change)
            yield Difference(column, str(known[column] or ""), apply)
    if draft.phones:
        stored = storage.phones_of(task.connection, contact_id)
        numbers = [(number, digits(number)) for number in draft.phones]
        if {form for _, form in stored} != {form for _, form in numbers}:
            apply_phones = partial(customers.set_phones, task.connection, contact_id, numbers)
            yield Difference("phone", ";".join(number for number, _ in stored), apply_phones)


class Hangings:
    """Reads, writes and compares what hangs on cards; `fields` are those a row gives, in the order of its values."""

    def __init__(self, task: Task, waiting: Waiting, fields: Sequence[str]) -> None:
        self._task = task
        self._fields = fields
        self._tags = waiting.batch("customer_tag", ("customer_id", "tag"))
        self._own = waiting.batch("customer_field", ("customer_id", "key", "value"))
        self._notes = waiting.batch("note", ("customer_id", "text", "noted_at", "by"))
        self.contacts = Contacts(task, waiting)

    def read(self, told: Sequence[Stored], name: str, more: Phones | None = None) -> Hung | None:
        """Return what the values of a row hang on the card of `name`, None for nothing; raise RowFault.

        `more`: what the cell of the card's own phone holds; all beside the first number is the contact's.
        """
        given = {field: str(value) for field, value in zip(self._fields, told, strict=True) if value is not None}
        if not given and more is None:
            return None
        contact: dict[str, object] = {column: given[field] for field, column in OF_CONTACT.items() if field in given}
        try:
            cell = read_phones(given.get("contact_phone", ""))
        except UsageFault as fault:
            raise RowFault("contact_phone", fault) from fault
        phones, remarks = list(cell.numbers), list(cell.remarks)
        if more is not None:
            phones = list(dict.fromkeys((*more.numbers[1:], *phones)))
            remarks = list(dict.fromkeys((*more.remarks, *remarks)))
        if wechat := cell.wechat or (more.wechat if more is not None else ""):
            contact.setdefault("wechat", wechat)
            phones = phones or [wechat]
        draft = None
        if contact or phones:
            draft = ContactDraft({"name": name, **contact}, phones)
        own = {field.removeprefix(OWN): text for field, text in given.items() if field.startswith(OWN)}
        note = "\n".join(text for text in (given.get("note"), *remarks) if text)
        return Hung(split_tags(given.get("tags", "")), own, note or None, draft)

    def write(self, customer_id: int, hung: Hung) -> None:
        """Hang all of it on a new card."""
        for tag in hung.tags:
            self._tags.rows.append((None, customer_id, tag))
        for key, value in hung.own.items():
            self._own.rows.append((None, customer_id, key, value))
        if hung.note is not None:
            self._write_note(customer_id, hung.note)
        if hung.contact is not None:
            self.contacts.write(customer_id, hung.contact)

    def _write_note(self, customer_id: int, text: str) -> None:
        work = self._task.work
        self._notes.rows.append((None, customer_id, text, work.now_text, work.user))

    def differences(self, customer_id: int, hung: Hung) -> Iterator[Difference]:
        """Give what a row hangs otherwise on a known card; an address book only adds tags."""
        connection = self._task.connection
        known_tags = customers.tags(connection, customer_id)
        added = [tag for tag in hung.tags if tag not in known_tags]
        removed = [tag for tag in known_tags if hung.tags and tag not in hung.tags and not self._task.book]
        if added or removed:
            apply = partial(customers.set_tags, connection, customer_id, added, removed)
            yield Difference("tags", ";".join(known_tags), apply)
        known_own = customers.own_fields(connection, customer_id) if hung.own else {}
        for key, value in hung.own.items():
            if known_own.get(key) != value:
                apply_own = partial(customers.set_own_field, connection, customer_id, key, value)
                yield Difference(OWN + key, known_own.get(key, ""), apply_own)
        if hung.note is not None and not storage.has_note(connection, customer_id, hung.note):
            yield Difference("note", "", partial(self._write_note, customer_id, hung.note))
        if hung.contact is not None:
            yield from self._contact(customer_id, hung.contact)

    def known_contact(self, customer_id: int, draft: ContactDraft) -> dict[str, object] | None:
        """Return the first stored contact of a card that is the person of a draft, by the name."""
        key = card.name_key(str(draft.values["name"]))
        found = storage.contacts_called(self._task.connection, customer_id, key, up_to=ANY_ID)
        return next((contact for contact in found if not self._is_another(contact, draft)), None)

    def _is_another(self, contact: Mapping[str, object], draft: ContactDraft) -> bool:
        """Tell whether a contact and a draft of the same name are two people: no email and no phone is the same."""
        email, known = str(draft.values.get("email") or ""), str(contact["email"] or "")
        if not email or not known or email.casefold() == known.casefold():
            return False
        stored = {form for _, form in storage.phones_of(self._task.connection, int(str(contact["id"])))}
        return stored.isdisjoint(digits(number) for number in draft.phones)

    def _contact(self, customer_id: int, draft: ContactDraft) -> Iterator[Difference]:
        known = self.known_contact(customer_id, draft)
        if known is None:
            yield Difference("contact", "", partial(self.contacts.write, customer_id, draft))
            return
        fields = {column: field for field, column in OF_CONTACT.items()} | {"phone": "contact_phone"}
        for difference in contact_differences(self._task, known, draft):
            yield difference._replace(field=fields[difference.field])


def converters(reader: Reader, fields: Sequence[str]) -> dict[str, Convert | None]:
    """Return what turns the text of each of `fields` into what `Hangings.read` takes."""
    kinds: dict[str, Convert | None] = {
        "contact_email": reader.converter(named(CONTACT, "email")),
        "birthday": reader.converter(named(CONTACT, "birthday")),
        "sign_off": reader.converter(named(CONTACT, "sign_off")),
    }
    return {field: kinds.get(field) for field in fields}
