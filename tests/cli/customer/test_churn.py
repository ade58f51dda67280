"""`customer lost`, `customer won-back`, `customer risk` (handbook 9.2, 9.4)."""

from __future__ import annotations

import csv
import io

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def house(desk: Desk) -> Desk:
    """Return a desk with two customers, the first with one callback by cadence and one of its own."""
    desk.ok("customer", "add", "Golden Dragon", "--relationship", "proactive")
    desk.ok("customer", "add", "Jade Garden")
    desk.ok("callback", "plan")
    desk.ok("callback", "add", "1", "--on", "2026-11-24", "--purpose", "offer")
    return desk


def sell(desk: Desk, customer: int, *days: str, cents: int = 100) -> None:
    for day in days:
        desk.sql(
            "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on) VALUES (?1, 'Oven', ?2, ?3, ?3)",
            customer, cents, day,
        )  # fmt: skip


def risks(desk: Desk, *arguments: str) -> list[tuple[int, list[str]]]:
    return [(row["id"], row["reasons"]) for row in desk.json("customer", "risk", *arguments)]


# --- lost ---------------------------------------------------------------------------------------------------------


def test_a_loss_cancels_what_was_planned_by_cadence_and_leaves_the_rest(house: Desk) -> None:
    told = house.message("customer", "lost", "1", "cheaper opposite", "--kind", "competitor", "--cause", "price")
    assert told == (
        "lost Golden Dragon on 2026-11-21 (Saturday): competitor; 1 planned callback cancelled; 1 open callback stays"
    )
    assert house.sql("SELECT origin, status, reason FROM callback ORDER BY id") == [
        ("cadence", "cancelled", "lost"),
        ("manual", "open", None),
    ]
    assert house.sql("SELECT customer_id, lost_on, kind, cause, text, by, won_back_on FROM loss") == [
        (1, "2026-11-21", "competitor", "price", "cheaper opposite", "alice", None)
    ]
    assert house.sql("SELECT id, status FROM customer") == [(1, "lost"), (2, "active")]
    house.ok("callback", "plan")
    assert house.sql("SELECT count(*) FROM callback") == [(2,)]


def test_a_loss_as_json_with_a_day_a_note_and_chinese_terms(house: Desk) -> None:
    made = house.json(
        "customer", "lost", "2", "--kind", "过失流失", "--cause", "产品", "--on", "2026-11-01", "--note", "broke twice"
    )
    assert made == {
        "id": 1, "customer_id": 2, "customer": "Jade Garden", "status": "lost", "lost_on": "2026-11-01",
        "kind": "our-fault", "cause": "product", "text": "broke twice", "by": "alice", "attempts": 0,
        "won_back_on": None, "won_back_text": None, "won_back_by": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("lost", "1"), 2, "--kind is missing"),
        (("lost", "1", "--kind", "bored"), 2, "--kind can't be 'bored'"),
        (("lost", "1", "--kind", "natural", "--cause", "weather"), 2, "--cause can't be 'weather'"),
        (("lost", "1", "--kind", "natural", "--on", "2026-11-22"), 2,
         "'2026-11-22' lies in the future, but this has happened already"),
        (("lost", "1", "--kind", "natural", "--on", "soon"), 2, "'soon' is no date or time that can be read"),
        (("lost", "1", "x", "--kind", "natural", "--note", "y"), 2, "TEXT and --note can't be used together"),
        (("lost", "1", " ", "--kind", "natural"), 2, "TEXT can't be empty"),
        (("lost", "9", "--kind", "natural"), 3, "no customer answers to '9'"),
        (("lost", "2", "--kind", "natural"), 4, "Jade Garden is lost already"),
        (("won-back", "1"), 4, "Golden Dragon isn't lost"),
        (("won-back", "2", "--on", "2026-11-09"), 2, "2026-11-09 lies before Jade Garden was lost, 2026-11-10"),
        (("won-back", "2", "--on", "tomorrow"), 2, "'tomorrow' lies in the future, but this has happened already"),
        (("won-back", "nobody"), 3, "no customer answers to 'nobody'"),
    ],
)  # fmt: skip
def test_what_can_t_be_changes_nothing(house: Desk, arguments: tuple[str, ...], code: int, words: str) -> None:
    house.ok("customer", "lost", "2", "--kind", "natural", "--on", "2026-11-10")
    before = house.sql("SELECT count(*), max(id) FROM change")
    result = house("customer", *arguments)
    assert (result.code, result.out, result.err.splitlines()[0]) == (code, "", f"csm: {words}")
    assert house.sql("SELECT count(*), max(id) FROM change") == before


