"""Figures of callbacks and promises: what was done on time (source: handbook 7, 10.2).

A mark of a callback has five signs, which the schema explains: p planned or l only logged; t done in time, l done
late, o open, s skipped, c cancelled after a try; what came of it (r reached); satisfaction; 1 where it was tried before
and nobody answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from csm.domain.quality.figures import Group, count, mean, share


def callback_figures(tally: Iterable[tuple[str, int, int]]) -> Group:
    """Return the figures of callbacks.

    tally: (mark, how many are due in the period, how many of those were due before today). An open one that isn't past
    its day is not due yet, and a cancelled one never is; that they were tried counts for those reached.
    """
    on_time = late = never = tried = reached = rated = points = unplanned = 0
    for mark, number, past in tally:
        state, outcome, satisfaction = mark[1], mark[2], mark[3]
        done = state in "tl"
        if done and satisfaction != "-":
            rated += number
            points += number * int(satisfaction)
        if mark[0] == "l":
            unplanned += number
            continue
        on_time += number if state == "t" else 0
        late += number if state == "l" else 0
        never += number if state == "s" else past if state == "o" else 0
        if done or mark[4] == "1":
            tried += number
            reached += number if outcome == "r" else 0
    due = on_time + late + never
    return {
        "due": count(due),
        "on_time": count(on_time),
        "late": count(late),
        "never": count(never),
        "reached": share(reached, tried),
        "satisfaction": mean(points, rated),
        "on_time_share": share(on_time, due),
        "unplanned": count(unplanned),
    }


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
