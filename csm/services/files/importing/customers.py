"""Customers from a file: each row a new card, or the card it matches, unchanged or updated.

Which card a row is, is told by `matching`; what a cell means, by `values`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from csm.domain.customer.card import name_key
from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.records import CUSTOMER, Field
from csm.domain.values.phone import digits
from csm.i18n import say
from csm.services.customer import pinyin
from csm.services.customer import writing as customers
from csm.services.customer.writing import ContactDraft
from csm.services.files.importing import hangings
from csm.services.files.importing.hangings import Hangings, Hung
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
from csm.services.files.importing.phones import PhoneCell, Phones, phone_cell, read_phones
from csm.services.files.importing.rows import Difference, Double, KeptIds, Task, Verdict, Waiting, settle, shown
from csm.services.files.importing.values import Cells, RowFault
from csm.services.values import Stored, column
from csm.storage import rows
from csm.storage.files import known

# What csm wrote itself and takes back from its own export; on a known card it isn't compared.
STAMPS: Final = ("created_at", "updated_at")
FIELDS: Final = tuple(
    field for field in CUSTOMER if field.kind != "tags" and (field.given or field.name in (*STAMPS, "archived_on"))
)
COMPUTED: Final = (
    frozenset(field.name for field in CUSTOMER if not field.given) - {field.name for field in FIELDS} - {"id"}
)


class Customers:
    """Takes rows of customers."""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self._task = task
        given = task.plan.fields()
        fields = [field for field in FIELDS if field.name in given]
        hung = [name for name in given if name not in COMPUTED and name != "id" and not _is_column(name)]
        converters = {field.name: task.reader.converter(field) for field in fields}
        if "phone" in converters:
            converters["phone"] = phone_cell
        converters |= hangings.converters(task.reader, hung)
        if "id" in given:
            converters["id"] = task.reader.whole
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._fields = fields
        self._place = {field.name: place for place, field in enumerate(fields)}
        self._width = len(fields)
        self._id_place = len(converters) - 1 if "id" in given else -1
        self._hung_end = self._width + len(hung)
        self._index = Index(task.connection)
        self._numbers = known.contact_numbers(task.connection)
        # Into an empty file its ids are kept, and it is taken at its word: nothing is added to what it says.
        self._faithful = "id" in given and known.is_empty(task.connection, "customer")
        self._columns = [column(field) for field in fields]
        self._waiting = Waiting(task.connection)
        self._defaults, added = self._usual_values()
        self._short_name = self._place.get("short_name")
        derived: tuple[str, ...] = ("name_key", "pinyin", "phone_digits")
        derived += () if self._short_name is None else ("short_name_key",)
        self._batch = self._waiting.batch("customer", (*self._columns, *derived, *added))
        self._ids = KeptIds(self._batch, empty=self._faithful, place=task.place, prefix="cu")
        self._added = tuple(added.values())
        self._hangings = Hangings(task, self._waiting, hung)

    def _usual_values(self) -> tuple[list[tuple[int, str | int]], dict[str, str]]:
        """Return what stands in for empty cells, by place, and for columns that the file doesn't have."""
        work = self._task.work
        usual: dict[str, str | int] = {"kind": "company", "status": "active", "do_not_contact": 0}
        always = {"owner": work.user, "created_at": work.now_text, "updated_at": work.now_text}
        usual |= always
        if self._faithful:
            del usual["owner"]
        defaults = [(self._place[name], value) for name, value in usual.items() if name in self._place]
        return defaults, {name: value for name, value in always.items() if name not in self._place}

    def take(self, row: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault."""
        told = self._cells.read(row)
        place = self._place
        name = told[place["name"]]
        if not isinstance(name, str):
            raise RowFault("name", UsageFault("empty-value", field="name"))
        phone = told[place["phone"]] if "phone" in place else None
        more = None
        if isinstance(phone, PhoneCell):
            more = read_phones(phone)
            told[place["phone"]] = phone = more.numbers[0] if more.numbers else None
        hung = self._read_hung(told, name, more) if more is not None or self._hung_end > self._width else None
        marks = Marks(
            told[place["external_id"]] if "external_id" in place else None,  # type: ignore[arg-type]
            told[place["code"]] if "code" in place else None,  # type: ignore[arg-type]
            None if phone is None else digits(phone),  # type: ignore[arg-type]
            name_key(name),
            told[place["email"]] if "email" in place else None,  # type: ignore[arg-type]
        )
        if self._task.book and self._is_company(told) and (house := self._organisation(marks)) is not None:
            return self._add_person(house, told, marks, hung)
        file_id = told[self._id_place] if self._id_place >= 0 else None
        known_id, doubles = self._find(marks, file_id, name)
        if known_id is None:
            self._note_doubles(doubles)
            self._insert(told, marks, file_id, hung)
            return "inserted"
        return self._compare(known_id, told, marks, hung)

    def _read_hung(self, told: Sequence[Stored], name: str, more: Phones | None) -> Hung | None:
        """Return what a row hangs on its card, with what the cell of its phone says beside the number."""
        hung = self._hangings.read(told[self._width : self._hung_end], name, more)
        if hung is None or hung.contact is None or not self._is_person(told) or self._task.book:
            return hung
        own = self._self_contact(told, name)
        if name_key(str(hung.contact.values["name"])) != name_key(name):
            return hung
        # a private customer is its own contact: that one has the main phone and email too
        values = {**own.values, **hung.contact.values}
        phones = tuple(dict.fromkeys((*own.phones, *hung.contact.phones)))
        return hung._replace(contact=ContactDraft(values, phones))

    def finish(self) -> None:
        """Write what still waits."""
        self._waiting.flush()

    # --- which card ---------------------------------------------------------------------------------------------

    def _find(self, marks: Marks, file_id: Stored, name: str) -> tuple[int | None, Sequence[int]]:
        own_id = file_id if isinstance(file_id, int) else None
        if self._faithful and own_id is not None:
            return self._ids.known(own_id), self._index.doubles(marks, own_id)
        try:
            key = known_key(self._task.connection, self._index, name, marks.name_key)
            met = marks if key == marks.name_key else marks._replace(name_key=key)
            found = self._index.find(met, own_id, force=self._task.force)
            if marks.digits in self._numbers:
                self._refuse_persons_number(found, marks)
            return found
        except SameCard as same:
            raise self._fault(same, name) from same

    def _refuse_persons_number(self, found: Found, marks: Marks) -> None:
        """Raise SameCard for a new card without a key whose phone is a contact's of another (source: handbook 3)."""
        if found.id is None and marks.digits is not None and not (self._task.force or marks.external_id or marks.code):
            raise SameCard("phone", known.customers_with_contact_phone(self._task.connection, marks.digits))

    def _fault(self, same: SameCard, name: str) -> RowFault:
        self._waiting.flush()
        candidates = []
        for card_id in same.ids[:3]:
            values = known.card_values(self._task.connection, card_id, ("name", "code", "phone"))
            candidates.append((self._called(card_id), *values))
        if isinstance(same, SeveralCards):
            return RowFault(same.field, NotFound("not-unique", kind="customer", ref=name, candidates=candidates))
        return RowFault(same.field, Refused("duplicate-customer", name=name, candidates=candidates))

    def _called(self, card_id: int) -> str:
        """Return the line of the file that made a card, else its reference."""
        line = self._task.place.lines.get(f"cu{card_id}")
        return f"cu{card_id}" if line is None else say("line {line}", line=line)

    def _note_doubles(self, others: Sequence[int]) -> None:
        if others:
            place = self._task.place
            self.possible_doubles += 1
            ref = f"cu{others[0]}"
            place.doubles.append(Double(place.line, place.lines.get(ref, ref)))

    def _is_company(self, told: Sequence[Stored]) -> bool:
        return told[self._place["kind"]] == "company"

    def _organisation(self, marks: Marks) -> int | None:
        """Return the card of an organisation that an address book names: the one of its name, whatever the phone."""
        ids = having(self._index.names, marks.name_key)
        return ids[0] if len(ids) == 1 else None

    # --- what becomes of the row --------------------------------------------------------------------------------

    def _insert(self, told: Sequence[Stored], marks: Marks, file_id: Stored, hung: Hung | None) -> None:
        card_id = self._ids.new(file_id)
        name = str(told[self._place["name"]])
        record = [card_id, *told[: self._width], marks.name_key, pinyin.keys(name), marks.digits]
        if self._short_name is not None:
            short_name = told[self._short_name]
            record.append(name_key(short_name) if isinstance(short_name, str) else None)
        record += self._added
        for place, default in self._defaults:
            if record[place + 1] is None:
                record[place + 1] = default
        self._index.add(card_id, marks)
        if hung is not None:
            self._hangings.write(card_id, hung)
        if not self._faithful and (hung is None or hung.contact is None) and self._is_person(told):
            self._hangings.contacts.write(card_id, self._self_contact(told, name))
        self._waiting.add(self._batch, record)

    def _is_person(self, told: Sequence[Stored]) -> bool:
        return "kind" in self._place and told[self._place["kind"]] == "person"

    def _self_contact(self, told: Sequence[Stored], name: str) -> ContactDraft:
        """Return the contact that a private customer is to itself (source: handbook 2)."""
        email, phone = (told[self._place[field]] if field in self._place else None for field in ("email", "phone"))
        return ContactDraft({"name": name, "email": email}, [str(phone)] if phone else [])

    def _add_person(self, card_id: int, told: Sequence[Stored], marks: Marks, hung: Hung | None) -> Verdict:
        """Put a person of a table of persons on the card of their organisation, with what else the row says of it."""
        self._waiting.flush()
        connection = self._task.connection
        stored = known.card_values(connection, card_id, (*self._columns, "phone_digits"))
        differences = []
        for place, field in enumerate(self._fields):
            # the person's own phone and email are those of the contact, and the card has its first one's
            if field.name in ("name", "kind", "phone", "email") or told[place] in (None, stored[place]):
                continue
            if field.name == "address":
                hung = _with_line(hung, f"{told[place]}")
                continue
            change = partial(self._change, card_id, {self._columns[place]: told[place]})
            differences.append(Difference(field.name, shown(field, stored[place]), change))
        new = hung is not None and hung.contact is not None
        if hung is not None and hung.contact is not None:
            new = self._hangings.known_contact(card_id, hung.contact) is None
        differences += [] if hung is None else self._hangings.differences(card_id, hung)
        if new and not any(difference.known for difference in differences if difference.field != "tags"):
            for difference in differences:
                difference.apply()
            return "inserted"
        return self._settle(differences, card_id)

    def _settle(self, differences: Sequence[Difference], card_id: int) -> Verdict:
        task = self._task
        return settle(differences, f"cu{card_id}", update=task.update, place=task.place, adds_tags=task.book)

    def _compare(self, card_id: int, told: Sequence[Stored], marks: Marks, hung: Hung | None) -> Verdict:
        self._waiting.flush()
        connection = self._task.connection
        stored = known.card_values(connection, card_id, (*self._columns, "phone_digits"))
        differences = list(self._card_differences(card_id, told, marks, stored))
        if hung is not None:
            differences += self._hangings.differences(card_id, hung)
        before = rows.fetch(connection, "customer", card_id) or {} if differences else {}
        verdict = self._settle(differences, card_id)
        if verdict == "updated":
            rows.update(connection, "customer", card_id, {"updated_at": self._task.work.now_text})
            self._reindex(card_id, before)
        return verdict

    def _card_differences(
        self, card_id: int, told: Sequence[Stored], marks: Marks, stored: Sequence[object]
    ) -> Iterator[Difference]:
        changes: dict[str, object] = {}
        first: tuple[Field, object] | None = None
        for place, field in enumerate(self._fields):
            new, old = told[place], stored[place]
            if new is None or new == old or field.name in STAMPS:
                continue
            if field.name == "phone" and marks.digits == stored[-1]:
                continue
            if field.name in ("code", "external_id") and old is not None and without_zeros(str(new), str(old)):
                continue
            first = first or (field, old)
            changes[self._columns[place]] = new
        if first is not None:
            yield Difference(first[0].name, shown(*first), partial(self._change, card_id, changes))

    def _change(self, card_id: int, changes: dict[str, object]) -> None:
        connection = self._task.connection
        before = rows.fetch(connection, "customer", card_id) or {}
        customers.set_columns(self._task.work, connection, before, {**changes, **customers.derived(changes)})
        customers.hand_over_with_card(self._task.work, connection, before, changes)

    def _reindex(self, card_id: int, before: dict[str, object]) -> None:
        after = rows.fetch(self._task.connection, "customer", card_id) or {}
        old, new = _marks(before), _marks(after)
        if old != new:
            self._index.remove(card_id, old)
            self._index.add(card_id, new)
            same = old.digits == new.digits and old.name_key == new.name_key
            if not same:
                self._note_doubles(self._index.doubles(new, card_id))


def _marks(card: dict[str, object]) -> Marks:
    external_id, code, phone, name, email = (
        card[key] for key in ("external_id", "code", "phone_digits", "name_key", "email")
    )
    return Marks(_text(external_id), _text(code), _text(phone), str(name or ""), _text(email))


def _with_line(hung: Hung | None, text: str) -> Hung:
    """Return what a row hangs on a card, with a line more in its note; an address of the person's own, say."""
    hung = hung or Hung((), {}, None, None)
    if hung.contact is not None:
        text = f"{hung.contact.values['name']}: {text}"
    return hung._replace(note="\n".join(part for part in (hung.note, text) if part))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _is_column(name: str) -> bool:
    return any(field.name == name for field in FIELDS)
