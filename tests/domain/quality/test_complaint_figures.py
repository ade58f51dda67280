"""The figures of complaints from marks counted by hand."""

from __future__ import annotations

from csm.domain.quality.complaints import MARK, TIMES, Counted, Late, figures
from csm.domain.quality.figures import Measured, of


def mark(**told: str) -> str:
    usual = {"level": "complaint", "status": "closed", **dict.fromkeys(("live", "reopened", "by_hand"), "0")}
    usual |= dict.fromkeys(("by_policy", "on_spot", "missed"), "0")
    return "|".join({**usual, **told}.get(name, "") for name in MARK)


def of_marks(marks: dict[str, int], late: Late | None = None) -> dict[str, Measured]:
    return figures(Counted(marks=marks, late=late or Late()))


def test_of_nothing_counts_are_0_and_shares_none() -> None:
    nothing = Counted({}, spans=dict.fromkeys(TIMES, ()), repeated=0, customers=0, active=0)
    found = figures(nothing)
    assert set(found) == {figure.name for figure in of("complaints")}
    for figure in of("complaints"):
        assert found[figure.name] == Measured(0 if figure.kind == "count" else None, 0), figure.name


def test_open_and_late_counts_as_missed_open_and_in_time_does_not_count() -> None:
    marks = {
        mark(response="met", resolution="met"): 3,
        mark(response="met", resolution="missed"): 1,
        mark(status="open", response="running", resolution="running"): 4,
    }
    # First response: 3 + 1 met, 2 of the 4 open ones late: 4 of 6. Resolution: 3 met, 1 missed, 1 late: 3 of 5.
    found = of_marks(marks, Late(2, 1))
    assert found["first_response_met"] == Measured(4 / 6, 6)
    assert found["resolution_met"] == Measured(3 / 5, 5)


def test_what_was_taken_live_counts_for_the_resolution_alone() -> None:
    found = of_marks({mark(live="1", response="met", resolution="met"): 2, mark(response="missed"): 1})
    assert found["live"] == Measured(2, 2)
    assert found["first_response_met"] == Measured(0.0, 1)
    assert found["resolution_met"] == Measured(1.0, 2)


def test_grievances_are_apart_whatever_became_of_them() -> None:
    found = of_marks({mark(level="grievance", satisfaction="1", by_policy="1", response="missed"): 5, mark(): 1})
    assert found["grievances"] == Measured(5, 5)
    assert found["n"] == Measured(1, 1)
    assert found["escalated"] == Measured(0, 0)
    assert found["satisfaction"] == Measured(None, 0)
    assert found["first_response_met"] == Measured(None, 0)


def test_a_case_escalated_both_ways_counts_once_in_all() -> None:
    marks = {mark(by_hand="1", by_policy="1"): 1, mark(by_hand="1"): 2, mark(by_policy="1"): 4, mark(): 8}
    found = of_marks(marks)
    named = ("escalated", "escalated_by_hand", "escalated_by_policy")
    assert [found[name].value for name in named] == [7, 3, 5]


def test_shares_and_means_are_of_those_of_whom_it_is_known() -> None:
    marks = {
        mark(founded="founded", satisfaction="5", on_spot="1"): 2,
        mark(founded="founded", satisfaction="1", reopened="1", status="unresolved"): 1,
        mark(founded="unfounded", status="unfounded"): 1,
        mark(status="open"): 6,
    }
    found = figures(Counted(marks=marks, active=400))
    assert found["n"] == Measured(10, 10)
    assert found["founded"] == Measured(3 / 4, 4)
    # (5 + 5 + 1) / 3
    assert found["satisfaction"] == Measured(11 / 3, 3)
    assert [found[name].value for name in ("settled_on_spot", "reopened", "unresolved")] == [2, 1, 1]
    # 10 for 400 is 2.5 for 100.
    assert found["per_100_customers"] == Measured(2.5, 400)


def test_times_are_in_working_hours() -> None:
    # Answered after 1 and 2 hours. Resolved after 2, 4 and 8; that of 4 opened again, and done with after 20.
    spans = {
        "first_response": [3600, 7200],
        "resolution": [7200, 14400, 28800],
        "total_resolution": [7200, 28800, 72000],
    }
    found = figures(Counted(spans=spans))
    assert {name: (round(value or 0, 6), n) for name, (value, n) in found.items()} == {
        "first_response_median_h": (1.5, 2),
        "first_response_p90_h": (1.9, 2),
        "resolution_median_h": (4, 3),
        # Nine tenths of the two steps are 1.8: 4 + 0.8 x 4.
        "resolution_p90_h": (7.2, 3),
        # Of 2, 8 and 20: 8 + 0.8 x 12.
        "total_resolution_median_h": (8, 3),
        "total_resolution_p90_h": (17.6, 3),
    }


def test_what_nobody_asked_for_is_left_out() -> None:
    assert set(figures(Counted(repeated=2))) == {"repeated"}
    assert figures(Counted(customers=4, again=1)) == {"bought_again": Measured(0.25, 4)}
