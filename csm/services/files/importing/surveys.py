"""Surveys from a file: rows, or a form that was filled in (`csm.transfer.survey_forms`).

A row is the survey with its external id, else the one with its id where customer and day agree, else an equal one of
that customer and day: the nth equal row is the nth stored one. Any other row is a new survey, since several people of
one customer can answer on one day; so only rows with a key change what is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Final

from csm.domain.errors import UsageFault
from csm.domain.quality_records import SURVEY
from csm.domain.records import Field, named
from csm.domain.settings import read_whole
from csm.domain.survey.reading import read_weights
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
from csm.domain.time.when import fold
from csm.services.files.importing import links
from csm.services.files.importing.rows import Difference, KeptIds, Task, Verdict, Waiting, settle, shown
from csm.services.files.importing.values import REMEMBERED, Cells, Convert, RowFault
from csm.services.survey.writing import ANSWERS
from csm.storage import rows
from csm.storage.files import known
from csm.storage.survey import rows as surveys

COMPUTED: Final[frozenset[str]] = frozenset()
MEANS: Final = tuple(f"{dimension}_{side}" for dimension in DIMENSIONS for side in SIDES)
SCORED: Final = tuple(f"{code}_{side}" for code in CODES for side in SIDES)
# Not looked up, worked out or scored: stored as the cell says.
PLAIN: Final = ("external_id", "taken_on", "respondent", "subject", "scale", "weights", "comment", *RANGES)
STAMPS: Final = ("created_at", "created_by")
COLUMNS: Final = (
    *("customer_id", "complaint_id", *PLAIN, *MEANS),
    *("items", "perceived", *STAMPS),
)
DEFAULTS: Final[dict[str, Any]] = {"respondent": "customer", "scale": 7}
ANY_ID: Final = 2**62
# As far as a mean in a file may be rounded.
NEARLY: Final = 0.001
# What people write where they have no answer.
UNANSWERED: Final = frozenset({"-", "–", "—", "/", "n/a", "na", "不适用", "未答", "无"})
_FIELDS: Final = {field.name: field for field in SURVEY}

Told = dict[str, Any]
Row = Mapping[str, Any]


class Surveys:
    """Takes rows of surveys."""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self._task = task
        converters = _converters(task)
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._names = list(converters)
        self._links = links.Customers(task)
        self._waiting = Waiting(task.connection)
        self._batch = self._waiting.batch("survey", COLUMNS)
        self._faithful = known.is_empty(task.connection, "survey") and "id" in task.plan.fields()
        self._ids = KeptIds(self._batch, empty=self._faithful, place=task.place, prefix="su")
        self._last_known = known.last_id(task.connection, "survey")
        self._met: set[int] = set()
        self._externals: dict[str, int] = {}
        self._compared = _compared(self._cells.given)

    def take(self, row: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault."""
        values = self._cells.read(row)
        told: Told = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
        self._check(told)
        keyed = self._keyed(told)
        made = {**told, **_scores(told, keyed)}
        if all(made.get(name) is None for name in ANSWERS):
            raise RowFault(self._place_of_answers(), UsageFault("no-answer"))
        if keyed is None:
            return self._take_without_key(made)
        self._met.add(keyed["id"])
        differences = list(self._differences(keyed, made))
        if differences:
            self._waiting.flush()
        return settle(differences, f"su{keyed['id']}", update=self._task.update, place=self._task.place)

    def finish(self) -> None:
        """Write what still waits."""
        self._waiting.flush()

    # --- what a row tells ---------------------------------------------------------------------------------------

    def _check(self, told: Told) -> None:
        """Put the ids of what the row belongs to into `told`; raise RowFault for what can't be of a survey."""
        manager = told.get("respondent") == "manager"
        who = {name: told.pop(name, None) for name in links.FIELDS}
        told["customer_id"] = self._links.of(who) if not manager or any(who.values()) else None
        if "taken_on" not in told:
            raise RowFault("taken_on", UsageFault("day-missing", field="taken_on"))
        if told["taken_on"] > self._task.work.today.isoformat():
            raise RowFault("taken_on", UsageFault("date-in-future", value=told["taken_on"]))
        if manager and "subject" in told:
            raise RowFault("subject", UsageFault("options-exclude", first="subject", second="respondent manager"))
        links.resolve(self._task, "complaint_id", told, told["customer_id"])

    def _place_of_answers(self) -> str:
        """Return the field whose place an error names where there is no answer: of a form the first item."""
        given = self._cells.given
        return next((name for name in (*SCORED, *ANSWERS) if name in given), "") if self._task.book else ""

    # --- which survey -------------------------------------------------------------------------------------------

    def _keyed(self, told: Told) -> Told | None:
        """Return the stored survey that a row names by its key."""
        connection = self._task.connection
        made = self._externals.get(told.get("external_id", "")) or self._ids.known(told.get("id"))
        if made is not None:
            self._waiting.flush()
            return rows.fetch(connection, "survey", made)
        if not self._last_known:
            return None
        if "external_id" in told:
            return surveys.by_external_id(connection, told["external_id"])
        if told.get("id", ANY_ID) <= self._last_known:
            found = rows.fetch(connection, "survey", told["id"])
            same = ("customer_id", "taken_on")
            if found is not None and all(found[name] == told[name] for name in same):
                return found
        return None

    def _take_without_key(self, made: Told) -> Verdict:
        if self._last_known:
            alike = surveys.taken_on(
                self._task.connection, made["customer_id"], made["taken_on"], up_to=self._last_known
            )
            left = [one for one in alike if one["id"] not in self._met and _of_the_same(one, made)]
            equal = next((one for one in left if self._equals(one, made)), None)
            new_key = "external_id" in made
            if equal is not None and not new_key:
                self._met.add(equal["id"])
                return "unchanged"
            if equal is not None or (left and made["customer_id"] is not None and not new_key):
                self.possible_doubles += 1
        self._insert(made)
        return "inserted"

    def _equals(self, stored: Row, made: Told) -> bool:
        """Tell whether a stored survey says the same in everything that the file has a column for."""
        return all(_same(name, stored[name], made.get(name, DEFAULTS.get(name))) for name in self._compared)

    # --- what becomes of the row --------------------------------------------------------------------------------

    def _insert(self, made: Told) -> None:
        work = self._task.work
        record: Told = {**DEFAULTS, "created_at": work.now_text}
        if not self._faithful:
            record["created_by"] = work.user
        record |= made
        survey_id = self._ids.new(made.get("id"))
        self._met.add(survey_id)
        if "external_id" in made:
            self._externals[made["external_id"]] = survey_id
        self._waiting.add(self._batch, [survey_id, *(record.get(name) for name in COLUMNS)])

    def _differences(self, stored: Told, made: Told) -> Iterator[Difference]:
        """Give what a row with a key says otherwise; an empty cell says nothing, and scores change together."""
        connection = self._task.connection
        for name in ("customer_id", "complaint_id", *PLAIN):
            new = made.get(name)
            if new is not None and new != stored[name]:
                field = _FIELDS.get(name)
                change = partial(rows.update, connection, "survey", stored["id"], {name: new})
                yield Difference("customer" if name == "customer_id" else name, shown(field, stored[name]), change)
        for name in (*MEANS, "items"):
            if not _same(name, stored[name], made[name]):
                scores = {one: made[one] for one in (*MEANS, "items", "perceived")}
                change = partial(rows.update, connection, "survey", stored["id"], scores)
                field_name, known_as = _first_difference(stored, made, name)
                yield Difference(field_name, known_as, change)
                return


