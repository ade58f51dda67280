"""Surveys from a file: rows, or a form that was filled in (`csm.transfer.survey_forms`).

A row is the survey with its external id, else the one with its id where customer and day agree, else an equal one of
that customer and day: the nth equal row is the nth stored one. Any other row is a new survey, since several people of
one customer can answer on one day; so only rows with a key change what is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any, Final

from csm.domain.errors import UsageFault
from csm.domain.kinds import named
from csm.domain.settings import read_whole
from csm.domain.survey.reading import read_weights
from csm.domain.survey.record import SURVEY
from csm.domain.survey.scores import (
    CODES,
    DIMENSIONS,
    ITEMS,
    NEGATIVE,
    RANGES,
    SIDES,
    Item,
    items_of,
    items_text,
    perceived,
    read_score,
    show_score,
)
from csm.domain.survey.scores import means as worked_out
from csm.domain.time.numerals import fold
from csm.services.files.importing import links
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import Difference, Row, Task, Verdict, shown
from csm.services.files.importing.values import REMEMBERED, Convert, RowFault
from csm.services.survey.writing import ANSWERS
from csm.services.values import read_whole_term
from csm.storage.files import known

MEANS: Final = tuple(f"{dimension}_{side}" for dimension in DIMENSIONS for side in SIDES)
SCORED: Final = tuple(f"{code}_{side}" for code in CODES for side in SIDES)
# Not looked up, worked out or scored: stored as the cell says.
PLAIN: Final = ("external_id", "taken_on", "respondent", "subject", "scale", "weights", "comment", *RANGES)
STAMPS: Final = ("created_at", "created_by")
DEFAULTS: Final[Row] = {"respondent": "customer", "scale": 7}
# As far as a mean in a file may be rounded.
NEARLY: Final = 0.001
# What people write where they have no answer.
UNANSWERED: Final = frozenset({"-", "–", "—", "/", "n/a", "na", "不适用", "未答", "无"})


class Surveys(RowImporter):
    """Takes rows of surveys."""

    table = "survey"
    prefix = "su"
    fields = SURVEY
    looked_up = tuple(field.name for field in SURVEY)
    required = (("taken_on",),)
    keys = ("external_id", "id")
    identity = ("customer_id", "taken_on")
    own_columns = ("customer_id", "complaint_id", *PLAIN, *MEANS, "items", "perceived", *STAMPS)
    belongs_to = ("complaint_id",)
    authors = ("created_by",)
    usual = DEFAULTS

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._compared = _compared(self.file_fields)

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads each cell; scores stay text until the scale of their row is known."""
        reader = self.task.reader
        made: dict[str, Convert | None] = {
            name: reader.converter(named(SURVEY, name))
            for name in ("external_id", "taken_on", "subject", "comment", "reverse", *STAMPS)
        }
        made |= {name: lru_cache(REMEMBERED)(partial(_answer, name)) for name in RANGES}
        made |= {"respondent": _respondent, "scale": _scale, "weights": _weights}
        made |= {**dict.fromkeys(MEANS, reader.score), **dict.fromkeys(SCORED)}
        return made | {"complaint_id": _case if self.task.ours else None}

    def link(self, row: Row) -> None:
        """Put the id of the customer into a row; raise RowFault for what can't be of a survey."""
        manager = row.get("respondent") == "manager"
        if manager and not any(row.get(name) for name in links.FIELDS):
            row["customer_id"] = None
        else:
            super().link(row)
        if "taken_on" not in row:
            raise RowFault("taken_on", UsageFault("day-missing", field="taken_on"))
        self.task.check_past("taken_on", row)
        if manager and "subject" in row:
            raise RowFault("subject", UsageFault("values-exclude", first="subject", second="respondent manager"))

    def same(self, stored: Row, row: Row) -> bool:
        """Return whether customer and day agree; a row with another program's key is known by that alone."""
        return "external_id" not in row and super().same(stored, row)

    def settle(self, row: Row) -> Verdict:
        """Import the scores of a row, over those of the survey that it names by a key; raise RowFault."""
        keyed = self.keyed(row)
        made = {**row, **_scores(row, keyed)}
        if all(made.get(name) is None for name in ANSWERS):
            raise RowFault(self._place_of_answers(), UsageFault("no-answer"))
        if keyed is not None:
            return self.compare(keyed, made, sure=True)
        return self._find_equal(made) or self.insert(made)

    def _place_of_answers(self) -> str:
        """Return the field whose place an error names where there is no answer: of a form the first item."""
        return next((name for name in (*SCORED, *ANSWERS) if name in self.file_fields), "") if self.task.derived else ""

    def _find_equal(self, made: Row) -> Verdict | None:
        """Let a row without a key be the next survey that says the same; else note what it may be a double of."""
        new_key = "external_id" in made
        left = [one for one in self.alike(made) if one["id"] not in self.met and _of_the_same(one, made)]
        equal = [one for one in left if self.equals(one, made)]
        if equal and not new_key:
            self.met.add(equal[0]["id"])
            return "unchanged"
        doubles = equal if new_key else left if made["customer_id"] is not None else ()
        self.task.place.possible_doubles += bool(doubles)
        return None

    def alike(self, row: Row) -> list[Row]:
        """Return the surveys of the customer, or of none, on the day."""
        if not self.last_known:
            return []
        values = {name: row[name] for name in self.identity}
        return known.alike(self.connection, "survey", values, up_to=self.last_known)

    def equals(self, stored: Row, row: Row) -> bool:
        """Return whether a stored survey says the same in everything that the file has a column for."""
        return all(_same(name, stored[name], row.get(name, DEFAULTS.get(name))) for name in self._compared)

    def differences(self, stored: Row, row: Row, *, sure: bool) -> Iterator[Difference]:
        """Yield what a row with a key has otherwise; an empty cell says nothing, and scores change together."""
        for name in ("customer_id", "complaint_id", *PLAIN):
            new = row.get(name)
            if new is not None and new != stored[name]:
                field = self.fields_by_column.get(name)
                change = partial(self.change, stored, {name: new})
                yield Difference("customer" if name == "customer_id" else name, shown(field, stored[name]), change)
        different = next((name for name in (*MEANS, "items") if not _same(name, stored[name], row[name])), None)
        if different is not None:
            scores = {name: row[name] for name in (*MEANS, "items", "perceived")}
            field_name, known_as = _first_difference(stored, row, different)
            yield Difference(field_name, known_as, partial(self.change, stored, scores))


