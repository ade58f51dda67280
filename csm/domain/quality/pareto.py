"""What most complaints are about: the largest first, and how much those down to each make up together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from csm.domain.quality.figures import rounded
from csm.domain.value import Value

# What complaints are told apart by: owner is who is in charge of the case, staff whom it is about.
BY: Final = ("content", "problem", "cause", "owner", "staff")


class Row(Value):
    """One of what was counted: its share of all, and that of all down to it. Name None: it wasn't said."""

    name: str | None
    n: int
    share: float
    cumulated: float


class Pareto(Value):
    """`by`, one of BY; its rows, the largest first; `total`, how many were counted."""

    by: str
    rows: Sequence[Row]
    total: int


class Unmet(Value):
    """An item of the checklists of services: how often it was not met of how often it was ticked."""

    item: str
    not_met: int
    ticked: int
    share: float


def pareto(by: str, counted: Mapping[str | None, int]) -> Pareto:
    """Return what was counted with the largest first, ties by name; what wasn't said is last."""
    total = sum(counted.values())
    ordered = sorted(counted.items(), key=lambda one: (one[0] is None, -one[1], one[0] or ""))
    found, so_far = [], 0
    for name, number in ordered:
        so_far += number
        found.append(Row(name, number, number / total, so_far / total))
    return Pareto(by, found, total)


def as_record(row: Row | Unmet) -> dict[str, Any]:
    """Return a row under the names of its values, shares to four decimals and none where they are whole."""
    return {name: rounded(value) if isinstance(value, float) else value for name, value in vars(row).items()}
