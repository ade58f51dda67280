"""`csm rules`: the handbook, by number, heading, setting or word of the text."""

from __future__ import annotations

import json

from tests.desk import Desk

KEY_ACCOUNTS = """\
9.2 Key accounts (大客户)
source: [D]

Any of: large orders with a lasting contract; a strategic project; weight for business or reputation; strong technical \
uptake; strong growth. A key account has an owner, a visit cadence, priority in lists and in supply, and is marked (★, in \
words in data) wherever its name stands.

[D] Sales skills, unit 7, customer service and management: customer card, callbacks, six-step handling, key accounts
"""
REFUSED = """\
14 Labels (名称对照)
source: ours

| English | 中文 |
| --- | --- |
| reached, no-answer, postponed, refused | 已联系上、未联系上、改期、拒绝 |
"""


def test_a_section_is_printed_with_its_source_and_nothing_is_made_for_it(desk: Desk) -> None:
    assert desk("rules", "9.2") == (0, KEY_ACCOUNTS, "")
    assert not desk.path.exists()


def test_settings_are_printed_with_the_values_of_the_file(desk: Desk) -> None:
    desk.ok("config", "set", "grade.a_share", "70")
    result = desk.ok("rules", "9.1").split("\n\n")
    assert result[0] == "9.1 Grade (客户等级)\nsource: ours"
    assert result[2] == (
        "key            value  default  unit       about\n"
        f"{'─' * 97}\n"
        "grade.a_share  70     80       per cent   a customer is A while the share before it is below this\n"
        "grade.b_share  95     95       per cent   a customer is B while the share before it is below this\n"
        "grade.months   12     12       months     how many months of sales a grade goes by\n"
        "rfm.few        50     50       customers  below this many customers quintiles mean little\n"
    )
    assert desk.ok("rules", "grade.a_share") == desk.ok("rules", "9.1")


def test_without_a_word_the_sections_are_listed(desk: Desk) -> None:
    assert desk.ok("rules", "--limit", "3") == (
        "number  rule                            source\n"
        "───────────────────────────────────────────────────────────────────\n"
        "1       Who uses it (使用者)            ours\n"
        "2       Terms (术语)                    ours where no letter stands\n"
        "3       The customer card (客户资料卡)  [A], [D], [E]\n"
    )
    assert desk.ok("rules", "--limit", "1", lang="zh").splitlines()[0] == "编号  规则                  来源"


def test_programs_get_a_row_for_each_section_found(desk: Desk) -> None:
    [rule] = desk.json("rules", "6.4")
    assert list(rule) == ["number", "heading", "source", "settings", "text"]
    assert rule["settings"] == ["complaint.satisfaction_after"]
    assert rule["text"].startswith("- Technical service: a technician contacts")
    assert len(desk.json("rules")) == 29
    assert (
        desk.ok("rules", "clock", "-f", "csv", "--columns", "number,heading") == "number,heading\n6.5,Clocks (时限)\n"
    )
    assert desk.ok("rules", "10", "--columns", "number", "--limit", "2") == "number\n──────\n10\n10.1\n"


def test_of_a_word_of_the_text_only_what_holds_it_is_printed(desk: Desk) -> None:
    assert desk("rules", "拒绝") == (0, REFUSED, "")
    assert json.loads(desk.ok("rules", "拒绝", "-f", "json"))[0]["text"] == REFUSED.split("\n\n")[1].rstrip()


def test_other_sections_that_hold_the_word_are_named(desk: Desk) -> None:
    assert desk("rules", "pledge").err == "named in 2 too\n"
    assert desk("rules", "pledge", lang="zh").err == "另见 2\n"
    assert desk("--quiet", "rules", "pledge").err == ""


def test_markdown_is_the_text_as_it_is_written(desk: Desk) -> None:
    assert desk.ok("rules", "拒绝", "-f", "md") == "## " + REFUSED.replace("\nsource", "\n\nsource", 1)


def test_what_no_rule_holds_is_not_found_and_near_headings_are_named(desk: Desk) -> None:
    assert desk("rules", "cloks") == (3, "", "csm: no rule holds 'cloks'\nhint: did you mean 6.5 Clocks (时限)?\n")
    assert desk("rules", "xyz") == (3, "", "csm: no rule holds 'xyz'\nhint: csm rules lists the sections\n")
    assert desk("rules", "xyz", lang="zh") == (3, "", "csm: 没有含“xyz”的规则\n提示：csm rules 列出全部章节\n")
