"""What is counted of a case: how its clocks stand, and how long it took."""

from __future__ import annotations

import pytest

from csm.domain.complaint.clocks import Deadline
from csm.domain.complaint.facts import verdict


def deadline(standing: str, met: int | None = None, *, missed: bool = False, clock: str = "resolution") -> Deadline:
    return Deadline(clock, 1, 0, "8h", 100, met, standing, missed, True)


@pytest.mark.parametrize(
    ("rounds", "result"),
    [
        ([], None),
        ([deadline("met", 100)], "met"),
        ([deadline("met", 101)], "missed"),
        ([deadline("running")], "running"),
        ([deadline("paused")], "running"),
        # It passed, and that is on record, though the clock still runs or was stopped then.
        ([deadline("running", missed=True)], "missed"),
        ([deadline("stopped", missed=True)], "missed"),
        ([deadline("stopped")], None),
        # Opened again: late once is late; in time at first isn't yet in time altogether.
        ([deadline("met", 101), deadline("met", 50)], "missed"),
        ([deadline("met", 50), deadline("running")], "running"),
        ([deadline("met", 50), deadline("stopped")], "met"),
        ([deadline("met", 101, clock="proposal"), deadline("met", 50)], "met"),
    ],
)
def test_how_a_clock_stands_over_all_its_rounds(rounds: list[Deadline], result: str | None) -> None:
    assert verdict(rounds, "resolution") == result
