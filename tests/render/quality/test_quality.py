"""How figures of service quality read."""

from __future__ import annotations

import pytest

from csm.domain.quality.figures import FIGURES, Figure, Measured, of
from csm.render.quality.tables import definitions, is_thin, shown_change, shown_n, shown_value, supplied


def figure(section: str, name: str) -> Figure:
    return next(one for one in FIGURES if (one.section, one.name) == (section, name))


@pytest.mark.parametrize(
    ("section", "name", "value", "shown"),
    [
        ("complaints", "n", 12, "12"),
        ("promises", "kept_share", 0.8333, "83.3 %"),
        ("promises", "kept_share", 0.0, "0.0 %"),
        ("promises", "kept_share", None, "-"),
        ("servqual", "weighted", -0.715, "-0.71"),
        ("servqual", "weighted", 0.096, "+0.10"),
        ("servqual", "weighted", -0.001, "0.00"),
        ("servqual", "servperf", 5.4, "5.40"),
        ("servqual", "empathy_weight", 15.15, "15.2"),
        ("servqual", "empathy_alpha", 0.8395, "0.84"),
        ("servqual", "empathy_alpha", -0.0049, "0.00"),
        ("servqual", "empathy_alpha", -0.0051, "-0.01"),
        ("nps", "value", 20.6, "+21"),
        ("nps", "value", -100.0, "-100"),
        ("complaints", "first_response_median_h", 6.52, "6.5 h"),
        ("complaints", "per_100_customers", 9.0909, "9.09"),
    ],
)
def test_a_value(section: str, name: str, value: float | None, shown: str) -> None:
    assert shown_value(figure(section, name), Measured(value, 5)) == shown
    assert shown_value(figure(section, name), None) == "-"


@pytest.mark.parametrize(
    ("section", "name", "now", "before", "shown"),
    [
        ("promises", "kept_share", 0.85, 0.8, "+5.0 %-pts, better"),
        ("promises", "kept_share", 0.8, 0.85, "-5.0 %-pts, worse"),
        ("promises", "kept_share", 0.8, 0.80001, "no change"),
        ("promises", "kept_share", None, 0.8, "-"),
        ("promises", "kept_share", 0.8, None, "-"),
        ("complaints", "first_response_median_h", 6.5, 9.0, "-2.5 h, better"),
        ("complaints", "n", 5, 3, "+2, worse"),
        ("callbacks", "due", 5, 3, "+2"),
        ("nps", "value", 21, -4, "+25, better"),
        ("servqual", "weighted", -0.71, -0.77, "+0.06, better"),
        ("gaps", "gap_4", 0.1, 0.2, "-10.0 %-pts, better"),
    ],
)
def test_a_change(section: str, name: str, now: float | None, before: float | None, shown: str) -> None:
    assert shown_change(figure(section, name), Measured(now, 5), Measured(before, 5)) == shown


def test_of_how_many_a_figure_was_made() -> None:
    assert shown_n(Measured(0.5, 5), 5) == "5"
    assert shown_n(Measured(0.5, 4), 5) == "4, thin"
    assert shown_n(Measured(None, 0), 5) == "0"
    assert shown_n(Measured(4, 4), 5, count=True) == ""
    promises = of("promises")
    assert is_thin(promises, {"n": Measured(4, 4), "kept_share": Measured(0.5, 4)}, 5)
    assert not is_thin(promises, {"n": Measured(4, 4), "kept_share": Measured(0.5, 5)}, 5)
    assert not is_thin(promises, {"n": Measured(0, 0), "kept_share": Measured(None, 0)}, 5)


def test_what_is_missing_and_what_supplies_it() -> None:
    known = {one.name: Measured(1, 1) for one in of("callbacks")}
    assert supplied(of("callbacks"), known) == []
    assert supplied(of("callbacks"), {**known, "satisfaction": Measured(None, 0)}) == [
        "nothing is recorded for satisfaction; this supplies it: csm callback done ID TEXT -s 5"
    ]


def test_complaints_that_are_there_already_need_the_next_step() -> None:
    names = ("first_response_met", "resolution_met", "bought_again")
    group = {one.name: Measured(1, 1) for one in of("complaints")} | dict.fromkeys(names, Measured(None, 0))
    assert supplied(of("complaints"), group) == [
        "nothing is recorded for first response in time; this supplies it: csm complaint respond ID TEXT",
        "nothing is recorded for resolved in time; this supplies it: csm complaint implement ID",
        "nothing is recorded for bought again (recovery rate); "
        "this supplies it: csm sale add REF PRODUCT --amount 1200",
    ]
    assert supplied(of("complaints"), group | {"n": Measured(0, 0)}) == [
        "nothing is recorded for first response in time, resolved in time, bought again (recovery rate); "
        "this supplies it: csm complaint open REF SUMMARY"
    ]


def test_definitions_by_the_numbers_of_the_file() -> None:
    numbers = {"months": 12, "repeat_days": 30, "recovery_days": 90}
    repeated = [figure("complaints", "repeated")]
    definition = (
        "complaints about a problem that the same customer had complained about within the 30 days before;"
        " 'other' is no one problem"
    )
    assert list(definitions(repeated, numbers, people=False)) == [
        ("complaints", "repeated", definition, "handbook 10.2")
    ]
    assert list(definitions(repeated, numbers, people=True)) == [
        ("complaints", "repeated", definition, "handbook 10.2")
    ]
    # The five dimensions have the same five figures: people read them once.
    named = [row[1] for row in definitions(of("servqual"), numbers, people=True)]
    assert named[-6:] == ["scale", "expectation", "perception", "gap", "weight", "alpha"]
    assert len(list(definitions(of("servqual"), numbers, people=False))) == 7 + 25
