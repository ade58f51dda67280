"""A filled form of a survey, a row a question, turned into ordinary rows: one for each respondent.

Owns which columns and rows of a form are what. The cells stay as written and remember where they stood, so that an
error can name the place in the form; what they mean is judged by the importer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from csm.domain.survey.scores import CODES, SIDES
from csm.transfer.headings import known_headings, normal
from csm.transfer.reading import Table
from csm.transfer.sheet import unguard
from csm.transfer.survey_headings import plain, survey_dimension, survey_score

_CODE: Final = frozenset({"code", "item", "itemcode", "no", "no.", "代码", "代号", "题号", "编号", "序号", "题目编号"})
_ANSWER: Final = re.compile(
    "(?:(expectations?|expected|expect|期望|期待)|(perceptions?|perceived|perceive|actual|感知|感受|实际|体验))"
    "(?:值|得分|分数|评分|分)?[ _#-]*([0-9]{1,3})? *(?=$|[:(/\\[])"
)
_ITEM: Final = re.compile("q? *0?([0-9]{1,2})[.、:]?")
# What the first respondent tells of the whole holds for those after who leave it empty.
_SHARED: Final = ("customer", "taken_on", "scale", "reverse")
# Printed in every column of a blank form, so nobody's answer.
_PRINTED: Final = "scale"


class Placed(str):
    """A cell that remembers where it stood in the file: its line, and the first words of its column's heading."""

    __slots__ = ("column", "line")

    line: int
    column: str

    @classmethod
    def at(cls, line: int, column: str, text: str) -> Placed:
        """Return the text as a cell that stood there."""
        made = cls(text)
        made.line, made.column = line, column
        return made


class _Pair(NamedTuple):
    """The indexes of a respondent's columns, None for one that the form doesn't have."""

    e: int | None
    p: int | None


def as_rows(table: Table, *, guarded: bool) -> Table | None:
    """Return a filled form as a table of respondents; None for any other table. Reads it whole."""
    found = _columns(table.headings)
    if found is None:
        return None
    code, pairs = found
    names = [_short(heading) for heading in table.headings]
    columns: list[dict[str, Placed]] = [{} for _ in pairs]
    first_line = 0
    for line, row in table.rows:
        cells = list(map(unguard, row)) if guarded else row
        field = _field(cells[code])
        first_line = first_line or line
        for answers, pair in zip(columns, pairs, strict=True):
            for name, cell in _answers(field, pair, line, cells, names):
                # A question that stands there twice was answered where something stands.
                answers[name] = answers.get(name) or cell
    return _respondents(columns, first_line)


def is_form_heading(heading: str) -> bool:
    """Return whether a heading is one of a form: its codes, or somebody's answers."""
    return normal(_short(heading)) in _CODE or _ANSWER.match(plain(heading)) is not None


def _columns(headings: Sequence[str]) -> tuple[int, list[_Pair]] | None:
    """Return the column of the codes and each respondent's columns; None where this isn't a form."""
    code = next((index for index, heading in enumerate(headings) if normal(_short(heading)) in _CODE), None)
    pairs: dict[int, dict[str, int]] = {}
    for index, heading in enumerate(headings):
        if index != code and not survey_score(heading):
            _add_column(pairs, _ANSWER.match(plain(heading)), index)
    if code is None or not pairs:
        return None
    return code, [_Pair(pair.get("e"), pair.get("p")) for _, pair in sorted(pairs.items())]


def _add_column(pairs: dict[int, dict[str, int]], match: re.Match[str] | None, index: int) -> None:
    if match is None:
        return
    side, number = "e" if match[1] else "p", int(match[3] or 1)
    # Columns that somebody copied have the same heading again.
    while side in pairs.get(number, {}):
        number += 1
    pairs.setdefault(number, {})[side] = index


def _short(heading: str) -> str:
    """Return a heading without the explanation behind its colon."""
    return re.split("[:：]", heading.strip("\ufeff \t\r\n"), maxsplit=1)[0].strip()


def _field(text: str) -> str:
    """Return what a code stands for: q1, a dimension, a field of the whole; a code that is none of these is itself."""
    text_read = plain(text)
    item = _ITEM.fullmatch(text_read)
    if item is not None and f"q{int(item[1])}" in CODES:
        return f"q{int(item[1])}"
    return survey_dimension(text_read) or known_headings("surveys").get(normal(text), text.strip())


def _answers(
    field: str, pair: _Pair, line: int, cells: Sequence[str], names: Sequence[str]
) -> list[tuple[str, Placed]]:
    """Return (field, cell) of one question and one respondent; two answers where there is one are left as they are."""
    if not field:
        return []
    columns = {side: index for side, index in zip(SIDES, pair, strict=True) if index is not None}
    placed = {side: Placed.at(line, names[index], cells[index].strip()) for side, index in columns.items()}
    if field in CODES or survey_dimension(field):
        return [(f"{field}_{side}", cell) for side, cell in placed.items()]
    filled = list(dict.fromkeys(filter(None, placed.values()))) or [*placed.values()][:1]
    return [(field, filled[0] if len(filled) == 1 else Placed.at(line, filled[0].column, "; ".join(filled)))]


def _respondents(columns: list[dict[str, Placed]], line: int) -> Table:
    fields = known_headings("surveys").values()
    headings = [name for name in columns[0] if name in fields or any(one[name] for one in columns)]
    nothing = Placed.at(line, "", "")
    rows: list[tuple[int, Sequence[str]]] = []
    for answers in filter(_is_filled, columns):
        _share(columns[0], answers)
        rows.append((line, [answers.get(name, nothing) for name in headings]))
    return Table(headings, iter(rows))


def _is_filled(answers: dict[str, Placed]) -> bool:
    return any(cell for name, cell in answers.items() if name != _PRINTED)


def _share(first: dict[str, Placed], answers: dict[str, Placed]) -> None:
    for name in _SHARED:
        if name in answers:
            answers[name] = answers[name] or first[name]
