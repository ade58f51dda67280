"""`quality trend` (handbook 10). Now is Wednesday 2027-02-10, 09:00."""

from __future__ import annotations

import json

import pytest

from tests.desk import Desk


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Give a file with promises and answers around the turn of the year; nobody says anything in January."""
    desk.now = "2027-02-10 09:00"
    desk.ok("config", "set", "file.timezone", "UTC")
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice", "--region", "East")
    desk.ok("customer", "add", "River Gym", "--owner", "bob", "--region", "West")
    for customer, day, csat in ((1, "2026-11-30", 5), (1, "2026-12-31", 5), (2, "2026-12-01", 3), (2, "2027-02-10", 1)):
        desk.sql("INSERT INTO survey (customer_id, taken_on, csat) VALUES (?, ?, ?)", customer, day, csat)
    for _ in range(3):
        desk.sql("INSERT INTO survey (customer_id, taken_on, csat) VALUES (1, '2026-12-15', 4)")
    return desk


def test_months_side_by_side_over_the_turn_of_the_year(shop: Desk) -> None:
    # November 1 of 1, December 4 of 5 (5, 4, 4, 4 and not 3), January nothing, February 0 of 1.
    assert shop.ok("quality", "trend", "--months", "4", "--section", "csat") == (
        "2026-11 to 2027-02, month by month; the last up to 2027-02-10\n"
        "\n"
        "                  2026-11  2026-12  2027-01  2027-02\n"
        "satisfied (CSAT)  100.0 %   80.0 %        -    0.0 %\n"
        "  █▇ ▁         n       1*        5        0       1*\n"
        "\n"
        "n: of how many it is made\n"
        "* thin: made of fewer than 5, so it may be chance\n"
    )


def test_six_months_of_the_summary_unless_told(shop: Desk) -> None:
    out = shop.ok("quality", "trend")
    assert out.splitlines()[0] == "2026-09 to 2027-02, month by month; the last up to 2027-02-10"
    figures = out.split("\n\n")[1].splitlines()
    names = [line[:24].rstrip() for line in figures if not line.startswith(" ")]
    assert names == [
        *("gap, weighted", "satisfied (CSAT)", "would recommend us (NPS)", "complaints", "per 100 active customers"),
        *("first response in time", "resolved in time", "callbacks on time", "promises kept", "customers kept"),
    ]
    assert max(map(len, figures)) <= 80


def test_a_count_of_nothing_is_a_count(shop: Desk) -> None:
    lines = shop.ok("quality", "trend", "--months", "2", "--section", "complaints").splitlines()
    # Whether somebody complained is known of every month; how many were answered in time isn't, of none.
    assert [line.split() for line in lines[3:9]] == [
        ["complaints", "0", "0"],
        ["▅▅"],
        ["per", "100", "active", "customers", "0.00", "0.00"],
        ["▅▅", "n", "2*", "2*"],
        ["first", "response", "in", "time", "-", "-"],
        ["n", "0", "0"],
    ]
    assert lines[-1] == "no sales are recorded; cards that are active or won back stand in for active customers"


def test_csv_has_a_row_a_figure_beside_what_the_month_is_compared_with(shop: Desk) -> None:
    out = shop.ok("quality", "trend", "--months", "3", "--section", "csat", "-f", "csv")
    # December against all November; February's ten days against the first ten of January.
    assert out == (
        "month,section,figure,value,n,before\n"
        "2026-12,csat,value,0.8,5,1\n"
        "2027-01,csat,value,,0,0.8\n"
        "2027-02,csat,value,0,1,\n"
    )


def test_json_has_an_object_a_month(shop: Desk) -> None:
    assert shop.json("quality", "trend", "--months", "2", "--section", "csat") == [
        {"month": "2027-01", "csat": {"value": None, "counted": {"value": 0}}},
        {"month": "2027-02", "csat": {"value": 0, "counted": {"value": 1}}},
    ]
    (only,) = shop.json("quality", "trend", "--months", "1")
    assert list(only) == ["month", "servqual", "csat", "nps", "complaints", "callbacks", "promises", "retention"]
    assert only["complaints"] == {
        "n": 0,
        "per_100_customers": 0,
        "first_response_met": None,
        "resolution_met": None,
        "counted": {"per_100_customers": 2, "first_response_met": 0, "resolution_met": 0},
    }
    lines = shop.ok("quality", "trend", "--months", "2", "--section", "nps", "-f", "jsonl").splitlines()
    assert [json.loads(line)["month"] for line in lines] == ["2027-01", "2027-02"]


def test_by_owner_a_line_each(shop: Desk) -> None:
    assert shop.ok("quality", "trend", "--months", "4", "--section", "csat", "--by", "owner") == (
        "2026-11 to 2027-02, month by month; the last up to 2027-02-10\n"
        "\n"
        "figure            owner  trend     2027-02\n"
        "──────────────────────────────────────────\n"
        "satisfied (CSAT)  alice  ▅▅              -\n"
        "                  bob     ▅ ▅   0.0 % (1*)\n"
        "\n"
        "in brackets: n, of how many it is made\n"
        "* thin: made of fewer than 5, so it may be chance\n"
    )
    out = shop.ok("quality", "trend", "--months", "3", "--section", "csat", "--by", "owner", "-f", "csv")
    assert out == (
        "month,owner,section,figure,value,n,before\n"
        "2026-12,alice,csat,value,1,4,1\n"
        "2026-12,bob,csat,value,0,1,\n"
        "2027-01,alice,csat,value,,0,1\n"
        "2027-01,bob,csat,value,,0,0\n"
        "2027-02,alice,csat,value,,0,\n"
        "2027-02,bob,csat,value,0,1,\n"
    )


def test_scores_of_another_scale_are_not_drawn_beside(shop: Desk) -> None:
    for day, scale, felt in (("2026-12-02", 5, 3), ("2027-01-02", 7, 4), ("2027-02-02", 7, 6)):
        shop.sql(
            "INSERT INTO survey (customer_id, taken_on, scale, reliability_e, reliability_p) VALUES (1, ?, ?, 5, ?)",
            *(day, scale, felt),
        )
    lines = shop.ok("quality", "trend", "--months", "3", "--section", "servqual").splitlines()
    assert [line.split() for line in lines[3:5]] == [
        ["gap,", "weighted", "-2.00", "-1.00", "+1.00"],
        ["▁█", "n", "1*", "1*", "1*"],
    ]
    assert lines[-1] == "scores of another scale than the latest aren't in the sparkline"
    before = shop.ok("quality", "trend", "--months", "3", "--section", "servqual", "-f", "csv").splitlines()
    # January isn't compared with December's other scale; the first ten days of February are with those of January.
    assert [line.rpartition(",")[2] for line in before[1:]] == ["", "", "-1"]


def test_for_chats_and_mails_blanks_are_kept(shop: Desk) -> None:
    md = shop.ok("quality", "trend", "--months", "4", "--section", "csat", "-f", "md")
    assert "| satisfied (CSAT) | █▇\N{NO-BREAK SPACE}▁ | 100.0 % (1\\*) | 80.0 % (5) | - | 0.0 % (1\\*) |\n" in md
    assert "<td>█▇\N{NO-BREAK SPACE}▁</td>" in shop.ok(
        "quality", "trend", "--months", "4", "--section", "csat", "-f", "html"
    )


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--months", "0"], "csm: --months: '0' is no whole number from 1 to 36\n"),
        (["--months", "37"], "csm: --months: '37' is no whole number from 1 to 36\n"),
        (["--months", "six"], "csm: --months: 'six' is no whole number from 1 to 36\n"),
        (["--by", "month"], "csm: --by can't be 'month'\nhint: it is one of: owner, region, grade\n"),
        (
            ["--section", "colour"],
            "csm: --section can't be 'colour'\nhint: it is one of:"
            " servqual, csat, nps, complaints, callbacks, promises, retention, heart, gaps\n",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(shop: Desk, options: list[str], error: str) -> None:
    assert shop("quality", "trend", *options) == (2, "", error)


def test_definitions(shop: Desk) -> None:
    out = shop.ok("quality", "trend", "--section", "nps", "--explain")
    assert "share of answers 9 and 10 less share of 0 to 6, in points from -100 to 100" in out


def test_the_longest_trend_has_three_years(shop: Desk) -> None:
    found = shop.json("quality", "trend", "--months", "36", "--section", "csat")
    assert (len(found), found[0]["month"]) == (36, "2024-03")
