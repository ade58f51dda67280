"""`quality summary` for people, of a small story. Today is Saturday 2026-11-21."""

from __future__ import annotations

import re

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Give two customers who buy, three surveys, one complaint with a lesson, and two promises."""
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice", "--grade", "A")
    desk.ok("customer", "add", "River Gym", "--owner", "bob", "--grade", "B")
    for customer, day in ((1, "2026-09-15"), (2, "2026-09-20"), (1, "2026-11-03")):
        desk.sql(
            "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on) VALUES (?, 'tea', 100, ?, ?)",
            *(customer, day, day),
        )
    desk.ok(*"survey add 1 --expect 6,7,6,6,7 --perceive 6,5,6,6,7 --csat 5 --taken 2026-11-05".split())
    desk.ok(*"survey add 2 --expect 6,7,6,6,7 --perceive 5,6,6,6,7 --csat 2 --taken 2026-11-06".split())
    desk.ok(*"survey add 2 --expect 6,6,6,6,6 --perceive 6,5,6,6,6 --csat 4 --taken 2026-10-06".split())
    desk.now = "2026-11-09 10:00"
    desk.ok("complaint", "open", "2", "two days late", "--problem", "late-delivery", "--channel", "phone")
    desk.ok("promise", "add", "1", "bring the spare key", "--by", "2026-11-10 12:00")
    desk.ok("promise", "add", "1", "a new lid", "--by", "2026-11-12 12:00")
    desk.ok("promise", "keep", "1")
    desk.now = "2026-11-21 09:00"
    desk.sql(
        "UPDATE complaint_state SET status = 'closed', closed_at = '2026-11-10T02:00:00Z',"
        " lesson = 'goods for a date go on the van first' WHERE complaint_id = 1"
    )
    desk.sql(
        "INSERT INTO prevention (complaint_id, text, in_charge, due_on) VALUES (1, 'a list by date', 'li', '2026-11-30')"
    )
    return desk


def test_the_whole_page(shop: Desk) -> None:
    # Gaps: tangibles (0 - 1) / 2 = -0.5, reliability (-2 - 1) / 2 = -1.5, the others 0; weighted
    # (11 x -0.5 + 32 x -1.5) / 100 = -0.535; in October 32 x -1 / 100 = -0.32.
    # CSAT 1 of 2, then 1 of 1. One complaint of 2 customers, never resolved. Promises: one kept, one open and late.
    # One of 2 customers bought in November, none in October.
    out = shop.ok("quality", "summary")
    assert out == (
        "Service quality: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21\n"
        "\n"
        "figure                            value        n    before               change\n"
        "───────────────────────────────────────────────────────────────────────────────\n"
        "gap, weighted (SERVQUAL)          -0.54  2, thin     -0.32         -0.22, worse\n"
        "satisfied (CSAT)                 50.0 %  2, thin   100.0 %   -50.0 %-pts, worse\n"
        "would recommend us (NPS)              -        0         -                    -\n"
        "complaints per 100 customers  50.00 (1)  2, thin  0.00 (0)        +50.00, worse\n"
        "complaints resolved in time       0.0 %  1, thin         -                    -\n"
        "promises kept                    50.0 %  2, thin         -                    -\n"
        "customers kept                   50.0 %  2, thin     0.0 %  +50.0 %-pts, better\n"
        "\n"
        "The weakest point is reliability: with a gap of -1.50 (n 2, thin) and a weight of 32 of 100 it costs most. "
        "The hard figure beside it: promises kept, 50.0 % (n 2, thin). "
        "The only complaint was about this: late delivery.\n"
        "\n"
        "Lessons and preventions\n"
        "cp1  goods for a date go on the van first\n"
        "     > a list by date (li, by 2026-11-30)\n"
    )


def test_another_period_has_its_own_lessons(shop: Desk) -> None:
    out = shop.ok("quality", "summary", "--month", "2026-10")
    assert out.splitlines()[0] == "Service quality: 2026-10-01 to 2026-10-31, before: 2026-09-01 to 2026-09-30"
    assert out.splitlines()[-3:] == ["", "Lessons and preventions", "no lessons"]


def test_without_surveys_the_lowest_hard_figure_is_the_weakest_point(shop: Desk) -> None:
    shop.sql("DELETE FROM survey")
    assert (
        "The weakest point is this hard figure: first response in time, 0.0 % (n 1, thin)."
        " No survey says what customers expect; csm survey add records one." in shop.ok("quality", "summary")
    )


def test_checklists_stand_beside_tangibles(shop: Desk) -> None:
    shop.sql("UPDATE survey SET tangibles_p = 1")
    shop.sql(
        "INSERT INTO service (id, customer_id, kind, phase, done_on) VALUES (1, 1, 'visit', 'after', '2026-11-21')"
    )
    shop.sql(
        "INSERT INTO service (id, customer_id, kind, phase, done_on) VALUES (2, 1, 'visit', 'after', '2026-10-31')"
    )
    shop.sql(
        "INSERT INTO service_check (service_id, item, met) VALUES (1, 'clean', 1), (1, 'seal', 0), (1, 'key', 1),"
        " (1, 'lid', 1), (2, 'clean', 0)"
    )
    # 11 x -5 = -55 against 32 x -1.5 = -48; of the four items of November three were met.
    assert "The hard figure beside it: items of service checklists met, 75.0 % (n 4, thin)." in shop.ok(
        "quality", "summary"
    )


def test_by_owner(shop: Desk) -> None:
    lines = shop.ok("quality", "summary", "--by", "owner", "-f", "md").splitlines()
    assert lines[:4] == [
        "## Service quality: 2026-11-01 to 2026-11-21",
        "",
        "| owner | gap, weighted (SERVQUAL) | satisfied (CSAT) | complaints per 100 customers |"
        " complaints resolved in time | promises kept | customers kept |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    # 32 x -2 / 100
    assert lines[4].startswith("| alice | -0.64 (1, thin) | 100.0 % (1, thin) | ")
    assert lines[4].endswith(" | - | 50.0 % (2, thin) | 100.0 % (1, thin) |")
    # (11 x -1 + 32 x -1) / 100
    assert lines[5:] == [
        "| bob | -0.43 (1, thin) | 0.0 % (1, thin) | 100.00 (1, thin) | 0.0 % (1, thin) | - | 0.0 % (1, thin) |",
        "",
        "thin: made of fewer than 5, so it may be chance",
    ]


def test_by_month(shop: Desk) -> None:
    out = shop.ok("quality", "summary", "--by", "month", "--from", "2026-10-01", "-f", "md")
    assert [line.split(" | ")[:3] for line in out.splitlines()[4:6]] == [
        ["| 2026-10", "-0.32 (1, thin)", "100.0 % (1, thin)"],
        ["| 2026-11", "-0.54 (2, thin)", "50.0 % (2, thin)"],
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_to_hand_on(shop: Desk, lang: str) -> None:
    path = shop.folder / "report.html"
    assert shop.ok("quality", "summary", "-f", "html", "-o", path, lang=lang) == ""
    page = path.read_text(encoding="utf-8")
    assert re.search(r"https?:|<script", page) is None
    # Two charts, and six figures by month: six months up to that of the period.
    assert page.count("<svg") == 8 and page.count("<desc>2026-06") == 6
    assert "goods for a date go on the van first" in page and "a list by date" in page


def test_months_on_another_scale_stay_empty(shop: Desk) -> None:
    shop.sql("UPDATE survey SET scale = 5, reliability_e = 5, reliability_p = 4 WHERE taken_on < '2026-11-01'")
    page = shop.ok("quality", "summary", "-f", "html")
    assert "2026-10: - (n 0); 2026-11: -0.54 (n 2)" in page
