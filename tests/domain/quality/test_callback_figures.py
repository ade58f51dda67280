"""Figures of callbacks from how many there are of each mark (handbook 10.2)."""

from __future__ import annotations

from csm.domain.quality.figures import Measured
from csm.domain.quality.on_time import callback_figures


def test_of_nothing_shares_and_means_are_nothing() -> None:
    found = callback_figures([])
    assert found["due"] == Measured(0, 0)
    assert found["reached"] == found["satisfaction"] == found["on_time_share"] == Measured(None, 0)


def test_each_way_a_callback_can_end() -> None:
    found = callback_figures(
        [
            ("ptr50", 6, 6),  # done in time, reached, rated 5
            ("plr-0", 3, 3),  # done late, reached, not rated
            ("ptf-0", 1, 1),  # done in time, but they refused to talk
            ("ps--0", 2, 2),  # skipped
            ("po--0", 5, 4),  # open: four past their day, one not
        ]
    )
    # Due: 6 + 3 + 1 + 2 + 4 = 16. Tried: the 10 that were done, of whom 9 were reached.
    assert found == {
        "due": Measured(16, 16),
        "on_time": Measured(7, 7),
        "late": Measured(3, 3),
        "never": Measured(6, 6),
        "reached": Measured(9 / 10, 10),
        "satisfaction": Measured(5.0, 6),
        "on_time_share": Measured(7 / 16, 16),
        "unplanned": Measured(0, 0),
    }


def test_what_was_tried_counts_for_those_reached_even_while_it_is_open_or_skipped() -> None:
    # Tried: 1 reached at the second try, 2 open (one not due yet), 1 skipped after a try. Not tried: 3 open.
    found = callback_figures([("ptr-1", 1, 1), ("pon-1", 2, 1), ("psn-1", 1, 1), ("po--0", 3, 0)])
    assert found["reached"] == Measured(1 / 4, 4)
    assert found["due"].value == 3  # one in time, one open and past its day, one skipped
    assert found["never"].value == 2


def test_one_that_was_tried_and_cancelled_counts_for_those_reached_alone() -> None:
    found = callback_figures([("pcn-1", 1, 1), ("ptr-0", 1, 1)])
    assert (found["reached"], found["due"], found["never"]) == (Measured(0.5, 2), Measured(1, 1), Measured(0, 0))


def test_contacts_that_were_only_logged_count_for_satisfaction_alone() -> None:
    found = callback_figures([("ltr10", 2, 2), ("ltr-0", 1, 1), ("ptr40", 1, 1)])
    assert found["satisfaction"] == Measured(2.0, 3)  # (1 + 1 + 4) / 3
    assert found["unplanned"] == Measured(3, 3)
    assert found["due"] == Measured(1, 1)
    assert found["reached"] == Measured(1.0, 1)


def test_how_satisfied_somebody_was_counts_once_the_callback_is_done() -> None:
    assert callback_figures([("po-20", 1, 1)])["satisfaction"] == Measured(None, 0)
