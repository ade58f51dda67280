"""The whole card at every width, and what a script gets; golden files are read by a person."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from csm.domain.customer.card import Card, PaymentState, Rhythm
from csm.domain.customer.record import CUSTOMER
from csm.domain.kinds import names
from csm.domain.time.instant import Zone
from csm.i18n import use
from csm.render.customer.card import write_card
from csm.render.customer.record import card_record
from csm.render.folding import cells_wide
from csm.render.formats import write_record
from csm.render.listing import Style
from tests.render.cards import (
    ARCHIVED,
    BARE,
    CASE_CLOSED,
    CASE_LATE,
    FULL,
    HARD,
    HARD_TEXT,
    LOSS,
    OLDEST,
    OVEN,
    PAYMENT,
    PROMISE_LATE,
    TODAY,
    TOLD,
    TRADED,
    complaint,
    promise,
    sale,
    service,
)
from tests.render.goldens import LANGUAGES, matches

STYLE = Style(Zone("Asia/Shanghai"))
CARDS = {"full": FULL, "hard": HARD}
LOOKS = {
    "pipe": STYLE,
    "80": STYLE._replace(terminal=True, width=80),
    "160": STYLE._replace(terminal=True, width=160),
    "80-colour": STYLE._replace(terminal=True, width=80, colour=True),
    "ascii": STYLE._replace(ascii_only=True),
}
WIDTHS = [30, 60, *range(80, 200, 13)]


def shown(card: Card, style: Style) -> str:
    stream = io.StringIO()
    write_card(card, style, stream, TODAY)
    return stream.getvalue()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_card(name: str, look: str, spoken: str) -> None:
    use(spoken)
    matches(f"card.{name}-{look}.{spoken}.txt", shown(CARDS[name], LOOKS[look]))


def test_a_bare_card_says_what_to_do_and_prints_nothing_empty() -> None:
    assert shown(BARE, LOOKS["80"]) == (
        "Corner shop  cu7\n"
        "person · prospect\n" + "─" * 80 + "\n"
        "\n"
        "What to do next\n"
        "  plan      nothing is planned\n"
        "            csm callback add 7 --on +7d\n"
        "  fill in   11 things are missing on the card\n"
        '            csm customer edit 7 --phone "..." --email "..." --industry "..."\n'
        '            csm customer contact add 7 "..." --phone "..."\n'
        "\n"
        "This card\n"
        "  complete  8 %; missing: phone, email, industry, region, size, source, owner,\n"
        "            grade, relationship, best time, contacts\n"
        "  reviewed  never\n"
    )


def test_an_archived_card_says_only_how_to_take_it_back() -> None:
    assert shown(ARCHIVED, LOOKS["pipe"]).splitlines()[4:7] == [
        "What to do next",
        "  archived  put away on 2026-05-01, nothing is planned",
        "            csm customer restore 7",
    ]


def test_cadence_sets_the_day_of_the_command() -> None:
    card = FULL._replace(planned=[], complaints=[], promises=[], notes=[], lacking=[])
    assert shown(card, LOOKS["pipe"]).splitlines()[6:9] == [
        "What to do next",
        "  plan                nothing is planned, the cadence is 14 days",
        "                      csm callback add 12 --on +14d",
    ]


def on_top(card: Card) -> list[str]:
    """Return the lines under "What to do next", as they are off the terminal, without their margin."""
    lines = shown(card, LOOKS["pipe"]).splitlines()
    start = lines.index("What to do next") + 1
    return [line[2:] for line in lines[start : lines.index("", start)]]


def below(card: Card, title: str) -> list[str]:
    lines = shown(card, LOOKS["pipe"]).splitlines()
    start = lines.index(title) + 1
    return [line[2:] for line in lines[start : lines.index("", start)]]


def test_a_case_says_what_comes_next_by_when() -> None:
    late, closed = {**CASE_LATE, "customer_id": 7}, {**CASE_CLOSED, "customer_id": 7}
    card = BARE._replace(complaints=[late, closed], promises=[PROMISE_LATE], lacking=[])
    assert on_top(card) == [
        "1 day late        送货晚了三天，两箱受潮  serious, level 1",
        "                  analyse, by 2026-11-20 Friday 16:00, proposal",
        "                  csm complaint next 12",
        "late since 09:00  we promised: ring back with the day of the new delivery",
        "                  due 2026-11-21 Saturday 09:00, wang, cp12",
        "                  csm promise keep 3",
        "plan              nothing is planned",
        "                  csm callback add 7 --on +7d",
    ]
    # received at 01:30 of the second in Shanghai
    assert below(card, "Complaints") == [
        "2026-09-02        carton wet on the outside  cp5  closed, goods-damaged, satisfaction 4 of 5"
    ]
    assert "Promises" not in shown(card, LOOKS["pipe"])


def test_a_case_whose_clocks_are_met_has_no_day() -> None:
    done = complaint(id=3, summary="cold oven", step="implement", next_step="close")
    assert on_top(BARE._replace(complaints=[done], lacking=[]))[:3] == [
        "open      cold oven",
        "          close",
        "          csm complaint next 3",
    ]


def test_a_waiting_case_that_was_late_before_says_both() -> None:
    late = complaint(
        id=3, summary="cold oven", status="waiting", waiting_since="2026-11-20T09:00:00Z", waiting_for="a free morning",
        next_clock="resolution", next_due_at="2026-11-19T08:00:00Z", overdue=1,
    )  # fmt: skip
    assert on_top(BARE._replace(complaints=[late], lacking=[]))[:2] == [
        "2 days late  cold oven",
        "             waiting, since 2026-11-20 Friday 17:00, a free morning, by 2026-11-19 Thursday 16:00, resolution",
    ]


def test_promises_that_are_not_due_stand_below() -> None:
    found = [
        promise(id=6, text="the other half", direction="theirs", due_at="2026-11-21T10:00:00Z", in_charge="wang"),
        promise(id=8, text="a new fryer", due_at="2026-11-21T16:00:00Z"),
        promise(
            id=2, text="a day's trial", status="kept", due_at="2026-08-31T10:00:00Z", kept_at="2026-08-31T01:00:00Z"
        ),
    ]
    card = BARE._replace(promises=found, lacking=[])
    assert on_top(card)[0] == "plan              nothing is planned"
    assert below(card, "Promises") == [
        "2026-11-21 18:00  the other half  pr6  theirs, open, wang",
        "2026-11-22 00:00  a new fryer  pr8  open",
        "2026-08-31 18:00  a day's trial  pr2  kept, 2026-08-31 Monday 09:00",
    ]


def test_a_case_is_on_an_archived_card_too() -> None:
    card = ARCHIVED._replace(complaints=[CASE_LATE])
    assert [line.split("  ")[0] for line in on_top(card) if not line.startswith(" ")] == ["archived", "1 day late"]


def test_a_contacts_phone_stands_in_for_the_cards() -> None:
    card = FULL._replace(customer={**FULL.customer, "phone": None, "email": None})
    text = shown(card, LOOKS["pipe"])
    reach = text[text.index("How to reach them") :].splitlines()[1:3]
    assert reach == [
        "  phone               138 0013 8000  李娜",
        "  email               li.na@golden-dragon.example  李娜",
    ]


@pytest.mark.parametrize("width", range(40, 120))
def test_a_text_that_fills_its_line_is_followed_by_no_empty_one(width: int) -> None:
    contact = {**FULL.contacts[0], "phone": "138 0013 8000"}
    lines = shown(FULL._replace(contacts=[contact]), STYLE._replace(width=width)).splitlines()
    start = lines.index("Contacts")
    assert "" not in lines[start : lines.index("Basic")][:-1]


@pytest.mark.parametrize("width", range(40, 80))
def test_words_beside_a_note_are_not_broken_in_two(width: int) -> None:
    use("zh")
    note = {**FULL.notes[0], "text": "十月账单等赵总签字，赵总周四不在。", "by": "陈兰"}
    text = shown(FULL._replace(notes=[note]), STYLE._replace(width=width))
    assert "置顶\n" in text and "陈兰" in text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", CARDS)
def test_nothing_is_cut_and_nothing_overflows(name: str, width: int) -> None:
    narrow, whole = (shown(CARDS[name], STYLE._replace(width=wide)) for wide in (width, None))
    assert max(map(cells_wide, narrow.splitlines())) <= width
    words = ("138 0013 8000", "010-8888 6666", "+86 139-1111-2222") if name == "full" else ("1" * 20,)
    for phone in words if width > 40 else ():
        assert phone in narrow
    if width < 120:
        signs = [sorted("".join(text.replace("─", "").split())) for text in (narrow, whole)]
        assert signs[0] == signs[1]


def test_colour_adds_only_colour() -> None:
    coloured = shown(HARD, LOOKS["80-colour"])
    bare = subprocess.run(["sed", "s/\x1b\\[[0-9;]*m//g"], input=coloured, capture_output=True, text=True, check=True)
    assert bare.stdout == shown(HARD, LOOKS["80"])
    assert "\x1b" not in shown(HARD, LOOKS["80"])


def test_colour_through_a_pipe_folds_nothing() -> None:
    coloured = shown(FULL, STYLE._replace(colour=True))
    bare = subprocess.run(["sed", "s/\x1b\\[[0-9;]*m//g"], input=coloured, capture_output=True, text=True, check=True)
    assert bare.stdout == shown(FULL, STYLE)


def test_off_the_terminal_rich_only_measures() -> None:
    code = (
        "import sys\n"
        "from tests.render.customer.test_card import *\n"
        "shown(FULL, STYLE)\n"
        "print([name for name in sys.modules if name.startswith('rich.') and name in ('rich.console', 'rich.table')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


# --- trade ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("look", ["pipe", "80", "160", "80-colour"])
def test_a_card_with_trade(look: str, spoken: str) -> None:
    use(spoken)
    matches(f"card.traded-{look}.{spoken}.txt", shown(TRADED, LOOKS[look]))


@pytest.mark.parametrize("width", WIDTHS)
def test_trade_is_not_cut_and_does_not_overflow(width: int) -> None:
    hard = TRADED._replace(
        sales=[{**OVEN, "product": HARD_TEXT, "bill": HARD_TEXT}],
        messages=[{**TOLD, "message": HARD_TEXT, "by": HARD_TEXT}],
        services=[service(id=9, done_on="2026-11-01", by=HARD_TEXT, note=HARD_TEXT)],
        losses=[{**LOSS, "text": HARD_TEXT, "won_back_text": HARD_TEXT}],
        owed=PAYMENT._replace(oldest={**OLDEST, "contact": HARD_TEXT, "product": HARD_TEXT}),
    )
    for card in (TRADED, hard):
        narrow, whole = (shown(card, STYLE._replace(width=wide)) for wide in (width, None))
        assert max(map(cells_wide, narrow.splitlines())) <= width
        assert not set(narrow) & {"\x1b", "\u202e"}
        if width < 120:
            signs = [sorted("".join(text.replace("─", "").split())) for text in (narrow, whole)]
            assert signs[0] == signs[1]


def test_supply_that_is_stopped_stands_in_the_head() -> None:
    card = BARE._replace(customer={**BARE.customer, "supply_stopped": "two bills open"})
    text = shown(card, LOOKS["pipe"])
    assert text.splitlines()[2] == "supply stopped: two bills open"
    assert text.count("two bills open") == 1


def test_one_late_bill_is_settled_by_its_id() -> None:
    owed = PaymentState([("61-90", 800000)], 1, 800000, {**OLDEST, "contact": None}, [])
    card = BARE._replace(owed=owed, customer={**BARE.customer, "balance": 800000}, lacking=[])
    assert on_top(card)[:2] == [
        "67 days late  payment of 8,000.00, Combi oven  sa1",
        "              csm sale pay sa1 8000.00",
    ]
    assert below(card, "Payment") == [
        "balance       8,000.00",
        "by days late  61-90: 8,000.00",
        "oldest        Combi oven  sa1  8,000.00, due 2026-09-15, 67 days late",
    ]


def test_a_balance_within_the_limit_says_the_limit() -> None:
    owed = PaymentState([("not-due", 800000)], 0, 0, {**OLDEST, "contact": None, "days_late": 0}, [])
    card = BARE._replace(owed=owed, customer={**BARE.customer, "balance": 800000, "credit_limit": 800000})
    assert below(card, "Payment")[0] == "balance       8,000.00, credit limit 8,000.00"
    assert "csm sale pay" not in shown(card, LOOKS["pipe"])


@pytest.mark.parametrize(
    ("rhythm", "result"),
    [
        (Rhythm(None, date(2026, 10, 1), 51, 2, False), "bought once, 51 days ago"),
        (Rhythm(1.0, date(2026, 11, 20), 1, 2, False), "usually buys every day, last 1 day ago"),
        (Rhythm(34.5, date(2026, 11, 21), 0, 2, False), "usually buys every 34.5 days, last today"),
        (
            Rhythm(20.0, date(2026, 10, 1), 51, 2, True),
            "usually buys every 20 days, last 51 days ago, more than 2 times as long as usual",
        ),
    ],
)
def test_how_often_they_buy(rhythm: Rhythm, result: str) -> None:
    assert below(BARE._replace(rhythm=rhythm), "Sales") == [f"rhythm    {result}"]


@pytest.mark.parametrize(
    ("values", "result"),
    [
        (
            {"amount": 50000, "paid": 60000, "balance": -10000, "status": "paid"},
            "500.00, paid, 100.00 to be paid back",
        ),
        ({"amount": -30000, "balance": -30000}, "-300.00, 300.00 to be paid back"),
        ({"amount": 50000, "balance": 50000, "days_late": 0, "due_on": "2026-11-21"}, "500.00 open, due 2026-11-21"),
        (
            {"amount": 50000, "paid": 20000, "balance": 30000, "days_late": 1, "delivery_on": "2026-11-20"},
            "500.00, 300.00 open, 1 day late, not delivered, promised for 2026-11-20",
        ),
    ],
)
def test_a_sale_says_what_is_open_of_it(values: dict[str, Any], result: str) -> None:
    card = BARE._replace(sales=[sale(id=7, product="oven", sold_on="2026-11-01", **values)])
    assert below(card, "Sales") == [f"2026-11-01  oven  sa7  {result}"]


@pytest.mark.parametrize(
    ("end", "result"),
    [
        ("2026-11-20", "2026-11-20, ended"),
        ("2026-11-21", "2026-11-21 Saturday, today"),
        ("2026-12-21", "2026-12-21 Monday, in 30 days"),
        ("2026-12-22", "2026-12-22"),
    ],
)
def test_a_contract_says_when_it_ends(end: str, result: str) -> None:
    card = BARE._replace(customer={**BARE.customer, "contract_end_on": end}, contract_lead=30)
    assert below(card, "Trade") == [f"contract end  {result}"]


# --- for programs ---------------------------------------------------------------------------------------------


def written(form: str, card: Card) -> str:
    stream = io.StringIO(newline="")
    write_record(form, *card_record(card, people=form in ("md", "html")), STYLE, stream, "Card")
    return stream.getvalue()


@pytest.mark.parametrize("form", ["json", "md", "html", "csv"])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_record(form: str, spoken: str) -> None:
    use(spoken)
    matches(f"card.full.{spoken}.{form}", written(form, FULL))


def test_json_has_every_key_in_the_order_of_the_contract() -> None:
    found: dict[str, Any] = json.loads(written("json", HARD))
    nested = ["contacts", "sales", "callbacks", "complaints", "promises", "surveys", "fields", "notes"]
    nested += [
        "services",
        "losses",
        "rhythm",
        "tries",
        "left",
        "branches",
        "with_branches",
        "plans",
        "instalments",
        "credits",
    ]
    assert list(found) == names(CUSTOMER) + nested
    assert [found[key] for key in ("sales", "surveys")] == [[], []]
    assert [(row["id"], row["overdue"]) for row in found["complaints"]] == [(12, True), (13, False), (5, False)]
    assert (found["complaints"][2]["compensation"], found["complaints"][2]["closed_at"]) == (
        150.0,
        "2026-09-04T11:00:00+08:00",
    )
    assert [row["status"] for row in found["promises"]] == ["open", "open", "broken"]
    assert [json.loads(written("json", BARE))[key] for key in ("complaints", "promises")] == [[], []]
    assert [row["status"] for row in found["callbacks"]] == ["open", "done"]
    assert list(json.loads(written("json", BARE))) == list(found)
    assert json.loads(written("json", BARE))["fields"] == {}


def test_json_of_trade() -> None:
    found: dict[str, Any] = json.loads(written("json", TRADED))
    assert [(row["id"], row["balance"], row["days_late"], row["status"]) for row in found["sales"]] == [
        (1, 8000.0, 67, "open"), (2, 3200.5, 34, "open"), (3, 9800.0, -10, "open"), (5, -900.0, None, "cancelled"),
        (4, 0.0, None, "paid"),
    ]  # fmt: skip
    # the one with the message that waits is among the latest too, and stands once
    assert [row["id"] for row in found["services"]] == [3, 2]
    assert [(row["lost_on"], row["won_back_on"]) for row in found["losses"]] == [("2025-05-01", "2025-08-01")]
    assert found["rhythm"] == {"interval_days": 34, "last_on": "2026-10-01", "days_ago": 51}
