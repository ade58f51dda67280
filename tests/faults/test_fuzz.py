"""The part of the fuzz that is run with every change: a value or two in each place, the same ones every time.

`python -m tests.faults.fuzz` runs all of it.
"""

from __future__ import annotations

import random

import pytest

from tests.faults.commands import Called, commands
from tests.faults.fuzz import (
    CELLS,
    DIGITS,
    KINDS,
    VALUES,
    Fuzz,
    of_arguments,
    of_encodings,
    of_holidays,
    of_options,
    of_settings,
    of_sheets,
    of_times,
)

KNOWN = [command for command in commands() if command.title != "demo"]


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Fuzz:
    return Fuzz(tmp_path_factory.mktemp("fuzz"))


def ended_well(fuzz: Fuzz) -> None:
    """Assert that no call since the last time ended as none may."""
    found = list(fuzz.report.faults)
    fuzz.report.faults.clear()
    assert found == []
    assert fuzz.report.calls


@pytest.mark.parametrize("command", KNOWN, ids=lambda command: command.title)
def test_options_and_arguments(fuzz: Fuzz, command: Called) -> None:
    # One value an option: a few hundred of all the pairs, spread by the command's own name.
    chance = random.Random(command.title)
    for option in chance.sample(command.options, (len(command.options) + 1) // 2):
        of_options(fuzz, command._replace(options=(option,)), [chance.choice(VALUES)])
    of_arguments(fuzz, command, [DIGITS, chance.choice(VALUES)])
    ended_well(fuzz)


@pytest.mark.parametrize("kind", KINDS)
def test_cells(fuzz: Fuzz, kind: str) -> None:
    of_sheets(fuzz, kind, [DIGITS, random.Random(kind).choice(CELLS)], ([{"a": [1]}],))
    ended_well(fuzz)


def test_settings(fuzz: Fuzz) -> None:
    of_settings(fuzz, [DIGITS])
    ended_well(fuzz)


def test_holidays(fuzz: Fuzz) -> None:
    of_holidays(fuzz, [DIGITS, "\0", "", "0001-01-01", "9999-12-31"])
    ended_well(fuzz)


def test_times(fuzz: Fuzz) -> None:
    for command in KNOWN:
        if command.title in ("today", "due", "quality summary", "callback plan", "customer journey"):
            of_times(fuzz, command, ["0001-01-01", "9999-12-31 23:59", "2026-11-21T09:00:00+23:59", "2026-02-30"])
    ended_well(fuzz)


def test_encodings(fuzz: Fuzz) -> None:
    of_encodings(fuzz, ["punycode", "idna", "undefined", "utf_7", "utf_16_le", "rot_13", "hex_codec", "cp1252"])
    ended_well(fuzz)
