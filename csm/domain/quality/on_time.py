"""Figures of callbacks and promises: what was done on time (source: handbook 7, 10.2).

A mark of a callback has five signs, which the schema explains: p planned or l only logged; t done in time, l done
late, o open, s skipped, c cancelled after a try; what came of it (r reached); satisfaction; 1 where it was tried before
and nobody answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from csm.domain.quality.figures import Group, Measured, count, mean, share

# A mark, how many callbacks of it are due in the period, and how many of those were due before today.
Row = tuple[str, int, int]
DONE: Final = "tl"


def callback_figures(tally: Iterable[Row]) -> Group:
    """Return the figures of callbacks.

    tally: (mark, how many are due in the period, how many of those were due before today). An open one that isn't past
    its day is not due yet, and a cancelled one never is; that they were tried counts for those reached.
    """
    rows = list(tally)
    planned = [(mark, number, past) for mark, number, past in rows if mark[0] == "p"]
    states: Counter[str] = Counter()
    for mark, number, past in planned:
        states[mark[1]] += past if mark[1] == "o" else number
    on_time, late, never = states["t"], states["l"], states["s"] + states["o"]
    due = on_time + late + never
    return {
        "due": count(due),
        "on_time": count(on_time),
        "late": count(late),
        "never": count(never),
        "reached": _reached(planned),
        "satisfaction": _satisfaction(rows),
        "on_time_share": share(on_time, due),
        "unplanned": count(sum(number for _, number, _ in rows) - sum(number for _, number, _ in planned)),
    }


def _reached(planned: Iterable[Row]) -> Measured:
    """Return the share of the planned callbacks that were tried which reached the customer."""
    tried = [(mark[2], number) for mark, number, _ in planned if mark[1] in DONE or mark[4] == "1"]
    return share(sum(number for outcome, number in tried if outcome == "r"), sum(number for _, number in tried))


def _satisfaction(rows: Iterable[Row]) -> Measured:
    """Return the mean satisfaction of the callbacks that are done, planned or not."""
    rated = [(int(mark[3]), number) for mark, number, _ in rows if mark[1] in DONE and mark[3] != "-"]
    return mean(sum(score * number for score, number in rated), sum(number for _, number in rated))


def promise_figures(tally: Mapping[str, int]) -> Group:
    """Return the figures of promises (source: handbook 7).

    tally: how many of ours ended with each status, kept, late or broken, and how many are open and past due.
    """
    kept, late, broken, is_open = (tally.get(status, 0) for status in ("kept", "late", "broken", "open"))
    total = kept + late + broken + is_open
    return {
        "n": count(total),
        "kept": count(kept),
        "broken": count(broken),
        "open": count(is_open),
        "kept_share": share(kept, total),
        "late": count(late),
    }
