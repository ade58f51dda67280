"""Pages of service quality that the tests of both their renderers share."""

from __future__ import annotations

from datetime import date
from typing import Final

from csm.domain.quality.figures import Group, Measured
from csm.domain.quality.weakest import BESIDE, Problem, Weakest
from csm.render.quality.summary import Page
from csm.storage.quality.lessons import Lesson, Prevention

HARD: Final = "<script>alert(\"1\")</script> 'x' & y\x1b[2J\u202e"

NOW: Final[dict[str, Group]] = {
    "servqual": {
        "weighted": Measured(-0.535, 8),
        "scale": Measured(7, 8),
        "reliability_expectation": Measured(6.5, 8),
        "reliability_perception": Measured(5.3, 8),
        "reliability_gap": Measured(-1.2, 8),
        "reliability_weight": Measured(32.0, 8),
    },
    "csat": {"value": Measured(0.75, 4)},
    "nps": {"value": Measured(None, 0)},
    "complaints": {
        "n": Measured(7, 7),
        "per_100_customers": Measured(11.6667, 60),
        "resolution_met": Measured(0.8, 5),
    },
    "promises": {"kept_share": Measured(2 / 3, 6)},
    "retention": {"rate": Measured(0.5, 60)},
}
BEFORE: Final[dict[str, Group]] = {
    "servqual": {"weighted": Measured(-0.9, 6)},
    "complaints": {"n": Measured(3, 3), "per_100_customers": Measured(5.0, 60), "resolution_met": Measured(0.9, 10)},
    "retention": {"rate": Measured(0.5, 58)},
}
WEAKEST: Final = Weakest(
    "dimension",
    "reliability",
    Measured(-1.2, 8),
    32.0,
    BESIDE["reliability"],
    Measured(2 / 3, 6),
    Problem("late-delivery", 3, 7),
)
LESSONS: Final = (
    Lesson(
        12,
        "River Gym",
        "ring before you come",
        "2026-11-20T02:00:00Z",
        [
            Prevention("a list of who wants a call", "li", "2026-11-20", None),
            Prevention("tell all", None, "2026-12-01", None),
        ],
    ),
    Lesson(9, "Old Mill", "look twice", "2026-11-10T02:00:00Z", []),
    Lesson(
        7,
        "Tea House",
        "seal it",
        "2026-11-02T02:00:00Z",
        [Prevention("new seals", "wang", "2026-11-09", "2026-11-08T17:00:00Z")],
    ),
)
PAGE: Final = Page(
    "Service quality: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21",
    NOW,
    BEFORE,
    WEAKEST,
    LESSONS,
    3,
    False,
    5,
    date(2026, 11, 21),
)
EMPTY: Final = Page("Service quality", {}, {}, Weakest("unknown", surveyed=False), (), 0, True, 5, date(2026, 11, 21))
HARD_PAGE: Final = PAGE._replace(
    lessons=(Lesson(1, HARD, HARD, "2026-11-02T02:00:00Z", [Prevention(HARD, HARD, "2026-12-01", None)]),), learnt=1
)
