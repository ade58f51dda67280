from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from csm.domain.records import DUE
from csm.render.day.due import ref, rows, what
from csm.storage.day.due import Item
from tests.render.cards import (
    APPROVAL,
    BORN,
    BORN_SOME_YEAR,
    EVIL,
    HARD_TEXT,
    NOW,
    NUMBERLESS,
    OURS,
    PAGE,
    PREVENTION,
    PROPOSAL,
    REMINDED,
    RESOLUTION,
    RESPONSE,
    SWITCHBOARD,
    TECHNICIAN,
    THEIRS,
    TODAY,
    VISIT,
    item,
)

DETAIL = "问一下新装的炸炉好不好用，油温是否稳定，有没有异味"


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (item(term="usage", channel="phone", detail="ask about X"), "usage: ask about X"),
        (item(term="usage", channel="visit", detail="ask about X"), "usage (visit): ask about X"),
        (item(term="payment", channel="phone"), "payment"),
        (NUMBERLESS, "care (wechat)"),
        (VISIT, f"usage (visit): {DETAIL}; 3 tries without an answer"),
        (SWITCHBOARD, f"payment: {SWITCHBOARD.detail}"),
        (item(term="care", channel="phone", tries=4), "care; 4 tries without an answer"),
        (EVIL, f"other (email): {HARD_TEXT}"),
        (REMINDED, "asks for the spring catalogue"),
        (BORN, "birthday: 李娜, turns 41"),
        (BORN_SOME_YEAR, "birthday: 赵师傅"),
        (BORN._replace(birthday="2026-11-27"), "birthday: 李娜"),
        (RESPONSE, "take up, first response: 空调第三次送错型号 (serious, level 1)"),
        (RESPONSE._replace(due_at=NOW), "first response: 空调第三次送错型号 (serious, level 1)"),
        (RESPONSE._replace(level=0), "first response: 空调第三次送错型号 (serious)"),
        (RESOLUTION, f"resolution: {HARD_TEXT}"),
        (TECHNICIAN, "technician contact: the oven trips the fuse (malicious, level 2)"),
        (PROPOSAL._replace(level=3), "proposal: the oven trips the fuse (level 3)"),
        (APPROVAL, "approve: late for the third time"),
        (PREVENTION, "prevent: the driver gets a list of receiving hours"),
        (OURS, "we promised: call back with the date of delivery"),
        (THEIRS, "they promised: the second part, 4,000.00"),
        (item(kind="delivery", detail="Oven"), "deliver: Oven"),
        (item(kind="payment", detail="1,200.00 Oven"), "payment: 1,200.00 Oven"),
        (
            item(kind="payment", detail="1,200.00 Oven", term="finance-manager"),
            "payment: 1,200.00 Oven; waits for the finance manager",
        ),
        (item(kind="contract"), "contract ends"),
        (item(kind="guarantee", detail="Oven", term="repair"), "guarantee ends: repair, Oven"),
    ],
)
@pytest.mark.parametrize("translated", [False, True])
def test_what(one: Item, expected: str, translated: bool) -> None:
    assert what(one, translated=translated, no_answer_limit=3, now=NOW) == expected


@pytest.mark.parametrize(("tries", "limit", "result"), [(1, 1, "care; 1 try without an answer"), (2, 3, "care")])
@pytest.mark.parametrize("translated", [False, True])
def test_tries_are_said_from_the_limit_on(tries: int, limit: int, result: str, translated: bool) -> None:
    assert what(item(term="care", tries=tries), translated=translated, no_answer_limit=limit) == result


def test_a_leap_day_birthday_on_the_28th() -> None:
    born = BORN._replace(birthday="1988-02-29", due_on="2027-02-28")
    assert what(born, translated=False, no_answer_limit=3) == "birthday: 李娜, turns 39"


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (VISIT, "cb31"),
        (REMINDED, "nt9"),
        (BORN, "cu12"),
        (RESPONSE, "cp12"),
        (PREVENTION, "cp12"),
        (OURS, "pr5"),
        (item(kind="delivery", id=7), "sa7"),
        (item(kind="payment", id=7), "sa7"),
        (item(kind="guarantee", id=7), "sa7"),
        (item(kind="contract", id=12), "cu12"),
    ],
)
def test_ref(one: Item, expected: str) -> None:
    assert ref(one) == expected


def test_rows_are_the_values_of_due() -> None:
    items = [VISIT, SWITCHBOARD, BORN_SOME_YEAR]
    found = list(rows(items, TODAY, NOW, translated=False, no_answer_limit=3, deputies={"li": "zhao"}))
    assert found == [
        (
            "callback", 31, 12, "金龙大酒店", "李娜", "138 0013 8000",
            f"usage (visit): {DETAIL}; 3 tries without an answer",
            "2026-11-18", 3, "wang", None, "送货完整，一箱外包装受潮，没有损坏", "cb31", None, None,
        ),
        (
            "callback", 7, 40, "Yellow River Machine Tools Manufacturing Company Limited",
            "Purchasing department, third floor", "+86 (0371) 6777-8888",
            "payment: October bill, 12,300.00; ask for the finance manager and not for the cashier, who is new",
            "2026-11-20", 1, "zhao", None,
            "they said the bill is with the general manager and that he travels until Wednesday", "cb7", None, None,
        ),
        (
            "birthday", 6, 12, "金龙大酒店", "赵师傅", "+86 139-1111-2222", "birthday: 赵师傅",
            "2026-11-22", -1, None, None, None, "cu12", None, None,
        ),
    ]  # fmt: skip
    assert {len(row) for row in found} == {len(DUE)}


def test_a_program_gets_the_day_and_a_person_the_time_and_how_late_it_is() -> None:
    def timing(one: Item) -> tuple[str, str | None]:
        return "16:00", "3 working hours late" if one is RESPONSE else None

    plain = list(rows([RESPONSE, OURS], TODAY, NOW, translated=False, no_answer_limit=3, deputies={}))
    assert [row[7:9] for row in plain] == [("2026-11-20", 1), ("2026-11-21", 0)]
    items = [RESPONSE, OURS, VISIT]
    result = list(rows(items, TODAY, NOW, translated=True, no_answer_limit=3, deputies={}, timing=timing))
    assert [(row[7], row[-1]) for row in result] == [
        ("2026-11-20 16:00", "3 working hours late"),
        ("2026-11-21 16:00", None),
        ("2026-11-18", None),
    ]


def test_rows_are_given_one_by_one() -> None:
    def endless() -> Any:
        while True:
            yield VISIT

    given = rows(endless(), TODAY, NOW, translated=True, no_answer_limit=3, deputies={})
    assert [next(given)[0], next(given)[8]] == ["callback", 3]


def test_rows_need_no_rich() -> None:
    code = (
        "import sys, datetime\n"
        "from csm.render.day.due import rows\n"
        "list(rows([], datetime.date(2026, 11, 21), '', translated=False, no_answer_limit=3, deputies={}))\n"
        "print([name for name in sys.modules if name.startswith(('rich', 'json', 'csm.services'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_the_page_has_every_kind() -> None:
    shown = [what(one, translated=True, no_answer_limit=3) for one in [*PAGE.late, *PAGE.today, *PAGE.coming]]
    assert len(shown) == 8 and all(shown)
