"""Which column of a file goes to which field, settled once before the first row.

Owns `--map`, `--set` and `--value` and what happens where several columns fill one field. It reads no cell's meaning
but what `--value` tells: the texts it gives are still to be checked by the importer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from csm.domain.errors import NoOwnFields, UnknownField, UnknownHeading, UnreadablePair
from csm.transfer.headings import (
    DATE_AND_TIME,
    PERSONS,
    PHONES,
    SEVERAL,
    TIMES,
    known_headings,
    normal,
    own_field,
    targets,
)
from csm.transfer.sheet import unguard, unguard_phone
from csm.transfer.survey_headings import survey_score

Getter = Callable[[Sequence[str]], dict[str, str]]
ANY_TEXT: Final = "*"
# The records that have own fields, `field.KEY`.
WITH_OWN_FIELDS: Final = frozenset({"customers"})


class Source(NamedTuple):
    """The columns of one field: their indexes in order, and what joins them; None: the first that isn't empty."""

    indexes: tuple[int, ...]
    joiner: str | None


class ColumnPlan(NamedTuple):
    """What becomes of a file's columns.

    columns: the source of each field. constants: fields with one value for all rows. unused: headings nothing takes.
    values: by field what its texts mean, the texts without case; `*` is every other one.
    """

    columns: Mapping[str, Source]
    constants: Mapping[str, str]
    unused: Sequence[str]
    values: Mapping[str, Mapping[str, str]] = MappingProxyType({})

    def fields(self) -> list[str]:
        """Return the fields that every row will have."""
        return [*self.columns, *self.constants]

    def column_of(self, field: str) -> int | None:
        """Return the index of the (first) column of `field`, for an error that names it; None without one."""
        source = self.columns.get(field)
        return source.indexes[0] if source else None

    def meaning(self, field: str) -> Callable[[str], str] | None:
        """Return what turns a cell of `field` into the text that it was told to mean; None where it means itself."""
        told = self.values.get(field)
        if not told:
            return None
        rest = told.get(ANY_TEXT)

        def meant(text: str) -> str:
            said = text.strip()
            return told.get(said.casefold(), text if rest is None else rest) if said else text

        return meant

    def getter(self, *, guarded: bool) -> Getter:
        """Return a quick function from a row to {field: text}, every field of the plan present.

        `guarded`: the file is a spreadsheet's (csv, tsv), where a leading `'` may be no part of the text.
        """
        clean = {field: (unguard_phone if field in PHONES else unguard) for field in self.columns}
        single = {field: source.indexes[0] for field, source in self.columns.items() if len(source.indexes) == 1}
        joined = [(field, source) for field, source in self.columns.items() if len(source.indexes) > 1]
        constants = dict(self.constants)
        meanings = [(field, meant) for field in self.columns if (meant := self.meaning(field)) is not None]

        def get(row: Sequence[str]) -> dict[str, str]:
            values = constants.copy()
            for field, index in single.items():
                values[field] = row[index]
            # one look at the whole row is quicker than one at every cell
            suspect = guarded and "'" in "".join(row)
            if suspect:
                for field in single:
                    values[field] = clean[field](values[field])
            for field, source in joined:
                cells = [row[index] for index in source.indexes]
                values[field] = _joined(map(clean[field], cells) if suspect else cells, source.joiner)
            for field, meant in meanings:
                values[field] = meant(values[field])
            return values

        return get


def read_mapping(
    record: str,
    headings: Sequence[str],
    pairs: Sequence[str] = (),
    constants: Sequence[str] = (),
    values: Sequence[str] = (),
) -> ColumnPlan:
    """Plan the columns of a file of `record` (customers, contacts, sales, callbacks, complaints, ...).

    pairs: the `--map` options, `Column=field`; `Column=` leaves the column out. constants: the `--set` options,
    `FIELD=VALUE`. values: the `--value` options, `FIELD:TEXT=VALUE`; the text `*` is every other one. A field set by
    hand takes nothing by itself from other columns. Raises UnreadablePair, UnknownHeading, UnknownField.
    """
    known = known_headings(record)
    fixed = dict(_constant(record, known, text) for text in constants)
    by_hand, left_out = _by_hand(record, known, headings, pairs)
    columns = {field: Source(tuple(indexes), _hand_joiner(record, field)) for field, indexes in by_hand.items()}
    taken = left_out.union(*by_hand.values())
    for field, indexes in _by_itself(record, known, headings, taken).items():
        if field not in columns:
            columns[field] = Source(tuple(indexes), _own_joiner(record, field))
    columns = {field: source for field, source in columns.items() if field not in fixed}
    used = {index for source in columns.values() for index in source.indexes}
    unused = [heading for index, heading in enumerate(headings) if index not in used]
    return ColumnPlan(columns, fixed, unused, _meanings(record, known, values))


