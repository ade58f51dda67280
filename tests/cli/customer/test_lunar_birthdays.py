"""Birthdays of the lunar calendar on the command line and in files (handbook 3). Today is Saturday 2026-11-21.

Lunar 2026: month 8 begins on 11 September, month 10 on 9 November, so that 8-15 is 25 September and 10-15 is
23 November; 2026 has no leap month.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.services.files.importing import load, sheet


@pytest.fixture
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "138 0013 8000")
    return desk


def stored(desk: Desk) -> list[tuple[str | None, str | None]]:
    return desk.sql("SELECT birthday, lunar_birthday FROM contact ORDER BY id")


def add(desk: Desk, name: str, birthday: str) -> None:
    desk.ok("customer", "contact", "add", "1", name, "--birthday", birthday)


def test_a_lunar_birthday_is_said_with_the_day_of_this_year(shop: Desk) -> None:
    assert shop.message("customer", "contact", "add", "1", "Li Na", "--birthday", "农历1962年八月十五") == (
        "added contact ct1 at Golden Dragon: Li Na, birthday lunar 1962-08-15, this year 2026-09-25 (Friday)"
    )
    assert shop.message("customer", "contact", "add", "1", "李娜", "--birthday", "lunar 10-15", lang="zh") == (
        "已为Golden Dragon添加联系人 ct2：李娜，生日 农历十月十五，今年为 2026-11-23（星期一）"
    )
    assert stored(shop) == [(None, "1962-08-15"), (None, "--10-15")]


def test_a_list_of_contacts_shows_the_day_of_this_year(shop: Desk) -> None:
    """People read when it is kept; programs read what is stored."""
    add(shop, "Li Na", "lunar 8-15")
    add(shop, "Wang", "03-12")
    listed = ("customer", "contact", "list", "-f", "md")
    assert "| lunar 8-15 (2026-09-25) |" in shop.ok(*listed)
    assert "农历八月十五（2026-09-25）" in shop.ok(*listed, lang="zh")
    people = shop.json("customer", "contact", "list")
    assert [person["lunar_birthday"] for person in people] == ["--08-15", None]


def test_a_contact_has_one_birthday(shop: Desk) -> None:
    add(shop, "Li Na", "03-12")
    edit = ("customer", "contact", "edit", "ct1")
    assert shop.message(*edit, "--birthday", "lunar 8-15") == (
        "changed contact ct1 at Golden Dragon: Li Na, birthday lunar 8-15, this year 2026-09-25 (Friday); "
        "the birthday 03-12 is gone"
    )
    assert stored(shop) == [(None, "--08-15")]
    assert shop.message(*edit, "--birthday", "1985-03-12") == (
        "changed contact ct1 at Golden Dragon: Li Na; the birthday lunar 8-15 is gone"
    )
    assert stored(shop) == [("1985-03-12", None)]
    shop.ok(*edit, "--birthday", "农历八月十五")
    shop.ok(*edit, "--clear", "birthday")
    assert stored(shop) == [(None, None)]
    result = shop(*edit, "--birthday", "03-12", "--clear", "birthday")
    assert (result.code, result.err) == (2, "csm: --birthday and --clear birthday can't be used together\n")
    with pytest.raises(sqlite3.IntegrityError):  # nor can another program give it two
        shop.sql("UPDATE contact SET birthday = '--03-12', lunar_birthday = '--08-15'")


def test_the_card_and_the_list_name_it(shop: Desk) -> None:
    add(shop, "Li Na", "农历1962年八月十五")
    add(shop, "Wang", "闰六月初三")
    card = shop.ok("customer", "show", "1")
    assert "birthday: lunar 1962-08-15 (2026-09-25)\n" in card
    assert "birthday: lunar leap 6-3 (2026-07-16)\n" in card  # 2026 has no leap month: the ordinary one
    chinese = shop.ok("customer", "show", "1", lang="zh")
    assert "生日：农历1962年八月十五（2026-09-25）\n" in chinese
    assert "生日：农历闰六月初三（2026-07-16）\n" in chinese
    asked = ("customer", "contact", "list", "1", "--columns", "id,birthday,lunar_birthday")
    assert shop.ok(*asked, "-f", "csv") == "id,birthday,lunar_birthday\n1,,1962-08-15\n2,,leap --06-03\n"
    assert "农历闰六月初三" in shop.ok(*asked, lang="zh")
    record = shop.json("customer", "show", "1")["contacts"][0]
    assert (list(record)[-1], record["birthday"], record["lunar_birthday"]) == ("lunar_birthday", None, "1962-08-15")


@pytest.mark.parametrize(
    ("now", "birthday", "expected"),
    [
        ("2026-11-15", "lunar 10-15", []),  # eight days before
        ("2026-11-16", "lunar 10-15", [("2026-11-23", -7, "birthday: Li Na (lunar 10-15)")]),
        ("2026-11-23", "lunar 10-15", [("2026-11-23", 0, "birthday: Li Na (lunar 10-15)")]),
        ("2026-11-24", "lunar 10-15", []),  # never late
        ("2026-09-25", "lunar 1962-08-15", [("2026-09-25", 0, "birthday: Li Na (lunar 8-15), turns 64")]),
        # lunar 2026 ends in February 2027: who was born on 12-20 of lunar 1962 turns 64 on 27 January 2027
        ("2027-01-27", "lunar 1962-12-20", [("2027-01-27", 0, "birthday: Li Na (lunar 12-20), turns 64")]),
        ("2025-07-25", "lunar leap 6-1", [("2025-07-25", 0, "birthday: Li Na (lunar leap 6-1)")]),
        ("2025-06-25", "lunar leap 6-1", []),  # the ordinary month of a year that has both
        ("2026-07-14", "lunar leap 6-1", [("2026-07-14", 0, "birthday: Li Na (lunar leap 6-1)")]),
        ("2025-07-25", "lunar 6-1", []),
        ("2026-02-16", "lunar 12-30", [("2026-02-16", 0, "birthday: Li Na (lunar 12-30)")]),  # month 12 has 29 days
        ("2027-02-05", "lunar 12-30", [("2027-02-05", 0, "birthday: Li Na (lunar 12-30)")]),  # and here 30
    ],
)
def test_it_is_due_on_the_day_of_this_year(
    desk: Desk, now: str, birthday: str, expected: list[tuple[str, int, str]]
) -> None:
    desk.now = "2025-01-01 09:00"
    desk.ok("customer", "add", "Golden Dragon", "--phone", "138 0013 8000")
    add(desk, "Li Na", birthday)
    desk.now = f"{now} 09:00"
    found = desk.json("due", "--kind", "birthday")
    assert [(row["due"], row["days_late"], row["what"]) for row in found] == expected
    assert [row["due"] for row in desk.json("due", "--kind", "birthday", "--customer", "1", "--limit", "1")] == [
        day for day, _, _ in expected
    ]


def test_birthdays_of_both_calendars_stand_in_one_list(shop: Desk) -> None:
    add(shop, "Li Na", "lunar 10-15")
    add(shop, "Wang", "1980-11-22")
    add(shop, "Zhao", "lunar 10-14")
    assert [row["what"] for row in shop.json("due")] == [
        "birthday: Wang, turns 46", "birthday: Zhao (lunar 10-14)", "birthday: Li Na (lunar 10-15)",
    ]  # fmt: skip
    assert len(shop.json("due", "--limit", "2")) == 2
    assert "生日：Li Na（农历十月十五）" in shop.ok("today", lang="zh")
    shop.ok("customer", "contact", "leave", "ct1")
    assert len(shop.json("due")) == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("农历八月三十一", "'农历八月三十一' is no birthday"),
        (
            "农历1800年八月初一",
            "the lunar calendar is known here from 1900 to 2100, and '农历1800年八月初一' lies outside",
        ),
        ("农历2026年闰八月初一", "the lunar year 2026 has no day '农历2026年闰八月初一'"),
        ("农历2026年腊月初一", "'农历2026年腊月初一' lies in the future, but this has happened already"),
        ("八月十五", "'八月十五' is no birthday"),  # of which calendar, nobody says
    ],
)
def test_what_is_no_birthday_is_refused(shop: Desk, typed: str, words: str) -> None:
    result = shop("customer", "contact", "add", "1", "X", "--birthday", typed)
    assert (result.code, result.err.splitlines()[0]) == (2, f"csm: {words}")
    assert shop("customer", "contact", "add", "1", "X", "--birthday", typed, lang="zh").code == 2
    assert stored(shop) == []


def test_contacts_are_found_by_it(shop: Desk) -> None:
    for name, birthday in (("A", "lunar 8-15"), ("B", "08-15"), ("C", "lunar leap 8-15")):
        add(shop, name, birthday)
    shop.ok("customer", "contact", "add", "1", "D")
    for asked, expected in (("农历八月十五", "A"), ("08-15", "B"), ("闰八月十五", "C"), ("", "D")):
        found = shop.json("customer", "contact", "list", "--birthday", asked)
        assert [row["name"] for row in found] == [expected]


def test_who_moves_takes_it_along(shop: Desk) -> None:
    add(shop, "Li Na", "lunar 8-15")
    shop.ok("customer", "add", "Jade Garden", "--phone", "138 0013 8001")
    shop.ok("customer", "contact", "move", "ct1", "Jade Garden")
    assert stored(shop) == [(None, None), (None, "--08-15")]
    # back again, with the other calendar known meanwhile
    shop.ok("customer", "contact", "edit", "ct2", "--birthday", "03-12")
    shop.ok("customer", "contact", "move", "ct2", "Golden Dragon")
    assert stored(shop) == [("--03-12", None), (None, None)]


# --- files --------------------------------------------------------------------------------------------------------


def test_it_is_imported_from_the_column_of_birthdays_or_its_own(shop: Desk) -> None:
    path = sheet(
        shop,
        "客户,姓名,生日,农历生日",
        "Golden Dragon,李,农历八月初三,",
        "Golden Dragon,王,,八月十五",
        "Golden Dragon,张,1985-03-12,",
        "Golden Dragon,赵,1985-03-12,八月十五",
        "Golden Dragon,钱,农历1800年八月初三,",
    )
    found = load(shop, "contacts", path, "--skip-bad")
    assert (found.code, found.counts) == (6, {"read": 5, "inserted": 3, "rejected": 2})
    assert [bad[:2] for bad in found.bad] == [(5, "生日"), (6, "生日")]
    assert found.reasons[0] == "a contact has one birthday, of one calendar"
    assert stored(shop) == [(None, "--08-03"), (None, "--08-15"), ("1985-03-12", None)]
    again = load(shop, "contacts", path, "--skip-bad")
    assert again.counts == {"read": 5, "unchanged": 3, "rejected": 2}


def test_an_update_puts_one_in_the_place_of_the_other(shop: Desk) -> None:
    add(shop, "Li Na", "03-12")
    path = sheet(shop, "customer,name,birthday", "Golden Dragon,Li Na,农历八月初三")
    assert load(shop, "contacts", path).reasons == ["the file says something else than ct1, which has '--03-12'"]
    assert load(shop, "contacts", path, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop) == [(None, "--08-03")]


def test_a_row_of_customers_brings_its_contact_with_it(desk: Desk) -> None:
    path = sheet(desk, "客户名称,电话,联系人,生日", "东方饭店,010 1000 0001,李娜,农历1962年八月十五")
    assert load(desk, "customers", path).counts == {"read": 1, "inserted": 1}
    assert stored(desk) == [(None, "1962-08-15")]


@pytest.mark.parametrize("kind", ["contacts", "all"])
def test_an_export_brings_it_back(shop: Desk, tmp_path: Path, kind: str) -> None:
    for name, birthday in (("A", "lunar 1962-08-15"), ("B", "lunar 8-15"), ("C", "闰八月十五"), ("D", "08-15")):
        add(shop, name, birthday)
    out = shop.folder / ("out.csv" if kind == "contacts" else "out")
    shop.ok("export", kind, out)
    copy = Desk(tmp_path, shop.now, "copy.db")
    if kind == "contacts":
        copy.ok("customer", "add", "Golden Dragon", "--phone", "138 0013 8000")
    copy.ok("import", kind, out)
    assert stored(copy) == [(None, "1962-08-15"), (None, "--08-15"), (None, "leap --08-15"), ("--08-15", None)]


# --- what it costs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("due",), ("today",), ("customer", "show", "1"), ("customer", "contact", "list")])
def test_a_file_without_one_loads_no_calendar(shop: Desk, words: tuple[str, ...]) -> None:
    add(shop, "Li Na", "11-23")
    assert not _loads_the_calendar(shop, words)
    if words[1:] != ("contact", "list"):  # which names them, and asks for no day
        add(shop, "Wang", "lunar 10-15")
        assert _loads_the_calendar(shop, words)


def _loads_the_calendar(desk: Desk, words: tuple[str, ...]) -> bool:
    command = [sys.executable, "-v", "-m", "csm", "--db", str(desk.path), "--as-of", desk.now, *words]
    found = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return "import 'borax" in found.stderr
