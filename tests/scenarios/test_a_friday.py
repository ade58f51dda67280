"""A Friday at the end of the month: what a salesperson noted in four weeks, and the figures their manager asks for.

Through the command line alone; every value is worked out by hand. Working time is Monday to Saturday, 09:00 to 12:00
and 13:00 to 18:00, 8 hours a day. The month of this story:

    November 2026
    Mon Tue Wed Thu Fri Sat Sun
                             --
      2   3   4   5   6   7  --
      9  10  11  12  13  14  --
     16  17  18  19  20  21  --
     23  24  25  26  27
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, filled_once

DRAGON, VALLEY, SKY, STAR, MILL = "Golden Dragon", "Green Valley", "Blue Sky", "Red Star", "Old Mill"
CARDS = (
    (DRAGON, "Li", "East"),
    (VALLEY, "Wang", "West"),
    (SKY, "Li", "West"),
    (STAR, "Wang", "East"),
    (MILL, "Li", "East"),
)
FRIDAY = "2026-11-27 17:00"


@pytest.fixture
@filled_once
def friday(desk: Desk) -> Desk:
    """Return the desk on Friday, 2026-11-27 at 17:00, with the month behind it."""
    desk.now = "2025-10-01 09:00"
    desk.ok("config", "set", "file.timezone", "Asia/Shanghai")
    desk.ok("staff", "add", "Chen", "--level", "2", "--department", "care")
    for place, (name, owner, region) in enumerate(CARDS):
        desk.ok("customer", "add", name, "--owner", owner, "--region", region, "--phone", f"010-5550 100{place}")
    for story in (sales, callbacks, promises, surveys, late_oven, rude_driver, broken_and_forgotten, dear_tray):
        story(desk)
    desk.now = "2026-11-27 16:00"
    desk.ok("complaint", "escalate", "--overdue")
    desk.now = FRIDAY
    return desk


def at(desk: Desk, when: str, *command: str) -> None:
    desk.now = f"2026-{when}"
    desk.ok(*command)


def sales(desk: Desk) -> None:
    """Active on 1 November is who bought from 2025-11-01 to 2026-10-31: Dragon, Valley, Star; 10-31 was a day too early."""
    for name, line, day in (
        (DRAGON, "baking", "2025-12-10"), (VALLEY, "baking", "2026-03-01"), (SKY, "baking", "2025-10-31"),
        (STAR, "baking", "2025-11-01"), (MILL, "baking", "2026-11-01"), (SKY, "baking", "2026-11-05"),
        (VALLEY, "cold", "2026-11-10"), (DRAGON, "cold", "2026-11-12"), (STAR, "baking", "2026-11-20"),
    ):  # fmt: skip
        desk.now = f"{day} 12:00"
        desk.ok("sale", "add", name, f"for {line}", "--amount", "100", "--line", line, "--on", day, "--no-plan")
    at(desk, "11-11 09:00", "sale", "cancel", "sa7", "--reason", "the wrong size")


def callbacks(desk: Desk) -> None:
    days = ((DRAGON, 3), (VALLEY, 4), (SKY, 5), (STAR, 10), (DRAGON, 30), (STAR, 27), (MILL, 16))
    for name, day in days:
        at(desk, "11-02 09:00", "callback", "add", name, "--on", f"2026-11-{day:02}")
    at(desk, "11-03 10:00", "callback", "done", "cb1", "content", "-s", "5")
    at(desk, "11-06 10:00", "callback", "done", "cb2", "cross about the driver", "-s", "2")
    at(desk, "11-05 10:00", "callback", "skip", "cb3")
    at(desk, "11-16 10:00", "callback", "done", "cb7", "--no-answer")
    at(desk, "11-17 10:00", "callback", "done", "cb7", "all is well")
    at(desk, "11-18 10:00", "callback", "log", VALLEY, "asked about prices", "--incoming", "-s", "4")


def promises(desk: Desk) -> None:
    for name, due, *theirs in (
        (DRAGON, "11-06 12:00"), (VALLEY, "11-09 12:00"), (SKY, "11-10 12:00"), (STAR, "11-12 12:00"),
        (DRAGON, "11-13 12:00"), (DRAGON, "11-13 12:00", "--theirs"), (DRAGON, "11-28 12:00"), (VALLEY, "11-27 18:00"),
    ):  # fmt: skip
        at(desk, "11-02 10:00", "promise", "add", name, "bring it", "--by", f"2026-{due}", *theirs)
    at(desk, "11-06 11:00", "promise", "keep", "pr1")
    at(desk, "11-10 09:00", "promise", "keep", "pr2")
    at(desk, "11-10 13:00", "promise", "break", "pr3")
    at(desk, "11-13 09:00", "promise", "release", "pr5")
    at(desk, "11-13 09:30", "promise", "keep", "pr6")


def surveys(desk: Desk) -> None:
    """Seven by hand: three of us on 7, one on 5, one of a competitor, one by a manager, one that only answers."""
    for day, *told in (
        ("03", DRAGON, "--expect", "6,7,6,6,7", "--perceive", "5,6,6,5,7", "--csat", "4", "--nps", "9"),
        ("05", VALLEY, "--expect", "7,7,,6,5", "--perceive", "6,5,6,6,4", "--csat", "3", "--nps", "6",
         "--weights", "20,20,20,20,20"),
        ("09", SKY, "--perceive", "4,5,6,5,5", "--csat", "5", "--nps", "0"),
        ("10", STAR, "--scale", "5", "--expect", "5,5,5,5,5", "--perceive", "4,4,4,4,4", "--nps", "10"),
        ("11", DRAGON, "--subject", "Fast Co", "--expect", "6,7,6,6,7", "--perceive", "6,6,6,6,6", "--csat", "1"),
        ("12", "--respondent", "manager", "--expect", "5,6,6,6,6"),
        ("13", MILL, "--csat", "2", "--nps", "7"),
    ):  # fmt: skip
        at(desk, f"11-{day} 15:00", "survey", "add", *told)


def handled(desk: Desk, case: str, day: str, *, cost: str = "50") -> None:
    """Take a case through steps 4 to 6 between 10:00 and 11:00 of a day."""
    at(
        desk,
        f"{day} 10:15",
        "complaint",
        "analyse",
        case,
        "--failure",
        "process",
        "--cause",
        "company",
        "--finding",
        "x",
    )
    at(
        desk,
        f"{day} 10:20",
        "complaint",
        "propose",
        case,
        "make it good",
        "--compensation",
        cost,
        "--recovery",
        "equal",
    )
    at(desk, f"{day} 10:30", "complaint", "approve", case, "--by", "Chen", "--remark", "yes")


def taken_up(desk: Desk, case: str, day: str) -> None:
    """Answer a case at 10:00 of a day, judge it founded and put it into Chen's hands."""
    at(desk, f"{day} 10:00", "complaint", "respond", case, "called")
    at(
        desk,
        f"{day} 10:05",
        "complaint",
        "judge",
        case,
        "--founded",
        "--responsibility",
        "ours",
        "--reason",
        "it is so",
    )
    at(desk, f"{day} 10:10", "complaint", "assign", case, "--to", "Chen", "--route", "settle", "--points", "all of it")


