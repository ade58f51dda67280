"""Who is meant by what is typed: the tiers of the contract, section 1, and that a doubt is never settled silently."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.desk import Desk, filled_once
from tests.terminal import screen_of


@pytest.fixture(name="street")
@filled_once
def street_of_shops(desk: Desk) -> Desk:
    for name, phone, more in (
        ("Kangning Pharmacy", "010-5550-0057", ("--contact", "Li Na;buyer;139 0000 0009", "--owner", "Chen Lan", "--region", "East")),
        ("灯市口烤鸭店", "01088887777", ("--contact", "王芳;护士长;13800001234", "--code", "0001", "--owner", "Wang Fang")),
        ("Zürich Versicherung", "044 123 45 67", ("--email", "info@zurich.example", "--external-id", "EXT9", "--region", "West")),
        ("龍門飯店", "020-6666-0001", ("--short-name", "龙门", "--route", "R1", "--tag", "vip")),
        ("Müller GmbH", "089-111222", ("--industry", "Food retail",)),
        ("陈静", "13611112222", ("--kind", "person", "--industry", "Food service")),
    ):  # fmt: skip
        desk.ok("customer", "add", name, "--phone", phone, *more)
    desk.ok("customer", "contact", "add", "3", "Ding", "--phone", "0041 79 000 00 07", "--email", "ding@zurich.example")
    return desk


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("2", 2), ("cu2", 2), ("ＣＵ2", 2), ("２", 2),
        ("0001", 2), ("code:0001", 2), ("code：ext9", 3), ("EXT9", 3), ("ext9", 3),
        ("010 5550 0057", 1), ("0057", 1), ("5550-0057", 1), ("1234", 2), ("139-0000-0009", 1), ("+41 79 000 00 07", 3),
        ("INFO@zurich.example", 3), ("ding@zurich.example", 3),
        ("zurich versicherung", 3), ("ZÜRICH", 3), ("Zu\u0308rich", 3), ("zuerich", 3),
        ("mueller gmbh", 5), ("muller", 5), ("müller", 5),
        ("龙门饭店", 4), ("龍門飯店", 4), ("龙门", 4), ("longmen", 4), ("lmfd", 4),
        ("Ding", 3), ("li na", 1), ("王芳", 2), ("wangfang", 2), ("护士长", 2), ("護士長", 2),
        ("chenjing", 6), ("陈静", 6), ("Kangning", 1), ("dengshikou", 2),
    ],
)  # fmt: skip
def test_each_tier_finds_the_one_that_is_meant(street: Desk, ref: str, expected: int) -> None:
    assert street.json("customer", "show", ref)["id"] == expected


@pytest.mark.parametrize(
    ("ref", "lines"),
    [
        ("02", ["csm: no customer answers to '02'"]),
        ("cu99", ["csm: no customer answers to 'cu99'"]),
        ("code:2", ["csm: no customer answers to 'code:2'"]),
        ("dingshikou", ["csm: no customer answers to 'dingshikou'", "  2  灯市口烤鸭店"]),
        ("bauer", ["csm: no customer answers to 'bauer'"]),
    ],
)
def test_what_fits_nobody_is_refused_with_the_near_ones(street: Desk, ref: str, lines: list[str]) -> None:
    result = street("customer", "note", ref, "x")
    assert (result.code, result.err.splitlines()) == (3, lines)
    assert street.sql("SELECT count(*) FROM note") == [(0,)]


def test_digits_that_are_an_id_and_a_code_elsewhere_are_asked_about(street: Desk) -> None:
    street.ok("customer", "edit", "4", "--code", "3")
    result = street("customer", "show", "3")
    assert (result.code, result.err.splitlines()[:3]) == (
        3,
        [
            "csm: more than one customer answers to '3'",
            "  3  Zürich Versicherung  044 123 45 67  West",
            "  4  龍門飯店  3  020-6666-0001",
        ],
    )
    street.ok("customer", "archive", "cu3")
    assert street("customer", "show", "3").code == 3, "put away or not, nobody can know which is meant"
    assert street.json("customer", "show", "cu3")["id"] == 3
    assert street.json("customer", "show", "code:3")["id"] == 4


def test_a_card_and_a_contact_elsewhere_of_one_name_are_asked_about(street: Desk) -> None:
    street.ok("customer", "contact", "add", "1", "陈静")
    result = street("callback", "log", "陈静", "hello")
    assert result.code == 3
    assert [line.split()[0] for line in result.err.splitlines()[1:3]] == ["1", "6"]
    street.ok("customer", "archive", "1")
    assert street.json("customer", "show", "陈静")["id"] == 6, "cards in use come first"


def test_a_reference_of_another_kind_says_what_it_is(street: Desk) -> None:
    street.ok("callback", "add", "1", "--on", "today")
    for command in (("customer", "show", "cb1"), ("complaint", "open", "cb1", "x")):
        result = street(*command)
        assert (result.code, result.err) == (
            3,
            "csm: cb1 is a callback (Kangning Pharmacy), and a customer is needed here\n",
        )
    result = street("sale", "show", "cu1")
    assert (result.code, result.err) == (3, "csm: cu1 is a customer (Kangning Pharmacy), and a sale is needed here\n")
    result = street("callback", "move", "cb01", "fri")
    assert result.code == 3, "a leading zero is never part of an id"


def test_a_former_name_finds_the_card_and_the_answer_says_the_present_one(street: Desk) -> None:
    street.ok("customer", "edit", "1", "--name", "Anning Pharmacy")
    assert (
        street.message("callback", "log", "Kangning Pharmacy", "hello") == "noted a contact with Anning Pharmacy as cb1"
    )
    assert [row["name"] for row in street.json("customer", "list", "kangning")] == ["Anning Pharmacy"]
    assert street.sql("SELECT name, name_key, until_on FROM former_name") == [
        ("Kangning Pharmacy", "kangning pharmacy", "2026-11-21")
    ]


@pytest.mark.parametrize("ref", ["老东方饭店", "東方飯店", "东方饭", "laodongfang", "ldffd", "Dongfang"])
def test_a_former_chinese_name_is_found_in_part_and_by_pinyin(street: Desk, ref: str) -> None:
    street.ok("customer", "add", "老东方饭店", "--phone", "010 2222 3333")
    street.ok("customer", "edit", "老东方饭店", "--name", "Golden Phoenix")
    (known,) = street.sql("SELECT id FROM customer WHERE name = 'Golden Phoenix'")
    assert street.json("customer", "show", ref)["id"] == known[0]
    assert [row["name"] for row in street.json("customer", "list", ref)] == ["Golden Phoenix"]


def test_a_former_name_that_another_program_left_is_found_by_pinyin(street: Desk) -> None:
    street.ok("customer", "add", "老东方饭店", "--phone", "010 2222 3333")
    street.sql("UPDATE customer SET name = 'Golden Phoenix' WHERE name = '老东方饭店'")
    street.sql("UPDATE former_name SET pinyin = NULL")  # as in a file of the schema before
    assert street.json("customer", "show", "laodongfang")["name"] == "Golden Phoenix"
    assert [row["name"] for row in street.json("customer", "list", "ldffd")] == ["Golden Phoenix"]


def test_another_programs_rows_are_found_too(street: Desk) -> None:
    street.sql("UPDATE customer SET name = 'Bäckerei Groß' WHERE id = 5")
    street.sql("INSERT INTO customer (name, short_name) VALUES ('護國寺小吃', 'HGS')")
    assert street.json("customer", "show", "backerei gross")["id"] == 5
    assert street.json("customer", "show", "mueller gmbh")["id"] == 5, "its former name was kept by a trigger"
    assert {street.json("customer", "show", ref)["id"] for ref in ("护国寺小吃", "huguosi", "hgs")} == {7}
    assert street.sql("SELECT count(*) FROM unkeyed") == [(0,)]


def test_keys_by_an_older_rule_are_made_anew_and_leave_no_trace(street: Desk) -> None:
    street.sql("UPDATE customer SET name_key = lower(name), pinyin = 'old', short_name_key = NULL")
    before = street.sql("SELECT count(*) FROM change")
    street.sql("UPDATE search_key SET rule = 0")
    assert street.json("customer", "show", "龙门")["id"] == 4
    assert street.sql("SELECT name_key, pinyin, short_name_key FROM customer WHERE id = 4") == [
        ("龙门饭店", "longmenfandian lmfd | mangmenfandian mmfd", "龙门")
    ]
    assert street.sql("SELECT count(*) FROM change") == before


# --- contacts ------------------------------------------------------------------------------------------------------


def test_a_contacts_number_names_the_person(street: Desk) -> None:
    assert street.json("callback", "add", "139-0000-0009", "--on", "today")["contact"] == "Li Na"
    assert street.json("callback", "done", "13900000009", "all well")["contact"] == "Li Na"
    assert street.json("callback", "log", "1234", "hello")["contact"] == "王芳"
    street.ok("complaint", "open", "138 0000 1234", "late")
    assert street.sql("SELECT contact_id FROM complaint") == [(2,)]
    assert street.json("callback", "log", "1", "hello")["contact"] is None


def test_a_contacts_number_is_never_a_new_card(street: Desk) -> None:
    for command in (
        ("customer", "add", "Newcomer", "--phone", "13800001234"),
        ("complaint", "open", "--new", "Newcomer", "--phone", "13800001234", "late"),
    ):
        result = street(*command)
        assert (result.code, result.err.splitlines()[:2]) == (
            4,
            ["csm: 'Newcomer' looks like a customer that is here already", "  2  灯市口烤鸭店  王芳  13800001234"],
        )
    street.ok("customer", "add", "Newcomer", "--phone", "13800001234", "--force")


@pytest.mark.parametrize("who", ["王芳", "wangfang", "护士长", "0000 1234", "13800001234", "ct2", "2", "芳"])
def test_a_contact_is_named_in_the_same_ways(street: Desk, who: str) -> None:
    assert street.json("callback", "add", "cu2", "--on", "today", "--contact", who)["contact"] == "王芳"


# --- filters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (("--owner", "chen lan"), [1]), (("--owner", "Ｃhen"), [1]), (("--region", "east"), [1]), (("--region", "wes"), [3]),
        (("--route", "r1"), [4]), (("--tag", "VIP"), [4]), (("--industry", "food retail"), [5]), (("--industry", "retail"), [5]),
        (("--name", "zurich versicherung"), [3]), (("--email", "ZURICH"), [3]), (("--phone", "0057"), [1]), (("--industry", "wine"), []),
        (("0057",), [1]), (("5550-0057",), [1]), (("zurich",), [3]), (("zuerich",), [3]), (("护士长",), [2]), (("mueller",), [5]), (("龙門",), [4]),
        (("ding@",), [3]), (("13800001234",), [2]),
    ],
)  # fmt: skip
def test_filters_take_values_folded_or_by_their_only_part(
    street: Desk, filters: tuple[str, ...], expected: list[int]
) -> None:
    assert [row["id"] for row in street.json("customer", "list", *filters)] == expected


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        (("due", "--owner", "Chem Lan"), ["csm: no owner answers to 'Chem Lan'", "  Chen Lan"]),
        (("today", "--owner", "nobody"), ["csm: no owner answers to 'nobody'", "  alice", "  Chen Lan", "  Wang Fang"]),
        (("due", "--owner", "an"), ["csm: 'an' can mean more than one owner", "  Chen Lan", "  Wang Fang", "hint: write it in full"]),
        (("due", "--mine"), ["csm: no owner answers to 'zoe'", "  alice", "  Chen Lan", "  Wang Fang"]),
        (("customer", "list", "--region", "Eats"), ["csm: no region answers to 'Eats'", "  East"]),
        (("customer", "list", "--tag", "vop"), ["csm: no tag answers to 'vop'", "  vip"]),
        (("customer", "list", "--route", "R9"), ["csm: no route answers to 'R9'", "  R1"]),
        (("callback", "plan", "--route", "R9", "--on", "tomorrow"), ["csm: no route answers to 'R9'", "  R1"]),
        (("customer", "list", "--industry", "food"), ["csm: 'food' can mean more than one value", "  Food retail", "  Food service", "hint: write it in full"]),
        (("customer", "list", "--field", "VAT=1"), ["csm: no own field answers to 'VAT'"]),
    ],
)  # fmt: skip
def test_a_filter_that_fits_nothing_is_no_empty_list(street: Desk, command: tuple[str, ...], lines: list[str]) -> None:
    street.user = "zoe"
    result = street(*command)
    assert (result.code, result.out, result.err.splitlines()) == (3, "", lines)


def test_owners_are_read_from_wherever_work_has_one(street: Desk) -> None:
    street.user = "bob"
    street.ok("promise", "add", "1", "zebra crossing", "--by", "fri")
    street.ok("complaint", "open", "2", "late", "--live")
    assert [row["in_charge"] for row in street.json("promise", "list", "--mine")] == ["bob"]
    assert street("promise", "list", "--owner", "zeb").code == 3


def test_a_list_can_be_narrowed_to_ones_own(street: Desk) -> None:
    street.ok("callback", "add", "1", "--on", "today")
    street.ok("callback", "add", "2", "--on", "today")
    street.user = "CHEN LAN"
    for command in (
        ("due", "--mine"),
        ("due", "--owner", "me"),
        ("callback", "list", "--mine"),
        ("due", "--owner", "我"),
    ):
        assert [row["customer_id"] for row in street.json(*command)] == [1], command
    assert [row["id"] for row in street.json("customer", "list", "--mine")] == [1]
    assert "灯市口" not in street.ok("today", "--mine")
    assert street("due", "--mine", "--owner", "alice").code == 2


# --- terms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "typed", "stored"),
    [
        ("--kind", "公司", "company"), ("--kind", "企業", "company"), ("--kind", "comp", "company"), ("--channel", "上门", "visit"),
        ("--channel", "拜訪", "visit"), ("--status", "流失", "lost"), ("--relationship", "能动", "proactive"), ("--size", "ＳＭＡＬＬ", "small"),
    ],
)  # fmt: skip
def test_a_term_is_known_by_any_unique_part_or_a_synonym(street: Desk, option: str, typed: str, stored: str) -> None:
    street.ok("customer", "edit", "1", option, typed)
    assert street.sql(f"SELECT {option.removeprefix('--')} FROM customer WHERE id = 1") == [(stored,)]


def test_a_term_in_doubt_names_the_values_with_the_english_ones_beside(street: Desk) -> None:
    result = street("callback", "add", "1", "--on", "today", "--purpose", "t")
    assert (result.code, result.err.splitlines()[1]) == (2, "hint: it is one of: training, thanks")
    result = street("complaint", "open", "1", "x", "--severity", "x", lang="zh")
    assert result.code == 2
    assert "一般投诉（general）" in result.err
    assert "严重投诉（serious）" in result.err
    assert street.json("complaint", "open", "1", "x", "--severity", "严重")["severity"] == "serious"


# --- what was written, and where ---------------------------------------------------------------------------------------


def test_every_write_names_the_record_it_landed_on(street: Desk) -> None:
    street.ok("callback", "add", "1", "--on", "today", "--purpose", "offer")
    assert street.message("callback", "done", "cb1", "x") == "noted cb1 (offer) with Kangning Pharmacy"
    assert street.message("callback", "log", "1", "--no-answer", "x").startswith(
        "noted the try with Kangning Pharmacy; cb2 is open"
    )
    assert (
        street.message("callback", "move", "cb2", "2026-11-30")
        == "moved callback cb2 to 2026-11-30 (Monday), Kangning Pharmacy"
    )
    assert street("callback", "skip", "cb2", lang="zh").err.splitlines()[-1] == "已跳过回访 cb2（Kangning Pharmacy）"
    street.ok("complaint", "open", "1", "late", "--live")
    result = street("complaint", "judge", "1", "--founded", "--responsibility", "ours", "--reason", "r")
    assert result.err.splitlines()[0] == "judged cp1 founded (Kangning Pharmacy)"
    street.ok("sale", "add", "1", "oven", "--amount", "10")
    assert "Kangning Pharmacy" in street.message("sale", "edit", "sa1", "--note", "x")
    assert "Kangning Pharmacy" in street("sale", "pay", "sa1", "5").err
    street.ok("service", "add", "1", "repair")
    assert "Kangning Pharmacy" in street.message("service", "edit", "sv1", "--minutes", "5")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_on_a_terminal_one_of_several_is_chosen_by_number(street: Desk) -> None:
    import pty

    street.ok("customer", "add", "Kangning Clinic")
    outside, inside = pty.openpty()
    front = ["--db", str(street.path), "--as-of", street.now, "--user", "alice", "--lang", "en"]
    process = subprocess.Popen(
        [sys.executable, "-m", "csm", *front, "customer", "note", "kangning", "tea"],
        stdin=inside, stdout=inside, stderr=inside, env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
    )  # fmt: skip
    os.close(inside)
    os.write(outside, b"2\n")
    screen = screen_of(outside).decode()
    assert process.wait() == 0, screen
    assert "  1) Kangning Pharmacy  010-5550-0057  East\r\n  2) Kangning Clinic\r\n" in screen
    assert street.sql("SELECT customer_id FROM note") == [(7,)]
