"""Which column of a file goes to which field, settled before the first row.

Owns what of this is set by hand (pairs, constants, values) and what happens where several columns fill one field. It
reads no cell's meaning but that of `values`: the texts it returns are still checked by the importer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Final, NamedTuple

from csm.domain.errors import FieldName, UsageFault
from csm.transfer.headings import (
    DATE_AND_TIME,
    FURTHER,
    ORGANISATIONS,
    PERSONS,
    SEVERAL,
    TIMES,
    TOWNS,
    known_headings,
    normal,
    own_field,
    targets,
)
from csm.transfer.survey_headings import survey_score

ANY_TEXT: Final = "*"
# The records that have own fields, `field.KEY`.
WITH_OWN_FIELDS: Final = frozenset({"customers"})
# Join the parts of an address in the order of its country; of the second, the first part is the town.
ADDRESS: Final = "address"
IN_TOWN: Final = "address in a town"


class Source(NamedTuple):
    """The columns of one field: their indexes in order, and what joins them; None: the first that isn't empty."""

    indexes: tuple[int, ...]
    joiner: str | None


class ColumnPlan(NamedTuple):
    """What becomes of a file's columns.

    columns: the source of each field. constants: fields with one value for all rows. unused: headings nothing takes.
    values: by field what its texts mean, the texts without case; `*` is every other one. further: the field that takes
    the other filled cells of a field with room for one. by_hand: fields that pairs name. left_over: takes note of
    the columns with a cell that found no room.
    """

    columns: Mapping[str, Source]
    constants: Mapping[str, str]
    unused: Sequence[str]
    values: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    further: Mapping[str, str] = MappingProxyType({})
    by_hand: AbstractSet[str] = frozenset()
    left_over: AbstractSet[int] = frozenset()

    def fields(self) -> list[str]:
        """Return the fields that every row will have."""
        return [*self.columns, *self.constants]

    def indexes_of(self, field: str) -> tuple[int, ...]:
        """Return the indexes of the columns of `field`, those whose further cells it takes too."""
        source = self.columns.get(field)
        before = [index for name, to in self.further.items() if to == field for index in self.indexes_of(name)]
        return (*(source.indexes if source else ()), *before)

    def meaning(self, field: str) -> Callable[[str], str] | None:
        """Return what turns a cell of `field` into the text that `--value` maps it to; None where it means itself."""
        meanings = self.values.get(field)
        if not meanings:
            return None
        rest = meanings.get(ANY_TEXT)

        def meant(text: str) -> str:
            bare = text.strip()
            return meanings.get(bare.casefold(), text if rest is None else rest) if bare else text

        return meant


def read_mapping(
    record: str,
    headings: Sequence[str],
    pairs: Sequence[str] = (),
    constants: Sequence[str] = (),
    values: Sequence[str] = (),
    made: Mapping[int, str] = MappingProxyType({}),
) -> ColumnPlan:
    """Plan the columns of a file of `record` (customers, contacts, sales, callbacks, complaints, ...).

    pairs: `Column=field`; `Column=` leaves the column out. constants: `FIELD=VALUE`, for all rows. values:
    `FIELD:TEXT=VALUE`, what a text means; the text `*` is every other one. made: the fields
    of columns that csm made itself of an address book, by index; pairs don't see them. A field set by hand takes
    nothing by itself from other columns, but where it has room for several. Raises unreadable-pair, unknown-heading,
    unknown-field, values-exclude.
    """
    known = known_headings(record)
    fixed = dict(_constant(record, known, text) for text in constants)
    by_hand, left_out = _by_hand(record, known, headings, pairs, made)
    twice = next(filter(by_hand.__contains__, fixed), None)
    if twice is not None:
        raise UsageFault("values-exclude", first=FieldName(f"map {twice}"), second=FieldName(f"set {twice}"))
    taken = left_out.union(*by_hand.values())
    columns = {field: Source(tuple(indexes), _hand_joiner(record, field)) for field, indexes in by_hand.items()}
    settled = {*fixed, *by_hand}
    for field, indexes in _by_itself(record, known, headings, taken, made, settled).items():
        if field in by_hand and field in SEVERAL[record]:
            columns[field] = Source((*by_hand[field], *indexes), _own_joiner(record, field))
        elif field not in settled:
            columns[field] = Source(tuple(indexes), _own_joiner(record, field, normal(headings[indexes[0]])))
    further = _further(record, columns, fixed)
    for field in further.values():
        columns.setdefault(field, Source((), _own_joiner(record, field)))
    unused = _unused(columns, headings)
    meanings = _meanings(record, known, values)
    return ColumnPlan(columns, fixed, unused, meanings, further, frozenset(by_hand), set())


