"""What a kind of record is: its names, its fields, and what lists and files show of it.

The kinds themselves are declared in csm/domain/NOUN/record.py. Nothing here reads, stores or
prints.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

from csm.domain.value import Value

# Every record that has a noun of the command line: how its imports and exports are typed, and the prefix of its short
# references. These are the command-line contract's; a note's is ours.
NOUNS: Final = {
    "customer": ("customers", "cu"),
    "callback": ("callbacks", "cb"),
    "complaint": ("complaints", "cp"),
    "promise": ("promises", "pr"),
    "sale": ("sales", "sa"),
    "service": ("services", "sv"),
    "survey": ("surveys", "su"),
    "note": ("notes", "nt"),
    "contact": ("contacts", "ct"),
    "payment": ("payments", ""),
    "loss": ("losses", ""),
    "pledge": ("pledges", ""),
    "staff": ("staff", ""),
    "setting": ("settings", ""),
}
PREFIXES: Final = {noun: prefix for noun, (_, prefix) in NOUNS.items() if prefix}
# A part of a repayment plan is no noun: it stands in what is due, and its plan is typed by the customer.
PREFIXES["instalment"] = "in"
OWN: Final = "field."  # before the key of an own field

FieldKind = Literal[
    "text",  # one line or more of text
    "choice",  # one of a closed list of terms
    "date",  # a calendar day, ISO 8601 text
    "instant",  # a moment, UTC text `2026-11-21T07:30:00Z`
    "money",  # whole cents
    "integer",
    "phone",  # as typed
    "email",
    "tags",  # texts joined by `;`
    "flag",  # 0 or 1
    "interval",  # 30d, 2w, 1m, 1y
    "customer",  # the name of another customer; stored is the id
    "settlement",  # 30, cash, weekly, half-monthly, monthly+15 and the others of `csm.domain.sale.settlement`
    "birthday",  # `1985-03-12`, or `--03-12` where the year isn't known
    "lunar",  # a birthday of the lunar calendar, as `csm.domain.time.lunar` stores it
    "json",  # records of a record, as a text of json
    "quantity",  # a number with at most three decimals
    "score",  # points of a scale, or a difference of them; people read at most two decimals
    "share",  # a part of a whole, 1.0 for all of it; people read it in per cent
]


class Field(NamedTuple):
    """One field of a kind of record.

    name: key in json and csv, column of the view; typed as an option it has dashes.
    heading: English heading of tables and cards, a msgid of the catalogue under the context "heading".
    terms: for choices, the name of the closed list in `csm.domain.terms`.
    group: section of the card.
    given: can be given to `add`, `edit` and an import; else it is computed.
    listed: a key that csv and json always carry (the contract, section 3); others appear on request.
    shown: in a table without `--columns`: 0 no, 1 always, 2 where the screen has room.
    personal: left out of lists and exports unless asked for (handbook 3).
    about: help text.
    kept: written to files too; what is worked out from the day or the settings couldn't come back with them.
    """

    name: str
    heading: str
    kind: FieldKind = "text"
    terms: str = ""
    group: str = ""
    given: bool = True
    listed: bool = True
    shown: int = 0
    personal: bool = False
    about: str = ""
    kept: bool = True


CREATED: Final = Field("created_at", "created", "instant", given=False, listed=False)


class Kind(Value):
    """A kind of record: its names, its fields, and what lists and files show of it.

    noun: as typed, and the name of its table.
    order: the usual order of a list, names of columns: "-" before one is descending, "?" behind one puts rows without
    it last.
    open: what is shown without --all: the values that a column may have, None for absent.
    sorts: the column by which a field is sorted, where it isn't its own.
    searched: the columns in which words are looked for.
    owner: the column of who is in charge.
    own_fields: records have fields of their own, field.KEY.
    nested: what a record has several of; fields of files that hold records of records.
    added: fields that only files have.
    source: the view, where it isn't NOUN_list.
    """

    noun: str
    fields: tuple[Field, ...]
    order: str = "id"
    open: Mapping[str, tuple[str | None, ...]] = {}
    sorts: Mapping[str, str] = {}
    searched: tuple[str, ...] = ()
    owner: str = "owner"
    own_fields: bool = False
    nested: tuple[Field, ...] = ()
    added: tuple[Field, ...] = ()
    source: str = ""

    @property
    def plural(self) -> str:
        """Return the noun of imports and exports, and the name of the file in a folder of a whole file."""
        return NOUNS[self.noun][0]

    @property
    def view(self) -> str:
        """Return the view that lists read."""
        return self.source or f"{self.noun}_list"

    @property
    def in_files(self) -> tuple[Field, ...]:
        """Return the fields of a file that can be read back, without `nested`."""
        return (*(field for field in self.fields if field.kept), *self.added)

    def field(self, name: str) -> Field:
        """Return the field called `name`; raise KeyError where there is none."""
        return named((*self.fields, *self.added), name)

    def changed(self, name: str, **properties: Any) -> "Kind":
        """Return the kind with other properties of one field."""
        fields = tuple(field._replace(**properties) if field.name == name else field for field in self.fields)
        return self._replace(fields=fields)


def names(fields: tuple[Field, ...]) -> list[str]:
    """Return the names of `fields` in their order."""
    return [field.name for field in fields]


def named(fields: tuple[Field, ...], name: str) -> Field:
    """Return the field called `name`; raise KeyError where there is none."""
    for field in fields:
        if field.name == name:
            return field
    raise KeyError(name)
