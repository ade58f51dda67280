"""The headings of a survey's scores, however they are put together, and of what else it has."""

from __future__ import annotations

import pytest

from csm.domain.survey.record import SURVEY
from csm.domain.survey.scores import CODES, DIMENSIONS
from csm.transfer import headings
from csm.transfer.headings import known_headings, normal
from csm.transfer.mapping import read_mapping
from csm.transfer.survey_headings import survey_dimension, survey_score

SCORES = {f"{name}_{side}" for name in (*DIMENSIONS, *CODES) for side in "ep"}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("tangibles_e", "tangibles_e"),
        ("Reliability (perception)", "reliability_p"),
        ("Reliability, expectation", "reliability_e"),
        ("expected empathy", "empathy_e"),
        ("ASSURANCE P", "assurance_p"),
        ("有形性期望", "tangibles_e"),
        ("可感知性感知", "tangibles_p"),
        ("有形化-期望值", "tangibles_e"),
        ("可靠度（感知）", "reliability_p"),
        ("反应度 实际得分", "responsiveness_p"),
        ("期望：安全性", "assurance_e"),
        ("保证感知", "assurance_p"),
        ("同情心期待", "empathy_e"),
        ("q1_e", "q1_e"),
        ("\ufeffQ01 E", "q1_e"),
        ("q22p", "q22_p"),
        ("q1_e Their shop is tidy", "q1_e"),
        ("q5_p 答应的事", "q5_p"),
        ("第9题感知", "q9_p"),
        ("q23_e", ""),
        ("q0_e", ""),
        ("q1 everything", ""),
        ("q1", ""),
        ("empathy", ""),
        ("可靠性", ""),
        ("expected reliability of prices", ""),
        ("感知价值", ""),
        ("perceived value", ""),
        ("", ""),
    ],
)
def test_the_score_of_a_heading(heading: str, field: str) -> None:
    assert survey_score(heading) == field


def test_a_dimension_by_its_names() -> None:
    texts = ("可感知性", "有形化", "Reliability", "反应度", "保证", "安全性", "同情心", "q1", "")
    assert [survey_dimension(text) for text in texts] == [
        *("tangibles", "tangibles", "reliability", "responsiveness", "assurance", "assurance", "empathy", "", ""),
    ]


def test_every_field_has_its_headings() -> None:
    known = known_headings("surveys")
    for field in SURVEY:
        assert known[normal(field.name)] == known[normal(field.heading)] == field.name
    chinese = {target for heading, target in known.items() if not heading.isascii()}
    assert {field.name for field in SURVEY if field.given} - chinese == SCORES


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("提交答卷时间", "taken_on"),
        ("填表日期", "taken_on"),
        ("您对我们的总体满意度", "csat"),
        ("总体评价", "csat"),
        ("满意率", "csat"),
        ("推荐意愿（0-10）", "nps"),
        ("NPS评分", "nps"),
        ("其他意见或建议", "comment"),
        ("您的意见", "comment"),
        ("顾客满意", "satisfaction"),
        ("答卷人身份", "respondent"),
    ],
)
def test_headings_of_a_questionnaire_on_the_web(heading: str, field: str) -> None:
    """As 问卷星 and people write them."""
    assert known_headings("surveys")[normal(heading)] == field


def test_no_heading_means_two_things() -> None:
    fields, synonyms = headings._RECORDS["surveys"]
    meaning = {normal(name): name for name in headings.targets("surveys")}
    words = [(name, word) for name, text in synonyms.items() for word in text.split("|")]
    for name, word in [*((field.name, field.heading) for field in fields), *words]:
        assert meaning.setdefault(normal(word), name) == name, word
        assert survey_score(word) in ("", name)


def test_columns_of_scores_are_planned_without_being_told() -> None:
    plan = read_mapping("surveys", ["客户", "日期", "有形性（期望）", "有形性（感知）", "q3_p neat", "其他"])
    assert plan.fields() == ["customer", "taken_on", "tangibles_e", "tangibles_p", "q3_p"]
    assert list(plan.unused) == ["其他"]
