"""Due items laid out for people, at every width; golden files are read by a person."""

from __future__ import annotations

import io
import re

import pytest

from csm.domain.day.record import DUE
from csm.domain.kinds import names
from csm.domain.time.instant import Zone
from csm.i18n import use
from csm.render.day.due import rows
from csm.render.day.table import ALL, Due, columns_listing, due_listing, timing_of
from csm.render.folding import cells_wide
from csm.render.formats import write_list
from csm.render.listing import Style
from csm.storage.day.due import Item
from tests.render.cards import (
    BORN,
    CALENDAR,
    CASES,
    NOW,
    NUMBERLESS,
    OURS,
    PAGE,
    REMINDED,
    RESPONSE,
    ROUTED,
    THEIRS,
    TODAY,
    VISIT,
)
from tests.render.goldens import LANGUAGES, matches

STYLE = Style(Zone("Asia/Shanghai"))
WIDTHS = {"80": 80, "120": 120, "160": 160, "pipe": None}
OF_CASES = [*CASES.late, *CASES.today, *CASES.coming]
ITEMS = [*PAGE.late, *PAGE.today, *PAGE.coming]


def shown(items: list[Item], width: int | None, *, owners: bool = True, colour: bool = False) -> str:
    stream = io.StringIO()
    timing = timing_of(NOW, STYLE.zone, lambda: CALENDAR)
    values = rows(items, TODAY, NOW, translated=True, no_answer_limit=3, deputies={"li": "zhao"}, timing=timing)
    style = STYLE._replace(terminal=width is not None, width=width, colour=colour)
    write_list("table", due_listing(values, ALL, width, owners=owners, empty="Nothing."), style, stream)
    return stream.getvalue()


@pytest.mark.parametrize("look", WIDTHS)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_list(look: str, spoken: str) -> None:
    use(spoken)
    matches(f"due.{look}.{spoken}.txt", shown(ITEMS, WIDTHS[look]))


@pytest.mark.parametrize("look", WIDTHS)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_list_of_cases(look: str, spoken: str) -> None:
    use(spoken)
    matches(f"due.cases-{look}.{spoken}.txt", shown(OF_CASES, WIDTHS[look]))


@pytest.mark.parametrize(
    ("due_at", "now", "time", "words"),
    [
        ("2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z", "16:00", None),
        ("2026-11-20T08:00:00Z", "2026-11-20T08:00:01Z", "16:00", "late since 16:00"),
        ("2026-11-20T08:00:00Z", "2026-11-20T08:01:00Z", "16:00", "1 working minute late"),
        ("2026-11-20T08:00:00Z", "2026-11-20T09:59:59Z", "16:00", "1 working hour late"),
        ("2026-11-20T08:00:00Z", "2026-11-21T02:30:00Z", "16:00", "3 working hours late"),
        ("2026-11-20T08:00:00Z", "2026-11-21T07:59:00Z", "16:00", "7 working hours late"),
        ("2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z", "16:00", "1 day late"),
        ("2026-11-21T08:00:00Z", "2026-11-23T02:00:00Z", "16:00", "3 working hours late"),
        ("2026-11-21T08:00:00Z", "2026-11-24T02:00:00Z", "16:00", "3 days late"),
        ("2026-11-21T10:00:00Z", "2026-11-21T13:00:00Z", "18:00", "late since 18:00"),
        ("2026-11-21T10:00:00Z", "2026-11-22T03:00:00Z", "18:00", "1 day late"),
    ],
)
def test_less_than_a_working_day_is_said_in_working_hours(due_at: str, now: str, time: str, words: str | None) -> None:
    timing = timing_of(now, STYLE.zone, lambda: CALENDAR)
    assert timing(RESPONSE._replace(due_at=due_at)) == (time, words)


def test_what_is_late_by_hours_is_red_on_its_day_too() -> None:
    coloured = shown([THEIRS, OURS], 160, colour=True)
    assert re.findall("\x1b\\[1;31m([^\x1b]*)", coloured) == ["30 working minutes late"]


def test_columns_of_one_s_own_say_the_same() -> None:
    timing = timing_of(NOW, STYLE.zone, lambda: CALENDAR)
    values = rows([THEIRS, OURS, VISIT], TODAY, NOW, translated=True, no_answer_limit=3, deputies={}, timing=timing)
    chosen = [field for field in DUE if field.name in ("due", "days_late", "ref")]
    stream = io.StringIO()
    write_list("table", columns_listing(values, DUE, chosen, empty="", by_user=True), STYLE, stream)
    assert stream.getvalue() == (
        "due               days late                ref\n"
        "───────────────────────────────────────────────\n"
        "2026-11-21 09:30  30 working minutes late  pr4\n"
        "2026-11-21 16:00  today                    pr5\n"
        "2026-11-18        3 days late              cb31\n"
    )


def test_values_are_those_of_due() -> None:
    assert list(Due.__annotations__)[: len(DUE)] == names(DUE)


def test_a_narrow_screen_has_everything_that_a_wide_one_has() -> None:
    assert shown([VISIT._replace(detail="the fryer", last_said="complete"), BORN], 80) == (
        "ref   customer    phone          what                         due          owner\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "cb31  金龙大酒店  138 0013 8000  usage (visit): the fryer; 3  3 days late  wang\n"
        "      李娜                       tries without an answer      2026-11-18\n"
        "                                 last: complete               Wednesday\n"
        "cu12  金龙大酒店  138 0013 8000  birthday: 李娜, turns 41     in 6 days    wang\n"
        "      李娜                                                    2026-11-27\n"
        "                                                              Friday\n"
    )  # fmt: skip


def test_off_the_terminal_everything_has_its_column() -> None:
    assert shown([VISIT._replace(detail="the fryer", tries=0, last_said="complete"), REMINDED], None) == (
        "ref   customer    contact  phone          what                           last said  due                   days late    owner\n"
        "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────\n"
        "cb31  金龙大酒店  李娜     138 0013 8000  usage (visit): the fryer       complete   2026-11-18 Wednesday  3 days late  wang\n"
        "nt9   金龙大酒店  李娜     138 0013 8000  asks for the spring catalogue             2026-11-21 Saturday   today        wang\n"
    )  # fmt: skip


@pytest.mark.parametrize("width", [80, 120, 160, None])
def test_only_what_is_empty_everywhere_is_left_out(width: int | None) -> None:
    heads = shown([NUMBERLESS, ROUTED], width, owners=False).splitlines()[0].split("  ")
    days = ["due"] if width in (80, 120) else ["due", "days late"]
    assert [head.strip() for head in heads if head] == ["ref", "customer", "phone", "what", *days]


@pytest.mark.parametrize("width", range(76, 240, 9))
def test_nothing_is_cut_and_nothing_overflows(width: int) -> None:
    text = shown([*ITEMS, *OF_CASES], width)
    assert max(map(cells_wide, text.splitlines())) <= width
    for item in [*ITEMS, *OF_CASES]:
        assert not item.phone or item.phone.rstrip("\x07") in text
        assert item.due_on in text
    assert "…" not in text


@pytest.mark.parametrize("width", [80, 120, 160])
def test_only_the_late_are_red(width: int) -> None:
    coloured = shown([VISIT, NUMBERLESS, BORN], width, colour=True)
    red = ["3 days late"] if width == 160 else ["3 days late", "2026-11-18", "Wednesday"]
    assert [text.strip() for text in re.findall("\x1b\\[1;31m([^\x1b]*)", coloured)] == red


def test_nothing_is_a_sentence() -> None:
    assert shown([], 80) == "Nothing.\n"
