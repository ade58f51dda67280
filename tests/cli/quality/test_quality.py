"""The verbs of `quality`: periods, groups, definitions, formats. Figures by hand; today is Saturday 2026-11-21."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk, filled_once

HEADING = "promises: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21\n\n"


def promise(desk: Desk, who: str, by: str, then: str = "", at: str = "", *options: str) -> None:
    """Promise something three days ahead of `by`, and keep, break or release it at a later time."""
    desk.now = f"{by[:8]}01 09:00"
    desk.ok("promise", "add", who, "bring it", "--by", by, *options)
    ((last,),) = desk.sql("SELECT max(id) FROM promise")
    if then:
        desk.now = at
        desk.ok("promise", then, str(last))
    desk.now = "2026-11-21 09:00"


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Give promises of three customers, the third in nobody's hands and in no region.

    Alice's: one kept and one kept late, one kept in October. Bob's: one broken, one open and past due, one released.
    The third's: one kept, one not yet due.
    """
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice", "--region", "East", "--grade", "B")
    desk.ok("customer", "add", "River Gym", "--owner", "bob", "--region", "West", "--grade", "A")
    desk.ok("customer", "add", "Old Mill")
    desk.sql("UPDATE customer SET owner = NULL WHERE id = 3")
    promise(desk, "Golden Dragon", "2026-11-10", "keep", "2026-11-10 10:00")
    promise(desk, "Golden Dragon", "2026-11-12", "keep", "2026-11-14 10:00")
    promise(desk, "Golden Dragon", "2026-10-05", "keep", "2026-10-05 10:00")
    promise(desk, "River Gym", "2026-11-13", "break", "2026-11-16 10:00")
    promise(desk, "River Gym", "2026-11-20")
    promise(desk, "River Gym", "2026-11-17", "release", "2026-11-16 10:00")
    promise(desk, "River Gym", "2026-11-18", "keep", "2026-11-16 10:00", "--theirs")
    promise(desk, "Old Mill", "2026-11-16", "keep", "2026-11-16 10:00")
    promise(desk, "Old Mill", "2026-11-30")
    return desk


def test_a_section_beside_the_period_before(shop: Desk) -> None:
    # Kept 2 of 2 + 1 + 1 + 1 = 5; in October 1 of 1.
    result = shop("quality", "promises")
    assert (result.code, result.err) == (0, "")
    assert result.out == HEADING + (
        "figure              value  n   before              change\n"
        "─────────────────────────────────────────────────────────\n"
        "promises                5           1                  +4\n"
        "kept on time            2           1                  +1\n"
        "broken                  1           0           +1, worse\n"
        "open and past due       1           0           +1, worse\n"
        "promises kept      40.0 %  5  100.0 %  -60.0 %-pts, worse\n"
        "kept late               1           0           +1, worse\n"
    )


def test_few_cases_are_marked(shop: Desk) -> None:
    out = shop.ok("quality", "promises", "--month", "2026-10")
    assert out.startswith("promises: 2026-10-01 to 2026-10-31, before: 2026-09-01 to 2026-09-30\n")
    assert "promises kept      100.0 %  1, thin       -          -\n" in out
    assert out.endswith("\nthin: made of fewer than 5, so it may be chance\n")
    shop.ok("config", "set", "quality.thin", "1")
    assert "thin" not in shop.ok("quality", "promises", "--month", "2026-10")


