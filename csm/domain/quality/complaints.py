"""Figures of complaints, from what was counted of the cases of a period, and what most are about (handbook 10.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from csm.domain.quality.figures import Group, Measured, count, rounded, share
from csm.domain.quality.figures import mean as mean_of
from csm.domain.value import Value


class Ordered(Protocol):
    """Whole numbers from small to large."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> int: ...


def percentile(ordered: Ordered, share: float) -> float | None:
    """Return the value below which `share` of the values lie, linear between two; None of nothing.

    0.9 of 1 to 10 is 9.1: nine tenths of the way from the first place to the last.
    """
    if not len(ordered):
        return None
    place, rest = divmod(share * (len(ordered) - 1), 1)
    lower = ordered[int(place)]
    return float(lower) if not rest else lower + (ordered[int(place) + 1] - lower) * rest


# The parts of a case's mark, apart by |; "" is what isn't known, 1 and 0 are yes and no.
MARK: Final = (
    *("level", "status", "founded", "live", "response", "resolution", "reopened", "by_hand", "by_policy"),
    *("on_spot", "satisfaction", "first_outcome", "missed"),
)
HOUR: Final = 3600
SHARES: Final = {"median": 0.5, "p90": 0.9}
# Which times make which figures, which end in _median_h and _p90_h.
TIMES: Final = ("first_response", "resolution", "total_resolution")


class Late(Value):
    """Complaints whose clock runs and is past its time: first response, of those not taken live, and resolution."""

    response: int = 0
    resolution: int = 0


class Counted(Value):
    """What was counted of the cases of a period; None is what nobody asked for.

    marks: how many cases have which mark, of whatever level. spans: by time, of TIMES, how long it took, in seconds of
    working time from small to large. customers: who complained; again: who of them bought
    afterwards. active: active customers at the start.
    """

    marks: Mapping[str, int] | None = None
    late: Late = Late()
    spans: Mapping[str, Ordered] | None = None
    repeated: int | None = None
    customers: int | None = None
    again: int = 0
    active: int | None = None


def figures(counted: Counted) -> Group:
    """Return the figures that follow from what was counted."""
    found: Group = {}
    if counted.marks is not None:
        found |= _of_marks(counted.marks, counted.late)
    if counted.marks is not None and counted.active is not None:
        n = found["n"].n
        found["per_100_customers"] = Measured(100 * n / counted.active if counted.active else None, counted.active)
    if counted.spans is not None:
        found |= _of_spans(counted.spans)
    if counted.repeated is not None:
        found["repeated"] = count(counted.repeated)
    if counted.customers is not None:
        found["bought_again"] = share(counted.again, counted.customers)
    return found


def _of_marks(marks: Mapping[str, int], late: Late) -> Group:
    told: Counter[str] = Counter()
    for mark, number in marks.items():
        for name in _says(dict(zip(MARK, mark.split("|"), strict=True))):
            told[name] += number
    scores = {score: told[f"satisfaction {score}"] for score in range(1, 6)}
    rated = sum(scores.values())
    response, resolution = told["response met"], told["resolution met"]
    return {
        "n": count(told["complaint"]),
        "founded": share(told["founded"], told["founded"] + told["unfounded"]),
        "first_response_met": share(response, response + told["response missed"] + late.response),
        "resolution_met": share(resolution, resolution + told["resolution missed"] + late.resolution),
        "satisfaction": mean_of(sum(score * number for score, number in scores.items()), rated),
        "grievances": count(told["grievance"]),
        **{name: count(told[name]) for name in _COUNTS},
    }


# Figures that are the number of complaints of which this is so.
_COUNTS: Final = (
    *("reopened", "escalated", "escalated_by_policy", "escalated_by_hand", "settled_on_spot", "unresolved", "live"),
)


def _says(of: Mapping[str, str]) -> list[str]:
    """Return all that is counted of a case with this mark."""
    if of["level"] != "complaint":
        return ["grievance"]
    live, by_hand, by_policy = (of[name] == "1" for name in ("live", "by_hand", "by_policy"))
    so = {
        "complaint": True,
        of["founded"]: bool(of["founded"]),
        f"response {of['response']}": not live,
        f"resolution {of['resolution']}": True,
        f"satisfaction {of['satisfaction']}": True,
        "reopened": of["reopened"] == "1",
        "escalated": by_hand or by_policy,
        "escalated_by_policy": by_policy,
        "escalated_by_hand": by_hand,
        "settled_on_spot": of["on_spot"] == "1",
        "unresolved": of["status"] == "unresolved",
        "live": live,
    }
    return [name for name, true in so.items() if true]


def _of_spans(spans: Mapping[str, Ordered]) -> Group:
    found: Group = {}
    for name, ordered in spans.items():
        for said, part in SHARES.items():
            seconds = percentile(ordered, part)
            found[f"{name}_{said}_h"] = Measured(None if seconds is None else seconds / HOUR, len(ordered))
    return found


# What complaints are told apart by: owner is who is in charge of the case, staff whom it is about.
PARETO_BY: Final = ("content", "problem", "cause", "owner", "staff")


class ParetoRow(Value):
    """One of what was counted: its share of all, and that of all down to it. Name None: it wasn't said."""

    name: str | None
    n: int
    share: float
    cumulated: float


class Pareto(Value):
    """`by`, one of BY; its rows, the largest first; `total`, how many were counted."""

    by: str
    rows: Sequence[ParetoRow]
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
        found.append(ParetoRow(name, number, number / total, so_far / total))
    return Pareto(by, found, total)


def pareto_record(row: ParetoRow | Unmet) -> dict[str, Any]:
    """Return a row under the names of its values, shares to four decimals and none where they are whole."""
    return {name: rounded(value) if isinstance(value, float) else value for name, value in vars(row).items()}
