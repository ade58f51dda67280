"""What is one case and what are two, and the problems of a team, as rules alone (handbook 6.1, 6.3)."""

from __future__ import annotations

import pytest

from csm.domain.complaint import problems
from csm.domain.complaint.case import Case, Event
from csm.domain.complaint.doubles import Meant, check_double, check_given, same_problem
from csm.domain.errors import Refused, UsageFault

TARGETS = {"general": {"first-response": "8h", "proposal": "3d", "resolution": "7d"}}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("late-delivery", "late-delivery", True),
        ("late-delivery", "goods-damaged", False),
        ("other", "other", False),
        (None, None, False),
        (None, "other", False),
        ("cold-food", "cold-food", True),
    ],
)
def test_the_same_problem(one: str | None, other: str | None, same: bool) -> None:
    assert same_problem(one, other) is same


@pytest.mark.parametrize(
    ("meant", "doubles", "code"),
    [
        (Meant(1, 7, None, None, "x"), [], "double-of-itself"),
        (Meant(2, 7, "double", 5, "x"), [], "double-of-double"),
        (Meant(2, 7, "mistake", None, "x"), [], "double-of-mistake"),
        (Meant(2, 7, None, None, "x"), [9], "has-doubles"),
        (Meant(2, 8, None, None, "x"), [], "double-of-another"),
    ],
)
def test_what_is_no_double(meant: Meant, doubles: list[int], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_double(1, 7, meant, doubles, force=False)
    assert refusal.value.code == code


def test_what_is_one() -> None:
    check_double(1, 7, Meant(2, 7, None, None, "x"), [], force=False)
    check_double(1, 7, Meant(2, 8, None, None, "x"), [], force=True)
    check_given(1, None, 2)
    check_given(1, 0, None)
    with pytest.raises(Refused):
        check_given(1, 1, 2)


def event(at: int, step: str, **data: object) -> Event:
    return Event(at, "alice", step, None, 0, data)


def test_counting_again_puts_back_where_it_stood() -> None:
    opened = event(100, "record", level="complaint", severity="general", targets=TARGETS)
    waited = event(200, "wait")
    void = event(300, "withdraw", void="double", double_of=3, waited=60)
    case = Case.of([opened, waited])
    before = (
        case.status,
        case.next_step,
        case.reopened,
        case.waiting_since,
        [(run.start, run.over) for run in case.runs],
    )
    case.apply(void)
    assert (case.status, case.void, case.double_of, case.waiting_since) == ("withdrawn", "double", 3, None)
    assert all(run.over for run in case.runs)
    case.apply(event(400, "reopen"))
    assert (case.void, case.double_of, case.voided) == (None, None, None)
    after = (
        case.status,
        case.next_step,
        case.reopened,
        case.waiting_since,
        [(run.start, run.over) for run in case.runs],
    )
    assert after == before


def test_withdrawn_by_the_customer_it_is_opened_anew() -> None:
    opened = event(100, "record", level="complaint", severity="general", targets=TARGETS)
    case = Case.of([opened, event(300, "withdraw"), event(400, "reopen")])
    assert (case.status, case.reopened, case.reopened_at) == ("open", 1, 400)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        (" cold-food 菜凉；wrong-size   尺码 不对 ;", "cold-food 菜凉; wrong-size 尺码 不对"),
        ("cold-food", "cold-food"),
    ],
)
def test_own_problems(typed: str, stored: str) -> None:
    assert problems.check(typed) == stored


def test_their_names() -> None:
    assert problems.own("cold-food 菜凉; wrong-size") == {"cold-food": "菜凉", "wrong-size": "wrong-size"}
    assert problems.own("") == {}


@pytest.mark.parametrize(
    "typed",
    [
        *("Cold-food 菜凉", "菜凉", "cold_food x", "-cold x", "cold- x", "late-delivery 晚", "a x; a y", "a x; b x"),
        *("a late-delivery", "a " + "长" * 41, "a" * 41),
    ],
)
def test_what_is_no_own_problem(typed: str) -> None:
    with pytest.raises(UsageFault) as fault:
        problems.check(typed)
    assert fault.value.code == "bad-problem"
