"""A survey's scores: reading them, reversal, the means of dimensions, and what replaces what."""

from __future__ import annotations

import pytest

from csm.domain.survey import reading as survey_reading
from csm.domain.survey import scores as survey
from csm.domain.survey.scores import DIMENSIONS, Item, Scores
from tests.approx import approx
from tests.refusals import refused_as

CLASSICAL = [7] * 4 + [6] * 5 + [5] * 4 + [4] * 4 + [3] * 5


def by_code(scores: list[int | None]) -> dict[str, int]:
    return {code: score for code, score in zip(survey.CODES, scores, strict=True) if score is not None}


# --- means --------------------------------------------------------------------------------------------------------


def test_an_item_without_an_answer_is_left_out_of_both_means() -> None:
    items = {"q1": Item(6, 5), "q2": Item(7, 7), "q3": Item(5, None), "q4": Item(None, 2)}
    # q1 and q2 have both scores: (6 + 7) / 2 and (5 + 7) / 2
    assert survey.means(items, 7) == {"tangibles_e": 6.5, "tangibles_p": 6.0}


def test_a_side_alone_goes_over_what_it_has() -> None:
    items = {"q5": Item(None, 6), "q6": Item(None, 7), "q9": Item(None, 2)}
    assert survey.means(items, 7) == {"reliability_p": 5.0}  # (6 + 7 + 2) / 3


@pytest.mark.parametrize(("scale", "mean"), [(7, 5.5), (5, 3.5)])
def test_items_in_the_negative_are_turned_round(scale: int, mean: float) -> None:
    items = {"q10": Item(None, 2, True), "q11": Item(None, 3, True)}
    # on 7: (8 - 2 + 8 - 3) / 2 = 5.5; on 5: (6 - 2 + 6 - 3) / 2 = 3.5
    assert survey.means(items, scale) == {"responsiveness_p": mean}


def test_perceptions_after_reversal_are_a_sign_an_item() -> None:
    items = {"q1": Item(7, 6), "q2": Item(7, None), "q10": Item(None, 2, True), "q22": Item(None, 1, True)}
    assert survey.perceived(items, 7) == "6" + "-" * 8 + "6" + "-" * 11 + "7"
    assert survey.perceived({"q1": Item(7, None)}, 7) is None


def test_the_mean_gap_is_that_of_the_dimensions_with_both_scores() -> None:
    row = dict.fromkeys(f"{name}_{side}" for name in DIMENSIONS for side in "ep")
    assert survey.mean_gap(row) is None
    row |= {"tangibles_e": 6.0, "tangibles_p": 5.0, "empathy_e": 5.0, "empathy_p": 5.5, "assurance_p": 2.0}
    assert survey.gaps(row) == {"tangibles": -1.0, "empathy": 0.5}
    assert survey.mean_gap(row) == -0.25  # (-1 + 0.5) / 2


def test_weights_are_brought_to_100() -> None:
    assert survey.as_shares([1, 1, 2, 0, 0]) == [25, 25, 50, 0, 0]
    for weights in ([0] * 5, [1, 1, 1, 1, -1]):
        with refused_as("no-weight"):
            survey.as_shares(weights)


# --- what is stored -----------------------------------------------------------------------------------------------


def test_dimensions_are_stored_as_told() -> None:
    found = survey.columns(Scores({"e": {"tangibles": 6.0}, "p": {"empathy": 5.25}}), 7)
    assert {name: value for name, value in found.items() if value is not None} == {
        "tangibles_e": 6.0,
        "empathy_p": 5.25,
    }


def test_items_are_stored_as_on_the_form_and_their_means_beside() -> None:
    scores = Scores(items={"e": by_code(list(CLASSICAL)), "p": by_code([5, None, *CLASSICAL[2:]])}, reverse=True)
    found = survey.columns(scores, 7)
    assert str(found["items"]).startswith('{"q1":{"e":7,"p":5},"q2":{"e":7},"q3":{"e":7,"p":7},')
    assert '"q10":{"e":5,"p":5,"r":1}' in str(found["items"])
    # tangibles over q1, q3, q4: (5 + 7 + 7) / 3; responsiveness 8 - 5, empathy 8 - 3
    assert found["tangibles_p"] == approx(19 / 3)
    assert (found["tangibles_e"], found["responsiveness_p"], found["empathy_e"]) == (7, 3, 5)
    assert found["perceived"] == "5-77" + "66666" + "3333" + "4444" + "55555"
    assert survey.items_text(survey.items_of(str(found["items"]))) == found["items"]