def late_oven(desk: Desk) -> None:
    """cp1, Friday 16:00. Answered Saturday 10:00: 2 + 1 = 3 h. Settled Monday 12:00: 2 + 8 + 3 = 13 h."""
    at(
        desk,
        "11-06 16:00",
        "complaint",
        "open",
        DRAGON,
        "oven late",
        "--content",
        "service",
        "--problem",
        "late-delivery",
    )
    taken_up(desk, "cp1", "11-07")
    handled(desk, "cp1", "11-07")
    at(desk, "11-09 12:00", "complaint", "implement", "cp1", "--did", "brought it", "--outcome", "full")
    at(
        desk, "11-10 09:30", "complaint", "close", "cp1", "--summary", "late", "--lesson", "check the van", "-s", "4",
        "--prevent", "load at night", "--prevent-by", "Chen", "--prevent-on", "2026-12-01",
    )  # fmt: skip


def rude_driver(desk: Desk) -> None:
    """cp2 is live and settled on the spot: 0 h. cp3 is about the same problem, unfounded: answered 09:00 to 14:00, 4 h."""
    about = ("--problem", "staff-attitude")
    at(
        desk, "11-10 10:00", "complaint", "open", VALLEY, "rude", "--content", "product", *about, "--live",
        "--settled", "said sorry", "--failure", "process", "--cause", "service", "--recovery", "symbolic",
    )  # fmt: skip
    at(desk, "11-16 09:00", "complaint", "open", VALLEY, "rude again", "--content", "service", *about)
    at(desk, "11-16 14:00", "complaint", "respond", "cp3", "called")
    at(
        desk, "11-16 15:00", "complaint", "judge", "cp3", "--unfounded", "--responsibility", "misunderstanding",
        "--reason", "another driver", "--explanation", "told them so",
    )  # fmt: skip
    at(desk, "11-17 11:00", "complaint", "close", "cp3", "--summary", "another firm's driver")


