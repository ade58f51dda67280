"""The blank form of a survey, in both languages: a row a question, people fill it in on paper or in a spreadsheet.

The 22 items mean what those of SERVQUAL mean, by code (source: handbook 10.1, [S]); the wording is ours, for those who
supply shops, and positive throughout, so that no score of this form is reversed. One statement serves both columns of
answers: what an excellent supplier would be like, and what the supplier is like.
"""

from __future__ import annotations

from typing import Final

from csm.domain.survey.scores import ITEMS

# code: English, Chinese
STATEMENTS: Final[dict[str, tuple[str, str]]] = {
    "q1": ("The vans, scales and other equipment are modern.", "送货车、秤等设备新式、好用。"),
    "q2": ("The shop and the warehouse look tidy and inviting.", "店面和仓库整洁，看着舒服。"),
    "q3": ("The staff are clean and well turned out.", "员工衣着整洁、得体。"),
    "q4": (
        "Shelves, papers and packaging look as they should in this trade.",
        "货架、单据和包装都像样，合乎这一行的要求。",
    ),
    "q5": ("What is promised for a day is done by that day.", "答应哪天办好的事，哪天就办好。"),
    "q6": (
        "When I have a problem, it is taken to heart and my mind is put at rest.",
        "我遇到问题时，对方真心重视，让我放心。",
    ),
    "q7": ("The supplier can be relied on.", "这家供应商靠得住。"),
    "q8": ("Goods and services come at the agreed time.", "货物和服务按约定的时间到位。"),
    "q9": ("Orders, bills and accounts are free of mistakes.", "订单、账单和往来账目准确无误。"),
    "q10": ("I am told exactly when something will be done.", "什么时候能办好，会明确告诉我。"),
    "q11": ("I am served without delay.", "办事利索，不用久等。"),
    "q12": ("The staff are glad to help, whatever I ask.", "不管我提什么，员工都乐意帮忙。"),
    "q13": ("Even on busy days my requests get a quick answer.", "再忙的时候，我的要求也很快有回音。"),
    "q14": ("I can trust the staff.", "他们的员工值得信任。"),
    "q15": ("I feel safe doing business with the supplier.", "和这家供应商做买卖，我心里踏实。"),
    "q16": ("The staff are friendly and polite.", "员工热情、有礼貌。"),
    "q17": (
        "The staff get the support from their company that good work needs.",
        "公司给员工足够的支持，让他们能把事办好。",
    ),
    "q18": ("Each customer is served as suits that customer.", "每家客户的具体情况都照顾得到。"),
    "q19": ("Somebody there takes time for me personally.", "有人肯为我的事花时间、花心思。"),
    "q20": ("The staff know what I need.", "员工清楚我需要什么。"),
    "q21": ("The supplier wants what is good for my business.", "这家供应商真心为我的生意着想。"),
    "q22": ("Opening and delivery hours suit the customers.", "营业时间和送货时间方便客户。"),
}
DIMENSIONS: Final = {
    "tangibles": "有形性",
    "reliability": "可靠性",
    "responsiveness": "响应性",
    "assurance": "保证性",
    "empathy": "移情性",
}
# What is asked of the survey as a whole, before the items: field: English, Chinese.
ABOUT: Final[dict[str, tuple[str, str]]] = {
    "customer": ("Which customer does this come from? Name or code.", "哪家客户填的？写名称或编号。"),
    "taken_on": ("On which day was it filled in? Such as 2026-11-21.", "哪天填的？如 2026-11-21。"),
    "respondent": (
        "Who answers: customer; or manager, one of us who says what customers expect. Empty is customer.",
        "谁填的？写“客户”，或“管理者”（我方管理人员估计客户的期望）。空着就是客户。",
    ),
    "subject": (
        "Whom is it about? Empty is us, else the competitor's name.",
        "评价的是谁？空着就是我们，否则写竞争对手的名称。",
    ),
    "scale": ("How far the scores of q1 to q22 go: 7 or 5.", "q1 到 q22 最高几分：7 或 5。"),
    "csat": ("How satisfied are you altogether? 1 not at all, 5 very.", "您总体上满意吗？1 很不满意，5 非常满意。"),
    "nps": (
        "How likely are you to recommend the supplier to others? 0 not at all, 10 certain.",
        "您愿意把这家供应商推荐给别人吗？0 绝不会，10 一定会。",
    ),
    "value": ("What I get is worth what it costs me. 1 not at all, 7 fully.", "钱花得值。1 完全不同意，7 完全同意。"),
    "satisfaction": (
        "All in all I am content with the supplier. 1 not at all, 7 fully.",
        "总的来说，我对这家供应商满意。1 完全不同意，7 完全同意。",
    ),
    "switching": (
        "Going over to another supplier would cost me a lot of trouble. 1 not at all, 7 fully.",
        "换一家供应商，对我来说很麻烦。1 完全不同意，7 完全同意。",
    ),
    "intention": ("I will buy here again. 1 not at all, 7 certainly.", "以后我还会在这里买。1 一定不会，7 一定会。"),
    "comment": ("What else would you like to say?", "您还有什么想说的？"),
    "weights": (
        "How much does each of the five dimensions below matter? Share out 100 points in their order: 11,32,22,19,16.",
        "下面五个方面，各有多重要？把 100 分分给它们，按顺序写，如 11,32,22,19,16。",
    ),
    "external_id": ("The number of this form, so that it can be put right later.", "问卷编号，日后更正时用。"),
}
WHOLE: Final = "survey / 问卷"
HEADINGS: Final = ("code", "dimension / 方面", "question", "问题")
# The two columns of one respondent's answers; what stands before the colon tells them apart when the form comes back.
ANSWERS: Final = (
    "expectation{number}: how much you expect it of an excellent supplier, 1 to {scale} / 期望：优秀的供应商该做到几分",
    "perception{number}: how far it is true of us, 1 to {scale} / 感知：我们做到了几分",
)


def blank(scale: int, respondents: int) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the rows of a form for so many respondents, with scores from 1 to `scale`.

    The answer to a question about the whole goes into the first of the respondent's two columns.
    """
    numbers = ["", *(f" {number}" for number in range(2, respondents + 1))]
    headings = [*HEADINGS, *(answer.format(number=number, scale=scale) for number in numbers for answer in ANSWERS)]
    empty = ["", ""] * respondents
    rows = []
    for code, questions in ABOUT.items():
        rows.append([code, WHOLE, *questions, *([str(scale), ""] * respondents if code == "scale" else empty)])
    for dimension, codes in ITEMS.items():
        both = f"{dimension} / {DIMENSIONS[dimension]}"
        rows += [[code, both, *STATEMENTS[code], *empty] for code in codes]
    return headings, rows
