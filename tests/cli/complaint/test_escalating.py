"""After the route `escalate` was chosen, escalating is what comes next and is due until it is done (handbook 6.4)."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.desk import Desk, Result, filled_once

FOUNDED = "judge 1 --founded --responsibility ours --reason x"
ROUTE = "assign 1 --to bob --department service --route escalate"
UP = "escalate 1 --reason 'beyond me' --reply-by 'today 17:00'"
ANALYSE = "analyse 1 --failure process --cause company --finding x"


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with a case that was assigned on Monday and is to be escalated."""
    desk.now = "2026-11-23 09:00"
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("complaint", "open", "1", "the oven is cold", "--live")
    for line in (FOUNDED, ROUTE):
        desk.ok("complaint", *shlex.split(line))
    return desk


def ask(desk: Desk, line: str, lang: str = "en") -> Result:
    return desk("complaint", *shlex.split(line), lang=lang)


def due(desk: Desk, *words: str) -> list[tuple[str, str, int]]:
    return [(row["what"], row["due"], row["days_late"]) for row in desk.json("due", "--kind", "escalation", *words)]


def test_it_is_what_comes_next_on_every_screen(shop: Desk) -> None:
    [row] = shop.json("complaint", "list", "--next-step", "escalate")
    assert (row["step"], row["next_step"]) == ("assign", "escalate")
    found = shop.json("complaint", "show", "1")
    assert (found["next_step"], found["step_number"]) == ("escalate", None)
    assert found["next_command"] == 'csm complaint escalate 1 --reason "..." --reply-by "..."'
    assert "before step 4 of 8" in shop.ok("complaint", "show", "1")
    coach = shop.json("complaint", "next", "1")
    assert (coach["step"], [one["option"] for one in coach["write_down"]]) == ("escalate", ["--reason", "--reply-by"])
    assert shop.json("complaint", "list", "--next-step", "升级")[0]["id"] == 1
    assert "升级" in shop.ok("complaint", "list", lang="zh")


def test_it_is_due_from_the_day_on_until_it_is_done(shop: Desk) -> None:
    assert due(shop) == [("escalate: the oven is cold", "2026-11-23", 0)]
    shop.now = "2026-11-25 10:00"
    assert due(shop, "--owner", "bob", "--overdue") == [("escalate: the oven is cold", "2026-11-23", 2)]
    assert due(shop, "--owner", "alice") == []
    refused = shop("done", "cp1")
    assert (refused.code, refused.err.splitlines()) == (
        4, [
            "csm: cp1 isn't done in a word: next is escalate",
            'hint: csm complaint escalate 1 --reason "..." --reply-by "..."',
        ],
    )  # fmt: skip
    shop.ok("complaint", *shlex.split(UP.replace("today 17:00", "tomorrow 17:00")))
    assert due(shop) == []
    found = shop.json("complaint", "show", "1")
    assert (found["next_step"], found["escalation_level"]) == ("analyse", 1)
    assert [row["text"] for row in found["promises"]] == ["an answer about: the oven is cold"]


@pytest.mark.parametrize(
    "line",
    [
        ANALYSE,
        "propose 1 x --compensation 0 --recovery equal",
        "settle 1 --did x --failure process --cause service",
        "implement 1 --did x --outcome full",
        "close 1 --summary x --lesson y -s 5",
    ],
)
def test_every_step_is_refused_until_then(shop: Desk, line: str) -> None:
    before = shop.path.read_bytes()
    result = ask(shop, line)
    assert (result.code, result.err.splitlines()) == (
        4, [
            "csm: that isn't the next step of cp1: next is escalate",
            'hint: csm complaint escalate 1 --reason "..." --reply-by "..."',
        ],
    )  # fmt: skip
    assert shop.unchanged(before)
    assert "升级" in ask(shop, line, lang="zh").err.splitlines()[0]


@pytest.mark.parametrize("line", ["respond 1 rang", "note 1 x", "wait 1 --for photos", "withdraw 1 --reason x"])
def test_what_is_no_step_is_possible(shop: Desk, line: str) -> None:
    assert ask(shop, line).code == 0


def test_moved_up_by_policy_since_then_it_is_done(shop: Desk) -> None:
    # the proposal was due on Thursday at 09:00, 3 working days after Monday 09:00
    shop.now = "2026-11-26 09:01"
    shop.ok("complaint", "escalate", "--overdue")
    assert (shop.json("complaint", "show", "1")["next_step"], due(shop)) == ("analyse", [])
    assert ask(shop, ANALYSE).code == 0


def test_moved_up_before_it_still_is_to_be_done(shop: Desk) -> None:
    for line in (
        "open 1 second --trigger media --force",
        FOUNDED.replace("1", "2"),
        "escalate 2 --reason x --reply-by 'today 17:00'",
        ROUTE.replace("1", "2"),
    ):
        assert ask(shop, line).code == 0, line
    assert shop.json("complaint", "show", "2")["next_step"] == "escalate"


def test_at_the_top_there_is_nobody_to_pass_it_to(shop: Desk) -> None:
    for line in (
        "open 1 second --trigger media --force",
        FOUNDED.replace("1", "2"),
        "escalate 2 --reason x --reply-by 'today 17:00' --to-level 3",
        ROUTE.replace("1", "2"),
    ):
        assert ask(shop, line).code == 0, line
    assert shop.json("complaint", "show", "2")["next_step"] == "analyse"