def broken_and_forgotten(desk: Desk) -> None:
    """cp4 nobody took up: late on all its clocks. cp5 is a grievance. cp6 is withdrawn before anything was due."""
    at(desk, "11-12 09:00", "complaint", "open", SKY, "broken", "--content", "product", "--problem", "goods-damaged")
    at(desk, "11-19 09:00", "complaint", "open", SKY, "grumbled", "--level", "grievance")
    at(desk, "11-24 09:00", "complaint", "open", STAR, "no box", "--content", "service")
    at(desk, "11-24 11:00", "complaint", "withdraw", "cp6", "--reason", "found it")


def dear_tray(desk: Desk) -> None:
    """cp7: answered after 1 h, settled after 8 h, rated 2 and so open again; settled for good after 4 days, 32 h."""
    at(desk, "11-18 09:00", "complaint", "open", STAR, "too dear", "--content", "price", "--problem", "price-change")
    taken_up(desk, "cp7", "11-18")
    handled(desk, "cp7", "11-18")
    at(desk, "11-19 09:00", "complaint", "implement", "cp7", "--did", "gave a voucher", "--outcome", "full")
    close = ("complaint", "close", "cp7", "--summary", "price", "--lesson", "print prices")
    at(desk, "11-20 09:00", *close, "-s", "2")
    handled(desk, "cp7", "11-20", cost="90")
    at(desk, "11-23 09:00", "complaint", "implement", "cp7", "--did", "gave more", "--outcome", "full")
    at(desk, "11-24 09:00", *close, "-s", "4")


def dimension(name: str, expectation: float, perception: float, weight: float, n: int) -> dict[str, Any]:
    gap = perception - expectation
    return {
        "dimension": name, "expectation": expectation, "perception": perception, "gap": gap, "weight": weight, "n": n,
        "alpha": None, "alpha_n": 0,
    }  # fmt: skip


