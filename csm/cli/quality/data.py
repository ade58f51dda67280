"""Figures of service quality as programs read them: rows of csv and objects of json (source: cli.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from csm.domain.quality.figures import NOTHING, SUMMARY, Figure, Group, Measured, of, rounded
from csm.domain.survey.scores import DIMENSIONS
from csm.render.listing import Row
from csm.services.quality.measuring import Part

_OF_DIMENSION: Final = ("expectation", "perception", "gap", "weight")
# What the counts of a section are counted among: where that is 0 they say nothing (source: cli.md 3).
_AMONG: Final = {"complaints": "n", "callbacks": "due", "promises": "n", "retention": "start"}
# Counts beside, of what isn't among that.
_BESIDE: Final = frozenset(("grievances", "unplanned"))


def figures_of(section: str, *, summary: bool = False) -> tuple[Figure, ...]:
    """Return the figures of a section in their order; for the summary those that its contract names."""
    return tuple(figure for figure in of(section) if not (summary and figure.own))


def csv_rows(section: str, now: Group, before: Group | None, *, summary: bool = False) -> list[Row]:
    """Return section, figure, value, n and the value before, a row a figure."""
    then = before or {}
    return [
        (section, figure.name, _told(figure, now), now.get(figure.name, NOTHING).n, _told(figure, then))
        for figure in figures_of(section, summary=summary)
    ]


def _told(figure: Figure, group: Group) -> float | None:
    """Return the value of a figure; None for a count among nothing."""
    among = _AMONG.get(figure.section)
    if among and figure.kind == "count" and figure.name != among and figure.name not in _BESIDE:
        return group.get(figure.name, NOTHING).value if group.get(among, NOTHING).value else None
    return group.get(figure.name, NOTHING).value


def json_group(
    section: str, group: Group, extras: Mapping[str, Any] | None = None, *, summary: bool = False
) -> dict[str, Any]:
    """Return a section's figures by name, then under "counted" of how many those were made that aren't counts."""
    figures = figures_of(section, summary=summary)
    dimensions = tuple(f"{dimension}_" for dimension in DIMENSIONS) if section == "servqual" else ()
    plain = [figure for figure in figures if not figure.name.startswith(dimensions)] if dimensions else figures
    made: dict[str, Any] = {figure.name: rounded(_told(figure, group)) for figure in plain}
    if dimensions:
        made["dimensions"] = [_dimension(name, group) for name in DIMENSIONS]
    counted = {figure.name: group.get(figure.name, NOTHING).n for figure in plain if figure.kind != "count"}
    return {**made, "counted": counted, **(extras or {})}


def json_part(part: Part, section: str, extras: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a section of a period: its days, its figures, the same of the days before, and `extras`."""
    group = json_group(section, part.now[section])
    before = {**_days(part.days.before), **json_group(section, part.before[section])}
    return {**_days(part.days.now), **group, "before": before, **(extras or {})}


def json_summary(part: Part, customers: int) -> dict[str, Any]:
    """Return the summary of a period in the order of the contract; customers: how many are active at its start."""
    groups = {section: json_group(section, part.now[section], summary=True) for section in SUMMARY}
    return {**_days(part.days.now), "customers": customers, **groups}


def shortened(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with its scores rounded."""
    return {key: rounded(value) if isinstance(value, float) else value for key, value in record.items()}


def array(objects: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[Row]]:
    """Return the keys of objects that have the same, and their values, those of several values as texts of json."""
    # Only figures by groups come here; the package would be a tenth of a summary's time.
    import json

    rows: list[Row] = []
    keys: list[str] = []
    for each in objects:
        keys = list(each)
        rows.append([json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else v for v in each.values()])
    return keys, rows


def _days(days: Any) -> dict[str, str]:
    return {"from": days.first.isoformat(), "to": days.last.isoformat()}


def _dimension(name: str, group: Group) -> dict[str, Any]:
    def told(figure: str) -> Measured:
        return group.get(f"{name}_{figure}", NOTHING)

    scores = {figure: rounded(told(figure).value) for figure in _OF_DIMENSION}
    alpha = told("alpha")
    return {"dimension": name, **scores, "n": told("gap").n, "alpha": rounded(alpha.value), "alpha_n": alpha.n}
