"""What the coach says in every situation, in both languages, and how it is laid out (handbook 6.2, 6.3, 11)."""

from __future__ import annotations

import io
import json
from typing import Any, Final

import pytest

from csm.domain.complaint.case import Case, Event
from csm.domain.complaint.next_step import next_action, step_number
from csm.domain.complaint.page import CaseFile, Clock
from csm.domain.terms import TERMS
from csm.domain.time.working_hours import utc
from csm.i18n import use
from csm.render.complaint.coach import Advice, advice_record, advise, write_advice
from csm.render.complaint.talks import ASKS, MOVES, TALKS, read_back
from csm.render.folding import cells_wide
from csm.render.formats import write_record
from csm.render.listing import Style
from tests.render.cards import HARD_TEXT
from tests.render.cases import FILES, ZONE, at, case_file, complaint, deadline, event, record_event
from tests.render.goldens import LANGUAGES, matches

STYLE: Final = Style(ZONE)


def founded(responsibility: str = "ours") -> Event:
    return event("20 17:00", "judge", "so it is", founded="founded", responsibility=responsibility)


OURS: Final = founded()
ASSIGNED: Final = event("20 17:10", "assign", None, to="li", route="settle")
ANALYSED: Final = event("20 17:20", "analyse", "the van", failure="process", cause="company")
PROPOSED: Final = event("20 17:30", "propose", "two new cartons", compensation_cents=5000, recovery="equal")
REJECTED: Final = event("20 17:40", "reject", "too much", person="陈总")
APPROVED: Final = event("20 17:40", "approve", None, person="陈总")
ALL_STEPS: Final = [OURS, ASSIGNED, ANALYSED, PROPOSED, APPROVED]


def implemented(outcome: str) -> Event:
    return event("21 09:00", "implement", "brought them", outcome=outcome)


RESOLUTION: Final = Clock(deadline("resolution", "28 16:00"), "running", 0, 40 * 3600)
UNANSWERED: Final = Clock(deadline("first-response", "21 16:00"), "late", 3600, 0)


def situation(
    *events: Event, clocks: tuple[Clock, ...] = (RESOLUTION,), level: str = "complaint", **values: Any
) -> CaseFile:
    told = [record_event(level=level), *events]
    case = Case.of(told)
    number = step_number(case)
    given = {"clocks": list(clocks), "step_number": number, "next_action": next_action(case), **values}
    return case_file(told, **given)


SITUATIONS: Final = {
    "late": situation(clocks=(UNANSWERED, RESOLUTION)),
    "grievance": situation(level="grievance"),
    "judge": situation(),
    "assign": situation(OURS),
    "escalate": situation(OURS, event("20 17:10", "assign", None, to="li", route="escalate")),
    "analyse": situation(OURS, ASSIGNED),
    "reopened": situation(*ALL_STEPS, implemented("full"), event("21 10:00", "reopen", "still wet")),
    "ours": situation(OURS, ASSIGNED, ANALYSED),
    "misunderstanding": situation(founded("misunderstanding"), ASSIGNED, ANALYSED),
    "third-party": situation(founded("third-party"), ASSIGNED, ANALYSED),
    "rejected": situation(OURS, ASSIGNED, ANALYSED, PROPOSED, REJECTED),
    "not-yet": situation(*ALL_STEPS, implemented("not-yet")),
    "approve": situation(OURS, ASSIGNED, ANALYSED, PROPOSED),
    "implement": situation(*ALL_STEPS),
    "close": situation(*ALL_STEPS, implemented("full")),
    "unfounded": situation(
        event("20 17:00", "judge", "it isn't", founded="unfounded", responsibility="misunderstanding")
    ),
    "cannot": situation(*ALL_STEPS, implemented("cannot")),
    "waiting": situation(OURS, event("20 17:10", "wait", "photographs")),
    "closed": situation(*ALL_STEPS, implemented("full"), event("22 10:00", "close", "x", status="closed"), clocks=()),
}


def advised(name: str) -> Advice:
    return advise(SITUATIONS[name], ZONE)


def shown(advice: Advice, style: Style) -> str:
    stream = io.StringIO()
    write_advice(advice, style, stream)
    return stream.getvalue()


def test_every_talk_is_of_a_situation_and_every_move_is_made() -> None:
    assert set(SITUATIONS) == set(TALKS)
    assert {talk.move for talk in TALKS.values()} == set(MOVES)


@pytest.mark.parametrize("name", SITUATIONS)
def test_each_situation_is_told_from_the_others(name: str) -> None:
    assert advised(name).situation == name


@pytest.mark.parametrize("name", SITUATIONS)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_each_situation_has_words_for_the_customer_by_name(name: str, spoken: str) -> None:
    english = advised(name)
    use(spoken)
    advice = advised(name)
    assert "李娜" in advice.say
    for text in (advice.say, advice.never, advice.hint):
        assert text and "{" not in text
    assert (advice.say != english.say) is (spoken == "zh")
    assert [ask.option for ask in advice.write_down] == [ask.option for ask in english.write_down]


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_command_takes_what_is_to_be_written_down(name: str) -> None:
    advice = advised(name)
    assert advice.command.startswith(f"csm complaint {advice.verb} 3")
    for ask in advice.write_down:
        if ask.needed:
            options = ask.option.split("/") if ask.option != "TEXT" else ['"..."']
            assert any(option in advice.command for option in options), ask.option


