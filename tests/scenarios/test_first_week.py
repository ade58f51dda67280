"""Alice's first week with csm, played through the command line alone; every day worked out on a calendar.

2026-11-16 is a Monday. Alice loads her customers from a spreadsheet, plans, calls, hands over for a holiday, and is told
each morning what a good salesperson wants to be told.
"""

from __future__ import annotations

from pathlib import Path

from tests.desk import Desk

CUSTOMERS = """客户名称,电话,地区,等级,关系类型,联系人,职务,备注
金龙餐厅,13800138000,城东,A,伙伴型,李娜,采购,爱喝龙井
玉楼酒家,010-5550 0002,城东,B,能动型,王强,经理,
静角书店,010-5550 0003,城西,,基本型,,,
"""


def refs(desk: Desk, *options: str) -> list[tuple[str, str, int]]:
    return [(row["customer"], row["what"], row["days_late"]) for row in desk.json("due", *options)]


def test_a_week(desk: Desk, tmp_path: Path) -> None:
    desk.now = "2026-11-16 09:00"
    table = tmp_path / "客户.csv"
    table.write_bytes(CUSTOMERS.encode("gb18030"))
    desk.ok("import", "customers", table)
    assert [
        (row["name"], row["phone"], row["grade"], row["owner"]) for row in desk.json("customer", "list", "--sort", "id")
    ] == [
        ("金龙餐厅", "13800138000", "A", "alice"),
        ("玉楼酒家", "010-5550 0002", "B", "alice"),
        ("静角书店", "010-5550 0003", None, "alice"),
    ]

    # By cadence: the partner in 14 days, the proactive B in 30; the bookshop is left alone.
    assert desk.message("callback", "plan") == "planned 2 callbacks, from 2026-11-30 (Monday) to 2026-12-16 (Wednesday)"
    desk.ok("callback", "add", "玉楼", "--on", "today", "--purpose", "offer", "--note", "winter menu", "--every", "1w")
    assert refs(desk) == [("玉楼酒家", "offer: winter menu", 0)]

    # Nobody answers on Monday and Tuesday; on Wednesday they do, and the series stays on Mondays.
    desk.ok("callback", "done", "cb3", "--no-answer")
    desk.now = "2026-11-17 09:00"
    assert refs(desk) == [("玉楼酒家", "offer: winter menu", 1)]  # planned for the day before
    desk.ok("callback", "done", "玉楼", "--no-answer")
    desk.now = "2026-11-18 09:00"
    told = desk.message("callback", "done", "玉楼", "takes the winter menu", "-s", "5", "--channel", "phone")
    assert told == "noted cb3 (offer) with 玉楼酒家; next: cb4 on 2026-11-23 (Monday)"

    # The partner rings by himself: the cadence counts from that day, so the 30th becomes the 2nd of December.
    told = desk.message("callback", "log", "13800138000", "two boxes arrived broken", "--incoming", "-s", "2")
    assert told == "noted a contact with 金龙餐厅 as cb5; next: cb1 on 2026-12-02 (Wednesday)"
    desk.ok("customer", "note", "jlct", "replace the two boxes", "--remind", "2026-11-19")

    # Thursday: the reminder. Alice is away from Friday to Monday, bob stands in.
    desk.now = "2026-11-19 09:00"
    assert refs(desk) == [("金龙餐厅", "replace the two boxes", 0)]
    desk.ok("done", "nt2", "replaced, they were pleased")
    desk.now = "2026-11-20 08:00"
    desk.ok("customer", "handover", "alice", "bob", "--until", "2026-11-23")
    desk.now = "2026-11-23 08:00"
    assert refs(desk, "--owner", "bob") == [("玉楼酒家", "offer: winter menu", 0)]
    assert refs(desk, "--owner", "alice") == []
    desk.user = "bob"
    desk.ok("done", "cb4", "no time now, next week again")

    # Back on Tuesday: nothing due, one customer without a next callback, and the card tells the story.
    desk.user, desk.now = "alice", "2026-11-24 08:00"
    page = desk.json("today", "--owner", "alice")
    assert (page["late"], page["today"], page["unplanned"]) == ([], [], 0)
    card = desk.json("customer", "show", "玉楼")
    assert [(row["due_on"], row["status"], row["note"]) for row in card["callbacks"]] == [
        ("2026-11-30", "open", "winter menu"),
        ("2026-12-23", "open", None),  # by cadence, 30 days after the last contact
        ("2026-11-23", "done", "no time now, next week again"),
        ("2026-11-18", "done", "takes the winter menu"),
    ]
    assert desk.sql("SELECT user FROM history WHERE title LIKE '%next week again%' GROUP BY user") == [("bob",)]
    assert desk.sql("PRAGMA integrity_check") == [("ok",)]
