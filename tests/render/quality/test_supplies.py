"""The commands that record what figures are made of (handbook 10.3)."""

from __future__ import annotations

from csm.domain.quality.figures import FIGURES, SECTIONS, of
from csm.render.quality.supplies import SUPPLIES, supply


def test_every_section_and_figure_names_a_command_that_supplies_it() -> None:
    for section in SECTIONS:
        assert supply(section).startswith("csm ")
    for figure in FIGURES:
        assert supply(figure.section, figure.name).startswith("csm ")
    assert supply("heart", "happiness") == supply("csat")
    assert supply("callbacks", "satisfaction") == "csm callback done ID TEXT -s 5"
    assert supply("callbacks", "on_time_share") == supply("callbacks")


def test_what_is_supplied_are_figures_that_there_are() -> None:
    names = {f"{section}.{figure.name}" for section in SECTIONS for figure in of(section)}
    assert [name for name in SUPPLIES if name not in names and name not in SECTIONS] == []
