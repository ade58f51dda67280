"""The table of policy: defaults as in the handbook, checks that say what is wrong."""

from __future__ import annotations

import pytest

from csm.domain.errors import UnknownSetting, UnknownTimeZone, UnreadableNumber, UnreadableSpans
from csm.domain.settings import SETTINGS, Policy, find


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
    with pytest.raises(UnknownSetting) as raised:
        find("cadence.proactiv")
    assert raised.value.values["near"][0] == "cadence.proactive"


@pytest.mark.parametrize("value", ["0", "3651", "-1", "ten", "1_0", "", "1.5", "٣٣٣٣٣"])
def test_a_number_out_of_range_is_refused(value: str) -> None:
    with pytest.raises(UnreadableNumber):
        find("cadence.proactive").check(value)


def test_other_checks() -> None:
    assert find("file.currency").check(" eur ") == "EUR"
    assert find("file.timezone").check("Asia/Shanghai") == "Asia/Shanghai"
    with pytest.raises(UnknownTimeZone):
        find("file.timezone").check("Mars/Olympus")
    with pytest.raises(UnreadableSpans):
        find("work.spans").check("mon-fri 18:00-09:00")