SUMMARY = {
    "from": "2026-11-01",
    "to": "2026-11-27",
    # Dragon, Valley, Star
    "customers": 3,
    "servqual": {
        # Dragon and Valley: Sky gave no expectation, Star used the other scale, Fast Co isn't us
        "n": 2,
        # (-1 - 1.5 + 0 - 0.5 - 0.5) / 5
        "unweighted": -0.7,
        # -(15.5 x 1 + 26 x 1.5 + 21 x 0 + 19.5 x 0.5 + 18 x 0.5) / 100 = -(15.5 + 39 + 9.75 + 9) / 100
        "weighted": -0.7325,
        # Sky alone: (4 + 5 + 6 + 5 + 5) / 5
        "servperf": 5,
        # -(15.5 + 39) / 100 and -(9.75 + 9) / 100; together -0.7325
        "technical": -0.545,
        "functional": -0.1875,
        "scale": 7,
        # the weights: the house's 11, 32, 22, 19, 16 of Dragon and 20 each of Valley, their mean
        "dimensions": [
            dimension("tangibles", 6.5, 5.5, 15.5, 2),  # 6 and 7; 5 and 6
            dimension("reliability", 7, 5.5, 26, 2),  # 7 and 7; 6 and 5
            dimension("responsiveness", 6, 6, 21, 1),  # Valley left it empty
            dimension("assurance", 6, 5.5, 19.5, 2),  # 6 and 6; 5 and 6
            dimension("empathy", 6, 5.5, 18, 2),  # 7 and 5; 7 and 4
        ],
        "counted": {"unweighted": 2, "weighted": 2, "servperf": 1, "technical": 2, "functional": 2},
    },
    # 4, 3, 5, 2: two of four; the 1 is about Fast Co
    "csat": {"n": 4, "value": 0.5, "counted": {"value": 4}},
    # 9, 6, 0, 10, 7: two promoters, two detractors of five
    "nps": {"n": 5, "value": 0, "counted": {"value": 5}},
    "complaints": {
        # cp1 to cp4, cp6, cp7; cp5 is a grievance
        "n": 6,
        # 6 of 3 active customers
        "per_100_customers": 200,
        # judged are cp1, cp2, cp3, cp7; cp3 was unfounded
        "founded": 0.75,
        # cp1, cp3, cp7 met, cp4 open and late; cp2 live, cp6 withdrawn in time
        "first_response_met": 0.75,
        # 1, 3, 4 h: the middle one; 3 + 0.8 x (4 - 3), as 0.9 x (3 - 1) = 1.8
        "first_response_median_h": 3,
        "first_response_p90_h": 3.8,
        # cp1, cp2, cp3 at its close, cp7 met, cp4 open and late
        "resolution_met": 0.8,
        # step 7 of cp2, cp7, cp1: 0, 8, 13 h; 8 + 0.8 x (13 - 8)
        "resolution_median_h": 8,
        "resolution_p90_h": 12,
        "reopened": 1,  # cp7
        "escalated": 1,  # cp4
        "escalated_by_policy": 1,
        "settled_on_spot": 1,  # cp2
        "repeated": 1,  # cp3 after cp2
        # cp1 4, cp7 4 in the end
        "satisfaction": 4,
        # of Dragon, Valley, Sky, Star: Dragon on the 12th, Star on the 20th; Valley cancelled, Sky bought before
        "bought_again": 0.5,
        "counted": {
            "per_100_customers": 3, "founded": 4, "first_response_met": 4, "first_response_median_h": 3,
            "first_response_p90_h": 3, "resolution_met": 5, "resolution_median_h": 3, "resolution_p90_h": 3,
            "satisfaction": 2, "bought_again": 4,
        },
    },
    "callbacks": {
        # cb1 on its day, cb2 late, and cb7, though nobody answered on the day it was planned for; never: cb3 skipped, cb4 open, and open since the
        # 13th is the satisfaction callback of cp2. Not due: cb5 and cb6 (its day is today), what closing cancelled.
        "due": 6,
        "on_time": 1,
        "late": 2,
        "never": 3,
        # cb1, cb2, cb7
        "reached": 1,
        # 5, 2 and 4 of the contact that nobody had planned
        "satisfaction": 3.6667,
        "counted": {"reached": 3, "satisfaction": 3},
    },
    # pr1 kept, pr2 late, pr3 broken, pr4 open and past; released, theirs, and not due yet don't count
    "promises": {"n": 4, "kept": 1, "broken": 1, "open": 1, "kept_share": 0.25, "counted": {"kept_share": 4}},
    # Dragon and Star; Sky came back after more than a year and Mill is new: neither was active at the start
    "retention": {"start": 3, "kept": 2, "rate": 0.6667, "counted": {"rate": 3}},
}  # fmt: skip