def _joined(cells: Sequence[str] | map[str], joiner: str | None) -> str:
    filled = (cell for cell in cells if cell and not cell.isspace())
    return next(filled, "") if joiner is None else joiner.join(filled)


def _target(record: str, known: Mapping[str, str], text: str) -> str:
    own = own_field(text)
    if own and record not in WITH_OWN_FIELDS:
        raise NoOwnFields(field=text, choices=targets(record))
    field = own or known.get(normal(text), "")
    if not field:
        choices = [*targets(record), *(["field.KEY"] if record in WITH_OWN_FIELDS else [])]
        raise UnknownField(field=text, choices=choices)
    return field


def _constant(record: str, known: Mapping[str, str], text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals:
        raise UnreadablePair(value=text, option="--set")
    return _target(record, known, field), value


def _meanings(record: str, known: Mapping[str, str], values: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return by field what its texts mean, as `--value` tells."""
    told: dict[str, dict[str, str]] = {}
    for value in values:
        # what another program writes may hold a `=`, what it means here hardly ever does
        said, equals, meant = value.rpartition("=")
        parts = re.fullmatch("([^:：]+)[:：](.+)", said, re.DOTALL)
        if not equals or parts is None or not parts[2].strip():
            raise UnreadablePair(value=value, option="--value")
        told.setdefault(_target(record, known, parts[1]), {})[parts[2].strip().casefold()] = meant.strip()
    return told


def _by_hand(
    record: str, known: Mapping[str, str], headings: Sequence[str], pairs: Sequence[str]
) -> tuple[dict[str, list[int]], set[int]]:
    """Return the columns of each field that `--map` names, in the order given, and the columns it leaves out."""
    chosen: dict[str, list[int]] = {}
    left_out: set[int] = set()
    for pair in pairs:
        # a heading may hold a `=`, a field can't
        column, equals, text = pair.rpartition("=")
        if not equals:
            raise UnreadablePair(value=pair, option="--map")
        indexes = _columns_called(column, headings)
        if not text.strip():
            left_out.update(indexes)
            continue
        places = chosen.setdefault(_target(record, known, text), [])
        places.extend(index for index in indexes if index not in places)
    return chosen, left_out


def _columns_called(column: str, headings: Sequence[str]) -> list[int]:
    """Return the indexes of `column`: as it stands in the file, else compared as headings are; raise UnknownHeading."""
    found = [index for index, heading in enumerate(headings) if heading == column]
    if not found:
        wanted = normal(column)
        found = [index for index, heading in enumerate(headings) if wanted and normal(heading) == wanted]
    if not found:
        raise UnknownHeading(column=column, choices=list(headings))
    return found


def _by_itself(record: str, known: Mapping[str, str], headings: Sequence[str], taken: set[int]) -> dict[str, list[int]]:
    """Return the columns of each field whose heading is known."""
    chosen: dict[str, list[int]] = {}
    persons: list[int] = []
    for index, heading in enumerate(headings):
        field = (own_field(heading) if record in WITH_OWN_FIELDS else "") or known.get(normal(heading), "")
        if not field and record == "surveys":
            field = survey_score(heading)
        if index in taken or not field:
            continue
        chosen.setdefault(field, []).append(index)
        if record == "customers" and normal(heading) in PERSONS:
            persons.append(index)
    names = chosen.get("name", [])
    if persons and len(persons) < len(names):
        # a table with the organisation and the person: the person is its contact, and the customer where there is none
        chosen["name"] = [index for index in names if index not in persons] + persons
        chosen.setdefault("contact", persons)
    for field in DATE_AND_TIME:
        if len(indexes := chosen.get(field, [])) > 1:
            chosen[field] = _date_and_time(indexes, headings)
    return chosen


def _date_and_time(indexes: list[int], headings: Sequence[str]) -> list[int]:
    """Return the columns of an instant, the date first: a column of times goes with one of dates, nothing else does."""
    times = [index for index in indexes if normal(headings[index]) in TIMES]
    dates = [index for index in indexes if index not in times]
    return [*dates[:1], *times[:1]] or indexes[:1]


def _hand_joiner(record: str, field: str) -> str:
    if field in {"tags", "contact_phone"} or (record == "contacts" and field == "phone"):
        return ";"
    return " "


def _own_joiner(record: str, field: str) -> str | None:
    if field not in SEVERAL[record]:
        return " " if field in DATE_AND_TIME else None
    return "\n" if field in {"note", "remarks", "details"} else _hand_joiner(record, field)