# --- cells ----------------------------------------------------------------------------------------------------


def _answer(name: str, text: str) -> int | None:
    """Return a whole answer; a spreadsheet may have made 4 into 4.0."""
    plain = fold(text)
    if plain in UNANSWERED:
        return None
    return read_whole(re.sub("[.]0+$", "", plain), *RANGES[name])


def _respondent(text: str) -> str:
    return read_whole_term(named(SURVEY, "respondent"), text.strip())


def _scale(text: str) -> int:
    """Return the scale that 7, 1-7, 1 to 7 or 7分 says."""
    plain = re.sub("^1 ?(?:-|–|to|到|至|~) ?", "", fold(text))
    return int(read_whole_term(named(SURVEY, "scale"), re.sub("(?:[.]0+| ?分制?| ?points?)$", "", plain)))


def _weights(text: str) -> str | None:
    if fold(text) in UNANSWERED:
        return None
    return read_weights("weights", re.sub(r"\s*[,;/，；、]\s*|\s+", ",", text.strip()))


def _case(text: str) -> int:
    return read_whole(text.strip().casefold().removeprefix("cp"), 1, 10**15)


def _compared(file_fields: frozenset[str]) -> tuple[str, ...]:
    """Return the columns that a survey without a key is compared in: those that the file tells anything about."""
    scored = any(name in file_fields for name in (*MEANS, *SCORED))
    itemised = any(name in file_fields for name in SCORED)
    return (
        *(name for name in PLAIN if name in file_fields and name != "external_id"),
        *(MEANS if scored else ()),
        *(("items",) if itemised else ()),
    )


def _of_the_same(stored: Row, made: Row) -> bool:
    """Return whether both come from the same side and are about the same supplier."""
    return bool(stored["respondent"] == made.get("respondent", "customer") and stored["subject"] == made.get("subject"))


def _same(name: str, one: Any, other: Any) -> bool:
    if name == "items":
        return one == other or items_of(one) == items_of(other)
    if name in MEANS and one is not None and other is not None:
        return abs(float(one) - float(other)) <= NEARLY
    return bool(one == other)