def _unused(columns: Mapping[str, Source], headings: Sequence[str]) -> list[str]:
    used = {index for source in columns.values() for index in source.indexes}
    return [heading for index, heading in enumerate(headings) if index not in used]


def columns_called(pairs: Sequence[str], headings: Sequence[str]) -> set[int]:
    """Return the indexes of all columns that `pairs` name; raise unreadable-pair, unknown-heading."""
    return {index for pair in pairs for index in _columns_called(_pair(pair)[0], headings)}


def _further(record: str, columns: Mapping[str, Source], fixed: AbstractSet[str] | Mapping[str, str]) -> dict[str, str]:
    """Return where the further cells of fields go, in the order in which they are passed on."""
    found: dict[str, str] = {}
    for field, to in FURTHER.get(record, {}).items():
        source = columns.get(field)
        several = source is not None and source.joiner is None and len(source.indexes) > 1
        if (several or field in found.values()) and to not in fixed:
            found[field] = to
    return found


def _target(record: str, known: Mapping[str, str], text: str) -> str:
    own = own_field(text)
    if own and record not in WITH_OWN_FIELDS:
        raise UsageFault("no-own-fields", field=text, choices=targets(record))
    field = own or known.get(normal(text), "")
    if not field:
        choices = [*targets(record), *(["field.KEY"] if record in WITH_OWN_FIELDS else [])]
        raise UsageFault("unknown-field", field=text, choices=choices)
    return field


