"""What a row of a file belongs to: its customer, by the id of one of our exports, by key, by name, by phone; and more.

All keys of a row have to be of one card. Ids are ours only in a file that csm wrote; anywhere else a number is another
program's key. A key of which nobody has the like is noted, so that whoever imports sees which column wasn't kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from csm.domain.customer.card import name_key
from csm.domain.errors import CsmError, NotFound, UsageFault
from csm.domain.kinds import PREFIXES
from csm.domain.settings import read_whole
from csm.domain.values.phone import digits
from csm.services.files.importing.matching import Index, Known, having, known_key
from csm.services.files.importing.rows import Row, Task
from csm.services.files.importing.values import Convert, RowFault
from csm.storage.complaint import reading as cases
from csm.storage.files import known
from csm.storage.sale import known as known_sales
from csm.transfer.headings import OWN_ID, OWN_KEY

# The fields by which a row names its customer, and by which it names what else it belongs to.
FIELDS: Final = ("customer_id", "customer", "customer_code", "phone", OWN_KEY, OWN_ID)
# What becomes of a phone that isn't the card's, nor anybody's: it is refused, kept with the row's record, or noted as
# not kept.
Stranger = Literal["refused", "kept", "noted"]
TABLES: Final = {"sale_id": "sale", "complaint_id": "complaint", "callback_id": "callback", "pledge_id": "pledge"}
# The column of the card that has a key of a row, and what a file may call a key by else.
COLUMN_OF: Final = {OWN_KEY: "external_id", "customer_code": "code", "customer_phone": "phone"}
ALSO_CALLED: Final = {OWN_KEY: "customer_id", "customer_phone": "phone"}
_HIGHEST: Final = 10**15


class Key(NamedTuple):
    """A key of a customer in a row: its field, its text, and the cards that it is the key of."""

    field: str
    value: str | None
    ids: Sequence[int]


class Named(NamedTuple):
    """How a row names its customer.

    id: of ours, where the file is our own export or the column is mapped to it. key: another program's.
    """

    id: int | None
    name: str | None
    code: str | None
    phone: str | None
    key: str | None = None


def converters(task: Task) -> dict[str, Convert | None]:
    """Return what reads the fields by which a row names its customer."""
    made: dict[str, Convert | None] = dict.fromkeys(FIELDS)
    return made | {OWN_ID: _own_id, "customer_id": task.reader.whole if task.ours else None}


def _own_id(text: str) -> int:
    return read_whole(text.casefold().removeprefix("cu"), 1, _HIGHEST)


def reference(task: Task, field: str) -> Convert | None:
    """Return what reads a field that names another record by its id: a number in our own exports, else any text."""
    return task.reader.whole if task.ours or field == "pledge_id" else None


class Customers:
    """Finds customers, each way of naming one a single time."""

    def __init__(self, task: Task, *, stranger: Stranger = "refused") -> None:
        self._connection = task.connection
        self._ours = task.ours
        self._stranger = stranger
        file_fields = task.plan.fields()
        named = [field for field in ("customer", "customer_id", *FIELDS) if field in file_fields]
        self._naming = named[0] if named else "customer"
        self._unkept = task.reader.unkept
        self._index = Index(task.connection)
        self._found: dict[Named, int] = {}

    def of(self, row: Mapping[str, Any]) -> int:
        """Return the id of the customer that the fields of a row name; raise RowFault as `find` does."""
        own, key = None, row.get(OWN_KEY)
        if row.get(OWN_ID) is not None:
            return self._by_own_id(row[OWN_ID], row.get("customer"))
        if self._ours:
            own = row.get("customer_id")
        elif key is None:
            key = row.get("customer_id")
        return self.find(Named(own, row.get("customer"), row.get("customer_code"), row.get("phone"), key))

    def find(self, named: Named) -> int:
        """Return the id of the customer; raise RowFault for none, for several, and where none is named.

        An id counts only with the name that the card has: ids of another file say nothing here. Another program's own
        key of a customer may stand where the name or the code does. Keys of two cards are refused.
        """
        found = self._found.get(named)
        if found is None:
            found = self._found[named] = self._look_up(named)
        return found

    def is_known(self, customer_id: int, phone: str) -> bool:
        """Return whether a phone is on a card or is a contact's of it."""
        return customer_id in self._by_phone(phone)

    def _look_up(self, named: Named) -> int:
        name = named.name and known_key(self._connection, self._index, named.name, name_key(named.name))
        if named.id is not None:
            found = known.card_name_key(self._connection, named.id)
            if found is not None and name in (None, found):
                return self._by_id(named, named.id)
        keys = self._keys(named, name)
        cards = self._common(keys, has_name=bool(name))
        if len(cards) > 1:
            raise self._several(named, keys, cards)
        if not cards:
            return self._by_number(named) if name is None else self._refuse(named)
        for key in keys:
            self._check(cards[0], key)
        return cards[0]

    def _keys(self, named: Named, name: str | None) -> list[Key]:
        """Return the keys of a row, the surest first; `name` is the name as it is compared."""
        externals, codes = self._index.externals, self._index.codes
        return [
            Key(OWN_KEY, named.key, having(externals, named.key) if named.key else ()),
            Key("customer_code", named.code, self._by_key(named.code, codes, named.code)),
            Key("customer", named.name, self._by_key(named.name, self._index.names, name)),
            Key("customer_phone", named.phone, self._by_phone(named.phone) if named.phone else ()),
        ]

    def _several(self, named: Named, keys: Sequence[Key], cards: Sequence[int]) -> RowFault:
        ref = named.name or named.code or named.key or named.phone
        field = next(key.field for key in keys if key.value == ref)
        return RowFault(field, NotFound("not-unique", kind="customer", ref=ref, candidates=self._candidates(cards[:3])))

    def _common(self, keys: Sequence[Key], *, has_name: bool) -> Sequence[int]:
        """Return the cards that all keys are of; a phone alone names a customer only where there is no name.

        Raises RowFault where the keys are of different cards.
        """
        cards: Sequence[int] = ()
        for key in keys:
            if not key.ids or (key.field == "customer_phone" and not cards and has_name):
                continue
            left = [card for card in cards if card in key.ids] if cards else key.ids
            if not left:
                raise RowFault(key.field, self._of_another(str(key.value), key.ids[0], cards[0]))
            cards = left
        return cards

    def _by_key(self, text: str | None, index: Known, key: str | None) -> Sequence[int]:
        """Return the cards that a text is the name or code of, else those of which it is another program's key."""
        if not text or not key:
            return ()
        return having(index, key) or having(self._index.externals, text) or having(self._index.codes, text)

    def _by_own_id(self, card_id: int, name: str | None) -> int:
        """Return the card with an id of ours; raise RowFault where there is none, or with another name."""
        found = known.card_name_key(self._connection, card_id)
        if found is None:
            raise RowFault(OWN_ID, NotFound("no-customer-here", kind="customer", ref=str(card_id)))
        if name is not None and name_key(name) != found:
            (own,) = known.card_values(self._connection, card_id, ("name",))
            raise RowFault("customer", UsageFault("not-of-card", value=name, ref=f"cu{card_id}", name=own, known=own))
        return card_id

    def _by_number(self, named: Named) -> int:
        keyed = having(self._index.externals, str(named.id)) if named.id is not None else ()
        return keyed[0] if len(keyed) == 1 else self._refuse(named)

    def _by_id(self, named: Named, card_id: int) -> int:
        """Return the card with an id, unless the number alone may as well be another program's key of another card."""
        others = having(self._index.externals, str(card_id)) if named.name is None else ()
        if others and card_id not in others:
            candidates = self._candidates([card_id, *others][:3])
            raise RowFault(
                "customer_id", NotFound("not-unique", kind="customer", ref=str(card_id), candidates=candidates)
            )
        return card_id

    def _check(self, card_id: int, key: Key) -> None:
        """Refuse a key that contradicts the card's own; note one that the card has nothing for."""
        field = key.field
        stranger = self._stranger if field == "customer_phone" else ""
        if field not in COLUMN_OF or key.value is None or key.ids or stranger == "kept":
            return
        name, own = known.card_values(self._connection, card_id, ("name", COLUMN_OF[field]))
        if stranger and own is None:
            own = known.phone_of_contact(self._connection, card_id)
        if own is not None and stranger != "noted":
            raise RowFault(field, UsageFault("not-of-card", value=key.value, ref=f"cu{card_id}", name=name, known=own))
        self._unkept |= {field, ALSO_CALLED.get(field, field)}

    def _of_another(self, value: str, other: int, card_id: int) -> CsmError:
        names = [known.card_values(self._connection, one, ("name",))[0] for one in (other, card_id)]
        refs = {"ref": f"cu{other}", "other": f"cu{card_id}"}
        return UsageFault("of-another-card", value=value, name=names[0], other_name=names[1], **refs)

    def _refuse(self, named: Named) -> int:
        refs = {"customer": named.name, "customer_code": named.code, "customer_phone": named.phone}
        for field, ref in {**refs, "customer_id": named.id}.items():
            if ref is not None:
                raise RowFault(field, NotFound("no-customer-here", kind="customer", ref=ref))
        if named.key is not None:
            raise RowFault(OWN_KEY, UsageFault("foreign-id", value=named.key))
        raise RowFault(self._naming, UsageFault("empty-value", field="customer"))

    def _by_phone(self, phone: str) -> list[int]:
        form = digits(phone)
        others = known.customers_with_contact_phone(self._connection, form)
        return list(dict.fromkeys([*having(self._index.phones, form), *others]))

    def _candidates(self, ids: Sequence[int]) -> list[tuple[str, str, str]]:
        found = []
        for card_id in ids:
            name, code, phone = known.card_values(self._connection, card_id, ("name", "code", "phone"))
            found.append((f"cu{card_id}", name, code or phone or ""))
        return found


