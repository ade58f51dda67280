"""What a service usually is, and which item of a checklist is meant (handbook 13)."""

from __future__ import annotations

import pytest

from csm.domain.service.rules import find_items, not_ticked, of_other_kind, read_items, usual
from csm.domain.settings import CHECKLISTS
from csm.domain.terms import TERMS

LABELS = {"on-time": "准时", "goods-placed": "按要求摆放货物"}


def found(typed: str, *items: str) -> list[str]:
    return find_items(items, typed, lambda item: LABELS.get(item, item))


def test_every_kind_has_its_usual_phase_place_and_technical() -> None:
    for kind in TERMS["service_kind"]:
        told = usual(kind)
        assert told["phase"] in TERMS["phase"]
        assert told["place"] in TERMS["place"]
        assert told["technical"] in (0, 1)
    assert usual("information") == {"phase": "before", "place": "ours", "technical": 0}
    assert usual("demonstration") == {"phase": "during", "place": "ours", "technical": 1}
    assert usual("delivery") == {"phase": "after", "place": "theirs", "technical": 0}
    assert usual("repair") == {"phase": "after", "place": "theirs", "technical": 1}


def test_the_phases_are_those_of_the_handbook() -> None:
    phases = {kind: usual(kind)["phase"] for kind in TERMS["service_kind"]}
    assert [kind for kind, phase in phases.items() if phase == "before"] == [
        "information", "training-course", "advice-line", "convenience",
    ]  # fmt: skip
    assert [kind for kind, phase in phases.items() if phase == "during"] == [
        "product-knowledge", "help-in-choosing", "demonstration", "errands", "reasonable-wish",
    ]  # fmt: skip


def test_another_kind_takes_along_what_was_as_usual() -> None:
    # a repair is after the sale, at theirs, technical; information before it, at ours, not technical
    assert of_other_kind("repair", "information", usual("repair")) == usual("information")
    told = {"phase": "during", "place": "theirs", "technical": 0}
    assert of_other_kind("repair", "information", told) == {"place": "ours"}


def test_the_items_of_a_checklist() -> None:
    assert read_items(" a ; b；a;; ") == ["a", "b"]
    assert len(read_items(CHECKLISTS["delivery"])) == 15
    assert len(read_items(CHECKLISTS["visit"])) == 7


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("stock", ["stock"]),  # exactly, though it is a part of another
        ("ON_TIME", ["on-time"]),
        ("on  time", ["on-time"]),
        ("turn", ["stock-turned"]),
        ("sto", ["stock", "stock-turned"]),
        ("准时", ["on-time"]),
        ("摆放", ["goods-placed"]),
        ("parking", []),
        (" ", []),
    ],
)
def test_an_item_is_meant_by_code_label_or_part(typed: str, items: list[str]) -> None:
    assert found(typed, "stock", "stock-turned", "on-time", "goods-placed") == items


def test_what_was_not_ticked_keeps_the_order_of_the_list() -> None:
    assert not_ticked(["a", "b", "c"], ["b", "x"]) == ["a", "c"]