# --- cells ----------------------------------------------------------------------------------------------------


def _converters(task: Task) -> dict[str, Convert | None]:
    """Return what reads each cell; scores stay text until the scale of their row is known."""
    reader = task.reader
    made: dict[str, Convert | None] = {
        name: reader.converter(named(SURVEY, name))
        for name in ("external_id", "taken_on", "subject", "comment", "reverse", *STAMPS)
    }
    made |= {name: lru_cache(REMEMBERED)(partial(_answer, name)) for name in RANGES}
    made |= {"respondent": _respondent, "scale": _scale, "weights": _weights}
    made |= {**dict.fromkeys(MEANS, reader.score), **dict.fromkeys(SCORED)}
    made |= {"id": reader.whole, "complaint_id": _case if task.ours else None}
    return made | links.converters(task)


def _answer(name: str, text: str) -> int | None:
    """Return a whole answer; a spreadsheet may have made 4 into 4.0."""
    plain = fold(text)
    if plain in UNANSWERED:
        return None
    return read_whole(re.sub("[.]0+$", "", plain), *RANGES[name])


def _respondent(text: str) -> str:
    return str(_read_choice(named(SURVEY, "respondent"), text.strip()))


def _scale(text: str) -> int:
    """Return the scale that 7, 1-7, 1 to 7 or 7分 says."""
    plain = re.sub("^1 ?(?:-|–|to|到|至|~) ?", "", fold(text))
    return int(str(_read_choice(named(SURVEY, "scale"), re.sub("(?:[.]0+| ?分制?| ?points?)$", "", plain))))


