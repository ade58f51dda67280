"""A text of command lines played into a new file: moments, people, names, and words in braces."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from csm.cli.house.demo_player import Player
from csm.cli.house.demo_sales import DemoSales
from csm.storage.file.database import new_database
from tests.cli.house.test_district import work_at
from tests.refusals import refused_as

SUNDAY = "2026-11-22T07:30:00"  # in Shanghai, eight hours ahead of the times that are stored
GYM = """
@ -3
@ Chen Lan
customer add "River Gym" --code RG-1 --terms 10
"""
BOOKS = """days,customer,product,line,quantity,amount,paid,due,serial,install,note,name
-8,River Gym,soap,hygiene,2,90,-2,,,,,
-7,RG-1,water,drinks,10,140,0,-3,,,,
-3,RG-1,towels,hygiene,30,600.5,,,T-1,yes,blue,towels
-1,RG-1,mats,hygiene,1,20,-99,,,,,
"""


def played(folder: Path, text: str, books: str = BOOKS) -> sqlite3.Connection:
    path = folder / "shop.db"
    with new_database(str(path)) as database:
        player = Player(work_at(SUNDAY, path), database)
        kept = DemoSales(player, books.splitlines())
        player.verbs = {"books": kept.open, "cash": kept.cash}
        player.play(text)
    return sqlite3.connect(path)


def rows(folder: Path, text: str, query: str) -> list[tuple[Any, ...]]:
    with closing(played(folder, text)) as connection:
        return connection.execute(query).fetchall()


def test_a_line_is_played_at_the_next_free_minute_of_the_person_or_at_the_time_of_the_heading(tmp_path: Path) -> None:
    text = """
    # Worked are Monday to Saturday: the third working day before a Sunday is a Thursday.
    @ -3 Chen Lan
    staff add "Chen Lan" --level 0
    + staff add "Zhou Wei" --level 0
    staff add 何敏 \\
        --level 0
    @ Zhou Wei
    staff edit 何敏 --phone "010-5550 0090"
    @ 17:30 cron
    complaint escalate --overdue
    customer add "River Gym"
    @ -1
    staff edit 何敏 --level 1
    """
    # On the third day before today a person is free at 9:12, and again 23 minutes later.
    assert rows(tmp_path, text, "SELECT at, user, title FROM command ORDER BY id") == [
        ("2026-11-19T01:12:00Z", "Chen Lan", "csm staff add 'Chen Lan' --level 0"),
        ("2026-11-19T01:12:00Z", "Chen Lan", "csm staff add 'Zhou Wei' --level 0"),
        ("2026-11-19T01:35:00Z", "Chen Lan", "csm staff add 何敏 --level 0"),
        ("2026-11-19T01:12:00Z", "Zhou Wei", "csm staff edit 何敏 --phone '010-5550 0090'"),
        ("2026-11-19T09:30:00Z", "cron", "csm customer add 'River Gym'"),
        ("2026-11-21T01:23:00Z", "cron", "csm staff edit 何敏 --level 1"),
    ]


def test_days_in_braces_are_counted_from_today(tmp_path: Path) -> None:
    text = f"""{GYM}
    customer contact add "River Gym" Jake --birthday "{{+2d 1964}}"
    customer note "River Gym" zone --remind "{{today 17:30}}"
    customer note "River Gym" "{{zone}}" --remind {{+2}}
    customer note "River Gym" "{{-1}} {{-20d}}" --remind {{+2d}}
    """
    with closing(played(tmp_path, text)) as connection:
        assert connection.execute("SELECT birthday FROM contact").fetchall() == [("1964-11-24",)]
        assert connection.execute("SELECT text, remind_on FROM note ORDER BY id").fetchall() == [
            ("zone", "2026-11-22"),
            ("Asia/Shanghai", "2026-11-24"),  # Monday is the first working day to come
            ("2026-11-21 2026-11-02", "2026-11-24"),
        ]


def test_a_line_with_a_tilde_knows_what_is_known_today(tmp_path: Path) -> None:
    text = f"{GYM}~ customer edit RG-1 --reviewed {{-1d}}"
    reviewed = "SELECT reviewed_on, updated_at FROM customer"
    assert rows(tmp_path, text, reviewed) == [("2026-11-21", "2026-11-19T01:12:00Z")]


def test_what_a_line_makes_is_called_by_its_name(tmp_path: Path) -> None:
    text = f"""{GYM}
    staff add "Chen Lan" --level 1
    machine = sale add RG-1 --item "machine;1;900" --item "beans;2;20" --plan
    late = complaint open RG-1 "it came late" --sale sa1 --live
    complaint settle {{late}} --did "said sorry" --failure process --cause company
    @ -2
    callback done "{{late callback}}" "all is well" -s 5 --summary late
    callback done "{{machine thanks}}" "thanked them" -s 4
    sale pay {{machine}} 920
    call = customer note RG-1 "ring them" --remind {{-1}}
    done {{call}} "rang them"
    """
    with closing(played(tmp_path, text)) as connection:
        answers = "SELECT purpose, satisfaction FROM callback WHERE status = 'done' ORDER BY id"
        assert connection.execute(answers).fetchall() == [("thanks", 4), ("satisfaction", 5)]
        assert connection.execute("SELECT amount_cents FROM payment ORDER BY id").fetchall() == [(90000,), (2000,)]
        notes = connection.execute("SELECT text FROM note ORDER BY id").fetchall()
        assert notes == [("ring them",), ("rang them",)]


def test_the_books_bring_the_time_before_then_day_by_day_what_is_sold_and_paid(tmp_path: Path) -> None:
    text = f"""{GYM}
    @ 金玉兰
    books
    @ -2
    @ Chen Lan
    soap = sale add RG-1 soap --amount 45 --terms 0
    cash soap
    @ 金玉兰
    sale signed {{towels}} --by nobody
    """
    with refused_as("no-such-record"):
        played(tmp_path, text)
    text = text.partition("    sale signed")[0] + "books\n@ -1\nbooks"
    with closing(played(tmp_path, text)) as connection:
        sold = "SELECT bill, product, amount_cents, sold_on, due_on, terms, install, serial, created_by FROM sale"
        assert connection.execute(f"{sold} ORDER BY id").fetchall() == [
            # Due on a Tuesday, ten days after it was sold; paid two days before, which is a Sunday: on Saturday.
            ("20261114-1", "soap", 9000, "2026-11-14", "2026-11-24", "10", 0, None, "金玉兰"),
            # 15 November is a Sunday, so it was sold the day before.
            ("20261114-1", "water", 14000, "2026-11-14", "2026-11-19", None, 0, None, "金玉兰"),
            ("20261119-1", "towels", 60050, "2026-11-19", "2026-11-29", "10", 1, "T-1", "金玉兰"),
            (None, "soap", 4500, "2026-11-20", "2026-11-20", "0", 0, None, "Chen Lan"),
            (None, "mats", 2000, "2026-11-21", "2026-12-01", "10", 0, None, "Chen Lan"),
        ]
        paid = "SELECT sale_id, amount_cents, paid_on, by, created_at FROM payment ORDER BY id"
        assert connection.execute(paid).fetchall() == [
            (2, 14000, "2026-11-19", "金玉兰", "2026-11-19T01:12:00Z"),
            (4, 4500, "2026-11-20", "金玉兰", "2026-11-20T01:31:00Z"),
            (1, 9000, "2026-11-21", "金玉兰", "2026-11-21T01:23:00Z"),
            (5, 2000, "2026-11-21", "金玉兰", "2026-11-21T01:35:00Z"),
        ]


def test_a_line_that_fails_is_named_and_leaves_no_file(tmp_path: Path) -> None:
    with refused_as("no-such-record") as caught:
        played(tmp_path, f"{GYM}\n# nobody has that name\ncustomer archive Nobody \\\n  -f json")
    assert caught.value.__notes__ == ["line 8 of the text: customer archive Nobody -f json"]
    assert list(tmp_path.iterdir()) == []
