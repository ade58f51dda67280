"""The whole case file at both widths, and what a script gets (handbook 6.7); golden files are read by a person."""

from __future__ import annotations

import io
import json
import re
from typing import Any, Final

import pytest

from csm.domain.complaint.page import CaseFile
from csm.domain.complaint.record import COMPLAINT, DEADLINE, EVENT
from csm.domain.kinds import names
from csm.domain.promise.record import PROMISE
from csm.i18n import use
from csm.render.complaint.page import write_case
from csm.render.complaint.record import case_record
from csm.render.complaint.words import clock_name, level_name, span
from csm.render.folding import cells_wide
from csm.render.formats import write_record
from csm.render.listing import Style
from tests.render.cases import CLOSED, FILES, HARD, OPEN, ZONE, case_file, event, record_event
from tests.render.goldens import LANGUAGES, matches

STYLE: Final = Style(ZONE)
LOOKS: Final = {
    "80": STYLE._replace(terminal=True, width=80),
    "160": STYLE._replace(terminal=True, width=160),
    "pipe": STYLE,
    "ascii": STYLE._replace(ascii_only=True),
}


def shown(file: CaseFile, style: Style) -> str:
    stream = io.StringIO()
    write_case(file, style, stream)
    return stream.getvalue()


@pytest.mark.parametrize("look", ["80", "160"])
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_page(name: str, look: str, spoken: str) -> None:
    use(spoken)
    matches(f"case.{name}-{look}.{spoken}.txt", shown(FILES[name], LOOKS[look]))


@pytest.mark.parametrize("width", [30, 60, 80, 100, 119, 120, 160, 200])
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_nothing_is_cut_and_nothing_overflows(name: str, width: int, spoken: str) -> None:
    use(spoken)
    narrow, whole = (shown(FILES[name], STYLE._replace(width=wide)) for wide in (width, None))
    assert max(map(cells_wide, narrow.splitlines())) <= width
    if width < 120:
        signs = [sorted("".join(text.replace("─", "").split())) for text in (narrow, whole)]
        assert signs[0] == signs[1]


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_reaches_the_terminal_that_it_would_obey(look: str) -> None:
    text = shown(HARD, LOOKS[look])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u200b]", text)
    assert "[/foo] [bold] :smile:" in re.sub(r"\s+", " ", text)


def test_colour_adds_only_colour() -> None:
    coloured = shown(OPEN, LOOKS["80"]._replace(colour=True))
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == shown(OPEN, LOOKS["80"])


def test_every_kind_of_lateness_is_said_in_words() -> None:
    text = shown(OPEN, STYLE) + shown(HARD, STYLE)
    for words in (
        "met 2026-11-20 Friday 16:00, in time",
        "met 2026-11-23 Monday 09:30, 30 min late, missed",
        "late by 30 min",
        "met 2026-11-21 Saturday 09:00, 1 min late, missed",
        "stands still while the customer is waited for, 3 h left",
        "late by 1 h 1 min, stands still while the customer is waited for, missed",
        "resolution 2",
        "first resolution  3 h 1 min of working time",
        "total resolution  49 h of working time",
        "past due",
    ):
        assert words in text


def test_an_approval_says_who_may_decide_or_that_nobody_may() -> None:
    assert "may decide: 陈总, zhao\n" in shown(OPEN, STYLE)
    assert "nobody on the staff list may decide this\n" in shown(OPEN._replace(deciders=[]), STYLE)


def test_a_closed_grievance_says_how_it_ended() -> None:
    text = shown(CLOSED, STYLE)
    start = text.index("What to do next")
    assert text[start:].splitlines()[1:3] == [
        "  closed            ended 2026-11-20 Friday 16:10, satisfaction 4 of 5, settled early",
        '                    csm complaint reopen 3 --reason "..."',
    ]


def test_an_open_grievance_is_settled_or_raised() -> None:
    file = case_file([record_event(level="grievance")], step_number=8, next_action="settle")
    assert [line.strip() for line in shown(file, STYLE).splitlines() if "csm complaint" in line] == [
        'csm complaint settle 3 --did "..."',
        "csm complaint raise 3",
    ]


def test_an_imported_case_says_what_was_known_of_it() -> None:
    state = {"status": "waiting", "owner": "li", "received_at": 1, "founded": None, "missed": 0}
    told = event("20 16:00", "imported", "from the old list", state=state, targets={}, runs=[])
    text = shown(OPEN._replace(events=[told]), STYLE)
    start = text.index("Time line")
    assert text[start:].splitlines()[1:4] == [
        "  2026-11-20 16:00  imported  wang",
        "                    from the old list",
        "                    waiting, in charge: li",
    ]


@pytest.mark.parametrize(
    ("seconds", "up", "words"),
    [(0, False, "0 min"), (59, False, "0 min"), (1, True, "1 min"), (3600, False, "1 h"), (9000, True, "2 h 30 min"),
     (100 * 3600, False, "100 h")],
)  # fmt: skip
def test_spans_are_hours_and_minutes(seconds: int, up: bool, words: str) -> None:
    assert span(seconds, up=up) == words


def test_clocks_and_levels_have_names() -> None:
    assert [clock_name("proposal"), clock_name("resolution", 2)] == ["proposal", "resolution 2"]
    assert [level_name(0), level_name(3)] == ["level 0, front line", "level 3, general manager"]


# --- for programs ---------------------------------------------------------------------------------------------


def record(file: CaseFile) -> dict[str, Any]:
    stream = io.StringIO()
    write_record("json", *case_record(file), STYLE, stream)
    found: dict[str, Any] = json.loads(stream.getvalue())
    return found


def test_json_has_every_key_of_the_contract() -> None:
    found = record(OPEN)
    more = ["step_number", "next_command", "four_r", "events", "deadlines", "promises", "preventions", "callbacks"]
    more += ["surveys", "sale", "doubles", "authority"]
    assert list(found) == names(COMPLAINT) + more
    assert list(found["events"][0]) == names(EVENT) == ["at", "by", "step", "text", "level"]
    assert list(found["deadlines"][0]) == names(DEADLINE)
    assert list(found["deadlines"][0])[:4] == ["clock", "due", "met_at", "missed"]
    assert list(found["promises"][0]) == names(PROMISE)
    assert found["events"][0]["at"] == "2026-11-20T16:00:00+08:00"
    assert found["deadlines"][1]["met_at"] == "2026-11-23T09:30:00+08:00"
    # 2,600 is proposed and nothing was given before: level 2 may decide, up to 10,000
    assert found["authority"] == {
        "given": 0, "proposed": 2600, "total": 2600, "level": 2, "limit": 10000, "deciders": ["陈总", "zhao"],
    }  # fmt: skip
    assert [row["missed"] for row in found["deadlines"]] == [False, True, False]
    assert found["promises"][0]["customer"] == "金龙大酒店"
    assert found["four_r"] == {
        "regret": "apologised, promised to find out", "reform": None, "restitution": None, "remedy": None,
    }  # fmt: skip


def test_json_has_the_keys_also_where_there_is_nothing() -> None:
    assert list(record(CLOSED)) == list(record(OPEN))
    assert record(CLOSED)["preventions"] == []


@pytest.mark.parametrize("form", ["md", "html", "csv", "jsonl", "table"])
def test_every_format_takes_the_record(form: str) -> None:
    stream = io.StringIO()
    write_record(form, *case_record(HARD, people=form in ("md", "html")), STYLE, stream, "cp3")
    assert "/foo" in stream.getvalue()
