"""Figures of promises, from how they ended: the hard figure beside the soft score for reliability (handbook 7)."""

from __future__ import annotations

from collections.abc import Mapping

from csm.domain.quality.figures import Group, count, share


def figures(tally: Mapping[str, int]) -> Group:
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