def test_the_managers_page(friday: Desk) -> None:
    assert friday.json("quality", "summary") == SUMMARY
    assert friday.ok("quality", "summary") == (
        "Service quality: 2026-11-01 to 2026-11-27, same days: 2026-10-01 to 2026-10-27\n"
        "\n"
        "figure                             value        n    before               change\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "gap, weighted (SERVQUAL)           -0.73  2, thin         -                    -\n"
        "satisfied (CSAT)                  50.0 %  4, thin         -                    -\n"
        "would recommend us (NPS)               0        5         -                    -\n"
        "complaints per 100 customers  200.00 (6)  3, thin  0.00 (0)       +200.00, worse\n"
        "complaints resolved in time       80.0 %        5         -                    -\n"
        "promises kept                     25.0 %  4, thin         -                    -\n"
        "customers kept                    66.7 %  3, thin     0.0 %  +66.7 %-pts, better\n"
        "\n"
        "The weakest point is reliability: with a gap of -1.50 (n 2, thin) and a weight of 26 of 100 it costs most. "
        "The hard figure beside it: promises kept, 25.0 % (n 4, thin). "
        "The most frequent problem: staff attitude, 2 of 6 complaints.\n"
        "\n"
        "Lessons and preventions\n"
        "cp7  print prices\n"
        "cp1  check the van\n"
        "     > load at night (Chen, by 2026-12-01)\n"
    )


def test_as_a_spreadsheet_with_what_it_was_before(friday: Desk) -> None:
    # In October nobody complained; of Dragon, Valley, Sky and Star, active on 1 October, nobody bought.
    lines = friday.ok("quality", "summary", "-f", "csv").splitlines()
    assert lines[0] == "section,figure,value,n,before"
    wanted = (
        "csat,value",
        "nps,value",
        "complaints,n",
        "complaints,per_100_customers",
        "complaints,founded",
        "retention",
    )
    assert [line for line in lines if line.startswith(wanted)] == [
        "csat,value,0.5,4,",
        "nps,value,0,5,",
        "complaints,n,6,6,0",
        "complaints,per_100_customers,200,3,0",
        "complaints,founded,0.75,4,",
        "retention,start,3,3,4",
        "retention,kept,2,2,0",
        "retention,rate,0.6667,3,0",
    ]
    # Li: pr1 kept, pr3 broken. Wang: pr2 late, pr4 open and past.
    assert friday.ok("quality", "promises", "--by", "owner", "-f", "csv").splitlines() == [
        "owner,section,figure,value,n,before",
        "Li,promises,n,2,2,0", "Li,promises,kept,1,1,", "Li,promises,broken,1,1,", "Li,promises,open,0,0,",
        "Li,promises,kept_share,0.5,2,", "Li,promises,late,0,0,",
        "Wang,promises,n,2,2,0", "Wang,promises,kept,0,0,", "Wang,promises,broken,0,0,", "Wang,promises,open,1,1,",
        "Wang,promises,kept_share,0,2,", "Wang,promises,late,1,1,",
    ]  # fmt: skip