def test_nothing_recorded_says_what_records_it(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    out = desk.ok("quality", "promises")
    assert "promises kept          -  0       -          -\n" in out
    command = 'csm promise add REF "bring the spare key" --by fri'
    assert out.endswith(f"\n\nnothing is recorded for promises kept; this supplies it: {command}\n")
    heart = desk.ok("quality", "heart")
    assert "no sales are recorded; cards that are active or won back stand in for active customers\n" in heart
    found = desk.json("quality", "promises")
    assert (found["n"], found["kept_share"], found["counted"]) == (0, None, {"kept_share": 0})


def test_as_csv_a_row_a_figure(shop: Desk) -> None:
    assert shop.ok("quality", "promises", "-f", "csv") == (
        "section,figure,value,n,before\n"
        "promises,n,5,5,1\n"
        "promises,kept,2,2,1\n"
        "promises,broken,1,1,0\n"
        "promises,open,1,1,0\n"
        "promises,kept_share,0.4,5,1\n"
        "promises,late,1,1,0\n"
    )


def test_as_json_with_the_period_before(shop: Desk) -> None:
    figures = {"n": 5, "kept": 2, "broken": 1, "open": 1, "kept_share": 0.4, "late": 1, "counted": {"kept_share": 5}}
    before = {"n": 1, "kept": 1, "broken": 0, "open": 0, "kept_share": 1, "late": 0, "counted": {"kept_share": 1}}
    found = shop.json("quality", "promises")
    assert found == {
        "from": "2026-11-01",
        "to": "2026-11-21",
        **figures,
        "before": {"from": "2026-10-01", "to": "2026-10-21", **before},
    }
    assert list(found) == ["from", "to", *figures, "before"]
    assert json.loads(shop.ok("quality", "promises", "-f", "jsonl")) == found


def test_by_owner_with_those_in_nobodys_hands_last(shop: Desk) -> None:
    assert shop.ok("quality", "promises", "--by", "owner") == (
        "promises: 2026-11-01 to 2026-11-21\n"
        "\n"
        "owner      promises kept\n"
        "────────────────────────\n"
        "alice   50.0 % (2, thin)\n"
        "bob      0.0 % (2, thin)\n"
        "-      100.0 % (1, thin)\n"
        "\n"
        "thin: made of fewer than 5, so it may be chance\n"
    )
    found = shop.json("quality", "promises", "--by", "owner")
    assert list(found[0])[:4] == ["owner", "from", "to", "n"]
    assert [(one["owner"], one["n"], one["kept_share"], one["before"]["kept_share"]) for one in found] == [
        ("alice", 2, 0.5, 1),
        ("bob", 2, 0, None),
        (None, 1, 1, None),
    ]
    assert [one["before"]["n"] for one in found] == [1, 0, 0]


def test_by_region_and_grade(shop: Desk) -> None:
    for by, groups in (("region", ["East", "West", None]), ("grade", ["A", "B", None])):
        found = shop.json("quality", "promises", "--by", by)
        assert [one[by] for one in found] == groups
        assert sum(one["n"] for one in found) == 5


def test_by_month_until_today(shop: Desk) -> None:
    # October whole against September; November so far against the same days of October.
    out = shop.ok("quality", "promises", "--by", "month", "--year", "2026", "-f", "csv")
    assert [line for line in out.splitlines() if ",kept" in line or "month" in line] == [
        "month,section,figure,value,n,before",
        "2026-10,promises,kept,1,1,",
        "2026-10,promises,kept_share,1,1,",
        "2026-11,promises,kept,2,2,1",
        "2026-11,promises,kept_share,0.4,5,1",
    ]
    found = shop.json("quality", "promises", "--by", "month", "--from", "2026-11-10", "--to", "2026-12-31")
    assert [(one["month"], one["from"], one["to"]) for one in found] == [("2026-11", "2026-11-10", "2026-11-21")]


def test_no_group_with_anything(shop: Desk) -> None:
    assert shop.json("quality", "promises", "--by", "owner", "--year", "2020") == []
    result = shop("quality", "promises", "--by", "owner", "--year", "2020")
    assert (result.code, result.err) == (0, "no figures\n")


def test_a_file_for_a_spreadsheet_and_pages(shop: Desk, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    shop.ok("quality", "promises", "-o", path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfsection,figure,value,n,before\r\npromises,n,5,5,1\r\n")
    markdown = shop.ok("quality", "promises", "-f", "md")
    assert markdown.startswith(
        "## promises: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21\n\n| figure |"
    )
    assert "| promises kept | 40.0 % | 5 | 100.0 % | -60.0 %-pts, worse |\n" in markdown
    page = shop.ok("quality", "promises", "-f", "html")
    assert "<h1>promises: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21</h1>" in page


def test_what_the_figures_are_needs_no_file(desk: Desk) -> None:
    out = desk.ok("quality", "promises", "--explain", "-f", "csv")
    assert out.splitlines()[:3] == [
        "section,figure,definition,source",
        'promises,n,"promises of ours due in the period: kept on time, kept late, broken, or open and past due",handbook 7',
        "promises,kept,promises kept by the time they were due,handbook 7",
    ]
    assert not desk.path.exists()
    shown = desk.ok("quality", "retention", "--explain")
    assert shown.splitlines()[0].split() == ["figure", "definition", "source"]
    assert "customers who bought within the 12 months before the period" in shown
    assert [one["section"] for one in desk.json("quality", "summary", "--explain")][-1] == "retention"


def test_definitions_say_the_numbers_of_the_file(shop: Desk) -> None:
    shop.ok("config", "set", "quality.repeat_days", "30")
    found = shop.json("quality", "complaints", "--explain")
    assert [one["definition"] for one in found if one["figure"] == "repeated"] == [
        "complaints about a problem that the same customer had complained about within the 30 days before;"
        " 'other' is no one problem"
    ]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (
            ["promises", "--by", "colour"],
            "csm: --by can't be 'colour'\nhint: it is one of: month, owner, region, grade\n",
        ),
        (
            ["promises", "--from", "2026-10-02", "--to", "2026-10-01"],
            "csm: the end, 2026-10-01, lies before the start, 2026-10-02\n",
        ),
        (["retention", "--model", "--by", "owner"], "csm: --model and --by can't be used together\n"),
        (["summary", "--by", "week"], "csm: --by can't be 'week'\nhint: it is one of: month, owner, region, grade\n"),
    ],
)
def test_what_cannot_be_read_is_refused(shop: Desk, options: list[str], error: str) -> None:
    assert shop("quality", *options) == (2, "", error)


def test_a_model_belongs_to_retention_only(shop: Desk) -> None:
    result = shop("quality", "promises", "--model")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("csm: 'csm quality promises' has no option --model\n")


def test_what_most_complaints_are_about_stands_below_them(shop: Desk) -> None:
    shop.ok("complaint", "open", "Golden Dragon", "cold on arrival", "--content", "service")
    out = shop.ok("quality", "complaints")
    assert out.startswith("complaints: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21\n")
    assert [line.split() for line in out.splitlines() if line.startswith("complaints  ")] == [
        ["complaints", "1", "0", "+1,", "worse"]
    ]
    figures, _, below = out.partition("csm complaint judge ID\n")
    assert "found to be founded" in figures
    assert [line.split()[:4] for line in below.splitlines() if line.startswith("service ")] == [
        ["service", "1", "100.0", "%"]
    ]
    markdown = shop.ok("quality", "complaints", "-f", "md")
    assert "| service | 1 | 100.0 % | 100.0 % |\n" in markdown
    page = shop.ok("quality", "complaints", "-f", "html")
    assert "<td>service</td>" in page
    assert shop.json("quality", "complaints")["by_content"] == [
        {"name": "service", "n": 1, "share": 1.0, "cumulated": 1.0}
    ]


def test_the_model_stands_below_retention(shop: Desk) -> None:
    for form in ("table", "md", "html"):
        assert "What makes customers come back" in shop.ok("quality", "retention", "--model", "-f", form)
        assert "What makes" not in shop.ok("quality", "retention", "-f", form)


def test_a_period_that_is_not_over_is_told(shop: Desk) -> None:
    # Today is 2026-11-21.
    running = "note: this period isn't over yet; the one before it is counted for the same days\n"
    for verb in ("promises", "servqual", "gaps", "complaints", "summary"):
        assert shop("quality", verb, "--month", "2026-11").err == running
        assert shop("quality", verb, "--month", "2026-10").err == ""
        assert shop("quality", verb).err == ""
    assert shop("quality", "promises", "--from", "2026-11-01", "--to", "2026-11-21").err == ""
    assert shop("quality", "promises", "--year", "2026", "-f", "csv").err == running
    assert shop("--quiet", "quality", "promises", "--year", "2026").err == ""
    ahead = "note: this period begins after today, so nothing can be counted in it yet\n"
    assert shop("quality", "heart", "--month", "2026-12").err == ahead
    assert shop("quality", "heart", "--month", "2026-12", "--explain").err == ""
    by_owner = shop("quality", "promises", "--quarter", "2026-Q4", "--by", "owner")
    assert by_owner.err == "note: this period isn't over yet\n"