# --- won back -----------------------------------------------------------------------------------------------------


def test_a_win_back_counts_the_callbacks_since_the_loss(house: Desk) -> None:
    house.ok("callback", "log", "2", "says they leave")  # 09:00, before the loss was noted
    house.now = "2026-11-21 10:00"
    house.ok("customer", "lost", "2", "--kind", "competitor")
    house.now = "2026-11-21 16:00"
    house.ok("callback", "log", "2", "offered a trial")
    house.now = "2026-11-25 10:00"
    house.ok("callback", "log", "2", "invited to the tasting")
    house.now = "2026-12-01 10:00"
    told = house.message("customer", "won-back", "2", "ordered again", "--on", "2026-11-30")
    assert told == "won back Jade Garden on 2026-11-30 (Monday), lost on 2026-11-21; 2 win-back attempts"
    assert house.sql("SELECT won_back_on, won_back_text, won_back_by FROM loss") == [
        ("2026-11-30", "ordered again", "alice")
    ]
    assert house.sql("SELECT status FROM customer WHERE id = 2") == [("won-back",)]


def test_who_is_lost_twice_is_won_back_from_the_second_loss(house: Desk) -> None:
    house.ok("customer", "lost", "2", "--kind", "competitor", "--on", "2026-10-01")
    house.ok("customer", "won-back", "2", "--on", "2026-10-20")
    house.ok("customer", "lost", "2", "--kind", "our-fault", "--on", "2026-11-01")
    house.ok("customer", "won-back", "2")
    assert house.sql("SELECT kind, lost_on, won_back_on FROM loss ORDER BY id") == [
        ("competitor", "2026-10-01", "2026-10-20"),
        ("our-fault", "2026-11-01", "2026-11-21"),
    ]


def test_a_card_that_was_only_set_to_lost_gets_its_loss_from_the_kept_change(house: Desk) -> None:
    house.ok("customer", "edit", "2", "--status", "lost")
    house.now = "2026-11-30 10:00"
    result = house("customer", "won-back", "2")
    assert result.err.splitlines()[-2:] == [
        "won back Jade Garden on 2026-11-30 (Monday), lost on 2026-11-21; 0 win-back attempts",
        "note: the card was only set to lost; how and why wasn't noted, and the day is that of the change",
    ]
    assert house.sql("SELECT lost_on, kind, won_back_on FROM loss") == [("2026-11-21", None, "2026-11-30")]


def test_nobody_is_lost_before_they_were_won_back(house: Desk) -> None:
    house.ok("customer", "lost", "2", "--kind", "natural", "--on", "2026-11-01")
    house.ok("customer", "won-back", "2", "--on", "2026-11-10")
    result = house("customer", "lost", "2", "--kind", "competitor", "--on", "2026-11-09")
    assert result == (
        2,
        "",
        "csm: 2026-11-09 lies before Jade Garden was won back, 2026-11-10\n"
        "hint: --on says when they were lost again; today unless told\n",
    )
    house.ok("customer", "lost", "2", "--kind", "competitor", "--on", "2026-11-10")
    assert house.sql("SELECT lost_on, kind, won_back_on FROM loss") == [
        ("2026-11-01", "natural", "2026-11-10"),
        ("2026-11-10", "competitor", None),
    ]


def test_how_a_card_that_was_only_set_to_lost_was_lost_is_told_later(house: Desk) -> None:
    house.ok("customer", "edit", "2", "--status", "lost")
    house.ok("customer", "lost", "2", "--kind", "natural", "--on", "2026-11-20")
    assert house("customer", "lost", "2", "--kind", "natural").code == 4
    assert house.sql("SELECT lost_on, kind FROM loss") == [("2026-11-20", "natural")]


