"""Why a customer may be lost (handbook 9.4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from csm.domain.customer.risk import Case, Facts, Reason, Rules, reasons

TODAY = date(2026, 11, 21)
RULES = Rules(times=2, promise_days=90, complaint_days=365)
QUIET = Facts(made=TODAY)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def found(facts: Facts) -> list[Reason]:
    return list(reasons(facts, TODAY, RULES))


def kinds(facts: Facts) -> list[str]:
    return [reason.kind for reason in found(facts)]


def test_a_customer_of_whom_nothing_is_known_is_no_risk() -> None:
    assert found(QUIET) == []


def test_no_purchase_for_more_than_twice_the_usual_interval() -> None:
    assert kinds(QUIET._replace(last_purchase=days_ago(60), usual=30.0)) == []
    assert found(QUIET._replace(last_purchase=days_ago(61), usual=30.0)) == [
        Reason("overdue-purchase", {"days": 61, "usual": 30.0})
    ]
    assert kinds(QUIET._replace(last_purchase=days_ago(999))) == []


def test_silent_is_counted_from_the_last_contact() -> None:
    made = days_ago(500)
    assert kinds(Facts(made=made, cadence=30, last_contact=days_ago(60))) == []
    assert found(Facts(made=made, cadence=30, last_contact=days_ago(61))) == [
        Reason("silent", {"days": 61, "cadence": 30, "ever": True})
    ]


def test_silent_is_counted_from_the_card_where_nobody_ever_called() -> None:
    assert kinds(Facts(made=days_ago(28), cadence=14)) == []
    assert found(Facts(made=days_ago(29), cadence=14)) == [Reason("silent", {"days": 29, "cadence": 14, "ever": False})]


def test_without_a_cadence_nobody_is_silent() -> None:
    assert kinds(Facts(made=days_ago(900))) == []


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Case(1, "open"), True),
        (Case(1, "waiting"), True),
        (Case(1, "closed", days_ago(1), 3), False),
        (Case(1, "closed", days_ago(1), None), False),
        (Case(1, "closed", days_ago(1), 2), True),
        (Case(1, "closed", days_ago(365), 1), True),
        (Case(1, "closed", days_ago(366), 1), False),
        (Case(1, "unfounded", days_ago(1), 2), True),
        (Case(1, "unfounded", days_ago(1), 3), False),
        (Case(1, "unresolved", days_ago(365)), True),
        (Case(1, "unresolved", days_ago(366)), False),
        (Case(1, "withdrawn", days_ago(1)), False),
    ],
)
def test_a_complaint_that_is_open_or_ended_badly(case: Case, expected: bool) -> None:
    assert found(QUIET._replace(cases=[case])) == ([Reason("complaint", {"cases": [case]})] if expected else [])


@pytest.mark.parametrize(("satisfaction", "expected"), [(1, True), (2, True), (3, False), (None, False)])
def test_dissatisfied_at_the_last_contact(satisfaction: int | None, expected: bool) -> None:
    assert kinds(QUIET._replace(satisfaction=satisfaction)) == (["dissatisfied"] if expected else [])


def test_a_promise_of_ours_broken_in_the_last_ninety_days() -> None:
    promises = [(1, days_ago(91)), (2, days_ago(90)), (3, TODAY + timedelta(days=3))]  # the last: broken before its day
    assert found(QUIET._replace(broken=promises)) == [Reason("broken-promise", {"promises": [2, 3]})]
    assert kinds(QUIET._replace(broken=promises[:1])) == []


def test_all_reasons_stand_in_the_order_of_the_list() -> None:
    everything = Facts(days_ago(900), 30, days_ago(90), days_ago(90), 30.0, [Case(1, "open")], 1, [(1, TODAY)])
    assert kinds(everything) == ["overdue-purchase", "silent", "complaint", "dissatisfied", "broken-promise"]
