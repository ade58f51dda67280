"""Who has left the staff gets no work, by any way in; a name that is on no list is warned about (handbook 3, 6.6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk, filled_once

LEFT = "csm: Li Na left on 2026-11-21; Wang Fang is in charge of their work"


@pytest.fixture
@filled_once
def house(desk: Desk) -> Desk:
    """Return a house with three on the list: Wang Fang (level 1) took over from Li Na (level 2), who has left.

    cu1 is Wang Fang's, cu2 was Li Na's.
    """
    desk.user = "Wang Fang"
    for name, level in (("Wang Fang", "1"), ("Li Na", "2"), ("Zhao Lei", "3")):
        desk.ok("staff", "add", name, "--level", level, "--department", "service")
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("customer", "add", "Jade Garden", "--owner", "Li Na")
    desk.ok("staff", "retire", "Li Na", "--to", "Wang Fang")
    return desk


def refused(house: Desk, *arguments: str) -> None:
    before = house.sql("SELECT max(id) FROM change")
    result = house(*arguments)
    assert (result.code, result.out, result.err.splitlines()) == (4, "", [LEFT, "hint: name Wang Fang instead"])
    assert house.sql("SELECT max(id) FROM change") == before


# --- leaving ------------------------------------------------------------------------------------------------------


def test_whoever_leaves_with_work_is_told_how_much_and_the_way_out(desk: Desk) -> None:
    desk.ok("staff", "add", "Li Na")
    desk.ok("customer", "add", "Golden Dragon", "--owner", "Li Na")
    desk.ok("callback", "add", "1", "--on", "fri")
    result = desk("staff", "retire", "Li Na")
    assert (result.code, result.err) == (
        4,
        "csm: Li Na still has work: customers 1, open callbacks 1, complaints 0, promises and preventions 0\n"
        "hint: hand them over: csm staff retire 'Li Na' --to COLLEAGUE, or csm customer handover 'Li Na' COLLEAGUE\n",
    )
    assert desk.message("staff", "retire", "Li Na", "--to", "alice") == (
        "warning: alice is not on the staff list; csm staff add 'alice' puts them on it"
    )
    assert desk.sql("SELECT owner FROM customer UNION ALL SELECT owner FROM callback") == [("alice",), ("alice",)]
    assert desk.sql("SELECT name, retired_on, successor FROM staff") == [("Li Na", "2026-11-21", "alice")]


def test_who_takes_over_is_said_in_one_line(desk: Desk) -> None:
    for name in ("Li Na", "Wang Fang"):
        desk.ok("staff", "add", name)
    desk.ok("customer", "add", "Golden Dragon", "--owner", "Li Na")
    desk.ok("complaint", "open", "1", "oven cold")
    desk.ok("promise", "add", "1", "a part", "--by", "fri", "--to", "Li Na")
    assert desk.message("staff", "retire", "Li Na", "--to", "wang fang") == (
        "Li Na is no longer on the staff; Wang Fang takes over from Li Na: "
        "1 customer, 0 open callbacks, 1 open complaint, 1 promise or prevention"
    )
    assert desk.sql("SELECT owner FROM complaint_state") == [("Wang Fang",)]
    assert desk.sql("SELECT in_charge FROM promise") == [("Wang Fang",)]


def test_a_handover_for_good_says_who_is_in_charge_and_one_for_a_holiday_doesn_t(desk: Desk) -> None:
    for name in ("Li Na", "Wang Fang", "Zhao Lei"):
        desk.ok("staff", "add", name)
    desk.ok("customer", "add", "Golden Dragon", "--owner", "Li Na")
    desk.ok("customer", "handover", "Li Na", "Zhao Lei", "--until", "+3d")
    assert desk.sql("SELECT successor FROM staff WHERE name = 'Li Na'") == [(None,)]
    desk.ok("customer", "handover", "Li Na", "Wang Fang")
    assert desk.message("staff", "retire", "Li Na") == (
        "Li Na is no longer on the staff; in charge of their work: Wang Fang"
    )
    # what was taken over goes along; taken back, nobody is in charge of what they have themselves
    desk.ok("customer", "handover", "Wang Fang", "Zhao Lei")
    assert desk.sql("SELECT name, successor FROM staff ORDER BY id") == [
        ("Li Na", "Zhao Lei"),
        ("Wang Fang", "Zhao Lei"),
        ("Zhao Lei", None),
    ]
    desk.ok("customer", "handover", "Zhao Lei", "Wang Fang")
    assert desk.sql("SELECT name, successor FROM staff ORDER BY id") == [
        ("Li Na", "Wang Fang"),
        ("Wang Fang", None),
        ("Zhao Lei", "Wang Fang"),
    ]


def test_whose_successor_has_left_too_is_followed_by_the_next(house: Desk) -> None:
    house.ok("staff", "retire", "Wang Fang", "--to", "Zhao Lei")
    house.user = "Zhao Lei"
    result = house("customer", "add", "Lotus", "--owner", "Li Na")
    assert result.err.splitlines()[0] == "csm: Li Na left on 2026-11-21; Zhao Lei is in charge of their work"


def test_nobody_in_charge_is_told_with_the_command_that_says_who(desk: Desk) -> None:
    desk.ok("staff", "add", "Li Na")
    desk.ok("staff", "add", "Wang Fang")
    desk.ok("staff", "retire", "Li Na")
    result = desk("customer", "add", "Lotus", "--owner", "Li Na")
    assert result == (
        4,
        "",
        "csm: Li Na left on 2026-11-21, and nobody is in charge of their work\n"
        "hint: csm customer handover 'Li Na' COLLEAGUE says who is\n",
    )
    assert desk.message("customer", "handover", "Li Na", "Wang Fang") == (
        "Wang Fang takes over from Li Na: 0 customers, 0 open callbacks"
    )
    again = desk("customer", "add", "Lotus", "--owner", "Li Na")
    assert again.err.splitlines()[0] == "csm: Li Na left on 2026-11-21; Wang Fang is in charge of their work"
    assert again.code == 4


def test_stand_ins_of_who_leaves_go_along_or_end(desk: Desk) -> None:
    for name in ("Li Na", "Wang Fang", "Zhao Lei"):
        desk.ok("staff", "add", name)
    desk.ok("customer", "add", "Golden Dragon", "--owner", "Zhao Lei")
    desk.ok("callback", "add", "1", "--on", "today")
    desk.ok("customer", "handover", "Zhao Lei", "Li Na", "--until", "+9d")
    assert desk.message("staff", "retire", "Li Na") == "Li Na is no longer on the staff; 1 stand-in of theirs ends"
    assert [len(desk.json("due", "--owner", name)) for name in ("Zhao Lei", "Li Na")] == [1, 0]
    desk.ok("customer", "handover", "Zhao Lei", "Wang Fang", "--until", "+9d")
    desk.ok("staff", "add", "Qian Yi")
    desk.ok("staff", "retire", "Wang Fang", "--to", "Qian Yi")
    assert [len(desk.json("due", "--owner", name)) for name in ("Zhao Lei", "Wang Fang", "Qian Yi")] == [0, 0, 1]


def test_the_list_shows_who_has_left_with_open_work(house: Desk) -> None:
    # another program gives Li Na a card and a callback: 2 pieces of work
    house.sql("UPDATE customer SET owner = 'Li Na' WHERE id = 2")
    house.sql(
        "INSERT INTO callback (customer_id, owner, channel, purpose, due_on, planned_on)"
        " VALUES (2, 'Li Na', 'phone', 'usage', '2026-11-24', '2026-11-24')"
    )
    assert [(row["name"], row["successor"], row["open_work"]) for row in house.json("staff", "list", "--all")] == [
        ("Li Na", "Wang Fang", 2),
        ("Wang Fang", None, 1),
        ("Zhao Lei", None, 0),
    ]
    assert house("staff", "list").err == (
        "Li Na has left and still has work: 2; csm customer handover 'Li Na' COLLEAGUE hands it over\n"
    )
    assert house("staff", "list", lang="zh").err == (
        "Li Na已离职，名下还有未完工作 2 项；csm customer handover 'Li Na' 同事 可全部移交\n"
    )


# --- every way in -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("customer", "add", "Lotus", "--owner", "Li Na"),
        ("customer", "edit", "1", "--owner", "li na"),
        ("customer", "handover", "Wang Fang", "Li Na"),
        ("customer", "handover", "Wang Fang", "Li Na", "--until", "+3d"),
        ("callback", "add", "1", "--on", "fri", "--owner", "Li Na"),
        ("promise", "add", "1", "a part", "--by", "fri", "--to", "LI NA"),
        ("staff", "retire", "Zhao Lei", "--to", "Li Na"),
    ],
)
def test_nothing_goes_to_who_has_left(house: Desk, arguments: tuple[str, ...]) -> None:
    refused(house, *arguments)


def test_a_callback_that_is_edited_or_opened_again_goes_to_nobody_who_has_left(house: Desk) -> None:
    house.ok("callback", "add", "1", "--on", "fri")
    refused(house, "callback", "edit", "cb1", "--owner", "Li Na")
    house.ok("callback", "edit", "cb1", "--owner", "zhao lei")
    assert house.sql("SELECT owner FROM callback") == [("Zhao Lei",)]
    house.ok("callback", "done", "cb1", "well")
    house.sql("UPDATE callback SET owner = 'Li Na'")
    assert house("callback", "reopen", "cb1").err.splitlines()[-1] == "note: Li Na has left, so it goes to Wang Fang"
    assert house.sql("SELECT owner, status FROM callback") == [("Wang Fang", "open")]


def judged(house: Desk) -> None:
    house.ok("complaint", "open", "1", "oven cold")
    house.ok("complaint", "judge", "1", "--founded", "--responsibility", "ours", "--reason", "seal")


def test_no_case_and_no_prevention_goes_to_who_has_left(house: Desk) -> None:
    judged(house)
    refused(house, "complaint", "assign", "1", "--to", "Li Na", "--department", "service", "--route", "settle")
    house.ok("complaint", "assign", "1", "--to", "WANG FANG", "--department", "service", "--route", "settle")
    assert house.sql("SELECT owner FROM complaint_state") == [("Wang Fang",)]
    house.ok("complaint", "settle", "1", "--did", "changed it", "--failure", "process", "--cause", "service")
    closing = ("complaint", "close", "1", "--summary", "seal", "--lesson", "check", "--satisfaction", "5")
    prevention = ("--prevent", "check all seals", "--prevent-on", "+9d")
    refused(house, *closing, *prevention, "--prevent-by", "Li Na")
    house.ok(*closing, *prevention, "--prevent-by", "zhao lei")
    assert house.sql("SELECT in_charge FROM prevention") == [("Zhao Lei",)]


def test_who_has_left_decides_nothing(house: Desk) -> None:
    judged(house)
    house.ok("complaint", "assign", "1", "--to", "Wang Fang", "--department", "service", "--route", "settle")
    house.ok("complaint", "analyse", "1", "--failure", "process", "--cause", "service", "--finding", "seal")
    house.ok("complaint", "propose", "1", "a new seal", "--compensation", "10", "--recovery", "equal")
    # 10 is within everybody's authority, so it is not the level that is wanting
    refused(house, "complaint", "approve", "1", "--by", "Li Na", "--remark", "yes")
    refused(house, "complaint", "reject", "1", "--by", "Li Na", "--remark", "no")
    house.ok("complaint", "approve", "1", "--by", "Zhao Lei", "--remark", "yes")
    house.ok("complaint", "implement", "1", "--did", "nothing helps", "--outcome", "cannot")
    refused(house, "complaint", "close", "1", "--unresolved", "no part is made any more", "--by", "Li Na")
    house.ok("complaint", "open", "1", "threats")
    refused(
        house, "complaint", "judge", "2", "--founded", "--responsibility", "ours", "--reason", "x",
        "--severity", "malicious", "--by", "Li Na",
    )  # fmt: skip


def test_what_a_person_who_has_left_would_own_is_refused(house: Desk) -> None:
    house.user = "Li Na"
    house.sql("UPDATE customer SET owner = NULL WHERE id = 1")
    for arguments in (
        ("customer", "add", "Lotus"),
        ("callback", "add", "1", "--on", "fri"),
        ("complaint", "open", "1", "cold"),
        ("promise", "add", "1", "a part", "--by", "fri"),
    ):
        refused(house, *arguments)
    # what has happened is kept, with who did it
    house.ok("customer", "note", "1", "called back")
    assert house.sql("SELECT by FROM note") == [("Li Na",)]


def test_what_follows_from_cards_of_who_has_left_goes_to_who_took_over_and_says_so(house: Desk) -> None:
    note = "note: Li Na has left, so it goes to Wang Fang"
    house.user = "Zhao Lei"
    house.sql("UPDATE customer SET owner = 'Li Na', relationship = 'proactive' WHERE id = 2")
    assert house("callback", "add", "2", "--on", "fri").err.splitlines()[-1] == note
    assert house("complaint", "open", "2", "cold").err.splitlines()[-1] == note
    assert house("callback", "plan").err.splitlines()[-1] == note
    assert house("callback", "log", "2", "no answer", "--no-answer").err.splitlines()[-1] == note
    assert house("sale", "add", "2", "oven", "--amount", "10", "--plan").err.splitlines()[-1] == note
    assert house.sql("SELECT DISTINCT owner FROM callback") == [("Wang Fang",)]
    assert house.sql("SELECT DISTINCT owner FROM complaint_state") == [("Wang Fang",)]
    assert house("callback", "add", "2", "--on", "fri", lang="zh").err.splitlines()[-1] == (
        "提示：Li Na已离职，改由Wang Fang负责"
    )


def test_a_series_of_who_has_left_goes_on_with_who_took_over(house: Desk) -> None:
    house.ok("callback", "add", "1", "--on", "today", "--every", "1w")
    house.sql("UPDATE callback SET owner = 'Li Na'")
    result = house("callback", "done", "cb1", "all well")
    assert result.err.splitlines()[-1] == "note: Li Na has left, so it goes to Wang Fang"
    assert house.sql("SELECT owner FROM callback ORDER BY id") == [("Li Na",), ("Wang Fang",)]


def test_a_case_that_is_opened_again_goes_to_who_took_over(desk: Desk) -> None:
    desk.user = "Li Na"
    for name in ("Wang Fang", "Li Na"):
        desk.ok("staff", "add", name, "--level", "1")
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("complaint", "open", "1", "cold", "--level", "grievance", "--settled", "said sorry")
    desk.ok("customer", "archive", "1")
    desk.ok("staff", "retire", "Li Na", "--to", "Wang Fang")
    desk.user = "Wang Fang"
    assert desk.sql("SELECT status, owner FROM complaint_state") == [("closed", "Li Na")]
    desk.ok("complaint", "reopen", "1", "--reason", "cold again")
    assert desk.sql("SELECT status, owner FROM complaint_state") == [("open", "Wang Fang")]
    # the archived card stayed Li Na's, and comes back as Wang Fang's
    assert desk.sql("SELECT owner FROM customer") == [("Li Na",)]
    assert desk("customer", "restore", "1").err.splitlines()[-1] == "note: Li Na has left, so it goes to Wang Fang"
    assert desk.sql("SELECT owner FROM customer") == [("Wang Fang",)]


# --- strangers ----------------------------------------------------------------------------------------------------


def test_a_name_on_no_list_is_warned_about_with_the_near_one(house: Desk) -> None:
    warning = "warning: Wang Fan is not on the staff list; did you mean Wang Fang?"
    judged(house)
    for arguments in (
        ("customer", "add", "Lotus", "--owner", "Wang Fan"),
        ("customer", "edit", "1", "--owner", "Wang Fan"),
        ("callback", "add", "2", "--on", "fri", "--owner", "Wang Fan"),
        ("promise", "add", "2", "a part", "--by", "fri", "--to", "Wang Fan"),
        ("complaint", "assign", "1", "--to", "Wang Fan", "--department", "service", "--route", "settle"),
        ("customer", "handover", "Wang Fang", "Wang Fan", "--until", "+3d"),
    ):
        lines = house(*arguments).err.splitlines()
        assert lines.count(warning) == 1 and lines[-1] == warning, arguments
    assert house.sql("SELECT owner FROM customer WHERE name = 'Lotus'") == [("Wang Fan",)]
    assert house("customer", "add", "Bamboo", "--owner", "Wang Fan", lang="zh").err.splitlines()[-1] == (
        "警告：Wang Fan不在员工名单上；是不是 Wang Fang？"
    )
    assert house("customer", "add", "Willow", "--owner", "xyz").err.splitlines()[-1] == (
        "warning: xyz is not on the staff list; csm staff add 'xyz' puts them on it"
    )


def test_a_name_is_stored_as_the_list_has_it(house: Desk) -> None:
    assert "warning" not in house("customer", "add", "Lotus", "--owner", "ZHAO LEI").err
    assert house.sql("SELECT owner FROM customer WHERE name = 'Lotus'") == [("Zhao Lei",)]


def test_without_a_staff_list_nobody_is_a_stranger(desk: Desk) -> None:
    assert "warning" not in desk("customer", "add", "Lotus", "--owner", "anybody").err


# --- files --------------------------------------------------------------------------------------------------------


def load(house: Desk, kind: str, text: str, *more: str) -> str:
    path = Path(house.folder) / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    result = house("import", kind, path, *more)
    return f"{result.code}\n{result.err}"


def test_rows_for_who_has_left_are_rejected_and_what_is_over_is_kept(house: Desk) -> None:
    reason = "Li Na left on 2026-11-21; Wang Fang is in charge of their work"
    for kind, text in (
        ("customers", "name,owner\nLotus,li na\n"),
        ("callbacks", "customer,due_on,owner\nGolden Dragon,2026-12-01,Li Na\n"),
        ("complaints", "customer,summary,received_at,owner\nGolden Dragon,cold,2026-11-20 10:00,Li Na\n"),
        ("promises", "customer,text,due_at,in_charge\nGolden Dragon,a part,2026-12-01,Li Na\n"),
    ):
        told = load(house, kind, text)
        assert told.startswith("2\n") and reason in told, (kind, told)
    over = {
        "callbacks": "customer,due_on,done_on,owner\nGolden Dragon,2026-11-01,2026-11-01,Li Na\n",
        "complaints": ("customer,summary,received_at,status,owner\nGolden Dragon,cold,2026-10-20 10:00,closed,Li Na\n"),
        "promises": "customer,text,due_at,status,in_charge\nGolden Dragon,a part,2026-11-01,kept,Li Na\n",
    }
    for kind, text in over.items():
        assert load(house, kind, text).startswith("0\n"), kind
    assert (
        house.sql(
            "SELECT owner FROM callback UNION ALL SELECT owner FROM complaint_state UNION ALL SELECT in_charge FROM promise"
        )
        == [("Li Na",)] * 3
    )


def test_a_file_doesn_t_give_known_records_to_who_has_left(house: Desk) -> None:
    house.ok("callback", "add", "1", "--on", "2026-12-01", "--purpose", "usage")
    house.ok("promise", "add", "1", "a part", "--by", "2026-12-01 18:00")
    for kind, text in (
        ("customers", "name,owner\nGolden Dragon,Li Na\n"),
        ("callbacks", "id,customer_id,customer,due_on,purpose,owner\n1,1,Golden Dragon,2026-12-01,usage,Li Na\n"),
        ("promises", "customer,text,due_at,in_charge\nGolden Dragon,a part,2026-12-01 18:00,Li Na\n"),
    ):
        told = load(house, kind, text, "--update")
        assert told.startswith("2\n") and "Wang Fang is in charge of their work" in told, (kind, told)
    # the same file over what is there already changes nothing, whosever it is
    house.sql("UPDATE customer SET owner = 'Li Na' WHERE id = 2")
    assert "1 unchanged" in load(house, "customers", "name,owner\nJade Garden,Li Na\n")


def test_strangers_in_a_file_are_named_one_time_each(house: Desk) -> None:
    text = "name,owner\nLotus,Wang Fan\nBamboo,Wang Fan\nWillow,WANG FANG\n"
    told = load(house, "customers", text)
    assert told.count("is not on the staff list") == 1
    assert told.endswith("warning: Wang Fan is not on the staff list; did you mean Wang Fang?\n")
    assert house.sql("SELECT owner FROM customer WHERE id > 2 ORDER BY id") == [
        ("Wang Fan",),
        ("Wang Fan",),
        ("Wang Fang",),
    ]


def test_a_file_of_staff_says_who_took_over(house: Desk) -> None:
    told = load(house, "staff", "姓名,离职日期,接手人\n钱一,2026-11-01,赵雷\n")
    assert told == "0\nimported: 1 read, 1 inserted, 0 updated, 0 unchanged, 0 rejected\n"
    refused_row = load(house, "customers", "name,owner\nLotus,钱一\n")
    assert "钱一 left on 2026-11-01; 赵雷 is in charge of their work" in refused_row
    # who has left already, with work that another program gave them, is the same row again
    house.sql("UPDATE customer SET owner = 'Li Na' WHERE id = 2")
    assert "1 unchanged" in load(house, "staff", "name,retired_on,successor\nLi Na,2026-11-21,Wang Fang\n")


def test_a_whole_file_is_copied_as_it_is(house: Desk) -> None:
    house.sql("UPDATE customer SET owner = 'Li Na' WHERE id = 2")
    house.ok("export", "all", house.folder / "all")
    other = Desk(house.folder, now=house.now, name="other.db")
    other.user = "Li Na"
    assert other("import", "all", house.folder / "all").code == 0
    assert other.sql("SELECT owner FROM customer ORDER BY id") == [("Wang Fang",), ("Li Na",)]
    assert other.sql("SELECT name, successor FROM staff ORDER BY id")[1] == ("Li Na", "Wang Fang")


def test_a_new_name_goes_along_to_whose_work_was_taken_over(house: Desk) -> None:
    house.ok("staff", "edit", "Wang Fang", "--name", "Wang Fangfang")
    assert house.sql("SELECT successor FROM staff WHERE name = 'Li Na'") == [("Wang Fangfang",)]
    assert json.loads(house.ok("staff", "list", "--all", "-f", "json"))[0]["successor"] == "Wang Fangfang"


def test_who_comes_back_is_on_the_list_again_with_what_is_typed(house: Desk) -> None:
    assert house.message("staff", "add", "li na", "--level", "1") == "li na is on the staff again"
    assert house.sql("SELECT name, level, department, retired_on, successor FROM staff WHERE name = 'Li Na'") == [
        ("Li Na", 1, "service", None, None)
    ]
    house.ok("callback", "add", "1", "--on", "fri", "--owner", "Li Na")
    assert house.message("staff", "add", "赵六", lang="zh") == "已添加员工赵六"
    house.ok("staff", "retire", "赵六")
    assert house.message("staff", "add", "赵六", lang="zh") == "赵六重新列入员工名单"
    assert house("staff", "add", "赵六").code == 4
