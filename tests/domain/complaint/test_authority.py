"""Who may decide what: levels and amounts of handbook 6.6."""

from __future__ import annotations

import pytest

from csm.domain.complaint import authority
from csm.domain.complaint.case import TOP, Case, Event
from csm.domain.settings import Policy

POLICY = Policy({})


@pytest.mark.parametrize(("level", "cents"), [(0, 20_000), (1, 200_000), (2, 1_000_000), (3, None)])
def test_limits(level: int, cents: int | None) -> None:
    assert authority.limit(level, POLICY) == cents


@pytest.mark.parametrize(
    ("cents", "level"),
    [
        (0, 0),
        (20_000, 0),  # up to and including
        (20_001, 1),
        (200_000, 1),
        (200_001, 2),
        (1_000_000, 2),
        (1_000_001, 3),
        (10**12, 3),
    ],
)
def test_the_lowest_level_that_may_approve(cents: int, level: int) -> None:
    assert authority.level_for(cents, POLICY) == level
    assert [authority.covers(one, cents, POLICY) for one in range(4)] == [one >= level for one in range(4)]


def test_a_team_can_change_the_amounts() -> None:
    policy = Policy({"authority.level_0": "0", "authority.level_1": "99.50"})
    assert (authority.level_for(1, policy), authority.level_for(9_951, policy)) == (1, 2)
    assert authority.limit(1, policy) == 9_950


def test_leaders() -> None:
    assert (authority.LEADER, authority.MALICIOUS, TOP) == (1, 2, 3)


@pytest.mark.parametrize(
    ("triggers", "claim", "level", "found"),
    [
        ([], None, 0, []),
        ([], 20_000, 0, []),
        ([], 20_001, 0, ["claim"]),
        ([], 20_001, 1, []),  # within the handler's own authority
        ([], 10**12, 3, []),
        (["media"], None, 3, ["media"]),
        (["media", "lawyer", "media"], 20_001, 0, ["media", "lawyer", "claim"]),
        (["claim"], 20_001, 0, ["claim"]),
        (["harm"], 100, 0, ["harm"]),
    ],
)
def test_what_goes_to_level_1_at_once(triggers: list[str], claim: int | None, level: int, found: list[str]) -> None:
    assert authority.at_once(triggers, claim, level, POLICY) == found