def resolve(task: Task, field: str, row: Row, customer_id: int | None) -> None:
    """Put the id of the record that a row names in `field` into it; raise RowFault where it isn't this customer's.

    In our own exports that is an id, elsewhere another program's key, of a sale its bill too, or `sa12`.
    """
    ref = row.get(field)
    if ref is None:
        return
    table = TABLES[field]
    ids = [ref] if isinstance(ref, int) else called(task, table, customer_id, ref)
    if len(ids) > 1:
        candidates = [(f"{PREFIXES[table]}{one}", "", "") for one in ids[:3]]
        raise RowFault(field, NotFound("not-unique", kind=table, ref=ref, candidates=candidates))
    if not ids or cases.customer_of(task.connection, table, ids[0]) != customer_id:
        raise RowFault(field, UsageFault("not-of-customer", kind=table, ref=str(ref), form=f"{PREFIXES[table]}12"))
    row[field] = ids[0]


def called(task: Task, table: str, customer_id: int | None, text: str) -> list[int]:
    """Return the ids of the records of a customer that another program's file may call `text`."""
    prefix = PREFIXES[table]
    number = text.casefold().removeprefix(prefix)
    if number != text.casefold() and number.isdecimal() and len(number) < len(str(_HIGHEST)):
        return [int(number)]
    if table == "sale" and customer_id is not None:
        return [one["id"] for one in known_sales.called(task.connection, customer_id, text)]
    return known.ids_of_external_id(task.connection, table, customer_id, text)
