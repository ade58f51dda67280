"""The blank form: 22 items of ours in both languages, and its layout."""

from __future__ import annotations

import re

from csm.domain.survey.form import ABOUT, STATEMENTS, blank
from csm.domain.survey.form import DIMENSIONS as CHINESE
from csm.domain.survey.record import SURVEY
from csm.domain.survey.scores import CODES, DIMENSIONS


def test_every_item_is_worded_once_in_both_languages() -> None:
    assert tuple(STATEMENTS) == CODES
    assert tuple(CHINESE) == DIMENSIONS
    english, chinese = zip(*STATEMENTS.values(), strict=True)
    assert len(set(english)) == len(set(chinese)) == 22
    assert all(re.fullmatch("[A-Z][a-zA-Z ,']+[.]", one) for one in english)
    assert all(re.fullmatch("[^a-zA-Z ]+。", one) for one in chinese)


def test_no_item_is_put_in_the_negative() -> None:
    """An item in the negative would have to be reversed (handbook 10.1); 不管 is "whatever", 不用久等 is quick."""
    for english, chinese in STATEMENTS.values():
        assert not re.search(r"\b(not|no|never|n't|without a)\b", english)
        assert not re.search("不(?!管|用久等)|没|无(?!误)|别", chinese)


def test_the_questions_about_the_whole_are_fields_of_a_survey() -> None:
    assert set(ABOUT) <= {field.name for field in SURVEY}


def test_a_form_for_two_respondents() -> None:
    headings, rows = blank(5, 2)
    assert headings == [
        "code",
        "dimension / 方面",
        "question",
        "问题",
        "expectation: how much you expect it of an excellent supplier, 1 to 5 / 期望：优秀的供应商该做到几分",
        "perception: how far it is true of us, 1 to 5 / 感知：我们做到了几分",
        "expectation 2: how much you expect it of an excellent supplier, 1 to 5 / 期望：优秀的供应商该做到几分",
        "perception 2: how far it is true of us, 1 to 5 / 感知：我们做到了几分",
    ]
    assert [row[0] for row in rows] == [
        *("customer", "taken_on", "respondent", "subject", "scale", "csat", "nps", "value", "satisfaction"),
        *("switching", "intention", "comment", "weights", "external_id", *CODES),
    ]
    assert [row for row in rows if any(row[4:])] == [
        [
            "scale",
            "survey / 问卷",
            "How far the scores of q1 to q22 go: 7 or 5.",
            "q1 到 q22 最高几分：7 或 5。",
            "5",
            "",
            "5",
            "",
        ]
    ]
    assert rows[14] == [
        "q1", "tangibles / 有形性", "The vans, scales and other equipment are modern.", "送货车、秤等设备新式、好用。",
        "", "", "", "",
    ]  # fmt: skip
    assert [row[1] for row in rows[-22:]] == [
        *["tangibles / 有形性"] * 4, *["reliability / 可靠性"] * 5, *["responsiveness / 响应性"] * 4,
        *["assurance / 保证性"] * 4, *["empathy / 移情性"] * 5,
    ]  # fmt: skip
