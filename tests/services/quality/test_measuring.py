"""Two periods counted at once, on connections of their own, are what they are one after the other."""

from __future__ import annotations

from datetime import date

import pytest

from csm.cli.session import Session
from csm.domain.time.period import Compared, Period
from csm.services.quality import measuring
from csm.services.quality.measuring import Part, measure_parts
from csm.services.work import Work
from tests.desk import Desk

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def work(desk: Desk) -> Session:
    session = Session(["csm"])
    session.path, session.as_of = str(desk.path), desk.now
    return session


def parts(desk: Desk) -> list[Part]:
    session = work(desk)
    try:
        return measure_parts(session, {"csat": None, "promises": None}, Compared(NOVEMBER, OCTOBER))
    finally:
        session.close()


def test_at_once_they_are_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ok("customer", "add", "Jade")
    desk.ok("survey", "add", "1", "--csat", "5", "--taken", "2026-10-05")
    desk.ok("survey", "add", "1", "--csat", "2", "--taken", "2026-11-05")
    [one_by_one] = parts(desk)
    monkeypatch.setattr(measuring, "LARGE_FILE", 0)
    monkeypatch.setattr(measuring, "LONG_PERIOD", 0)
    [at_once] = parts(desk)
    assert at_once == one_by_one
    assert (at_once.now["csat"]["value"], at_once.before["csat"]["value"]) == ((0.0, 1), (1.0, 1))


def test_each_has_a_connection_of_its_own_and_the_same_clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ok("customer", "add", "Jade")
    monkeypatch.setattr(measuring, "LARGE_FILE", 0)
    session = work(desk)

    def seen(one: Work) -> tuple[int, str, str]:
        return id(one.database.connection), one.now_text, one.policy.text("file.timezone")

    mine, other = measuring.measure_both(session, seen, seen)
    assert mine[0] != other[0]
    assert mine[1:] == other[1:]
    session.close()


def test_what_fails_in_the_other_thread_is_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ok("customer", "add", "Jade")
    monkeypatch.setattr(measuring, "LARGE_FILE", 0)
    session = work(desk)

    def only_here(one: Work) -> str:
        if one is not session:
            raise OSError("no more files")
        return "here"

    assert measuring.measure_both(session, only_here, only_here) == ("here", "here")
    session.close()