def test_what_lies_behind_the_page(friday: Desk) -> None:
    behind = friday.json("quality", "complaints")
    names = (
        "escalated_by_hand",
        "unresolved",
        "live",
        "total_resolution_median_h",
        "total_resolution_p90_h",
        "grievances",
    )
    # To the last step 7: 0, 13 and, with its reopened time, 32 h; 13 + 0.8 x (32 - 13)
    assert [behind[name] for name in names] == [0, 0, 1, 13, 28.2, 1]
    # 2, 1, 1, 1 of 6, and one that says no problem, last
    assert [tuple(row.values()) for row in behind["by_problem"]] == [
        ("staff-attitude", 2, 0.3333, 0.3333),
        ("goods-damaged", 1, 0.1667, 0.5),
        ("late-delivery", 1, 0.1667, 0.6667),
        ("price-change", 1, 0.1667, 0.8333),
        (None, 1, 0.1667, 1),
    ]
    gaps = friday.json("quality", "gaps")
    assert {name: gaps[name] for name in gaps["counted"]} == {
        # the manager's 5, 6, 6, 6, 6 less 6.5, 7, 6, 6, 6: -1.5 x 11 - 1 x 32, by the house's weights, of 100
        "gap_1": -0.485,
        "gap_2": None,
        # of cp1 3, cp2 2, cp3 2, cp7 3 and 1 when it was open again: 11 met; cp4 missed all 3
        "gap_3": 0.7857,
        # cp1 was rated 4, cp7 first 2
        "gap_4": 0.5,
        "gap_5": -0.7325,
        "deadlines_met": 0.7857,
        "deliveries_met": None,
        "promises_kept": 0.25,
    }
    heart = friday.json("quality", "heart")
    assert {name: heart[name] for name in heart["counted"]} == {
        "happiness": 0.5,
        # one contact of three customers in 27 of the 30 days of a month: 1 / 3 x 30 / 27
        "engagement": 0.3704,
        # of three, Dragon bought cold for the first time
        "adoption": 0.3333,
        "retention": 0.6667,
        # of cp1, cp2, cp7, which came to a step 7: not cp7
        "task_success": 0.6667,
    }


def test_a_filled_form_comes_in_on_the_same_evening(friday: Desk, tmp_path: Path) -> None:
    form = tmp_path / "form.csv"
    friday.ok("survey", "template", "--respondents", "2", "-o", form)
    with form.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    # Mill is content in all but reliability, where one item is left empty; Star answers two questions, in Chinese.
    mill = {"customer": MILL, "taken_on": "2026-11-26", "csat": "5", "nps": "10"}
    star = {"customer": STAR, "taken_on": "2026年11月27日", "respondent": "客户", "csat": "1"}
    for row in rows[1:]:
        row[4], row[6] = mill.get(row[0], row[4]), star.get(row[0], row[6])
        if row[0].startswith("q"):
            row[4:6] = ("6", "") if row[0] == "q5" else ("6", "4" if row[1].startswith("reliability") else "6")
    with form.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    counted = {
        "read": 2,
        "inserted": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
        "possible_doubles": 0,
        "errors": [],
        "unused": [],
        "encoding": "utf-8",
        "doubles": [],
    }
    assert friday.json("import", "surveys", form) == counted
    assert friday.json("import", "surveys", form) == counted | {"inserted": 0, "unchanged": 2}
    summary = friday.json("quality", "summary")
    # 4, 3, 5, 2, 5, 1: three of six; 9, 6, 0, 10, 7, 10: (3 - 2) of 6
    assert summary["csat"] == {"n": 6, "value": 0.5, "counted": {"value": 6}}
    assert summary["nps"] == {"n": 6, "value": 16.6667, "counted": {"value": 6}}
    # Reliability: (-1 - 2 - 2) / 3, by the weights of three, (32 + 20 + 32) / 3; Mill's mean is over q6 to q9.
    assert summary["servqual"]["n"] == 3
    assert summary["servqual"]["dimensions"][1] == {
        "dimension": "reliability", "expectation": 6.6667, "perception": 5, "gap": -1.6667, "weight": 28, "n": 3,
        "alpha": None, "alpha_n": 0,
    }  # fmt: skip
    # The same data in an empty file, from what is handed on.
    other = Desk(tmp_path, FRIDAY, "other.db")
    other.ok("config", "set", "file.timezone", "Asia/Shanghai")
    for kind in ("customers", "surveys"):
        friday.ok("export", kind, tmp_path / f"{kind}.csv")
        other.ok("import", kind, tmp_path / f"{kind}.csv")
    again = other.json("quality", "summary")
    assert [again[name] for name in ("servqual", "csat", "nps")] == [
        summary[name] for name in ("servqual", "csat", "nps")
    ]
