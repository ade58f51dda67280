"""Customers from a file: each row a new card, or the card it matches, unchanged or updated.

Which card a row is, is found by `matching`; what a cell means, by `values`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from csm.domain.customer.card import name_key
from csm.domain.customer.record import CUSTOMER
from csm.domain.errors import NotFound, Refused
from csm.domain.kinds import Field, named
from csm.domain.values.phone import digits
from csm.i18n import say
from csm.services.customer import pinyin, writing
from csm.services.customer.churn import LOST
from csm.services.customer.writing import ContactDraft
from csm.services.files.importing import card_extras, parents
from csm.services.files.importing.card_extras import CardExtras, Extras
from csm.services.files.importing.matching import (
    Found,
    Index,
    Marks,
    SameCard,
    SeveralCards,
    having,
    known_key,
    without_zeros,
)
from csm.services.files.importing.parents import Parents
from csm.services.files.importing.phones import PhoneCell, Phones, phone_cell, read_phones
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import Difference, Double, Row, Task, Verdict, settle, shown
from csm.services.files.importing.values import Convert, RowFault
from csm.services.values import column
from csm.storage import rows
from csm.storage.files import known

# What csm wrote itself and takes back from its own export; on a known card it isn't compared.
STAMPS: Final = ("created_at", "updated_at")
FIELDS: Final = tuple(
    field
    for field in CUSTOMER
    if field.kind not in ("tags", "customer") and (field.given or field.name in (*STAMPS, "archived_on"))
)
PARENT: Final = named(CUSTOMER, "parent")
NAMES: Final = frozenset(field.name for field in FIELDS)
# What a person of a table of persons has of these is the contact's; the card has what the first one brought.
OF_PERSON: Final = ("name", "kind", "phone", "email", "address")
DERIVED: Final = ("name_key", "pinyin", "phone_digits")


class Customers(RowImporter):
    """Takes rows of customers."""

    table = "customer"
    prefix = "cu"
    fields = FIELDS
    looked_up = ()
    computed = frozenset(field.name for field in CUSTOMER if not field.given) - NAMES - {"id", *parents.FIELDS}
    required = (("name",),)
    needed = ("name",)
    first = True
    keys = ("id", "external_id")
    stamps = frozenset(STAMPS)
    of_customer = False

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._index = Index(task.connection)
        self._numbers = known.contact_numbers(task.connection)
        self._parents = Parents(task.connection, self._index, self.waiting)
        self.fields_by_column[column(PARENT)] = PARENT
        self._losses = self.waiting.batch("loss", ("customer_id", "lost_on", "by", "created_at"))
        self._extras = CardExtras(task, self.waiting, self._extra_fields())
        self._usual: Row = {"kind": "company", "status": "active", "do_not_contact": 0}
        # Into an empty file our own export comes back as it is: nothing is added to what it says.
        self._usual |= {"owner": None if self.faithful and "owner" in self.file_fields else task.work.user}
        self._usual |= dict.fromkeys(STAMPS, task.work.now_text)

    def _extra_fields(self) -> list[str]:
        return [name for name in self.task.plan.fields() if name not in self.computed | NAMES | {"id", *parents.FIELDS}]

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads the phone, and what a row has in addition to the card."""
        return {
            "phone": phone_cell,
            **dict.fromkeys(parents.FIELDS),
            **card_extras.converters(self.task.reader, self._extra_fields()),
        }

    def stored_columns(self) -> list[str]:
        """Return the columns that the file fills, those that follow from them, and those that every card has."""
        columns = self._file_columns()
        derived = [*DERIVED, *(["short_name_key"] if "short_name" in columns else [])]
        return [*columns, *derived, *(name for name in ("owner", *STAMPS) if name not in columns)]

    def compared_columns(self) -> list[str]:
        """Return the columns that the file fills, but for what csm wrote itself."""
        return [name for name in self._file_columns() if name not in STAMPS]

    def _file_columns(self) -> list[str]:
        own = [column(field) for field in FIELDS if field.name in self.file_fields]
        return [*own, *([] if self.file_fields.isdisjoint(parents.FIELDS) else [column(PARENT)])]

    def check(self, row: Row) -> Verdict | None:
        """Read the phones and what else a row has; put a person of a table of persons on the card of their house."""
        parent_id = self._parents.of(row)
        row.pop("parent_id", None)
        if parent_id is not None:
            row["parent_id"] = parent_id
        more = None
        phone = row.get("phone")
        if isinstance(phone, PhoneCell):
            more = read_phones(phone)
            row["phone"] = phone = more.numbers[0] if more.numbers else None
        key = name_key(row["name"])
        if "owner" in row:
            row["owner"] = self.roster.spelt(row["owner"])
        row["name_key"], row["phone_digits"] = key, None if phone is None else digits(phone)
        row["extras"] = self._read_extras(row, more)
        row["marks"] = Marks(row.get("external_id"), row.get("code"), row["phone_digits"], key, row.get("email"))
        if self.task.derived and row.get("kind") == "company":
            house = having(self._index.names, key)
            if len(house) == 1:
                return self._add_person(house[0], row)
        return None

    def _read_extras(self, row: Row, more: Phones | None) -> Extras | None:
        """Return what a row adds to its card, with what the cell of its phone holds in addition to the number."""
        extras = self._extras.read(row, more)
        if extras is None or extras.contact is None or row.get("kind") != "person" or self.task.derived:
            return extras
        if name_key(str(extras.contact.values["name"])) != row["name_key"]:
            return extras
        # a private customer is its own contact: that one has the main phone and email too
        own = self._self_contact(row)
        values = {**own.values, **extras.contact.values}
        phones = tuple(dict.fromkeys((*own.phones, *extras.contact.phones)))
        return extras._replace(contact=ContactDraft(values, phones))

    # --- which card ---------------------------------------------------------------------------------------------

    def find(self, row: Row) -> tuple[Row | None, bool]:
        """Return the card that a row is; note which cards a new one looks like. Raises RowFault for a double."""
        found = self._find(row, row["marks"])
        if found.id is None:
            self._note_doubles(found.doubles)
            return None, False
        self.waiting.flush()
        return self._stored(found.id), True

    def _find(self, row: Row, marks: Marks) -> Found:
        own_id = row.get("id")
        if self.faithful and own_id is not None:
            return Found(self.ids.known(own_id), self._index.doubles(marks, own_id))
        try:
            key = known_key(self.connection, self._index, row["name"], marks.name_key)
            met = marks if key == marks.name_key else marks._replace(name_key=key)
            found = self._index.find(met, own_id, force=self.task.force)
            if found.id is None and marks.digits in self._numbers:
                self._refuse_persons_number(marks)
            return found
        except SameCard as same:
            raise self._fault(same, row["name"]) from same

    def _refuse_persons_number(self, marks: Marks) -> None:
        """Raise SameCard for a new card without a key whose phone is a contact's of another (source: handbook 3)."""
        if marks.digits is not None and not (self.task.force or marks.external_id or marks.code):
            raise SameCard("phone", known.customers_with_contact_phone(self.connection, marks.digits))

    def _stored(self, card_id: int) -> Row:
        columns = (*self._file_columns(), "phone_digits")
        values = known.card_values(self.connection, card_id, columns)
        return {"id": card_id, **dict(zip(columns, values, strict=True))}

    def _fault(self, same: SameCard, name: str) -> RowFault:
        self.waiting.flush()
        candidates = []
        for card_id in same.ids[:3]:
            values = known.card_values(self.connection, card_id, ("name", "code", "phone"))
            line = self.task.place.lines.get(f"cu{card_id}")
            candidates.append((f"cu{card_id}" if line is None else say("line {line}", line=line), *values))
        if isinstance(same, SeveralCards):
            return RowFault(same.field, NotFound("not-unique", kind="customer", ref=name, candidates=candidates))
        return RowFault(same.field, Refused("duplicate-customer", name=name, candidates=candidates))

    def _note_doubles(self, others: Sequence[int]) -> None:
        if others:
            place = self.task.place
            place.possible_doubles += 1
            ref = f"cu{others[0]}"
            place.doubles.append(Double(place.line, place.lines.get(ref, ref)))

    # --- a new card ----------------------------------------------------------------------------------------------

    def new(self, row: Row) -> Row:
        """Return the card of a company that is active and whoever imports owns, unless the row has another value.

        Raises RowFault for a card in use of somebody who has left.
        """
        made = {**self._usual, **row, "pinyin": pinyin.keys(row["name"])}
        if not self.faithful and "archived_on" not in row:
            made["owner"] = self.given("owner", row["owner"]) if "owner" in row else self.usual_owner("owner")
        if "short_name" in row:
            made["short_name_key"] = name_key(row["short_name"])
        return made

    def finish(self) -> None:
        """Write what still waits; rows whose head office hasn't come are taken again."""
        super().finish()
        self._parents.pass_ended()

    def insert_dependents(self, record_id: int, made: Row) -> None:
        """Queue what a row adds to its card; a private customer is its own contact (source: handbook 2)."""
        self._index.add(record_id, made["marks"])
        if made["status"] == LOST and not self.faithful:
            work = self.task.work
            self._losses.rows.append((None, record_id, work.today.isoformat(), work.user, work.now_text))
            work.unexplained[record_id] = made["name"]
        self._parents.note(made, record_id)
        extras: Extras | None = made["extras"]
        if extras is not None:
            self._extras.write(record_id, extras)
        has_contact = extras is not None and extras.contact is not None
        if made["kind"] == "person" and not (self.faithful or has_contact):
            self._extras.contacts.write(record_id, self._self_contact(made))

    def _self_contact(self, row: Row) -> ContactDraft:
        phone = row.get("phone")
        return ContactDraft({"name": row["name"], "email": row.get("email")}, [phone] if phone else [])

    def _add_person(self, card_id: int, row: Row) -> Verdict:
        """Put a person of a table of persons on the card of their organisation, with what else the row says of it."""
        self.waiting.flush()
        stored, extras = self._stored(card_id), row["extras"]
        different = self._different(stored, row)
        if "address" in different:
            extras = _with_line(extras, row["address"])
        differences = [self._difference(name, stored, row) for name in different if name not in OF_PERSON]
        if extras is not None:
            differences += self._extras.differences(card_id, extras)
        contradicts = any(difference.known for difference in differences if difference.field != "tags")
        if contradicts or not self._is_new_contact(card_id, extras):
            return self._settle(differences, card_id)
        for difference in differences:
            difference.apply()
        return "inserted"

    def _different(self, stored: Row, row: Row) -> list[str]:
        return [name for name in self._file_columns() if row.get(name) not in (None, stored[name])]

    def _is_new_contact(self, card_id: int, extras: Extras | None) -> bool:
        contact = None if extras is None else extras.contact
        return contact is not None and self._extras.known_contact(card_id, contact) is None

    def _difference(self, name: str, stored: Row, row: Row) -> Difference:
        field = self.fields_by_column[name]
        return Difference(field.name, self._shown(field, stored[name]), partial(self.change, stored, {name: row[name]}))

    # --- one that is here already --------------------------------------------------------------------------------

    def _settle(self, differences: Sequence[Difference], card_id: int) -> Verdict:
        task = self.task
        return settle(differences, f"cu{card_id}", update=task.update, place=task.place, adds_tags=task.derived)

    def compare(self, stored: Row, row: Row, *, sure: bool) -> Verdict:
        """Let a row change the card that it is; raise RowFault."""
        card_id, connection = stored["id"], self.connection
        self._parents.note(row, card_id)
        differences = list(self.differences(stored, row, sure=sure))
        before = rows.fetch(connection, "customer", card_id) or {} if differences else {}
        verdict = self._settle(differences, card_id)
        if verdict == "updated":
            rows.update(connection, "customer", card_id, {"updated_at": self.task.work.now_text})
            self._reindex(card_id, before)
        return verdict

    def differences(self, stored: Row, row: Row, *, sure: bool) -> Iterator[Difference]:
        """Yield what differs between a row and a card, all of the card itself at once."""
        changed = [name for name in self.compared if self._differs(name, stored, row)]
        if "owner" in changed:
            self.given("owner", row["owner"])
        if changed:
            field = self.fields_by_column[changed[0]]
            change = partial(self.change, stored, {name: row[name] for name in changed})
            yield Difference(field.name, self._shown(field, stored[changed[0]]), change)
        if row["extras"] is not None:
            yield from self._extras.differences(stored["id"], row["extras"])

    def _shown(self, field: Field, value: object) -> str:
        """Return a stored value as a file would have it, of a head office the name."""
        if field is PARENT and isinstance(value, int):
            return str(known.card_values(self.connection, value, ("name",))[0])
        return shown(field, value)

    def _differs(self, name: str, stored: Row, row: Row) -> bool:
        new, old = row.get(name), stored[name]
        if new is None or new == old or (name == "phone" and row["phone_digits"] == stored["phone_digits"]):
            return False
        return not (name in ("code", "external_id") and old is not None and without_zeros(str(new), str(old)))

    def change(self, stored: Row, change: Row) -> None:
        """Change a card, with all that follows from that."""
        before = rows.fetch(self.connection, "customer", stored["id"]) or {}
        values = {**change, **writing.derived(change)}
        try:
            followed = writing.set_columns(self.task.work, self.connection, before, values)
        except Refused as refused:
            raise RowFault(PARENT.name, refused) from refused
        self.task.place.moved += len(followed.moved) + followed.visits
        self.task.place.dropped += followed.cancelled
        writing.hand_over_with_card(self.task.work, self.connection, before, change)

    def _reindex(self, card_id: int, before: Row) -> None:
        old, new = _marks(before), _marks(rows.fetch(self.connection, "customer", card_id) or {})
        if old != new:
            self._index.remove(card_id, old)
            self._index.add(card_id, new)
            if (old.digits, old.name_key) != (new.digits, new.name_key):
                self._note_doubles(self._index.doubles(new, card_id))


def _marks(card: Row) -> Marks:
    return Marks(card["external_id"], card["code"], card["phone_digits"], card["name_key"] or "", card["email"])


def _with_line(extras: Extras | None, text: str) -> Extras:
    """Return what a row adds to a card, with a line more in its note; an address of the person's own, say."""
    extras = extras or Extras()
    if extras.contact is not None:
        text = f"{extras.contact.values['name']}: {text}"
    return extras._replace(note="\n".join(part for part in (extras.note, text) if part))
