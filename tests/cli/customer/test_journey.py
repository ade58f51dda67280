"""`customer journey`: everything that touched a customer, on one time line (handbook 9.4)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk import Desk


@pytest.fixture
def travelled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return a desk in Shanghai with one customer whom everything has happened to."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")

    def at(now: str, *words: str) -> None:
        desk.now = now
        desk.ok(*words)

    at("2026-01-05 09:00", "customer", "add", "Golden Dragon")
    at("2026-02-01 01:00", "callback", "log", "1", "asks about ovens", "--satisfaction", "5")
    desk.sql(
        "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, delivered_on, created_by)"
        " VALUES (1, 'Oven', 120000, '2026-02-10', '2026-03-10', '2026-02-14', 'bob')"
    )
    desk.sql(
        "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, cancelled_on, cancel_reason)"
        " VALUES (1, 'Cover', 7000, '2026-02-10', '2026-02-10', '2026-02-14', 'wrong size')"
    )
    desk.sql("INSERT INTO payment (sale_id, amount_cents, paid_on, by) VALUES (1, 120000, '2026-02-14', 'bob')")
    desk.sql(
        "INSERT INTO service (customer_id, kind, phase, done_on, note, message)"
        " VALUES (1, 'installation', 'after', '2026-02-14', 'levelled the floor', 'wants a cover')"
    )
    desk.sql(
        "INSERT INTO service (customer_id, kind, phase, done_on) VALUES (1, 'advice-line', 'before', '2026-03-01')"
    )
    at("2026-02-14 09:00", "callback", "log", "1", "oven works", "--satisfaction", "4", "--channel", "visit")
    at("2026-05-02 10:00", "complaint", "open", "1", "oven cold again", "--channel", "wechat")
    at("2026-05-02 11:00", "promise", "add", "1", "bring the part", "--by", "2026-05-04")
    at("2026-05-03 09:00", "promise", "keep", "1")
    at("2026-05-05 09:00", "complaint", "withdraw", "1", "--reason", "works again")
    at("2026-06-02 11:00", "callback", "log", "1", "angry", "--satisfaction", "1")
    at("2026-06-03 11:00", "customer", "note", "1", "thinks of leaving")
    desk.sql(
        "INSERT INTO grading (customer_id, graded_on, old_grade, grade, sales_cents, months)"
        " VALUES (1, '2026-06-30', 'A', 'B', 120000, 12)"
    )
    at("2026-09-02 11:00", "customer", "lost", "1", "went opposite", "--kind", "competitor")
    at("2026-09-12 11:00", "customer", "won-back", "1", "came back")
    desk.ok("customer", "add", "Jade Garden")
    desk.now = "2026-11-21 09:00"
    yield desk


def test_everything_in_its_order_with_phase_and_words(travelled: Desk) -> None:
    rows = travelled.json("customer", "journey", "1")
    assert [(r["on"], r["time"], r["touch"], r["phase"], r["text"], r["ref"]) for r in rows] == [
        ("2026-02-01", "01:00", "callback", "before", "asks about ovens", "cb1"),
        ("2026-02-10", None, "sale", "during", "Oven, 1,200.00", "sa1"),
        ("2026-02-10", None, "sale", "during", "Cover, 70.00", "sa2"),
        ("2026-02-14", None, "delivered", "during", "Oven", "sa1"),
        ("2026-02-14", None, "payment", "during", "Oven, 1,200.00", "sa1"),
        ("2026-02-14", None, "cancelled", "during", "Cover: wrong size", "sa2"),
        ("2026-02-14", None, "service", "after", "installation: levelled the floor; wants a cover", "sv1"),
        ("2026-02-14", "09:00", "callback", "after", "oven works", "cb2"),
        ("2026-03-01", None, "service", "before", "advice-line", "sv2"),
        ("2026-05-02", "10:00", "complaint", "after", "oven cold again", "cp1"),
        ("2026-05-02", "11:00", "promise", "after", "we promised by 2026-05-04 18:00: bring the part", "pr1"),
        ("2026-05-03", "09:00", "promise", "after", "kept: bring the part", "pr1"),
        ("2026-05-05", "09:00", "complaint-closed", "after", "withdrawn: oven cold again", "cp1"),
        ("2026-06-02", "11:00", "callback", "after", "angry", "cb3"),
        ("2026-06-03", "11:00", "note", "after", "thinks of leaving", "nt1"),
        ("2026-06-30", None, "graded", "after", "grade B, before A", None),
        ("2026-09-02", None, "lost", "after", "competitor: went opposite", None),
        ("2026-09-12", None, "won-back", "after", "came back", None),
    ]
    assert [(r["channel"], r["direction"], r["satisfaction"], r["by"]) for r in rows if r["channel"]] == [
        ("phone", "outgoing", 5, "alice"),
        ("visit", "outgoing", 4, "alice"),
        ("wechat", "incoming", None, "alice"),
        ("phone", "outgoing", 1, "alice"),
    ]
    assert rows[1]["by"] == rows[4]["by"] == "bob"


def test_a_table_says_at_its_top_and_end_what_it_comes_to(travelled: Desk) -> None:
    lines = travelled.ok("customer", "journey", "Golden").splitlines()
    # (5 + 4 + 1) / 3 = 3.33; after the sale (4 + 1) / 2 = 2.5; the sharpest fall is from 4 to 1
    assert lines[0] == ("Golden Dragon: 18 touch points, mean satisfaction 3.3, fell from 4 to 1 on 2026-06-02 (cb3)")
    assert lines[-1] == (
        "from callback cb1 on 2026-02-01 to won-back on 2026-09-12;"
        " before 2, mean satisfaction 5.0; during 5; after 11, mean satisfaction 2.5"
    )
    assert "channel" not in travelled.ok("customer", "journey", "1", "--columns", "on,text").splitlines()[2]


def test_a_part_of_it(travelled: Desk) -> None:
    rows = travelled.json("customer", "journey", "1", "--from", "2026-05-03", "--to", "2026-06-02")
    assert [row["touch"] for row in rows] == ["promise", "complaint-closed", "callback"]
    rows = travelled.json("customer", "journey", "1", "--touch", "lost", "--touch", "服务")
    assert [row["touch"] for row in rows] == ["service", "service", "lost"]
    assert [row["ref"] for row in travelled.json("customer", "journey", "1", "--sort", "-on", "--limit", "1")] == [None]
    assert travelled.ok("customer", "journey", "1", "--touch", "lost", "--columns", "on,touch,text") == (
        "Golden Dragon: 1 touch point\n\n"
        "on          touch point  text\n"
        "──────────────────────────────────────────────────\n"
        "2026-09-02  lost         competitor: went opposite\n\n"
        "from lost on 2026-09-02 to lost on 2026-09-02; after 1\n"
    )


def test_one_call_for_several_callbacks_is_one_touch_point(travelled: Desk) -> None:
    for purpose in ("usage", "offer"):
        travelled.ok("callback", "add", "2", "--on", "2026-11-21", "--purpose", purpose)
    travelled.ok("callback", "done", "Jade Garden", "all well", "--satisfaction", "4")
    rows = travelled.json("customer", "journey", "2")
    assert [(row["text"], row["satisfaction"]) for row in rows] == [("usage: all well", 4)]


def test_promises_kept_late_broken_and_theirs(travelled: Desk) -> None:
    for words in (("ours",), ("theirs", "--theirs")):
        travelled.ok("promise", "add", "2", *words, "--by", "2026-11-21 12:00")
    travelled.now = "2026-11-21 13:00"
    travelled.ok("promise", "keep", "2")
    travelled.ok("promise", "break", "3", "forgot it")
    rows = travelled.json("customer", "journey", "2")
    assert [(row["time"], row["text"]) for row in rows] == [
        ("09:00", "we promised by 2026-11-21 12:00: ours"),
        ("09:00", "they promised by 2026-11-21 12:00: theirs"),
        ("12:00", "broken: theirs: forgot it"),
        ("13:00", "kept late: ours"),
    ]


def test_a_customer_without_any(travelled: Desk) -> None:
    result = travelled("customer", "journey", "2")
    assert (result.code, result.out, result.err) == (0, "", "no touch points with Jade Garden\n")
    assert travelled.json("customer", "journey", "2") == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("9",), 3),
        (("1", "--touch", "hug"), 2),
        (("1", "--from", "soon"), 2),
        (("1", "--from", "2026-05-02", "--to", "2026-05-01"), 2),
        (("1", "--columns", "mood"), 2),
    ],
)
def test_bad_input(travelled: Desk, arguments: tuple[str, ...], code: int) -> None:
    result = travelled("customer", "journey", *arguments)
    assert (result.code, result.out) == (code, "")
