"""The keys of `quality` that scripts count on (the contract, sections 2, 3), on a file with a little of everything."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from csm.domain.quality.figures import of
from csm.domain.survey.scores import DIMENSIONS
from tests.desk import Desk, filled_once

COMPLAINTS = (
    "n per_100_customers founded first_response_met first_response_median_h first_response_p90_h resolution_met"
    " resolution_median_h resolution_p90_h reopened escalated escalated_by_policy settled_on_spot repeated satisfaction"
    " bought_again"
).split()
GROUPS = {
    "servqual": "n unweighted weighted servperf technical functional scale dimensions".split(),
    "csat": ["n", "value"],
    "nps": ["n", "value"],
    "complaints": COMPLAINTS,
    "callbacks": "due on_time late never reached satisfaction".split(),
    "promises": "n kept broken open kept_share".split(),
    "retention": "start kept rate".split(),
}
DIMENSION = "dimension expectation perception gap weight n alpha".split()
SECTIONS = ("servqual", "gaps", "complaints", "callbacks", "promises", "retention", "heart")
BY = ("month", "owner", "region", "grade")


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Give two customers who bought last month, one of them with two surveys, a complaint, promises and a callback."""
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice", "--region", "East", "--grade", "A")
    desk.ok("customer", "add", "River Gym", "--owner", "bob", "--region", "West", "--grade", "B")
    for customer in (1, 2):
        desk.ok("sale", "add", str(customer), "tea", "--amount", "100", "--on", "2026-10-20")
    scores = ("--expect", "7,7,7,7,7", "--perceive", "6,5,7,6,5")
    desk.ok("survey", "add", "Golden Dragon", *scores, "--csat", "5", "--nps", "10", "--taken", "2026-11-10")
    desk.ok("survey", "add", "Golden Dragon", *scores, "--csat", "2", "--nps", "8", "--taken", "2026-11-12")
    desk.ok("complaint", "open", "Golden Dragon", "cold on arrival")
    desk.ok("promise", "add", "Golden Dragon", "bring it", "--by", "2026-11-25")
    desk.now = "2026-11-02 09:00"
    desk.ok("promise", "add", "Golden Dragon", "ring them", "--by", "2026-11-05")
    desk.ok("callback", "add", "Golden Dragon", "--on", "2026-11-05")
    desk.now = "2026-11-21 09:00"
    return desk


def test_the_summary_has_the_keys_of_the_contract_in_its_order(shop: Desk) -> None:
    found = shop.json("quality", "summary")
    assert list(found) == ["from", "to", "customers", *GROUPS]
    assert (found["from"], found["to"], found["customers"]) == ("2026-11-01", "2026-11-21", 2)
    for name, keys in GROUPS.items():
        assert list(found[name]) == [*keys, "counted"], name
    dimensions = found["servqual"]["dimensions"]
    assert [one["dimension"] for one in dimensions] == list(DIMENSIONS)
    assert all(list(one) == [*DIMENSION, "alpha_n"] for one in dimensions)


def test_the_summary_by_hand(shop: Desk) -> None:
    found = shop.json("quality", "summary")
    # Gaps -1, -2, 0, -1, -2: -6 / 5; (11 x -1 + 32 x -2 + 0 + 19 x -1 + 16 x -2) / 100 = -126 / 100, of which
    # technical -75 / 100 and functional -51 / 100.
    assert {name: found["servqual"][name] for name in GROUPS["servqual"][:7]} == {
        "n": 2,
        "unweighted": -1.2,
        "weighted": -1.26,
        "servperf": None,
        "technical": -0.75,
        "functional": -0.51,
        "scale": 7,
    }
    assert found["servqual"]["dimensions"][1] == {
        "dimension": "reliability",
        "expectation": 7,
        "perception": 5,
        "gap": -2,
        "weight": 32,
        "n": 2,
        "alpha": None,
        "alpha_n": 0,
    }
    # One of two is satisfied; (1 promoter - 0) of two.
    assert found["csat"] == {"n": 2, "value": 0.5, "counted": {"value": 2}}
    assert found["nps"] == {"n": 2, "value": 50, "counted": {"value": 2}}
    # One complaint, two active customers.
    assert (found["complaints"]["n"], found["complaints"]["per_100_customers"]) == (1, 50)
    assert found["complaints"]["counted"]["per_100_customers"] == 2
    # One promise is open and past due, the other isn't due in the period; the callback is open and past its day.
    promises, callbacks = found["promises"], found["callbacks"]
    assert promises == {"n": 1, "kept": 0, "broken": 0, "open": 1, "kept_share": 0, "counted": {"kept_share": 1}}
    assert (callbacks["due"], callbacks["never"], callbacks["reached"]) == (1, 1, None)
    assert callbacks["counted"] == {"reached": 0, "satisfaction": 0}
    # Two were active on 1 November; nobody bought since.
    assert found["retention"] == {"start": 2, "kept": 0, "rate": 0, "counted": {"rate": 2}}


