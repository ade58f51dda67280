"""What a row of a file belongs to: its customer, by the id of one export, by key, by name, by phone; and its sale."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from csm.domain import errors
from csm.domain.card import name_key
from csm.domain.phone import digits
from csm.services.importing.matching import Index, having, known_key
from csm.services.importing.values import RowFault
from csm.storage import known, known_cases

FIELDS: Final = ("customer_id", "customer", "customer_code", "customer_phone")


class Named(NamedTuple):
    """How a row names its customer."""

    id: int | None
    name: str | None
    code: str | None
    phone: str | None


class Customers:
    """Finds customers, each way of naming one only once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._index = Index(connection)
        self._found: dict[Named, int] = {}

    def find(self, named: Named) -> int:
        """Return the id of the customer; raise RowFault for none, for several, and where none is named.

        An id counts only with the name that the card has: ids of another file say nothing here. Another program's own
        key of a customer may stand where the name, the code or the id does.
        """
        found = self._found.get(named)
        if found is None:
            found = self._found[named] = self._look_up(named)
        return found

    def _look_up(self, named: Named) -> int:
        key = None if named.name is None else known_key(self._connection, self._index, named.name, name_key(named.name))
        if named.id is not None:
            found = known.card_name_key(self._connection, named.id)
            if found is not None and key in (None, found):
                return self._by_id(named, named.id)
        for field, ids in (
            ("customer_code", self._by_key(named.code, having(self._index.codes, named.code)) if named.code else ()),
            ("customer", self._by_key(named.name, having(self._index.names, key)) if named.name and key else ()),
            ("customer_phone", self._by_phone(named.phone) if named.phone and not key else ()),
        ):
            alike = set(self._by_phone(named.phone)) if len(ids) > 1 and named.phone else set()
            left = [card for card in ids if card in alike] or ids
            if len(left) == 1:
                return left[0]
            if left:
                ref = named.name or named.code or named.phone
                raise RowFault(field, errors.NotUnique(kind="customer", ref=ref, candidates=self._candidates(left[:3])))
        keyed = having(self._index.externals, str(named.id)) if named.id is not None and key is None else ()
        return keyed[0] if len(keyed) == 1 else self._refuse(named)

    def _by_key(self, text: str, ids: Sequence[int]) -> Sequence[int]:
        """Return the cards that a text is the name or code of, else those of which it is another program's key."""
        return ids or having(self._index.externals, text) or having(self._index.codes, text)

    def _by_id(self, named: Named, card_id: int) -> int:
        """Return the card with an id, unless the number alone may as well be another program's key of another card."""
        others = having(self._index.externals, str(card_id)) if named.name is None else ()
        if others and card_id not in others:
            candidates = self._candidates([card_id, *others][:3])
            raise RowFault("customer_id", errors.NotUnique(kind="customer", ref=str(card_id), candidates=candidates))
        return card_id

    def _refuse(self, named: Named) -> int:
        for field, ref in (
            ("customer", named.name),
            ("customer_code", named.code),
            ("customer_phone", named.phone),
            ("customer_id", named.id),
        ):
            if ref is not None:
                raise RowFault(field, errors.NoCustomerHere(kind="customer", ref=ref))
        raise RowFault("customer", errors.EmptyValue(field="customer"))

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


def drop_foreign_sale(connection: sqlite3.Connection, customer_id: int, told: dict[str, Any]) -> None:
    """Take the id of a sale out of what a row tells where it is none of this customer's: it means another one here."""
    if "sale_id" in told and known_cases.customer_of(connection, "sale", told["sale_id"]) != customer_id:
        del told["sale_id"]
