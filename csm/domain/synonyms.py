"""What people type for a value of a closed list beside its words in either language (handbook 14; synonyms ours)."""

from __future__ import annotations

from typing import Final

# By the name of the list and the word as compared (`csm.domain.values.folding`).
# What people type for a value beside its words in either language, as compared (`csm.domain.values.folding`).
ALSO: Final[dict[str, dict[str, str]]] = {
    "pledge_scope": {"单项": "attribute", "整体": "whole"},
    "pledge_subject": {"结果": "result", "方式": "way"},
    "promise_status": dict.fromkeys(
        ("released-by-customer", "released-by-us", "released by the customer", "released by us", "我方免除", "已免除"),
        "released",
    ),
    "respondent": {
        **dict.fromkeys(("顾客", "customers"), "customer"),
        **dict.fromkeys(("管理人员", "管理层", "经理", "主管", "managers", "management"), "manager"),
    },
    "customer_kind": {
        **dict.fromkeys(
            ("公司", "企业", "商户", "机构", "business", "organisation", "organization", "firm"), "company"
        ),
        **dict.fromkeys(("私人", "个体", "private", "individual"), "person"),
    },
    "customer_status": {
        **dict.fromkeys(("潜客", "意向", "lead"), "prospect"),
        **dict.fromkeys(("正常", "在用", "customer"), "active"),
        **dict.fromkeys(("沉睡", "inactive"), "dormant"),
        **dict.fromkeys(("流失",), "lost"),
        **dict.fromkeys(("赢回", "挽回", "回流"), "won-back"),
    },
    "channel": {
        **dict.fromkeys(("上门", "走访", "拜访", "登门"), "visit"),
        **dict.fromkeys(("来电", "去电", "致电", "打电话", "call", "telephone", "tel"), "phone"),
        **dict.fromkeys(("电邮", "邮箱", "mail", "e-mail"), "email"),
        **dict.fromkeys(("面谈", "面对面", "face-to-face"), "in-person"),
        **dict.fromkeys(("信件", "书信", "post"), "letter"),
        **dict.fromkeys(("热线",), "hotline"),
        **dict.fromkeys(("网上", "网络", "线上", "web"), "online"),
    },
    "direction": {**dict.fromkeys(("来电", "来访", "in"), "incoming"), **dict.fromkeys(("去电", "out"), "outgoing")},
    "outcome": {
        **dict.fromkeys(("接通", "已联系", "ok"), "reached"),
        **dict.fromkeys(("未接", "没接", "无人接听", "noanswer"), "no-answer"),
        **dict.fromkeys(("推迟", "改天", "later"), "postponed"),
    },
    "purpose": {**dict.fromkeys(("生日", "节日", "关怀"), "care"), **dict.fromkeys(("收款", "要账"), "payment")},
    "problem": {
        **dict.fromkeys(("质量缺陷", "产品质量问题", "defect", "defective"), "product-defect"),
        **dict.fromkeys(("少发", "漏发", "缺件", "missing items"), "short-delivery"),
        **dict.fromkeys(("开票错误", "多收钱", "收费错误", "wrong bill", "overcharged"), "billing-error"),
        **dict.fromkeys(("退款慢", "不退款", "late refund"), "refund-delayed"),
    },
    "severity": {
        **dict.fromkeys(("普通", "minor", "normal"), "general"),
        **dict.fromkeys(("重大", "major"), "serious"),
    },
    "responsibility": {
        **dict.fromkeys(("我们", "我方", "us", "our"), "ours"),
        **dict.fromkeys(("误会", "误解"), "misunderstanding"),
    },
    "yes_no": {
        **dict.fromkeys(("y", "true", "1", "对", "有"), "yes"),
        **dict.fromkeys(("n", "false", "0", "不", "无"), "no"),
    },
}
