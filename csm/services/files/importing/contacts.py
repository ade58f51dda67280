"""Contacts from a file: each row a person at a customer that is here already.

At one customer a name is one contact; where several bear it, the row means the one it equals, else the next of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from csm.domain.customer.card import name_key
from csm.domain.customer.record import CONTACT
from csm.domain.errors import UsageFault
from csm.domain.kinds import named
from csm.services.customer.writing import ContactDraft
from csm.services.files.importing import links
from csm.services.files.importing.card_extras import (
    CONTACT_COLUMNS,
    Contacts,
    contact_differences,
    with_one_birthday,
)
from csm.services.files.importing.phones import phones_in
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import Difference, Row, Task, Verdict
from csm.services.files.importing.values import Convert, RowFault
from csm.storage import rows
from csm.storage.file.bulk import ROWS_A_BATCH, Batch
from csm.storage.files import known


class ContactRows(RowImporter):
    """Takes rows of contacts."""

    table = "contact"
    prefix = "ct"
    fields = tuple(named(CONTACT, name) for name in CONTACT_COLUMNS)
    looked_up = ()
    required = (("name",),)
    own_columns = CONTACT_COLUMNS
    stranger = "noted"
    adds = True

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        # By the id in the file, the contact that a row is; and where somebody moved, by the id in the file too.
        self._of_file: dict[int, int] = {}
        self._moved: list[tuple[int, int]] = []

    def make_batch(self) -> Batch:
        """Return where contacts wait, their phones behind them."""
        self._contacts = Contacts(self.task, self.waiting)
        return self._contacts.batch

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads phones, the customer's own among them, and who somebody is now elsewhere."""
        return {"phone": None, "customer_phone": None, "moved_to": self.task.reader.whole}

    def link(self, row: Row) -> None:
        """Read who is meant, and find the customer; a row's own phone is the contact's. Raises RowFault."""
        if "name" not in row:
            raise RowFault("name", UsageFault("empty-value", field="name"))
        cell = phones_in("phone", row.get("phone", ""))
        customer: Row = {field: row[field] for field in links.FIELDS if field in row}
        customer["phone"] = row.get("customer_phone")
        super().link(customer)
        values: Row = {name: row.get(name) for name in CONTACT_COLUMNS}
        values["wechat"] = values["wechat"] or cell.wechat or None
        values["remarks"] = "\n".join(text for text in (values["remarks"], *cell.remarks) if text) or None
        values = with_one_birthday(values)
        self.task.check_past("left_on", values)
        row |= {"customer_id": customer["customer_id"], "draft": ContactDraft(values, cell.numbers)}

    # --- which contact -------------------------------------------------------------------------------------------

    def same(self, stored: Row, row: Row) -> bool:
        """Return False: an id alone says nothing, a contact is known by the name."""
        return False

    def alike(self, row: Row) -> list[Row]:
        """Return the contacts of the name; where none is equal, the one with the id in the file is meant first."""
        key = name_key(row["name"])
        found = known.contacts_called(self.connection, row["customer_id"], key, up_to=self.last_known)
        return sorted(found, key=lambda one: bool(one["id"] != row.get("id")))

    def differences(self, stored: Row, row: Row, *, sure: bool) -> Iterator[Difference]:
        """Yield what differs between a row and a contact."""
        return contact_differences(self.task, stored, row["draft"])

    def compare(self, stored: Row, row: Row, *, sure: bool) -> Verdict:
        """Let a row change the contact that it is; raise RowFault."""
        self._of_file[row.get("id", -stored["id"])] = stored["id"]
        return super().compare(stored, row, sure=sure)

    def insert(self, row: Row) -> Verdict:
        """Add a contact."""
        contact_id = self._contacts.write(row["customer_id"], row["draft"], self.new_id(row))
        self._of_file[row.get("id", -contact_id)] = contact_id
        if "moved_to" in row:
            self._moved.append((contact_id, row["moved_to"]))
        if len(self.batch.rows) >= ROWS_A_BATCH:
            self.waiting.flush()
        return "inserted"

    def finish(self) -> None:
        """Write what still waits; who moved is linked to whom they are now, where the file has both."""
        super().finish()
        for contact_id, moved_to in self._moved:
            if moved_to in self._of_file:
                rows.update(self.connection, "contact", contact_id, {"moved_to": self._of_file[moved_to]})
        self._moved = []
