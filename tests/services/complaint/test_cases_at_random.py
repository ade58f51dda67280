"""Whatever is typed in whatever order: events stay as they were, and what is stored beside them is what they say."""

from __future__ import annotations

import random
import shlex
from datetime import datetime, timedelta

import pytest

from tests.desk import Desk
from tests.services.stored_cases import check_stored

STEPS = {
    "judge": (
        "complaint judge {cp} --founded --responsibility ours --reason r --severity serious",
        "complaint judge {cp} --founded --responsibility ours --reason r",
        "complaint judge {cp} --unfounded --responsibility ours --reason r --explanation e",
    ),
    "assign": (
        "complaint assign {cp} --to Max --department d --route technical",
        "complaint assign {cp} --to alice --department d --route settle",
    ),
    "analyse": ("complaint analyse {cp} --failure process --cause service --finding f",),
    "propose": (
        "complaint propose {cp} x --compensation 100 --recovery equal",
        "complaint propose {cp} x --compensation 3000 --recovery equal",
    ),
    "approve": (
        "complaint approve {cp} --by Wang --remark ok",
        "complaint reject {cp} --by Wang --remark no",
    ),
    "implement": (
        "complaint implement {cp} --did x --outcome full --at '{past}'",
        "complaint implement {cp} --did x --outcome not-yet",
        "complaint implement {cp} --did x --outcome cannot",
    ),
    "close": (
        "complaint close {cp} --summary s --lesson l",
        "complaint close {cp} --summary s --lesson l -s 2",
        "complaint close {cp} --summary s --lesson l -s 5",
        "complaint close {cp} --unresolved u --by Max",
        "complaint settle {cp} --did x",
    ),
}
ALWAYS = (
    "complaint open {who} 's{n}' --received '{past}'",
    "complaint open {who} 's{n}' --live --severity serious",
    "complaint open {who} 's{n}' --level grievance --trigger media",
    "complaint open {who} 's{n}' --settled x",
    "complaint respond {cp} hi --at '{past}'",
    "complaint note {cp} n",
    "complaint wait {cp} --for x",
    "complaint resume {cp}",
    "complaint raise {cp}",
    "complaint escalate {cp} --reason r --reply-by '{later}'",
    "complaint escalate --overdue",
    "complaint withdraw {cp} --reason r",
    "complaint reopen {cp} --reason r --by Wang",
    "complaint settle {cp} --did x --failure process --cause service",
    "complaint feedback-read {cp} --by Wang",
    "promise add cp{cp} p --by '{later}' --clock proposal",
    "promise add cp{cp} p --by '{later}' --clock resolution",
    "promise add cp{cp} p --by '{later}'",
    "promise add cp{cp} p --by '{later}' --theirs",
    "promise keep {pr} --at '{past}'",
    "promise break {pr}",
    "promise release {pr}",
    "promise move {pr} +5d --told",
    "callback done {cb} ok -s 4 --summary s",
    "callback done {who} bad -s 2",
    "customer edit {who} --owner bob",
    "customer handover bob alice",
    "config set authority.level_1 {n}00",
    "config set work.spans 'mon-fri 08:00-17:00'",
    "config set work.spans 24/7",
    "config unset work.spans",
    "config set file.timezone America/New_York",
    "config set file.timezone Asia/Shanghai",
    "config holidays import {holidays}",
)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_stored_is_what_the_events_say(desk: Desk, seed: int) -> None:
    chosen = random.Random(seed)
    time = datetime(2026, 11, 2, 9)
    desk.now = "2026-11-02 09:00"
    for line in ("add Golden --phone 13900000001", "add Two --phone 13900000002"):
        desk.ok("customer", *line.split())
    for line in ("Wang --level 2", "Max --level 1"):
        desk.ok("staff", "add", *line.split())
    for line in ("Golden a --live", "Two b", "Two c --severity serious"):
        desk.ok("complaint", "open", *line.split())
    before: dict[int, tuple[object, ...]] = {}
    for number in range(45):
        time += timedelta(minutes=chosen.choice((0, 1, 30, 240, 600, 1440, 4000)))
        desk.now = f"{time:%Y-%m-%d %H:%M}"
        sheet = desk.folder / "days.csv"
        day = (time + timedelta(days=chosen.randint(-5, 8))).date()
        sheet.write_text(f"date,kind\n{day},{chosen.choice(('holiday', 'workday'))}\n", encoding="utf-8")
        case = 1 + chosen.randrange(desk.sql("SELECT count(*) FROM complaint")[0][0])
        values = {
            "cp": case, "n": number, "who": chosen.choice(("Golden", "Two")), "holidays": sheet,
            "pr": chosen.randint(1, 6), "cb": chosen.randint(1, 6),
            "past": f"{time - timedelta(minutes=chosen.choice((0, 60, 500))):%Y-%m-%d %H:%M}",
            "later": f"{time + timedelta(minutes=chosen.choice((10, 600, 3000))):%Y-%m-%d %H:%M}",
        }  # fmt: skip
        [(following,)] = desk.sql("SELECT next_step FROM complaint_state WHERE complaint_id = ?", case)
        lines = STEPS[following] if following is not None and chosen.random() < 0.55 else ALWAYS
        result = desk(*shlex.split(chosen.choice(lines).format(**values)))
        assert result.code in (0, 2, 3, 4), result
        events = {row[0]: row[1:] for row in desk.sql("SELECT * FROM complaint_event")}
        assert before.items() <= events.items()
        before = events
        check_stored(desk)
    desk.ok("complaint", "escalate", "--overdue")
    assert desk.ok("complaint", "escalate", "--overdue") == ""
