"""The table of policy: defaults as in the handbook, checks that say what is wrong."""

from __future__ import annotations

import pytest

from csm.domain.settings import SETTINGS, Policy, find
from tests.refusals import refused_as


def test_every_default_passes_its_own_check() -> None:
    for setting in SETTINGS:
        assert setting.check(setting.default) == setting.default
        assert setting.about and setting.unit


def test_the_handbooks_numbers_are_the_defaults() -> None:
    numbers = {"proactive": 30, "partnership": 14, "grade_a": 14, "grade_b": 30, "grade_c": 90}
    assert {key: Policy({}).number(f"cadence.{key}") for key in numbers} == numbers
    assert Policy({}).text("work.spans") == "mon-sat 09:00-12:00 13:00-18:00"
    assert Policy({}).number("callback.no_answer_limit") == 3
    assert Policy({}).number("due.birthday_lead") == 7


def test_an_unknown_key_names_the_nearest() -> None:
    with refused_as("unknown-setting") as raised:
        find("cadence.proactiv")
    assert raised.value.values["near"][0] == "cadence.proactive"


@pytest.mark.parametrize("value", ["0", "3651", "-1", "ten", "1_0", "", "1.5", "٣٣٣٣٣"])
def test_a_number_out_of_range_is_refused(value: str) -> None:
    with refused_as("unreadable-number"):
        find("cadence.proactive").check(value)


def test_other_checks() -> None:
    assert find("file.currency").check(" eur ") == "EUR"
    assert find("file.timezone").check("Asia/Shanghai") == "Asia/Shanghai"
    with refused_as("unknown-time-zone"):
        find("file.timezone").check("Mars/Olympus")
    with refused_as("unreadable-spans"):
        find("work.spans").check("mon-fri 18:00-09:00")


def test_the_rule_of_a_product_line_has_the_key_of_the_rule_for_all_and_the_line() -> None:
    setting = find("guarantee.refund.Green Tea")
    assert (setting.key, setting.default) == ("guarantee.refund.green tea", "7d")
    assert setting.check("30天") == "30d"
    assert [setting.check(text) for text in ("none", "None", "无")] == ["none"] * 3
    with refused_as("unreadable-interval"):
        setting.check("soon")
    assert find("guarantee.terms.茶").check(" unopened ") == "unopened"


@pytest.mark.parametrize("key", ["guarantee.refund.", "guarantee.give.tea", "due.guarantee_lead.tea", "rfm.few.tea"])
def test_no_other_setting_has_rules_of_lines(key: str) -> None:
    with refused_as("unknown-setting"):
        find(key)


def test_a_policy_knows_the_rules_of_lines_that_are_stored() -> None:
    policy = Policy({"guarantee.refund.tea": "30d", "guarantee.refund": "14d", "cadence.proactive": "20"})
    assert policy.family("guarantee.") == [("guarantee.refund.tea", "30d")]
    assert (policy.own("guarantee.refund.tea"), policy.own("guarantee.refund.oven")) == ("30d", None)
    assert policy.text("guarantee.refund") == "14d"
    assert policy.text("guarantee.refund.oven") == "7d"


def test_the_houses_numbers_of_sales_are_the_defaults() -> None:
    numbers = {
        "after_sale.thanks": 1, "after_sale.usage": 7, "after_sale.satisfaction": 30, "after_sale.accountable": 14,
        "grade.a_share": 80, "grade.b_share": 95, "grade.months": 12, "risk.times": 2,
        "due.contract_lead": 30, "due.guarantee_lead": 14,
    }  # fmt: skip
    assert {key: Policy({}).number(key) for key in numbers} == numbers
    lengths = {"guarantee.refund": "7d", "guarantee.exchange": "1y", "guarantee.repair": "3y"}
    assert {key: Policy({}).text(key) for key in lengths} == lengths


def test_the_checklists_of_the_sources_are_the_defaults() -> None:
    assert Policy({}).text("checklist.delivery").split(";")[:3] == ["storekeeper", "goods-placed", "first-in-first-out"]
    assert len(Policy({}).text("checklist.delivery").split(";")) == 15
    assert len(Policy({}).text("checklist.visit").split(";")) == 7
    assert Policy({}).text("checklist.repair") == ""
    with refused_as("unknown-setting"):
        find("checklist.nonsense")


def test_the_items_of_a_checklist_stand_apart_and_once() -> None:
    assert find("checklist.repair").check(" seal ; 试机；seal;; lamp ") == "seal;试机;lamp"