def _constant(record: str, known: Mapping[str, str], text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals:
        raise UsageFault("unreadable-pair", value=text, field=FieldName("set"))
    return _target(record, known, field), value


def _meanings(record: str, known: Mapping[str, str], values: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return by field what its texts mean, by `values`."""
    meanings: dict[str, dict[str, str]] = {}
    for value in values:
        # what another program writes may hold a `=`, what it means here hardly ever does
        text, equals, meant = value.rpartition("=")
        parts = re.fullmatch("([^:：]+)[:：](.+)", text, re.DOTALL)
        if not equals or parts is None or not parts[2].strip():
            raise UsageFault("unreadable-pair", value=value, field=FieldName("value"))
        meanings.setdefault(_target(record, known, parts[1]), {})[parts[2].strip().casefold()] = meant.strip()
    return meanings


def _pair(pair: str) -> tuple[str, str]:
    # a heading may hold a `=`, a field can't
    column, equals, text = pair.rpartition("=")
    if not equals:
        raise UsageFault("unreadable-pair", value=pair, field=FieldName("map"))
    return column, text


def _by_hand(
    record: str,
    known: Mapping[str, str],
    headings: Sequence[str],
    pairs: Sequence[str],
    made: Mapping[int, str],
) -> tuple[dict[str, list[int]], set[int]]:
    """Return the columns of each field that `pairs` name, in the order given, and the columns it leaves out."""
    chosen: dict[str, list[int]] = {}
    left_out: set[int] = set()
    for pair in pairs:
        column, text = _pair(pair)
        indexes = _columns_called(column, headings, made)
        if not text.strip():
            left_out.update(indexes)
            continue
        places = chosen.setdefault(_target(record, known, text), [])
        places.extend(index for index in indexes if index not in places)
    return chosen, left_out


def _columns_called(column: str, headings: Sequence[str], made: Mapping[int, str] = MappingProxyType({})) -> list[int]:
    """Return the indexes of `column`: as it stands in the file, else compared as headings are.

    Raises unknown-heading.
    """
    own = {index: heading for index, heading in enumerate(headings) if index not in made}
    found = [index for index, heading in own.items() if heading == column]
    if not found and (wanted := normal(column)):
        found = [index for index, heading in own.items() if normal(heading) == wanted]
    if not found:
        raise UsageFault("unknown-heading", column=column, choices=[*own.values()])
    return found


def _by_itself(
    record: str,
    known: Mapping[str, str],
    headings: Sequence[str],
    taken: set[int],
    made: Mapping[int, str],
    settled: AbstractSet[str],
) -> dict[str, list[int]]:
    """Return the columns of each field whose heading is known."""
    chosen: dict[str, list[int]] = {}
    # what csm made of an address book is what it says, whatever stands next to it
    forms = ["" if index in made else normal(heading) for index, heading in enumerate(headings)]
    for index, heading in enumerate(headings):
        if index not in taken and (field := made.get(index) or _field_of(record, known, heading, forms[index])):
            chosen.setdefault(field, []).append(index)
    if record == "customers":
        _part_persons(chosen, forms)
        _part_towns(chosen, forms, settled)
    for field in DATE_AND_TIME:
        if len(indexes := chosen.get(field, [])) > 1:
            chosen[field] = _date_and_time(indexes, headings)
    return chosen


def _field_of(record: str, known: Mapping[str, str], heading: str, form: str) -> str:
    """Return the field of a heading, which is compared in this form; nothing for one that isn't known."""
    own = own_field(heading) if record in WITH_OWN_FIELDS else ""
    field = own or known.get(form, "")
    return survey_score(heading) if record == "surveys" and not field else field


def _part_persons(chosen: dict[str, list[int]], forms: Sequence[str]) -> None:
    """Where there are the organisation and the person, let the person be its contact, and the customer without it."""
    names = chosen.get("name", [])
    has_house = any(forms[index] in ORGANISATIONS for index in names)
    called = {*PERSONS, "name"} if has_house else PERSONS
    persons = [index for index in names if forms[index] in called]
    if persons and len(persons) < len(names):
        chosen["name"] = [index for index in names if index not in persons] + persons
        chosen.setdefault("contact", persons)


def _part_towns(chosen: dict[str, list[int]], forms: Sequence[str], settled: AbstractSet[str]) -> None:
    """Where there is a town next to the region, let it be a part of the address, as the region has room for one."""
    regions = chosen.get("region", [])
    towns = [index for index in regions if forms[index] in TOWNS]
    if towns and "address" not in settled and (len(towns) < len(regions) or "region" in settled):
        chosen["region"] = [index for index in regions if index not in towns]
        chosen["address"] = [*towns, *chosen.get("address", [])]


def _date_and_time(indexes: list[int], headings: Sequence[str]) -> list[int]:
    """Return the columns of an instant, the date first: a column of times goes with one of dates, nothing else does."""
    times = [index for index in indexes if normal(headings[index]) in TIMES]
    dates = [index for index in indexes if index not in times]
    return [*dates[:1], *times[:1]] or indexes[:1]


def _hand_joiner(record: str, field: str) -> str:
    if field in {"tags", "contact_phone"} or (record == "contacts" and field == "phone"):
        return ";"
    return " "


def _own_joiner(record: str, field: str, first: str = "") -> str | None:
    """Return what joins the columns of a field, the `first` of which has this heading."""
    if field == "address" and first in TOWNS:
        return IN_TOWN
    if record == "customers" and field == "address":
        return ADDRESS
    if field not in SEVERAL[record]:
        return " " if field in DATE_AND_TIME else None
    return "\n" if field in {"note", "remarks", "details"} else _hand_joiner(record, field)


def join(texts: Sequence[str], joiner: str) -> str:
    """Return the filled cells of several columns as one text."""
    if joiner not in (ADDRESS, IN_TOWN):
        return joiner.join(texts)
    # a town that the street names already isn't written again
    parts = [part for place, part in enumerate(texts) if not any(part in later for later in texts[place + 1 :])]
    if any("\u3400" <= sign <= "\u9fff" for part in parts for sign in part):
        return "".join(parts)
    return ", ".join([*parts[1:], *parts[:1]] if joiner == IN_TOWN and len(parts) == len(texts) else parts)