def _first_difference(stored: Row, made: Row, name: str) -> tuple[str, str]:
    """Return the field by which a file tells scores that differ, and what the survey has there."""
    if name != "items":
        return name, "" if stored[name] is None else show_score(stored[name])
    before, after = items_of(stored["items"]), items_of(made["items"])
    for code in CODES:
        for side in SIDES:
            scores = [getattr(items.get(code), side, None) for items in (before, after)]
            if scores[0] != scores[1]:
                return f"{code}_{side}", "" if scores[0] is None else str(scores[0])
    return "reverse", "yes" if any(item.reverse for item in before.values()) else "no"


# --- scores ---------------------------------------------------------------------------------------------------


def _scores(row: Row, before: Row | None) -> Row:
    """Take the scores out of a row and return the stored columns that hold them, over those of the survey `before`.

    Raises RowFault, also for a dimension that the row has otherwise than its items make it.
    """
    stored: Row = before or {}
    scale = int(row.get("scale") or (before or DEFAULTS)["scale"])
    means = {name: _mean(name, row.pop(name), scale) for name in _in(row, MEANS)}
    items = _items(row, stored, scale)
    itemised = _itemised(items)
    made = {name: None if name.endswith(itemised) else means.get(name) or stored.get(name) for name in MEANS}
    made |= {**worked_out(items, scale), "items": items_text(items), "perceived": perceived(items, scale)}
    _check_scores(made, items, scale)
    _check_means(means, made)
    return made


def _itemised(items: Mapping[str, Item]) -> tuple[str, ...]:
    """Return how the names end of the dimensions of a side that has items; without any, what was said counts."""
    return tuple(f"_{side}" for side in SIDES if any(getattr(item, side) is not None for item in items.values()))


def _in(row: Row, names: Sequence[str]) -> list[str]:
    return [name for name in names if name in row]


def _pair(item: Item) -> tuple[int | None, int | None]:
    return item.e, item.p


def _check_scores(made: Row, items: Mapping[str, Item], scale: int) -> None:
    """Raise RowFault for scores that are here already, of another scale."""
    scores = [*map(made.get, MEANS), *chain.from_iterable(map(_pair, items.values()))]
    highest = max((score for score in scores if score is not None), default=0)
    if highest > scale:
        raise RowFault("scale", UsageFault("beyond-scale", value=show_score(highest), scale=scale))


def _items(row: Row, stored: Row, scale: int) -> dict[str, Item]:
    """Take the items out of a row and return those that have a score, over those of the survey that is here."""
    scores = {name: _item(name, row.pop(name), scale) for name in _in(row, SCORED)}
    before = items_of(stored["items"]) if stored else {}
    reversed_ = bool(row.pop("reverse", any(item.reverse for item in before.values())))
    merged = {code: _merged(code, scores, before.get(code)) for code in (CODES if scores or before else ())}
    return {code: Item(*pair, reversed_ and code in NEGATIVE) for code, pair in merged.items() if pair != (None, None)}


def _merged(code: str, scores: Mapping[str, int | None], before: Item | None) -> tuple[int | None, int | None]:
    e, p = (None, None) if before is None else _pair(before)
    return scores.get(f"{code}_e") or e, scores.get(f"{code}_p") or p


def _check_means(means: Mapping[str, float | None], made: Row) -> None:
    """Raise RowFault for a dimension that a row has otherwise than its items make it."""
    for name, mean in means.items():
        _check_mean(name, mean, made[name])


def _check_mean(name: str, mean: float | None, made: object) -> None:
    if mean is None or (isinstance(made, float | int) and abs(mean - made) <= NEARLY):
        return
    if not isinstance(made, float | int):
        codes = ITEMS[name[:-2]]
        raise RowFault(name, UsageFault("items-missing", value=show_score(mean), first=codes[0], last=codes[-1]))
    raise RowFault(name, UsageFault("items-disagree", value=show_score(mean), mean=show_score(made)))


@lru_cache(REMEMBERED)
def _read_score(text: str, scale: int, whole: bool) -> float | None:
    plain = fold(text)
    if plain in UNANSWERED:
        return None
    return read_score(text, scale, whole=whole)


def _mean(name: str, text: str, scale: int) -> float | None:
    try:
        return _read_score(text, scale, False)
    except UsageFault as fault:
        raise RowFault(name, fault) from fault


def _item(name: str, text: str, scale: int) -> int | None:
    try:
        score = _read_score(text, scale, True)
    except UsageFault as fault:
        raise RowFault(name, fault) from fault
    return None if score is None else int(score)