def test_choices_are_closed_lists() -> None:
    for asks in ASKS.values():
        for ask in asks:
            assert ask.choices == TERMS.get(ask.terms, ask.choices)
            assert ask.choices or not ask.terms


def test_without_a_contact_the_customer_is_called_by_name() -> None:
    file = situation(complaint=complaint(contact=None))
    assert "金龙大酒店" in advise(file, ZONE).say


def test_the_next_clock_is_named() -> None:
    advice = advised("assign")
    assert (advice.step_number, advice.step, advice.clock, advice.due_at) == (
        3, "assign", "resolution", utc(at("28 16:00")),
    )  # fmt: skip
    assert "by 2026-11-28 Saturday 16:00" in advice.say


@pytest.mark.parametrize("name", ["assign", "analyse", "approve"])
def test_no_time_is_promised_that_is_past_or_not_known(name: str) -> None:
    for clocks in ((), (Clock(deadline("resolution", "21 10:00"), "late", 60, 0),)):
        file = SITUATIONS[name]._replace(clocks=list(clocks))
        assert "2026" not in advise(file, ZONE).say


def test_while_the_customer_is_waited_for_it_says_what_for() -> None:
    assert advised("waiting").hint.startswith("waiting for: photographs; ")


def test_an_overdue_first_response_comes_before_the_step() -> None:
    advice = advised("late")
    assert (advice.verb, advice.step, advice.command) == ("respond", "judge", 'csm complaint respond 3 "..."')


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_pages(spoken: str) -> None:
    use(spoken)
    style = STYLE._replace(terminal=True, width=80)
    matches(f"coach.80.{spoken}.txt", "\n".join(shown(advised(name), style) for name in SITUATIONS))


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_nothing_overflows(width: int, spoken: str) -> None:
    use(spoken)
    hard = complaint(summary=HARD_TEXT + "很" * 60, contact=HARD_TEXT)
    for file in [*SITUATIONS.values(), *FILES.values()]:
        for told in (file, file._replace(complaint=hard)):
            text = shown(advise(told, ZONE), STYLE._replace(terminal=True, width=width))
            assert max(map(cells_wide, text.splitlines())) <= width
            assert "\x1b" not in text and "\u202e" not in text


@pytest.mark.parametrize("form", ["json", "md", "html", "csv", "table"])
@pytest.mark.parametrize("name", ["judge", "closed"])
def test_every_format_takes_it(form: str, name: str) -> None:
    stream = io.StringIO()
    write_record(form, *advice_record(advised(name)), STYLE, stream, "cp3")
    assert "csm complaint" in stream.getvalue()


def test_json_says_what_to_write_down() -> None:
    stream = io.StringIO()
    write_record("json", *advice_record(advised("judge")), STYLE, stream)
    found = json.loads(stream.getvalue())
    assert list(found) == [
        "step_number", "step", "clock", "due_at", "overdue", "move", "say", "never", "hint", "command", "write_down", "sale",
    ]  # fmt: skip
    assert found["due_at"] == "2026-11-28T16:00:00+08:00"
    assert found["write_down"][1] == {
        "option": "--responsibility",
        "label": "whose responsibility is it?",
        "choices": ["ours", "misunderstanding", "third-party"],
        "needed": True,
    }


@pytest.mark.parametrize("want", [None, *TERMS["want"]])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_reading_back_says_name_and_matter(want: str | None, spoken: str) -> None:
    use(spoken)
    result = read_back("李娜", "two cartons were wet.", want)
    assert "李娜" in result and "two cartons were wet" in result and "{" not in result
    assert (result == read_back("李娜", "two cartons were wet", None)) is (want is None)


def test_reading_back() -> None:
    assert read_back("Li Na", "the goods came late.", "fast") == (
        "Li Na, you tell us: the goods came late. You would like a fast and simple solution."
        " Have I understood you right?"
    )
    assert read_back("Li Na", "{odd} 100 %", None) == "Li Na, you tell us: {odd} 100 %. Have I understood you right?"


# --- the first of the four Rs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["implement", "close", "cannot"])
def test_regret_is_asked_for_where_it_was_our_fault_and_nobody_has_said_so(name: str) -> None:
    lacking = advised(name)
    assert "no apology is on record yet" in lacking.hint
    assert [ask.option for ask in lacking.write_down].count("--apologised") == 1
    events = SITUATIONS[name].events
    said = event("20 16:30", "respond", "we are sorry", apologised=True)
    for told in ([events[0], said, *events[1:]], [events[0], founded("third-party"), *events[2:]]):
        done = advise(situation(*told[1:]), ZONE)
        assert "apology" not in done.hint
        assert "--apologised" not in [ask.option for ask in done.write_down]


def test_whoever_may_decide_is_named() -> None:
    file = SITUATIONS["approve"]._replace(deciders=["陈总", "zhao"])
    assert advise(file, ZONE).hint.endswith("; may decide: 陈总, zhao")


def test_escalating_is_advised_before_the_fourth_step() -> None:
    advice = advised("escalate")
    assert (advice.step_number, advice.step, advice.verb) == (None, "escalate", "escalate")
    assert [ask.option for ask in advice.write_down] == ["--reason", "--reply-by"]
    assert "before step 4 of 8" in shown(advice, STYLE)
