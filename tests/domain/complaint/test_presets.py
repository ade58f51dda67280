"""Presets: complete, canonical, and the numbers of the rules that they are named after."""

from __future__ import annotations

import pytest

from csm.domain.complaint.presets import KEYS, PRESETS, find
from csm.domain.settings import BY_KEY
from tests.refusals import refused_as


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_says_every_target_canonically_and_has_a_source(name: str) -> None:
    preset = PRESETS[name]
    assert list(preset.values) == list(KEYS) and len(KEYS) == 10
    for key, value in preset.values.items():
        assert BY_KEY[key].check(value) == value
    assert preset.source.endswith(".")


def targets(name: str, clock: str) -> list[str]:
    return [PRESETS[name].values[f"clock.{severity}.{clock}"] for severity in ("general", "serious", "malicious")]


def test_the_numbers_are_those_of_the_rules() -> None:
    assert PRESETS["default"].values == {key: BY_KEY[key].default for key in KEYS}
    assert targets("five-day", "first_response") == ["8h", "2h", "2h"]
    assert targets("five-day", "proposal") == ["3d", "1d", "2d"]  # stricter ones stay
    assert targets("five-day", "resolution") == ["5d", "3d", "5d"]
    assert targets("fca", "first_response") == ["8h", "2h", "2h"]
    assert targets("fca", "proposal") == targets("fca", "resolution") == ["8w"] * 3
    assert targets("cfpb", "first_response") == ["15cd"] * 3
    assert targets("cfpb", "proposal") == targets("cfpb", "resolution") == ["60cd"] * 3
    early = {name: preset.values["clock.settled_early"] for name, preset in PRESETS.items()}
    assert early == {"default": "none", "five-day": "none", "fca": "end of 3d", "cfpb": "none"}


def test_a_preset_is_found_however_it_is_typed_and_an_unknown_one_names_them_all() -> None:
    assert find(" Five_Day ") is PRESETS["five-day"]
    with refused_as("unknown-value") as raised:
        find("ombudsman")
    assert raised.value.values["choices"] == ["default", "five-day", "fca", "cfpb"]