def test_one_side_by_dimension_and_the_other_by_item() -> None:
    dimensions = {"e": dict.fromkeys(DIMENSIONS, 6.0)}
    found = survey.columns(Scores(dimensions, {"p": by_code(list(CLASSICAL))}), 7)
    assert [found[f"{name}_e"] for name in DIMENSIONS] == [6.0] * 5
    assert [found[f"{name}_p"] for name in DIMENSIONS] == [7, 6, 5, 4, 3]


def test_a_side_that_is_told_replaces_what_it_said() -> None:
    both = Scores(items={"e": by_code(list(CLASSICAL)), "p": by_code(list(CLASSICAL))}, reverse=True)
    before = survey.columns(both, 7)
    assert survey.columns(Scores(), 7, before) == before
    found = survey.columns(Scores({"p": {"tangibles": 2.5}}), 7, before)
    assert [found[f"{name}_p"] for name in DIMENSIONS] == [2.5, None, None, None, None]
    assert [found[f"{name}_e"] for name in DIMENSIONS] == [7, 6, 3, 4, 5]
    assert found["perceived"] is None
    assert "p" not in str(found["items"])
    found = survey.columns(Scores(reverse=False), 7, before)
    assert [found[f"{name}_e"] for name in DIMENSIONS] == [7, 6, 5, 4, 3]
    found = survey.columns(Scores({"e": {}, "p": {}}), 7, before)
    assert [value for value in found.values() if value is not None] == []


def test_scores_stay_on_their_scale() -> None:
    before = survey.columns(Scores({"e": {"tangibles": 5.5}}), 7)
    with refused_as("beyond-scale") as raised:
        survey.columns(Scores(), 5, before)
    assert raised.value.values == {"value": "5.5", "scale": 5}
    with refused_as("beyond-scale"):
        survey.columns(Scores(), 5, survey.columns(Scores(items={"p": {"q3": 6}}), 7))
    with refused_as("no-items"):
        survey.columns(Scores({"e": {"tangibles": 5.5}}, reverse=True), 7)


# --- reading ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["6,,6.25,6,7", "6，，6.25，6、7", " ６ , , 6.25 ,6, 7"])
def test_five_places_of_which_some_may_be_empty(text: str) -> None:
    assert survey_reading.read_dimensions("--expect", text, 7) == {
        "tangibles": 6, "responsiveness": 6.25, "assurance": 6, "empathy": 7,
    }  # fmt: skip


def test_a_mean_of_another_program_keeps_four_decimals() -> None:
    told = survey_reading.read_dimensions("--expect", "3.9412,3.9085,4.0,3.97058824,3.5490", 5)
    assert list(told.values()) == [3.9412, 3.9085, 4.0, 3.9706, 3.549]


@pytest.mark.parametrize("one", ["8", "0", "0.9", "7.1", "-1", "x", "7.00001", "1e0", "٣"])
def test_what_is_no_score_is_named_with_its_place(one: str) -> None:
    with refused_as("bad-dimension") as raised:
        survey_reading.read_dimensions("--perceive", f"5,6,{one},5,7", 7)
    told = raised.value.values
    assert (told["field"], told["number"], told["dimension"]) == ("--perceive", 3, "responsiveness")
    assert told["reason"].code == "unreadable-score"
    assert told["reason"].values == {"value": one, "low": 1, "high": 7}


def test_items_are_whole_and_named_by_their_code() -> None:
    told = ["5"] * 22
    told[11] = ""
    found = survey_reading.read_items("--perceive-items", ",".join(told), 5)
    assert len(found) == 21
    assert "q12" not in found
    for wrong in ("5.5", "6", "0"):
        told[11] = wrong
        with refused_as("bad-item") as raised:
            survey_reading.read_items("--perceive-items", ",".join(told), 5)
        assert raised.value.values["code"] == "q12"


@pytest.mark.parametrize(("text", "count"), [("6,7,6,6", 4), ("6,7,6,6,7,", 6), ("6", 1)])
def test_the_number_of_values_must_be_right(text: str, count: int) -> None:
    with refused_as("wrong-count") as raised:
        survey_reading.read_dimensions("--expect", text, 7)
    assert raised.value.values == {"field": "--expect", "count": count, "wanted": 5}
    with refused_as("empty-value"):
        survey_reading.read_items("--expect-items", " ", 7)


def test_weights_are_kept_as_told() -> None:
    assert survey_reading.read_weights("--weights", "11，32，22，19，16.5") == "11,32,22,19,16.5"
    assert survey_reading.read_weights("--weights", "0,0,0,0,200") == "0,0,0,0,200"
    for text in ("11,32,-22,19,16", "11,32,,19,16"):
        with refused_as("bad-dimension") as raised:
            survey_reading.read_weights("--weights", text)
        assert raised.value.values["number"] == 3
    with refused_as("bad-answer") as all_zero:
        survey_reading.read_weights("--weights", "0,0,0,0,0")
    assert all_zero.value.values["reason"].code == "no-weight"
