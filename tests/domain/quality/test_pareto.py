"""What was counted, the largest first, and what that makes up together."""

from __future__ import annotations

from csm.domain.quality.complaints import ParetoRow, Unmet, pareto, pareto_record


def test_the_largest_is_first_ties_go_by_name_and_what_was_not_said_is_last() -> None:
    # 4 + 2 + 2 + 8 = 16: a quarter and two eighths, and half of all wasn't said.
    found = pareto("problem", {"price-change": 2, None: 8, "late-delivery": 4, "goods-damaged": 2})
    assert (found.by, found.total) == ("problem", 16)
    assert list(found.rows) == [
        ParetoRow("late-delivery", 4, 0.25, 0.25),
        ParetoRow("goods-damaged", 2, 0.125, 0.375),
        ParetoRow("price-change", 2, 0.125, 0.5),
        ParetoRow(None, 8, 0.5, 1.0),
    ]


def test_of_nothing_there_is_nothing() -> None:
    found = pareto("cause", {})
    assert (list(found.rows), found.total) == ([], 0)


def test_a_record_has_four_decimals() -> None:
    first, second = pareto("staff", {"bob": 2, None: 1}).rows
    assert pareto_record(first) == {"name": "bob", "n": 2, "share": 0.6667, "cumulated": 0.6667}
    assert pareto_record(second) == {"name": None, "n": 1, "share": 0.3333, "cumulated": 1.0}
    unmet = Unmet("receipt signed", 1, 3, 1 / 3)
    assert pareto_record(unmet) == {"item": "receipt signed", "not_met": 1, "ticked": 3, "share": 0.3333}
