"""Targets that a team can take over by name, each with where its numbers come from (handbook 6.5).

A preset says every target that it knows of, so that one taken over after another leaves nothing of that behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from csm.domain.errors import UsageFault
from csm.domain.settings import BY_KEY, NO_TARGET
from csm.domain.value import Value

EARLY: Final = "clock.settled_early"
KEYS: Final = tuple(key for key in BY_KEY if key.startswith("clock."))


class Preset(Value):
    """The targets of one rule book by setting, canonical; `source` says in a sentence whose rules they are."""

    source: str
    values: Mapping[str, str]


Targets = tuple[str | None, str | None, str | None]


def _preset(source: str, general: Targets, serious: Targets, malicious: Targets, early: str = NO_TARGET) -> Preset:
    """Return a preset from (first response, proposal, resolution) by severity; None is the default."""
    values = {EARLY: early}
    for severity, targets in (("general", general), ("serious", serious), ("malicious", malicious)):
        for clock, target in zip(("first_response", "proposal", "resolution"), targets, strict=True):
            key = f"clock.{severity}.{clock}"
            values[key] = BY_KEY[key].default if target is None else target
    return Preset(source, {key: values[key] for key in KEYS})


DEFAULT: Final = (None, None, None)
PRESETS: Final = {
    "default": _preset("csm's own targets, in working hours and days.", DEFAULT, DEFAULT, DEFAULT),
    # A reply within 5 working days, an answer of the department within 3; what is stricter by default stays so.
    "five-day": _preset(
        "The answer within five working days customary at Chinese service hotlines (12345).",
        (None, "3d", "5d"), DEFAULT, (None, None, "5d"),
    ),
    # The end of the third business day after receipt, and a final response within eight weeks. They say "prompt" for
    # the acknowledgement and give no number: the default. A receipt on a day off counts from the next opening here,
    # where they count from the receipt: a business day later at most for settling early, never for the final response.
    "fca": _preset(
        "FCA Handbook, DISP 1.5 and DISP 1.6.2.",
        (None, "8w", "8w"), (None, "8w", "8w"), (None, "8w", "8w"), "end of 3d",
    ),
    # A response within 15 calendar days; one that is in progress by then is final within 60.
    "cfpb": _preset(
        "CFPB company portal: 15 calendar days, 60 if in progress.",
        ("15cd", "60cd", "60cd"), ("15cd", "60cd", "60cd"), ("15cd", "60cd", "60cd"),
    ),
}  # fmt: skip


def find(name: str) -> Preset:
    """Return the preset called `name`; raise unknown-value with the names there are."""
    preset = PRESETS.get(name.strip().casefold().replace("_", "-"))
    if preset is None:
        raise UsageFault("unknown-value", field="NAME", value=name, choices=list(PRESETS))
    return preset
