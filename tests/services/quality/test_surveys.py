"""SERVQUAL, CSAT, NPS and the retention model from surveys in a file, worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from csm.cli.session import Session
from csm.domain.quality.customers import Link
from csm.domain.quality.figures import Group, Measured
from csm.domain.survey.scores import CODES, DIMENSIONS, ITEMS, Item, means, perceived
from csm.domain.time.period import Compared, Period
from csm.services.quality import customers, surveys
from csm.storage import rows
from csm.storage.file import schema
from tests.approx import approx

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


class Shop:
    """A file with customers, and surveys put straight into it."""

    def __init__(self, path: Path) -> None:
        schema.make(str(path), "Asia/Shanghai")
        self.session = Session([])
        self.session.path = str(path)

    def customer(self, name: str, **values: object) -> int:
        with self.session.database.writing(self.session.command) as connection:
            return rows.insert(connection, "customer", {"name": name, **values})

    def set(self, **settings: str) -> None:
        """Change settings, as a command before this one."""
        with self.session.database.writing(self.session.command) as connection:
            told = [(key.replace("__", "."), value) for key, value in settings.items()]
            connection.executemany("INSERT INTO setting (key, value) VALUES (?, ?)", told)
        path = self.session.path
        self.session.close()
        self.session = Session([])
        self.session.path = path

    def survey(self, customer: int | None, expect: str = "", perceive: str = "", **values: object) -> None:
        """Put a survey in; scores as typed: 6,7,,6,7."""
        for side, typed in (("e", expect), ("p", perceive)):
            for name, score in zip(DIMENSIONS, typed.split(","), strict=False):
                if score:
                    values[f"{name}_{side}"] = float(score)
        with self.session.database.writing(self.session.command) as connection:
            rows.insert(connection, "survey", {"customer_id": customer, "taken_on": "2026-11-10", **values})

    def form(self, customer: int, items: dict[str, Item], **values: object) -> None:
        """Put a survey with the scores of its items in, as `survey add` does."""
        told: dict[str, Any] = {**means(items, 7), "perceived": perceived(items, 7), **values}
        self.survey(customer, **told)

    def servqual(self, days: Period = NOVEMBER) -> Group:
        return surveys.measure_servqual(self.session, days)[None]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path / "shop.db")
    shop.customer("Blue Cafe", owner="alice", region="north", grade="A")
    shop.customer("Red Inn", owner="bob", region="north")
    yield shop
    shop.session.close()


def test_two_respondents_one_with_own_weights(shop: Shop) -> None:
    shop.survey(1, "6,7,6,6,7", "5,6,6,5,7", weights="1,5,1,2,1")
    shop.survey(2, "6,7,6,6,6", "6,5,6,6,7")
    group = shop.servqual()
    # Weights: (10 50 10 20 10 + 11 32 22 19 16) / 2 = 10.5 41 16 19.5 13; gaps -0.5 -1.5 0 -0.5 0.5.
    assert [group[f"{name}_weight"] for name in DIMENSIONS] == [Measured(w, 2) for w in (10.5, 41, 16, 19.5, 13)]
    assert [group[f"{name}_gap"].value for name in DIMENSIONS] == [-0.5, -1.5, 0, -0.5, 0.5]
    # -0.0525 - 0.615 - 0.0975 + 0.065
    assert group["weighted"] == Measured(approx(-0.7), 2)
    assert group["unweighted"] == Measured(approx(-0.4), 2)


def test_the_houses_weights_are_brought_to_100(shop: Shop) -> None:
    shop.set(**{f"weight__{name}": "10" for name in DIMENSIONS})
    shop.survey(1, "6,7,6,6,7", "5,6,6,5,7")
    assert shop.servqual()["empathy_weight"] == Measured(20, 1)


def test_own_weights_of_a_survey_that_does_not_count_do_not_count(shop: Shop) -> None:
    shop.survey(1, "6,7,6,6,7", "5,6,6,5,7")
    shop.survey(1, "", "5,6,6,5,7", weights="100,0,0,0,0")
    shop.survey(2, "6,7,6,6,7", "5,6,6,5,7", weights="100,0,0,0,0", subject="Rival")
    assert shop.servqual()["tangibles_weight"] == Measured(11, 1)


def test_competitors_and_managers_are_never_in_ours(shop: Shop) -> None:
    shop.survey(1, "6,7,6,6,7", "5,6,6,5,7", csat=5, nps=9)
    alone = {name: measure(shop.session, NOVEMBER) for name, measure in MEASURES.items()}
    shop.survey(1, "7,7,7,7,7", "1,1,1,1,1", csat=1, nps=0, subject="Rival")
    shop.survey(None, "7,7,7,7,7", "1,1,1,1,1", csat=1, nps=0, respondent="manager")
    shop.survey(2, "7,7,7,7,7", "1,1,1,1,1", csat=1, nps=0, respondent="manager")
    shop.survey(2, "7,7,7,7,7", "1,1,1,1,1", respondent="manager", subject="Rival")
    assert {name: measure(shop.session, NOVEMBER) for name, measure in MEASURES.items()} == alone
    assert shop.servqual()["n"] == Measured(1, 1)
    # The manager's survey about Rival isn't a customer's either.
    (rival,) = surveys.details(shop.session, NOVEMBER)["competitors"]
    assert (rival["subject"], rival["n"]) == ("Rival", 1)


MEASURES = {"servqual": surveys.measure_servqual, "csat": surveys.measure_csat, "nps": surveys.measure_nps}


def test_a_survey_belongs_to_the_day_it_was_taken(shop: Shop) -> None:
    for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
        shop.survey(1, "6,7,6,6,7", "5,6,6,5,7", csat=5, taken_on=day)
    assert shop.servqual()["n"] == Measured(2, 2)
    assert surveys.measure_csat(shop.session, OCTOBER) == {None: {"n": Measured(1, 1), "value": Measured(1, 1)}}


def test_a_survey_that_is_written_meanwhile_counts(shop: Shop) -> None:
    assert shop.servqual()["n"] == Measured(0, 0)
    shop.survey(1, "6,7,6,6,7", "5,6,6,5,7")
    assert shop.servqual()["n"] == Measured(1, 1)


# --- CSAT and NPS -------------------------------------------------------------------------------------------------


def test_csat_is_4_and_5_of_all_answers(shop: Shop) -> None:
    for csat in (5, 4, 3, None, 1):
        shop.survey(1, csat=csat, scale=5 if csat == 4 else 7)
    assert surveys.measure_csat(shop.session, NOVEMBER)[None] == {"n": Measured(4, 4), "value": Measured(0.5, 4)}


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ((), None),
        ((0,), -100),
        ((0, 0, 0), -100),
        ((10, 9), 100),
        ((0, 10), 0),
        ((7, 8), 0),
        # One of 9 and 10, two of 0 to 6, of five: 20 - 40.
        ((9, 8, 7, 6, 0), -20),
        # Two of three less one of three: 100/3.
        ((10, 10, 0), 100 / 3),
    ],
)
def test_nps_with_zeros(shop: Shop, answers: tuple[int, ...], value: float | None) -> None:
    for nps in answers:
        shop.survey(1, nps=nps)
    shop.survey(1, csat=5)
    n = len(answers)
    told = None if value is None else approx(value)
    assert surveys.measure_nps(shop.session, NOVEMBER)[None] == {"n": Measured(n, n), "value": Measured(told, n)}


# --- by groups ----------------------------------------------------------------------------------------------------


def test_groups_by_what_the_cards_say(shop: Shop) -> None:
    shop.survey(1, "6,7,6,6,7", "5,6,6,5,7", csat=5)
    shop.survey(2, "6,7,6,6,6", "6,5,6,6,7", csat=1)
    shop.survey(2, "5,5,5,5,5", "1,1,1,1,1", scale=5)
    shop.survey(None, "7,7,7,7,7", "1,1,1,1,1", respondent="manager")
    found = surveys.measure_servqual(shop.session, NOVEMBER, "owner")
    assert {owner: group["unweighted"] for owner, group in found.items()} == {
        "alice": Measured(approx(-0.6), 1),
        "bob": Measured(approx(-0.2), 1),
    }
    assert surveys.measure_servqual(shop.session, NOVEMBER, "region") == {"north": shop.servqual()}
    csat = surveys.measure_csat(shop.session, NOVEMBER, "grade")
    assert {grade: group["value"].value for grade, group in csat.items()} == {"A": 1, None: 0}
    # Nobody said how likely they are to recommend us: there is no group.
    assert surveys.measure_nps(shop.session, NOVEMBER, "grade") == {}


def test_groups_are_all_on_the_scale_of_most(shop: Shop) -> None:
    shop.survey(1, "6,7,6,6,7", "5,6,6,5,7")
    for _ in range(2):
        shop.survey(2, "5,5,5,5,5", "4,4,4,4,4", scale=5)
    found = surveys.measure_servqual(shop.session, NOVEMBER, "owner")
    assert {owner: group["scale"].value for owner, group in found.items()} == {"bob": 5}


# --- alpha --------------------------------------------------------------------------------------------------------

# Tangibles as in tests/domain/test_alpha.py, where it is worked out: 112.4 / 116.1.
TANGIBLES = ((4, 5, 4, 5), (3, 3, 2, 4), (5, 5, 5, 5), (2, 2, 3, 2), (1, 2, 1, 1))


def answered(dimension: str, scored: tuple[int, ...], *, reverse: bool = False) -> dict[str, Item]:
    return {code: Item(7, score, reverse) for code, score in zip(ITEMS[dimension], scored, strict=True)}


def test_alpha_of_the_surveys_that_scored_every_item(shop: Shop) -> None:
    for scored in TANGIBLES:
        shop.form(1, answered("tangibles", scored))
    shop.form(2, {"q1": Item(7, 1), "q2": Item(7, 7)})
    shop.form(2, answered("tangibles", (1, 7, 1, 7)), subject="Rival")
    shop.form(2, answered("tangibles", (1, 7, 1, 7)), respondent="manager")
    shop.survey(2, perceive="7")
    group = shop.servqual()
    assert group["tangibles_alpha"] == Measured(approx(112.4 / 116.1), 5)
    assert group["reliability_alpha"] == Measured(None, 0)
    assert group["tangibles_gap"].n == 6


def test_items_put_in_the_negative_are_reversed_before_alpha_and_means(shop: Shop) -> None:
    for scored in TANGIBLES:
        # Responsiveness as on the form of 1988: 8 - x gives the scores of TANGIBLES.
        turned = tuple(8 - score for score in scored)
        shop.form(1, answered("responsiveness", turned, reverse=True))
    group = shop.servqual()
    assert group["responsiveness_alpha"] == Measured(approx(112.4 / 116.1), 5)
    # Sums 18 + 12 + 20 + 9 + 5 = 64 of 20 scores; the expectation of 7 in the negative is 1.
    assert group["responsiveness_perception"] == Measured(approx(3.2), 5)
    assert group["responsiveness_expectation"] == Measured(1, 5)


def test_alpha_of_respondents_who_are_all_alike_is_nothing(shop: Shop) -> None:
    for _ in range(5):
        shop.form(1, {code: Item(7, 6) for code in CODES})
    assert {shop.servqual()[f"{name}_alpha"] for name in DIMENSIONS} == {Measured(None, 5)}


def test_alpha_takes_the_time_only_where_it_is_wanted(shop: Shop) -> None:
    shop.form(1, answered("tangibles", TANGIBLES[0]))
    wanted = surveys.measure_servqual(shop.session, NOVEMBER, None, ["weighted"])[None]
    assert "tangibles_alpha" not in wanted
    assert wanted["weighted"] == shop.servqual()["weighted"]


# --- beside -------------------------------------------------------------------------------------------------------


def test_details_hold_what_stands_beside(shop: Shop) -> None:
    shop.survey(1, "6,7", "5,6", weights="20,20,20,20,20")
    shop.survey(1, "", "7")
    shop.survey(1, "6", ",5")
    shop.survey(2, "5,5,5,5,5", "4,4,4,4,3", scale=5)
    shop.survey(1, "6,6", "5,7", subject="Rival")
    shop.survey(2, "", "7", subject="rival")
    told = surveys.details(shop.session, NOVEMBER)
    assert (told["left_out"], told["own_weights"], told["unpaired"]) == (
        ["responsiveness", "assurance", "empathy"],
        1,
        1,
    )
    (rival,) = told["competitors"]
    # Rival: tangibles (5 + 7) / 2, gap -1 of one; ours (5 + 7) / 2 of all who perceive it.
    assert (rival["subject"], rival["n"]) == ("Rival", 2)
    assert rival["dimensions"][0] == {
        "dimension": "tangibles",
        "perception": 6,
        "n": 2,
        "gap": -1,
        "gap_n": 1,
        "our_perception": 6,
        "our_n": 2,
    }
    other = told["other_scale"]
    # Gaps -1 -1 -1 -1 -2: mean -1.2, weighted -1 - 0.16.
    assert (other["scale"], other["n"], other["unweighted"], other["weighted"]) == (5, 1, -1.2, -1.16)
    assert other["dimensions"][4] == {
        "dimension": "empathy",
        "expectation": 5,
        "perception": 3,
        "gap": -2,
        "weight": 16,
        "alpha": None,
        "n": 1,
        "alpha_n": 0,
    }


def test_nothing_stands_beside_nothing(shop: Shop) -> None:
    assert surveys.details(shop.session, NOVEMBER) == {
        "left_out": [],
        "own_weights": 0,
        "unpaired": 0,
        "competitors": [],
        "other_scale": None,
    }


def test_a_period_on_another_scale_is_not_compared(shop: Shop) -> None:
    shop.survey(1, "6,7,6,6,7", "5,6,6,5,7")
    shop.survey(1, "5,5,5,5,5", "4,4,4,4,3", scale=5, taken_on="2026-10-10")
    before = surveys.page(shop.session, Compared(NOVEMBER, OCTOBER)).before
    assert "weighted" not in before
    shop.survey(1, "5,5,5,5,5", "4,4,4,4,3", taken_on="2026-10-11")
    before = surveys.page(shop.session, Compared(NOVEMBER, OCTOBER)).before
    assert before["weighted"] == Measured(approx(-1.16), 1)


# --- the model ----------------------------------------------------------------------------------------------------


def test_the_model_over_own_surveys_of_the_period(shop: Shop) -> None:
    # Ten times 1,1 and 2,2 of value and intention: r = 1. Satisfaction given by four only.
    for number in range(10):
        satisfied = 3 if number < 4 else None
        shop.survey(1, value=1 + number % 2, intention=1 + number % 2, switching=5, satisfaction=satisfied)
    shop.survey(1, value=1, intention=7, subject="Rival")
    shop.survey(1, value=1, intention=7, respondent="manager")
    shop.survey(1, value=1, intention=7, taken_on="2026-10-31")
    assert customers.links(shop.session, NOVEMBER) == [
        Link("value", "intention", 1.0, 10, "holds"),
        Link("value", "satisfaction", None, 4, None),
        Link("satisfaction", "intention", None, 4, None),
        Link("switching", "intention", None, 10, None),
    ]


def test_the_border_and_the_number_are_the_houses(shop: Shop) -> None:
    shop.set(model__few="5", model__holds="78")
    for value, intention in ((1, 2), (2, 4), (3, 5), (4, 4), (5, 5)):
        shop.survey(1, value=value, intention=intention)
    # 6 / sqrt(60) = 0.7746, as in tests/domain/test_model.py
    assert customers.links(shop.session, NOVEMBER)[0] == Link("value", "intention", approx(6 / sqrt(60)), 5, "weak")
