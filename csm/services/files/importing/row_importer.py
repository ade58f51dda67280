"""The one importer of rows: what every kind of record that comes out of a file has in common.

It owns how a row is read, to whom it belongs, which record it is, and what becomes of it. A kind of record is a
subclass, which declares what its records are known by, and has hooks for what is its own.

A row is the record with its id or its external id, else the next equal one that no other row of the file is, else the
next that is alike, else a new one. Into an empty table the ids of our own export are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import ClassVar

from csm.domain.customer import card
from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.kinds import Field
from csm.services.files.importing import links
from csm.services.files.importing.rows import ANY_ID, Difference, KeptIds, Row, Task, Verdict, Waiting, settle, shown
from csm.services.files.importing.values import Cells, Convert, RowFault
from csm.services.house.assigning import Roster
from csm.services.values import column
from csm.storage import rows
from csm.storage.file.bulk import Batch
from csm.storage.files import known


class RowImporter:
    """Takes rows of one table.

    table, prefix: the table, and what its short references begin with. fields: those of the kind's files; of them
    `looked_up` find other records, and `computed` are never imported. required: of each of these groups the file must
    have a field. needed: columns that every row must have. first: a file of csm can begin with these rows.

    keys: what a row names its record by, the surest first. identity: what must agree with a stored record of the same
    id. likeness: what a record has in common with a row without a key. own_columns: the columns that rows fill; by
    itself those of the fields. belongs_to: fields that name other records of the customer. stamps: columns that csm
    fills itself, not compared; of them `authors` is whoever imports, unless our own export comes back. stranger: what
    becomes of a phone that is nobody's. adds: rows of one id may add to each other; else they do so only where another
    program's key says that they are one, and contradict each other.

    readers: what reads fields that aren't read as their kind is, and further fields. past: days and instants that can't
    lie ahead. usual: the values of a new record whose row has none. named_by: the column that an error names a record
    by, its reference where there is none. likeness_decides: the first record that is alike is the one that is meant.
    """

    table: ClassVar[str]
    prefix: ClassVar[str] = ""
    fields: ClassVar[tuple[Field, ...]]
    looked_up: ClassVar[tuple[str, ...]] = ("id", "customer_id", "customer")
    computed: ClassVar[frozenset[str]] = frozenset()
    required: ClassVar[tuple[tuple[str, ...], ...]]
    needed: ClassVar[tuple[str, ...]] = ()
    first: ClassVar[bool] = False
    keys: ClassVar[tuple[str, ...]] = ("id",)
    identity: ClassVar[tuple[str, ...]] = ()
    likeness: ClassVar[tuple[str, ...]] = ()
    own_columns: ClassVar[tuple[str, ...]] = ()
    belongs_to: ClassVar[tuple[str, ...]] = ()
    stamps: ClassVar[frozenset[str]] = frozenset({"created_at", "created_by"})
    authors: ClassVar[tuple[str, ...]] = ()
    of_customer: ClassVar[bool] = True
    adds: ClassVar[bool] = False
    stranger: ClassVar[links.Stranger] = "refused"
    readers: ClassVar[Mapping[str, Convert | None]] = {}
    past: ClassVar[tuple[str, ...]] = ()
    usual: ClassVar[Row] = {}
    named_by: ClassVar[str] = ""
    likeness_decides: ClassVar[bool] = False

    def __init__(self, task: Task) -> None:
        self.task = task
        self.connection = task.connection
        self.file_fields = frozenset(task.plan.fields())
        self.fields_by_column = {column(field): field for field in self.fields}
        names = {field.name: column(field) for field in self.fields}
        converters = self._all_converters()
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._names = [names.get(name, name) for name in converters]
        # An id in another program's file is not one of ours, but one that the user sets for all rows is.
        self._foreign_id = not (task.ours or "external_id" in self.keys or "id" in task.plan.constants)
        self.roster = Roster(task.work, task.connection)
        self.links = links.Customers(task, stranger=self.stranger) if self.of_customer else None
        self.columns = self.stored_columns()
        self.compared = self.compared_columns()
        self.waiting = Waiting(self.connection)
        self.faithful = known.is_empty(self.connection, self.table) and "id" in self.file_fields
        self.batch = self.make_batch()
        self.ids = KeptIds(self.batch, empty=self.faithful, place=task.place, prefix=self.prefix)
        self.last_known = known.last_id(self.connection, self.table)
        self.met: set[int] = set()
        self._externals: dict[str, int] = {}

    def _all_converters(self) -> dict[str, Convert | None]:
        task = self.task
        left_out = {*self.looked_up, *self.computed}
        read = [field for field in self.fields if field.name not in left_out]
        found: dict[str, Convert | None] = {field.name: task.reader.converter(field) for field in read}
        found |= self.converters()
        linked: dict[str, Convert | None] = {name: links.reference(task, name) for name in self.belongs_to}
        linked |= {"id": task.reader.whole, **(links.converters(task) if self.of_customer else {})}
        found |= {name: convert for name, convert in linked.items() if name not in found}
        return {name: convert for name, convert in found.items() if name in self.file_fields}

    # --- what a kind of record says ------------------------------------------------------------------------------

    def converters(self) -> dict[str, Convert | None]:
        """Return `readers`, and what needs the task to read."""
        return dict(self.readers)

    def stored_columns(self) -> Sequence[str]:
        """Return the columns of a new record."""
        if self.own_columns:
            return self.own_columns
        stored = [column(field) for field in self.fields if field.name not in (*self.looked_up, *self.computed)]
        return [*stored, *(("customer_id",) if self.of_customer else ()), *self.belongs_to]

    def compared_columns(self) -> Sequence[str]:
        """Return the columns in which a row is compared with its record."""
        return [name for name in self.columns if name not in self.stamps and name != "customer_id"]

    def make_batch(self) -> Batch:
        """Return where new records wait; whatever belongs to them waits behind."""
        return self.waiting.batch(self.table, self.columns)

    def link(self, row: Row) -> None:
        """Put the ids of the customer and of the contact that a row names into it; raise RowFault."""
        if self.links is not None:
            row["customer_id"] = self.links.of(row)
            if "contact" in row:
                row["contact_id"] = self.contact(row["customer_id"], row["contact"])

    def resolve(self, field: str, row: Row) -> None:
        """Put the id of the record that a row names in `field` into it; raise RowFault."""
        links.resolve(self.task, field, row, row["customer_id"])

    def check(self, row: Row) -> Verdict | None:
        """Complete what follows from the rest of a row, and raise RowFault for what can't be.

        A verdict is the end of a row that stands for no record of its own. Raises RowWaits.
        """
        return None

    def same(self, stored: Row, row: Row) -> bool:
        """Return whether the stored record with the id of a row is the one that the row means."""
        return all(stored[name] == row.get(name) for name in self.identity)

    def agrees(self, stored: Row, row: Row) -> bool:
        """Return whether a row can be the record that it names by a key."""
        return True

    def alike(self, row: Row) -> list[Row]:
        """Return the stored records that a row without a known key may be, in order."""
        values = {name: row[name] for name in self.likeness if name in row}
        return known.alike(self.connection, self.table, values, up_to=self.last_known)

    def equals(self, stored: Row, row: Row) -> bool:
        """Return whether a record that is alike says the same as a row."""
        return self.likeness_decides or next(iter(self.differences(stored, row, sure=False)), None) is None

    def new(self, row: Row) -> Row:
        """Return the values of a new record: what its row says, and what usually holds."""
        author = {} if self.faithful else dict.fromkeys(self.authors, self.task.work.user)
        return {"created_at": self.task.work.now_text, **author, **self.usual, **row}

    def insert_dependents(self, record_id: int, made: Row) -> None:
        """Queue what belongs to a new record, and do what follows from it."""

    def differences(self, stored: Row, row: Row, *, sure: bool) -> Iterator[Difference]:
        """Yield what differs between a row and a record; `sure`: a key says that it is that one. Raises RowFault."""
        for name in self.compared:
            new = row.get(name)
            if new is not None and new != stored[name]:
                field = self.fields_by_column[name]
                yield Difference(field.name, shown(field, stored[name]), partial(self.change, stored, {name: new}))

    def called(self, stored: Row) -> str:
        """Return what an error calls a known record."""
        return str(stored[self.named_by]) if self.named_by else f"{self.prefix}{stored['id']}"

    def change(self, stored: Row, change: Row) -> None:
        """Change a known record."""
        rows.update(self.connection, self.table, stored["id"], change)

    def changed(self, stored: Row) -> None:
        """Do what follows from the changes of a record, `stored` being what it was before."""

    def given(self, field: str, name: str) -> str:
        """Return whom a row gives work to by name; raise RowFault for somebody who has left."""
        try:
            return self.roster.named(name)
        except Refused as refused:
            raise RowFault(field, refused) from refused

    def usual_owner(self, field: str, *names: str | None) -> str:
        """Return who gets work for which a row names nobody: the first of `names`, else whoever imports.

        Raises RowFault where that one has left.
        """
        try:
            return self.roster.usual(*names)
        except Refused as refused:
            raise RowFault(field, refused) from refused

    # --- a row ---------------------------------------------------------------------------------------------------

    def take(self, cells: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault, RowWaits."""
        values = self._cells.read(cells)
        row: Row = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
        if self._foreign_id:
            row.pop("id", None)
        self.link(row)
        for name in self.needed:
            if name not in row:
                field = self.fields_by_column[name].name
                raise RowFault(field, UsageFault("empty-value", field=field))
        for field in self.belongs_to:
            self.resolve(field, row)
        for field in self.past:
            self.task.check_past(field, row)
        return self.check(row) or self.settle(row)

    def settle(self, row: Row) -> Verdict:
        """Make a row that was read and checked a new record, or let it change the one that it is; raise RowFault."""
        stored, sure = self.find(row)
        return self.insert(row) if stored is None else self.compare(stored, row, sure=sure)

    def finish(self) -> None:
        """Write what still waits."""
        self.waiting.flush()

    def insert(self, row: Row) -> Verdict:
        """Add a record; raise RowFault."""
        made = self.new(row)
        record_id = self.new_id(row)
        self.insert_dependents(record_id, made)
        self.waiting.add(self.batch, [record_id, *map(made.get, self.columns)])
        return "inserted"

    def new_id(self, row: Row) -> int:
        """Return the id of a new record, the one in the file where that is kept; the row is known by its keys then."""
        record_id = self.ids.new(row.get("id"))
        self.met.add(record_id)
        if "external_id" in row and "external_id" in self.keys:
            self._externals[row["external_id"]] = record_id
        return record_id

    def compare(self, stored: Row, row: Row, *, sure: bool) -> Verdict:
        """Let a row change the record that it is; raise RowFault where it contradicts or must not change it."""
        may_change = self.adds or "external_id" in self.keys or stored["id"] not in self.met
        self.met.add(stored["id"])
        differences = list(self.differences(stored, row, sure=sure))
        if differences:
            self.waiting.flush()
        update = self.task.update and may_change
        verdict = settle(differences, self.called(stored), update=update, place=self.task.place)
        if differences:
            self.changed(stored)
        return verdict

    # --- which record --------------------------------------------------------------------------------------------

    def find(self, row: Row) -> tuple[Row | None, bool]:
        """Return the record that a row is, and whether a key says so."""
        keyed = self.keyed(row)
        if keyed is not None:
            return (keyed, True) if self.agrees(keyed, row) else (None, False)
        if not self.last_known:
            return None, False
        left = [one for one in self.alike(row) if self._is_free(one, row)]
        equal = (one for one in left if self.equals(one, row))
        return next(equal, left[0] if left else None), False

    def _is_free(self, one: Row, row: Row) -> bool:
        """Return whether a stored record isn't another row of the file, and has no other key than a row."""
        if one["id"] > self.last_known or one["id"] in self.met:
            return False
        return not ("external_id" in self.keys and "external_id" in row and one["external_id"])

    def keyed(self, row: Row) -> Row | None:
        """Return the record that a row names by a key: one that this file made, else one that was here before."""
        made = {"id": self.ids.known(row.get("id")), "external_id": self._externals.get(row.get("external_id", ""))}
        record_id = next((made[key] for key in self.keys if made[key] is not None), None)
        if record_id is not None:
            self.waiting.flush()
            return rows.fetch(self.connection, self.table, record_id)
        if not self.last_known:
            return None
        for key in self.keys:
            found = self._by_id(row) if key == "id" else self._by_external_id(row)
            if found is not None:
                return found
        return None

    def _by_id(self, row: Row) -> Row | None:
        if row.get("id", ANY_ID) > self.last_known:
            return None
        found = rows.fetch(self.connection, self.table, row["id"])
        return found if found is not None and self.same(found, row) else None

    def _by_external_id(self, row: Row) -> Row | None:
        key = row.get("external_id")
        return None if key is None else known.by_external_id(self.connection, self.table, key)

    def contact(self, customer_id: int, name: str) -> int:
        """Return the first contact of a customer with a name; raise RowFault for none."""
        found = known.contacts_called(self.connection, customer_id, card.name_key(name), up_to=ANY_ID)
        if not found:
            raise RowFault("contact", NotFound("no-such-record", kind="contact", ref=name))
        return int(found[0]["id"])
