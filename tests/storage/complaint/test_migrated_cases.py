"""Cases of the fifth schema that stand where a rule of the sixth says something else (handbook 6.4, 6.6)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.desk import Desk

FIXTURE = Path(__file__).parents[1] / "fixtures" / "schema5.sql"
EVENT = (
    "INSERT INTO complaint_event (complaint_id, at, by, step, text, level, data)"
    " VALUES (?, '2026-11-27T02:00:00Z', 'alice', ?, 'x', ?, ?)"
)
JUDGED = '{"founded":"founded","responsibility":"ours"}'


def test_they_stand_where_the_rules_say(tmp_path: Path) -> None:
    path = tmp_path / "five.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIXTURE.read_text(encoding="utf-8"))
        # cp2 was given 1,500 and waits for 1,500 more, by the fifth schema for level 1
        for step, data in (
            ("judge", JUDGED),
            ("assign", '{"to":"bob","route":"settle"}'),
            ("analyse", '{"failure":"process","cause":"company"}'),
            ("propose", '{"compensation_cents":150000}'),
            ("approve", "{}"),
            ("implement", '{"outcome":"full"}'),
            ("close", '{"status":"closed","satisfaction":2,"lesson":"y"}'),
            ("reopen", "{}"),
            ("analyse", '{"failure":"process","cause":"company"}'),
            ("propose", '{"compensation_cents":150000}'),
        ):
            connection.execute(EVENT, [2, step, 0, data])
        connection.execute(
            "UPDATE complaint_state SET step = 'propose', next_step = 'approve', founded = 'founded', owner = 'bob',"
            " route = 'settle', compensation_cents = 300000, approval_level = 1, approval_on = '2026-11-27'"
            " WHERE complaint_id = 2"
        )
        # cp4 and cp7 go the way of escalating; cp7 has been moved up since
        for case, steps in ((4, ("judge", "assign")), (7, ("judge", "assign", "escalate"))):
            for step in steps:
                data = {"judge": JUDGED, "assign": '{"to":"bob","route":"escalate"}', "escalate": '{"how":"hand"}'}[
                    step
                ]
                connection.execute(EVENT, [case, step, 2, data])
            connection.execute(
                "UPDATE complaint_state SET step = 'assign', next_step = 'analyse', route = 'escalate', owner = 'bob'"
                " WHERE complaint_id = ?",
                [case],
            )
        connection.commit()
    desk = Desk(tmp_path, now="2026-11-27 10:30", name="five.db")
    found = {row["id"]: row["what"] for row in desk.json("due", "--kind", "escalation")}
    assert list(found) == [4] and found[4].startswith("escalate: ")
    assert desk.sql("SELECT complaint_id, next_step, escalate_on FROM complaint_state WHERE route = 'escalate'") == [
        (4, "escalate", "2026-11-27"), (7, "analyse", None),
    ]  # fmt: skip
    # 1,500 + 1,500 = 3,000: level 2
    assert desk.sql("SELECT approval_level FROM complaint_state WHERE complaint_id = 2") == [(2,)]
    assert desk.json("complaint", "show", "2")["authority"]["total"] == 3000
    assert desk("complaint", "analyse", "4", "--failure", "process", "--cause", "company", "--finding", "x").code == 4


def test_a_limit_that_was_set_counts(tmp_path: Path) -> None:
    path = tmp_path / "five.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIXTURE.read_text(encoding="utf-8"))
        connection.execute("INSERT INTO setting (key, value) VALUES ('authority.level_1', '99.50')")
        connection.executemany(
            "UPDATE complaint_state SET approval_level = 0, compensation_cents = ? WHERE complaint_id = ?",
            [(9950, 2), (9951, 4), (1_000_000, 7), (1_000_001, 9), (None, 6)],
        )
        connection.execute("INSERT INTO setting (key, value) VALUES ('authority.level_0', '0')")
        connection.commit()
    desk = Desk(tmp_path, now="2026-11-27 10:30", name="five.db")
    desk.ok("due", "-f", "csv")
    query = "SELECT complaint_id, approval_level FROM complaint_state WHERE approval_level IS NOT NULL"
    # 99.50 and 99.51 of 99.50; 10,000.00 and 10,000.01 of 10,000; nothing
    assert dict(desk.sql(query)) == {2: 1, 4: 2, 7: 2, 9: 3, 6: 0}
