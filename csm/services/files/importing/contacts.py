"""Contacts from a file: each row a person at a customer that is here already.

At one customer a name is one contact; where several bear it, the row means the one it equals, else the next of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from csm.domain.customer.card import name_key
from csm.domain.errors import UsageFault
from csm.domain.records import CONTACT, named
from csm.services.customer.writing import ContactDraft
from csm.services.files.importing import links
from csm.services.files.importing.hangings import CONTACT_COLUMNS, Contacts, contact_differences
from csm.services.files.importing.phones import read_phones
from csm.services.files.importing.rows import KeptIds, Task, Verdict, Waiting, settle, text_of
from csm.services.files.importing.values import Cells, Convert, RowFault
from csm.services.values import Stored
from csm.storage import rows
from csm.storage.file.bulk import ROWS_A_BATCH
from csm.storage.files import known

COMPUTED: Final[frozenset[str]] = frozenset()


class ContactRows:
    """Takes rows of contacts."""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self._task = task
        reader = task.reader
        converters: dict[str, Convert | None] = {
            column: reader.converter(named(CONTACT, column)) for column in CONTACT_COLUMNS
        }
        converters |= {**links.converters(task), "phone": None, "id": reader.whole, "customer_phone": None}
        converters["moved_to"] = reader.whole
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._place = {field: place for place, field in enumerate(converters)}
        self._links = links.Customers(task, stranger="noted")
        self._waiting = Waiting(task.connection)
        self._contacts = Contacts(task, self._waiting)
        empty = known.is_empty(task.connection, "contact")
        self._ids = KeptIds(
            self._contacts.batch, empty=empty and "id" in task.plan.fields(), place=task.place, prefix="ct"
        )
        self._met: set[int] = set()
        self._last_known = known.last_id(task.connection, "contact")
        self._places: dict[int, int] = {}
        self._moved: list[tuple[int, int]] = []

    def take(self, row: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault."""
        told = self._cells.read(row)
        place = self._place
        name = told[place["name"]]
        if not isinstance(name, str):
            raise RowFault("name", UsageFault("empty-value", field="name"))
        try:
            cell = read_phones(str(told[place["phone"]] or ""))
        except UsageFault as fault:
            raise RowFault("phone", fault) from fault
        whose = {field: told[place[field]] for field in links.FIELDS}
        customer = self._links.of({**whose, "phone": told[place["customer_phone"]]})
        values: dict[str, object] = {column: told[place[column]] for column in CONTACT_COLUMNS}
        values["wechat"] = values["wechat"] or cell.wechat or None
        values["remarks"] = "\n".join(text for text in (text_of(told[place["remarks"]]), *cell.remarks) if text) or None
        left_on = values["left_on"]
        if left_on is not None and str(left_on) > self._task.work.today.isoformat():
            raise RowFault("left_on", UsageFault("date-in-future", value=left_on))
        draft = ContactDraft(values, cell.numbers)
        file_id = told[place["id"]]
        stored = self._stored(customer, draft, file_id)
        if stored is None:
            self._link(self._insert(customer, draft, file_id), file_id, told[place["moved_to"]])
            return "inserted"
        self._link(int(str(stored["id"])), file_id, None)
        self._met.add(int(str(stored["id"])))
        differences = list(contact_differences(self._task, stored, draft))
        return settle(differences, f"ct{stored['id']}", update=self._task.update, place=self._task.place)

    def finish(self) -> None:
        """Write what still waits; who moved is linked to whom they are now, where the file has both."""
        self._waiting.flush()
        for contact_id, moved_to in self._moved:
            if moved_to in self._places:
                rows.update(self._task.connection, "contact", contact_id, {"moved_to": self._places[moved_to]})
        self._moved = []

    def _insert(self, customer_id: int, draft: ContactDraft, file_id: Stored) -> int:
        made = self._contacts.write(customer_id, draft, self._ids.new(file_id))
        if len(self._contacts.batch.rows) >= ROWS_A_BATCH:
            self._waiting.flush()
        return made

    def _link(self, contact_id: int, file_id: Stored, moved_to: Stored) -> None:
        """Take note of which contact a row is, and of the row of the file that says where they moved."""
        if isinstance(file_id, int):
            self._places[file_id] = contact_id
        if isinstance(moved_to, int):
            self._moved.append((contact_id, moved_to))

    def _stored(self, customer_id: int, draft: ContactDraft, file_id: Stored) -> dict[str, object] | None:
        """Return the stored contact that a row is, if there is one."""
        made = self._ids.known(file_id)
        if made is not None:
            self._waiting.flush()
            return rows.fetch(self._task.connection, "contact", made)
        if not self._last_known:
            return None
        key = name_key(str(draft.values["name"]))
        same = known.contacts_called(self._task.connection, customer_id, key, up_to=self._last_known)
        left = [contact for contact in same if contact["id"] not in self._met]
        for contact in left:
            if next(contact_differences(self._task, contact, draft), None) is None:
                return contact
        by_id = [contact for contact in left if contact["id"] == file_id]
        return next(iter(by_id or left), None)
