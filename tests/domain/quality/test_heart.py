"""Engagement, adoption and task success by hand (handbook 10.4)."""

from __future__ import annotations

from csm.domain.quality.customers import adopters, engagement, task_success
from csm.domain.quality.figures import Measured


def test_engagement_is_by_customer_and_month() -> None:
    # 3 contacts of 2 customers in half a month: 3 / 2 / 0.5; 24 of 2 in a year: 24 / 2 / 12
    assert engagement(3, 2, 0.5) == Measured(3, 2)
    assert engagement(24, 2, 12) == Measured(1, 2)


def test_without_active_customers_or_days_there_is_no_engagement() -> None:
    assert engagement(3, 0, 1) == Measured(None, 0)
    assert engagement(0, 4, 0) == Measured(None, 4)
    assert engagement(0, 4, 1) == Measured(0, 4)


def test_a_line_is_adopted_once_whatever_else_is_bought() -> None:
    rows = [
        ("alice", 1, "oven", True), ("alice", 1, "oven", False),  # a known line
        ("alice", 2, "table", False), ("alice", 2, "oven", True),  # a new line
        ("alice", 2, "chair", False), ("alice", 2, "table", False),  # and another, and again: one customer
        ("bob", 3, "oven", False), ("bob", 3, "oven", True),  # in any order: known
        (None, 4, "oven", False),  # others knew it, not they
    ]  # fmt: skip
    assert dict(adopters(rows)) == {"alice": 1, None: 1}


def test_nobody_bought_nothing_was_adopted() -> None:
    assert dict(adopters([])) == {}


def mark(level: str = "complaint", status: str = "closed", reopened: int = 0, outcome: str = "full") -> str:
    return f"{level}|{status}|founded|0|met|met|{reopened}|0|0|0|5|{outcome}|0"


def test_task_success_is_full_at_the_first_resolution_and_not_reopened() -> None:
    found = task_success(
        [
            (mark(), 4),
            (mark(reopened=1), 2),  # full at first, and yet opened again
            (mark(outcome="partial"), 1),
            (mark(status="unresolved", outcome=""), 1),  # closed without any resolution
            (mark(status="unresolved", outcome="cannot"), 1),
            (mark(status="open", outcome=""), 7),  # nothing yet
            (mark(status="unfounded", outcome=""), 3),  # nothing was to be resolved
            (mark(level="grievance"), 9),
        ]
    )
    assert found == Measured(4 / 9, 9)  # 4 / (4 + 2 + 1 + 1 + 1)


def test_before_anything_is_resolved_there_is_no_success() -> None:
    assert task_success([(mark(status="open", outcome=""), 7)]) == Measured(None, 0)