def test_without_any_record_every_group_is_there_with_nothing_in_it(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    found = desk.json("quality", "summary")
    for name, keys in GROUPS.items():
        assert list(found[name]) == [*keys, "counted"], name
        counts = {figure.name for figure in of(name) if figure.kind == "count" and figure.name != "scale"}
        for key in keys:
            if key == "dimensions":
                assert all(one["n"] == 0 and one["gap"] is None for one in found[name][key])
            elif key in counts:
                # Of nothing there are none, and what is counted among nothing says nothing.
                assert found[name][key] == (0 if key in ("n", "due", "start") else None), (name, key)
            elif key != "per_100_customers":
                assert found[name][key] is None, (name, key)
    # No sale is recorded: the card in use stands in for an active customer.
    assert found["customers"] == 1
    assert (found["complaints"]["per_100_customers"], found["complaints"]["counted"]["per_100_customers"]) == (0, 1)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_gives_its_group_with_more_in_it(shop: Desk, section: str) -> None:
    found = shop.json("quality", section)
    assert list(found)[:2] == ["from", "to"]
    summary = shop.json("quality", "summary")
    for key in GROUPS.get(section, ()):
        assert found[key] == summary[section][key], key
    assert list(found["before"])[:2] == ["from", "to"]
    assert (found["before"]["from"], found["before"]["to"]) == ("2026-10-01", "2026-10-21")
    if section != "servqual":
        names = [figure.name for figure in of(section)]
        assert list(found)[2 : 2 + len(names)] == names
        assert [key for key in found["before"] if key in names] == names
        assert set(found["counted"]) == {figure.name for figure in of(section) if figure.kind != "count"}


@pytest.mark.parametrize("section", ["summary", *SECTIONS])
def test_csv_has_a_row_a_figure(shop: Desk, section: str) -> None:
    rows = table(shop.ok("quality", section, "-f", "csv"))
    assert rows[0] == ["section", "figure", "value", "n", "before"]
    sections = GROUPS if section == "summary" else (section,)
    figures = [(one.section, one.name) for name in sections for one in of(name) if section != "summary" or not one.own]
    assert [tuple(row[:2]) for row in rows[1 : 1 + len(figures)]] == figures
    if section == "complaints":
        # What most complaints are about comes after the figures; the one of the file is in nobody's hands but alice's.
        assert ["complaints by owner", "alice", "1", "1", ""] in rows
    else:
        assert len(rows) == 1 + len(figures)
    assert all(row[3].isdigit() for row in rows[1:])


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("section", ["summary", *SECTIONS])
def test_with_by_a_column_more_and_a_key_first(shop: Desk, section: str, by: str) -> None:
    rows = table(shop.ok("quality", section, "--by", by, "-f", "csv"))
    assert rows[0] == [by, "section", "figure", "value", "n", "before"]
    found: list[dict[str, Any]] = shop.json("quality", section, "--by", by)
    whole = shop.json("quality", section)
    assert found
    for one in found:
        assert list(one)[:3] == [by, "from", "to"]
        if section == "summary":
            assert list(one)[1:] == list(whole)
            assert all(list(one[name]) == list(whole[name]) for name in GROUPS)
    groups = list(dict.fromkeys(row[0] for row in rows[1:]))
    assert groups == ["" if one[by] is None else str(one[by]) for one in found]
    expected = {"month": "2026-11", "owner": "alice", "region": "East", "grade": "A"}
    assert found[0][by] == expected[by]


def test_the_groups_add_up(shop: Desk) -> None:
    for by in BY:
        found = shop.json("quality", "summary", "--by", by)
        assert sum(one["customers"] for one in found) == 2
        assert sum(one["csat"]["n"] for one in found) == 2
        assert sum(one["complaints"]["n"] for one in found) == 1


def test_scales_are_never_compared(shop: Desk) -> None:
    scores = ("--scale", "5", "--expect", "5,5,5,5,5", "--perceive", "4,4,4,4,4")
    shop.ok("survey", "add", "River Gym", *scores, "--taken", "2026-10-10")
    found = shop.json("quality", "servqual")
    assert (found["scale"], found["weighted"]) == (7, -1.26)
    assert (found["before"]["scale"], found["before"]["weighted"]) == (None, None)
    rows = table(shop.ok("quality", "summary", "-f", "csv"))
    assert ["servqual", "weighted", "-1.26", "2", ""] in rows
    gaps = shop.json("quality", "gaps")
    assert (gaps["gap_5"], gaps["before"]["gap_5"]) == (-1.26, None)


def test_what_stands_beside_the_figures(shop: Desk) -> None:
    model = shop.json("quality", "retention", "--model")["model"]
    assert [(one["cause"], one["effect"]) for one in model] == [
        ("value", "intention"),
        ("value", "satisfaction"),
        ("satisfaction", "intention"),
        ("switching", "intention"),
    ]
    assert all((one["r"], one["n"], one["verdict"]) == (None, 0, None) for one in model)
    assert "model" not in shop.json("quality", "retention")
    assert shop.json("quality", "servqual")["competitors"] == []
    gaps = shop.json("quality", "gaps")
    assert gaps["scale"] == 7
    assert gaps["dimensions"][1] == {
        "dimension": "reliability",
        "expectation": 7,
        "managers": None,
        "standard": None,
        "experience": 5,
        "gap_1": None,
        "gap_2": None,
        "gap_5": -2,
    }


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))