def test_while_the_customer_is_waited_for_it_can_be_done(shop: Desk) -> None:
    for line in ("wait 1 --for photos", UP, "resume 1", ANALYSE):
        assert ask(shop, line).code == 0, line


def test_taken_back_and_opened_again_it_is_still_to_be_done(shop: Desk) -> None:
    assert ask(shop, "withdraw 1 --reason x").code == 0
    assert due(shop) == []
    shop.now = "2026-11-24 09:00"
    assert ask(shop, "reopen 1 --reason x").code == 0
    assert (shop.json("complaint", "show", "1")["next_step"], due(shop)) == (
        "escalate", [("escalate: the oven is cold", "2026-11-24", 0)],
    )  # fmt: skip


def test_another_zone_moves_its_day(shop: Desk) -> None:
    shop.ok("config", "set", "file.timezone", "Pacific/Kiritimati")  # 09:00 UTC is 23:00 there
    assert due(shop, "--days", "2")[0][1] == "2026-11-23"
    shop.ok("config", "set", "file.timezone", "Pacific/Pago_Pago")  # and 22:00 of the day before here
    assert due(shop, "--days", "2")[0][1] == "2026-11-22"


def test_it_survives_export_and_import(shop: Desk, tmp_path: Path) -> None:
    shop.ok("export", "all", tmp_path / "all")
    copy = Desk(tmp_path, now=shop.now, name="copy.db")
    copy.ok("import", "all", tmp_path / "all")
    assert due(copy) == due(shop)
    # a file without the events, such as another program's, tells it by its next step
    told = tmp_path / "cases.csv"
    told.write_text(
        "customer,summary,received_at,route,step,next_step\n"
        "Golden Dragon,from elsewhere,2026-11-20 10:00,escalate,assign,escalate\n"
    )
    copy.ok("import", "complaints", told)
    assert copy.json("complaint", "show", "2")["next_step"] == "escalate"
    assert due(copy)[1][1] == "2026-11-23"
    assert ask(copy, ANALYSE.replace("1", "2")).code == 4


# --- recovery during the service or after it, and the four Rs ---------------------------------------------------------


def through(desk: Desk, *more: str) -> None:
    for line in (UP, ANALYSE, "propose 1 x --compensation 0 --recovery equal " + " ".join(more)):
        result = ask(desk, line)
        assert result.code == 0, (line, result)


def test_recovery_during_the_service_or_after_it(shop: Desk, tmp_path: Path) -> None:
    through(shop, "--recovery-time", "事中")
    lines = (
        "open 1 second --settled x --recovery symbolic --recovery-time after --force",
        "open 1 third --level grievance --settled x --recovery-time 事后 --force",
        "open 1 fourth --force",
    )
    for line in lines:
        assert ask(shop, line).code == 0, line
    listed = {row["id"]: row["recovery_time"] for row in shop.json("complaint", "list", "--all")}
    assert listed == {1: "during", 2: "after", 3: "after", 4: None}
    assert [row["id"] for row in shop.json("complaint", "list", "--all", "--recovery-time", "after")] == [2, 3]
    assert "equal, during" in shop.ok("complaint", "show", "1")
    assert "事中" in shop.ok("complaint", "show", "1", lang="zh")
    shop.ok("export", "complaints", tmp_path / "cases.csv", "--all")
    other = Desk(tmp_path, now=shop.now, name="other.db")
    other.ok("customer", "add", "Golden Dragon")
    other.ok("import", "complaints", tmp_path / "cases.csv")
    assert {row["id"]: row["recovery_time"] for row in other.json("complaint", "list", "--all")} == listed
    told = tmp_path / "old.csv"
    told.write_text(
        "customer,summary,received_at,status,closed_at,recovery_time\n"
        "Golden Dragon,long ago,2026-10-20 10:00,closed,2026-10-21 10:00,事后\n"
    )
    other.ok("import", "complaints", told)
    assert other.json("complaint", "show", "5")["recovery_time"] == "after"


def test_closing_says_which_of_the_four_rs_are_on_record(shop: Desk) -> None:
    through(shop)
    shop.ok("staff", "add", "Wang Fang", "--level", "1")
    for line in ("approve 1 --by 'Wang Fang' --remark x", "implement 1 --did 'seal changed' --outcome full"):
        assert ask(shop, line).code == 0, line
    assert "no apology is on record yet" in shop.json("complaint", "next", "1")["hint"]
    told = ask(shop, "close 1 --summary x --lesson y -s 5").err
    assert "of the four Rs on record: reform; not on record: regret, restitution, remedy" in told
    shop.ok("complaint", "reopen", "1", "--reason", "x")
    for line in (ANALYSE, "propose 1 x --compensation 50 --recovery equal", "approve 1 --by 'Wang Fang' --remark x"):
        assert ask(shop, line).code == 0, line
    assert ask(shop, "implement 1 --did 'a new one' --outcome full --apologised").code == 0
    assert "apology" not in shop.json("complaint", "next", "1")["hint"]
    told = ask(shop, "close 1 --summary x --lesson y -s 5 --prevent 'a checklist' --prevent-on 2026-12-01").err
    assert "all four Rs are on record: regret, reform, restitution, remedy" in told
    assert shop.json("complaint", "show", "1")["four_r"] == {
        "regret": "a new one", "reform": "a new one", "restitution": "50.00", "remedy": "a checklist",
    }  # fmt: skip