def _read_choice(field: Field, text: str) -> object:
    from csm.services.values import read_whole_term

    return read_whole_term(field, text)


def _weights(text: str) -> str | None:
    if fold(text) in UNANSWERED:
        return None
    return read_weights("weights", re.sub(r"\s*[,;/，；、]\s*|\s+", ",", text.strip()))


def _case(text: str) -> int:
    return read_whole(text.strip().casefold().removeprefix("cp"), 1, 10**15)


def _compared(given: frozenset[str]) -> tuple[str, ...]:
    """Return the columns that a survey without a key is compared in: those that the file tells anything about."""
    scored = any(name in given for name in (*MEANS, *SCORED))
    itemised = any(name in given for name in SCORED)
    return (
        *(name for name in PLAIN if name in given and name != "external_id"),
        *(MEANS if scored else ()),
        *(("items",) if itemised else ()),
    )


def _of_the_same(stored: Row, made: Told) -> bool:
    """Tell whether both come from the same side and are about the same supplier."""
    return bool(stored["respondent"] == made.get("respondent", "customer") and stored["subject"] == made.get("subject"))


def _same(name: str, one: Any, other: Any) -> bool:
    if name == "items":
        return one == other or items_of(one) == items_of(other)
    if name in MEANS and one is not None and other is not None:
        return abs(float(one) - float(other)) <= NEARLY
    return bool(one == other)


def _first_difference(stored: Told, made: Told, name: str) -> tuple[str, str]:
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


def _scores(told: Told, before: Told | None) -> Row:
    """Take the scores out of `told` and return the stored columns that hold them, over those of the survey `before`.

    Raises RowFault, also for a dimension that is told otherwise than its items make it.
    """
    scale = int(told.get("scale") or (before or DEFAULTS)["scale"])
    means = {name: _mean(name, told.pop(name), scale) for name in MEANS if name in told}
    items = {name: _item(name, told.pop(name), scale) for name in SCORED if name in told}
    stored = items_of(before["items"]) if before is not None else {}
    told_reverse = told.pop("reverse", None)
    reverse = any(item.reverse for item in stored.values()) if told_reverse is None else bool(told_reverse)
    made_items = _items(items, stored, reverse=reverse)
    made: dict[str, Any] = dict.fromkeys(MEANS)
    for place, side in enumerate(SIDES):
        if all((item.e, item.p)[place] is None for item in made_items.values()):
            names = [f"{dimension}_{side}" for dimension in DIMENSIONS]
            made |= {name: means.get(name) or (before or {}).get(name) for name in names}
    made |= {**worked_out(made_items, scale), "items": items_text(made_items)}
    made["perceived"] = perceived(made_items, scale)
    scores = [made[name] for name in MEANS] + [score for item in made_items.values() for score in (item.e, item.p)]
    if (highest := max((score for score in scores if score is not None), default=0)) > scale:
        # Scores that are here already, of another scale.
        raise RowFault("scale", UsageFault("beyond-scale", value=show_score(highest), scale=scale))
    for name, mean in means.items():
        _check_mean(name, mean, made[name])
    return made


def _items(told: Mapping[str, int | None], stored: Mapping[str, Item], *, reverse: bool) -> dict[str, Item]:
    """Return the items that have a score, over those of the survey that is here."""
    made = {}
    for code in CODES if told or stored else ():
        before = stored.get(code)
        e = told.get(f"{code}_e") or (before.e if before else None)
        p = told.get(f"{code}_p") or (before.p if before else None)
        if e is not None or p is not None:
            made[code] = Item(e, p, reverse and code in NEGATIVE)
    return made


def _check_mean(name: str, told: float | None, made: object) -> None:
    if told is None or (isinstance(made, float | int) and abs(told - made) <= NEARLY):
        return
    if not isinstance(made, float | int):
        codes = ITEMS[name[:-2]]
        raise RowFault(name, UsageFault("items-missing", value=show_score(told), first=codes[0], last=codes[-1]))
    raise RowFault(name, UsageFault("items-disagree", value=show_score(told), mean=show_score(made)))


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