def test_the_card_shows_a_loss_of_which_nobody_noted_how(house: Desk) -> None:
    house.ok("customer", "edit", "2", "--status", "lost")
    house.ok("customer", "won-back", "2")
    assert "2026-11-21  lost\n              won back on 2026-11-21" in house.ok("customer", "show", "2")


# --- risk ---------------------------------------------------------------------------------------------------------


def test_nobody_is_at_risk(house: Desk) -> None:
    result = house("customer", "risk")
    assert (result.out, result.err) == ("", "no customers at risk\n")
    assert house.json("customer", "risk") == []


def test_all_reasons_in_one_sentence(house: Desk) -> None:
    # days to 2026-11-21: 31 August + 30 September + 31 October + ... counted from 7 September: 23 + 31 + 21 = 75
    sell(house, 2, "2026-07-09", "2026-08-08", "2026-09-07")  # 30 and 30 days: usually every 30
    house.ok("complaint", "open", "2", "oven cold")
    house.ok("promise", "add", "2", "bring a part", "--by", "2026-11-21 12:00")
    house.ok("promise", "break", "1")
    house.ok("callback", "log", "2", "angry", "--satisfaction", "2")
    assert house.json("customer", "risk") == [
        {
            "id": 2, "customer": "Jade Garden", "key_account": None, "grade": None, "owner": "alice", "phone": None,
            "reasons": ["overdue-purchase", "complaint", "dissatisfied", "broken-promise"],
            "why": "no purchase for 75 days, usually every 30; complaint cp1 is open;"
            " satisfaction 2 at the last contact; promise pr1 was broken",
            "last_sale_on": "2026-09-07", "last_contact_on": "2026-11-21",
        }
    ]  # fmt: skip
    (row,) = csv.DictReader(io.StringIO(house.ok("customer", "risk", "-f", "csv", lang="zh")))
    assert row["reasons"] == "overdue-purchase;complaint;dissatisfied;broken-promise"
    assert row["why"].startswith("no purchase for 75 days, usually every 30; complaint cp1 is open; ")


def test_the_purchase_that_makes_it_twice_the_usual_is_no_risk_yet(house: Desk) -> None:
    # 22 September to 21 November: 8 + 31 + 21 = 60 days = 2 x 30
    sell(house, 2, "2026-08-23", "2026-09-22")
    assert risks(house) == []
    house.now = "2026-11-22 09:00"
    assert risks(house) == [(2, ["overdue-purchase"])]
    house.ok("config", "set", "risk.times", "3")
    assert risks(house) == []


def test_cancelled_sales_and_credit_notes_make_no_rhythm(house: Desk) -> None:
    sell(house, 2, "2026-01-01", "2026-01-11")
    sell(house, 2, "2026-11-20", cents=-100)
    house.sql(
        "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, cancelled_on)"
        " VALUES (2, 'Oven', 100, '2026-11-19', '2026-11-19', '2026-11-20')"
    )
    (row,) = house.json("customer", "risk")
    # 11 January to 21 November: 20 + 28 + 31 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 21 = 314
    assert (row["why"], row["last_sale_on"]) == ("no purchase for 314 days, usually every 10", "2026-01-11")


def test_silent_from_the_card_then_from_the_last_contact(house: Desk) -> None:
    house.now = "2027-01-20 09:00"  # 60 days after the card
    assert risks(house) == []
    house.now = "2027-01-21 09:00"
    (row,) = house.json("customer", "risk")
    assert row["why"] == "no contact since the card was made 61 days ago, usually every 30"
    house.ok("callback", "log", "1", "well")
    assert risks(house) == []
    house.now = "2027-03-23 09:00"  # 11 + 28 + 22... to 23 March: 10 + 28 + 23 = 61 days
    (row,) = house.json("customer", "risk")
    assert row["why"] == "no contact for 61 days, usually every 30"
    house.ok("customer", "edit", "1", "--do-not-contact", "yes")
    assert risks(house) == []


