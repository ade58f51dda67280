"""The page for the morning in every format; golden files are read by a person."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from html.parser import HTMLParser

import pytest

from csm.domain.day.record import DUE
from csm.domain.formats import WRITTEN
from csm.domain.kinds import names
from csm.domain.time.instant import Zone
from csm.i18n import use
from csm.render.day.today import write_day
from csm.render.folding import cells_wide
from csm.render.listing import Style
from csm.storage.day.due import Day
from tests.refusals import refused_as
from tests.render.cards import BORN, CALENDAR, CASES, EMPTY_DIARY, MINE, PAGE, QUIET, ROUTED, VISIT
from tests.render.goldens import LANGUAGES, matches

STYLE = Style(Zone("Asia/Shanghai"))
LOOKS = {
    **{form: (form, STYLE) for form in WRITTEN},
    "table-80": ("table", STYLE._replace(terminal=True, width=80)),
    "table-160": ("table", STYLE._replace(terminal=True, width=160)),
    "table-80-colour": ("table", STYLE._replace(terminal=True, width=80, colour=True)),
    "html-ascii": ("html", STYLE._replace(ascii_only=True)),
    "csv-file": ("csv", STYLE._replace(crlf=True)),
}
PAGES = {"page": PAGE, "mine": MINE, "cases": CASES}


def shown(form: str, day: Day, style: Style = STYLE) -> str:
    stream = io.StringIO(newline="")
    write_day(form, day, style, stream, deputies={"li": "zhao"}, no_answer_limit=3, calendar=lambda: CALENDAR)
    return stream.getvalue()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_page(name: str, look: str, spoken: str) -> None:
    form, style = LOOKS[look]
    use(spoken)
    matches(f"today.{name}-{look}.{spoken}.{form.replace('table', 'txt')}", shown(form, PAGES[name], style))


def test_a_quiet_day_is_one_friendly_sentence() -> None:
    sentence = "Nothing is late, nothing is due, nothing comes up: a good day to call somebody who doesn't expect it."
    assert shown("table", QUIET) == f"Saturday 2026-11-21, wang\n\n{sentence}\n"
    assert shown("md", QUIET) == f"# Saturday 2026-11-21, wang\n\n{sentence}\n"
    assert "<p " in shown("html", QUIET) and "<table" not in shown("html", QUIET)
    assert shown("jsonl", QUIET) == ""
    assert shown("csv", QUIET) == "section," + ",".join(names(DUE)) + "\n"
    assert json.loads(shown("json", QUIET)) == {
        "day": "2026-11-21", "owner": "wang", "late": [], "today": [], "coming": [], "route": [], "unplanned": 0,
        "warnings": [], "feedback": [], "waiting": [], "to_close": [], "messages": [],
    }  # fmt: skip


def test_warnings_stand_at_the_top_and_are_no_quiet_day() -> None:
    day = QUIET._replace(warnings=CASES.warnings, warning_days=30, feedback=[12], waiting=[(4, "2026-11-18")])
    assert shown("table", day).splitlines()[2:] == [
        "Warning: 7 customers with late delivery within 30 days: cp3, cp7, cp9, cp12, cp13 and 2 more",
        "Warning: 3 customers with staff attitude within 30 days: cp1, cp2, cp4",
        "Warning: 3 customers with complaints about 烘焙, trays within 30 days: cp1, cp4, cp9",
        "Feedback to read: cp12 (csm complaint feedback-read ID)",
        "Waiting for the customer: cp4 since 2026-11-18",
    ]
    page = json.loads(shown("json", day))
    assert page["warnings"] == [
        {"problem": "late-delivery", "customers": 7, "complaint_ids": [3, 7, 9, 12, 13, 14, 15], "line": None},
        {"problem": "staff-attitude", "customers": 3, "complaint_ids": [1, 2, 4], "line": None},
        {"problem": None, "customers": 3, "complaint_ids": [1, 4, 9], "line": "烘焙, trays"},
    ]
    assert page["feedback"] == [12] and page["waiting"] == [{"complaint_id": 4, "since": "2026-11-18"}]


def test_messages_that_wait_stand_at_the_top() -> None:
    told = [(3, 12, "Golden\nDragon \x1b", "move the oven"), *[(n, n, f"Shop {n}", "call me") for n in range(4, 9)]]
    day = QUIET._replace(messages=told, feedback=[12])
    line = (
        "Messages from customers: sv3 of Golden ⏎ Dragon ␛, sv4 of Shop 4, sv5 of Shop 5, sv6 of Shop 6, sv7 of Shop 7"
    )
    line += " and 1 more (csm service message done ID)"
    assert shown("table", day).splitlines()[2:] == [line, "Feedback to read: cp12 (csm complaint feedback-read ID)"]
    assert shown("md", day).splitlines()[2].startswith("- Messages from customers: sv3 of Golden")
    assert json.loads(shown("json", day))["messages"][0] == {
        "service_id": 3, "customer_id": 12, "customer": "Golden\nDragon \x1b", "message": "move the oven",
    }  # fmt: skip


def test_an_empty_diary_names_the_command() -> None:
    assert shown("table", EMPTY_DIARY) == (
        "Saturday 2026-11-21, wang\n"
        "\n"
        "21 customers with a cadence have no next callback; to plan them: csm callback plan\n"
    )


@pytest.mark.parametrize(
    ("ahead", "title"),
    [
        (0, "Dates to prepare for (1)"),
        (1, "Next day and dates to prepare for (1)"),
        (3, "Next 3 days and dates to prepare for (1)"),
        (6, "Next 6 days (1)"),
    ],
)
def test_what_comes_is_named_for_how_far_it_looks(ahead: int, title: str) -> None:
    assert shown("table", QUIET._replace(coming=[BORN], days_ahead=ahead)).splitlines()[2] == title


@pytest.mark.parametrize("width", range(76, 200, 7))
@pytest.mark.parametrize("name", PAGES)
def test_phones_stay_whole_and_nothing_overflows(name: str, width: int) -> None:
    text = shown("table", PAGES[name], STYLE._replace(width=width))
    assert max(map(cells_wide, text.splitlines())) <= width
    assert "…" not in text
    for item in [*PAGES[name].late, *PAGES[name].today, *PAGES[name].coming]:
        assert not item.phone or item.phone.rstrip("\x07") in text


def test_routes_keep_their_order_and_stand_apart() -> None:
    other = VISIT._replace(route="West \x1b", route_order=None, id=77)
    text = shown("table", QUIET._replace(route=[VISIT, ROUTED, other]))
    assert [line.split()[0] for line in text.splitlines() if line.startswith("Route") or "cb" in line] == [
        "Route", "3", "12", "Route", "cb77",
    ]  # fmt: skip
    assert "Route West ␛ (1)" in text


def test_colour_adds_only_colour() -> None:
    coloured = shown("table", PAGE, LOOKS["table-80-colour"][1])
    bare = subprocess.run(["sed", "s/\x1b\\[[0-9;]*m//g"], input=coloured, capture_output=True, text=True, check=True)
    assert bare.stdout == shown("table", PAGE, LOOKS["table-80"][1])
    late = [text.strip() for text in re.findall("\x1b\\[1;31m([^\x1b]*)", coloured)]
    assert late == ["3 days late", "2026-11-18", "1 day late", "2026-11-20"]


def test_csv_reads_back() -> None:
    rows = list(csv.DictReader(io.StringIO(shown("csv", PAGE), newline="")))
    assert [row["section"] for row in rows] == ["late"] * 2 + ["today"] * 4 + ["coming"] * 2
    assert [row["days_late"] for row in rows] == ["3", "1", "0", "0", "0", "0", "-1", "-6"]
    assert rows[2]["customer"].startswith("'=SUM(A1)")


def test_json_is_what_jsonl_is() -> None:
    page = json.loads(shown("json", PAGE))
    lines = [json.loads(line) for line in shown("jsonl", PAGE).splitlines()]
    assert lines == [{"section": name, **row} for name in ("late", "today", "coming") for row in page[name]]
    assert [(row["ref"], row["route"], row["route_order"]) for row in page["route"]] == [
        ("cb31", "East loop", 3), ("cb10", "East loop", 12),
    ]  # fmt: skip
    assert (page["day"], page["owner"], page["unplanned"]) == ("2026-11-21", None, 5)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in ("br", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_mail_is_sound_html_that_loads_nothing() -> None:
    tags = _Tags()
    tags.feed(shown("html", PAGE))
    assert tags.open == []
    assert tags.seen == {
        "html", "head", "meta", "title", "body", "h1", "h2", "table", "tr", "td", "strong", "br", "a", "span", "p",
    }  # fmt: skip
    assert tags.links == [
        "tel:13800138000", "tel:+86037167778888", "tel:1234567890", "tel:01065432100", "tel:13800138000",
        "tel:+8613911112222", "tel:13800138000", "tel:13800138000", "tel:01065432100",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("8888-6666转12", ['<a href="tel:88886666"']),
        ("１３８００１３８０００", []),
        ("ask <b>", []),
        ("12", []),
        ("(010) 8888.6666 ext 3", ['<a href="tel:01088886666"']),
    ],
)
def test_a_phone_is_a_link_where_it_can_be_dialled(phone: str, dialled: list[str]) -> None:
    text = shown("html", QUIET._replace(late=[VISIT._replace(phone=phone)]))
    assert re.findall('<a href="[^"]*"', text) == dialled
    assert phone.replace("<", "&lt;").replace(">", "&gt;") in text


def test_an_unknown_format_is_refused() -> None:
    with refused_as("unknown-value"):
        shown("xml", PAGE)
