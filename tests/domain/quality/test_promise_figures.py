"""Figures of promises from how they ended (handbook 7)."""

from __future__ import annotations

from csm.domain.quality.figures import Measured
from csm.domain.quality.on_time import promise_figures


def test_of_nothing_no_share_is_kept() -> None:
    assert promise_figures({})["kept_share"] == Measured(None, 0)
    assert promise_figures({})["n"] == Measured(0, 0)


def test_kept_late_broken_and_open_past_due_are_all_of_them() -> None:
    # 5 / (5 + 2 + 1 + 2) = 0.5
    assert promise_figures({"kept": 5, "late": 2, "broken": 1, "open": 2}) == {
        "n": Measured(10, 10),
        "kept": Measured(5, 5),
        "broken": Measured(1, 1),
        "open": Measured(2, 2),
        "kept_share": Measured(0.5, 10),
        "late": Measured(2, 2),
    }


def test_a_promise_kept_late_is_not_kept_on_time() -> None:
    assert promise_figures({"late": 1})["kept_share"] == Measured(0.0, 1)