def test_a_service_and_a_complaint_are_contacts_too(house: Desk) -> None:
    # proactive, 30 days: silent from day 61 after the last contact on.
    house.now = "2027-02-01 09:00"
    assert risks(house, "--customer", "1") == [(1, ["silent"])]
    house.ok("service", "add", "1", "visit", "--on", "2026-12-10")
    assert risks(house, "--customer", "1") == []
    house.now = "2027-02-09 09:00"
    assert risks(house, "--customer", "1") == [(1, ["silent"])]
    house.ok("--as-of", "2027-01-05 10:00", "complaint", "open", "1", "the oven is cold", "--level", "grievance")
    assert risks(house, "--customer", "1") == []


def test_a_later_better_word_takes_dissatisfied_away(house: Desk) -> None:
    house.ok("callback", "log", "2", "bad", "--satisfaction", "1")
    assert risks(house) == [(2, ["dissatisfied"])]
    house.now = "2026-11-21 10:00"
    house.ok("callback", "log", "2", "no word on it")
    assert risks(house) == [(2, ["dissatisfied"])]
    house.now = "2026-11-21 11:00"
    house.ok("callback", "log", "2", "good", "--satisfaction", "4")
    assert risks(house) == []


def test_grievances_their_promises_and_the_lost_are_left_out(house: Desk) -> None:
    house.ok("complaint", "open", "2", "the music was loud", "--level", "grievance")
    house.ok("promise", "add", "2", "they pay", "--by", "2026-11-21 12:00", "--theirs")
    house.ok("promise", "break", "1")
    assert risks(house) == []
    house.ok("complaint", "open", "2", "oven cold")
    assert risks(house) == [(2, ["complaint"])]
    house.ok("customer", "lost", "2", "--kind", "our-fault")
    assert risks(house) == []
    house.ok("customer", "won-back", "2")
    assert risks(house) == [(2, ["complaint"])]
    house.ok("customer", "archive", "2")
    assert risks(house) == []


def test_key_accounts_first_then_most_reasons_and_filters(house: Desk) -> None:
    for name in ("Lotus", "Bamboo"):
        house.ok("customer", "add", name, "--owner", "bob")
    for customer in ("1", "2", "3", "4"):
        house.ok("callback", "log", customer, "angry", "--satisfaction", "1")
    for customer in ("2", "2", "3"):
        house.ok("complaint", "open", customer, "oven cold")
    house.ok("customer", "edit", "4", "--key-account", "volume")
    assert risks(house) == [
        (4, ["dissatisfied"]),
        (2, ["complaint", "dissatisfied"]),
        (3, ["complaint", "dissatisfied"]),
        (1, ["dissatisfied"]),
    ]
    assert house.json("customer", "risk", "--customer", "2")[0]["why"] == (
        "complaints cp1, cp2 are open; satisfaction 1 at the last contact"
    )
    assert [row[0] for row in risks(house, "--reason", "complaint")] == [2, 3]
    assert [row[0] for row in risks(house, "--reason", "silent", "--reason", "complaint")] == [2, 3]
    assert [row[0] for row in risks(house, "--owner", "bob")] == [4, 3]
    assert [row[0] for row in risks(house, "--limit", "2")] == [4, 2]
    assert [row[0] for row in risks(house, "--sort", "-id")] == [4, 3, 2, 1]
    assert house("customer", "risk", "--reason", "boredom").code == 2
    assert house("customer", "risk", "--columns", "mood").code == 2
    assert house("customer", "risk", "--customer", "9").code == 3


def test_what_came_later_is_no_risk_as_of_a_day_before(house: Desk) -> None:
    house.ok("complaint", "open", "2", "cold again")
    house.ok("promise", "add", "2", "bring the part", "--by", "2026-11-23 10:00")
    house.now = "2026-11-24 09:00"
    house.ok("promise", "break", "1")
    assert risks(house, "--customer", "2") == [(2, ["complaint", "broken-promise"])]
    house.now = "2026-11-20 09:00"
    assert risks(house, "--customer", "2") == []
