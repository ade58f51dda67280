"""Who may decide what: levels and amounts of handbook 6.6."""

from __future__ import annotations

from typing import Any

import pytest

from csm.domain.complaint import authority
from csm.domain.complaint.case import Case, Event
from csm.domain.settings import Policy
from csm.domain.terms import TOP_LEVEL

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
    assert (authority.LEADER, authority.MALICIOUS, TOP_LEVEL) == (1, 2, 3)


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


# --- what counts against the limit ----------------------------------------------------------------------------------------

Told = tuple[str, dict[str, Any]]
TARGETS: dict[str, dict[str, str]] = {severity: {} for severity in ("general", "serious", "malicious")}


def happened(*told: Told) -> Case:
    """Return a case opened by alice, and what happened to it after, (step, data)."""
    data = {"level": "complaint", "severity": "general", "owner": "alice", "targets": TARGETS}
    events = [Event(0, "alice", "record", "cold", 0, data)]
    events += [Event(at, "alice", step, "x", 0, more) for at, (step, more) in enumerate(told, 1)]
    return Case.of(events)


def proposed(cents: int) -> Told:
    return "propose", {"compensation_cents": cents}


FOUNDED: Told = ("judge", {"founded": "founded", "responsibility": "ours"})
ASSIGNED: Told = ("assign", {"to": "bob", "route": "settle"})
APPROVED: Told = ("approve", {})
REJECTED: Told = ("reject", {})
AGAIN: Told = ("reopen", {})


def done(outcome: str = "full", **more: Any) -> Told:
    return "implement", {"outcome": outcome, **more}


@pytest.mark.parametrize(
    ("told", "given", "on_top", "needed"),
    [
        # 1,500 given and 1,500 proposed are 3,000: more than the 2,000 of level 1
        ([proposed(150_000), APPROVED, done(), AGAIN, proposed(150_000)], 150_000, 150_000, 2),
        # 1,500 + 500 = 2,000: exactly the limit passes, a cent more doesn't
        ([proposed(150_000), APPROVED, done(), AGAIN, proposed(50_000)], 150_000, 50_000, 1),
        ([proposed(150_000), APPROVED, done(), AGAIN, proposed(50_001)], 150_000, 50_001, 2),
        # what was done and didn't settle it yet was given too: 1,500 + 1,500
        ([proposed(150_000), APPROVED, done("not-yet"), proposed(150_000)], 150_000, 150_000, 2),
        # three rounds: 900 + 700 + 500 = 2,100
        (
            [*[one for cents in (90_000, 70_000) for one in (proposed(cents), APPROVED, done(), AGAIN)], proposed(50_000)],
            160_000, 50_000, 2,
        ),
        # rejected, replaced and impossible remedies were never given
        ([proposed(150_000), REJECTED, proposed(150_000)], 0, 150_000, 1),
        ([proposed(150_000), proposed(150_000)], 0, 150_000, 1),
        ([proposed(150_000), APPROVED, done("cannot"), AGAIN, proposed(150_000)], 0, 150_000, 1),
        # what it cost in the end counts, not what was approved: 600 + 1,400 = 2,000
        ([proposed(150_000), APPROVED, done(compensation_cents=60_000), AGAIN, proposed(140_000)], 60_000, 140_000, 1),
        ([proposed(150_000), APPROVED, done("not-yet", compensation_cents=0), proposed(150_000)], 0, 150_000, 1),
        # a proposal that nobody decided before the case ended was never given
        ([proposed(150_000), ("withdraw", {}), AGAIN, proposed(150_000)], 0, 150_000, 1),
        ([proposed(150_000), ("close", {"status": "unresolved"}), AGAIN, proposed(150_000)], 0, 150_000, 1),
        ([], 0, 0, 0),
    ],
)  # fmt: skip
def test_all_that_was_given_counts_with_what_is_proposed(
    told: list[Told], given: int, on_top: int, needed: int
) -> None:
    found = authority.decision(happened(FOUNDED, ASSIGNED, *told), POLICY)
    assert (found.given, found.proposed, found.needed) == (given, on_top, needed)
    assert found.total == given + on_top


def test_a_remedy_that_is_told_only_now_counts_in_the_same_way() -> None:
    case = happened(FOUNDED, ASSIGNED, proposed(15_000), APPROVED, done(), AGAIN)
    # 150 given: 50 more are the 200 of level 0, 50.01 more aren't
    assert [authority.decision(case, POLICY, cents).needed for cents in (5_000, 5_001)] == [0, 1]
    case.level = "grievance"
    assert authority.decision(case, POLICY, 5_001).needed == 1


def test_every_settlement_of_a_grievance_counts() -> None:
    data = {"level": "grievance", "severity": "general", "owner": "alice", "targets": TARGETS}
    events = [Event(0, "alice", "record", "cold", 0, data)]
    for at, cents in enumerate((10_000, 6_000, None)):
        settled = {"status": "closed", "compensation_cents": cents}
        events += [Event(at, "alice", "close", "x", 0, settled), Event(at, "alice", "reopen", "x", 0, {})]
    # 100 + 60 + nothing = 160; 40 more are exactly 200
    assert [authority.decision(Case.of(events), POLICY, cents).needed for cents in (4_000, 4_001)] == [0, 1]
    assert Case.of(events).compensation_cents == 16_000
