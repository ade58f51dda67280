"""The zone of a file: named as everybody names it, mended where it isn't, and sure of an hour that comes twice."""

from __future__ import annotations

import pytest

from csm.cli.session import machine_zone
from csm.domain.time.instant import Zone, parse_utc, proper_zone
from tests.desk import Desk


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("posix/Asia/Shanghai", "Asia/Shanghai"),
        ("right/Asia/Shanghai", "Asia/Shanghai"),
        (":posix/Europe/Zurich", "Europe/Zurich"),
        ("/usr/share/zoneinfo/right/Asia/Tokyo", "Asia/Tokyo"),
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("CST-8", "Etc/GMT-8"),
    ],
)
def test_a_system_s_own_name_of_a_zone_isn_t_the_file_s(monkeypatch: pytest.MonkeyPatch, told: str, name: str) -> None:
    monkeypatch.setenv("TZ", told)
    assert machine_zone() == name


@pytest.mark.parametrize("told", ["localtime", "posixrules", "posix/localtime", "posix/"])
def test_a_name_for_the_machine_s_zone_is_looked_up(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.delenv("TZ", raising=False)
    here = machine_zone()
    monkeypatch.setenv("TZ", told)
    assert machine_zone() == here
    assert proper_zone(here) == here


@pytest.mark.parametrize(
    ("stored", "meant"), [("posix/Asia/Shanghai", "Asia/Shanghai"), ("right/Asia/Tokyo", "Asia/Tokyo")]
)
def test_a_file_with_such_a_name_is_mended_by_the_command_that_its_error_names(
    desk: Desk, stored: str, meant: str
) -> None:
    desk.ok("customer", "add", "One")
    desk.sql("UPDATE setting SET value = ? WHERE key = 'file.timezone'", stored)
    assert desk("due") == (
        5,
        "",
        f"csm: {desk.path}: the time zone of the file, '{stored}', isn't a time zone known here\n"
        f"hint: csm config set file.timezone {meant}\n",
    )
    assert desk.message("config", "set", "file.timezone", meant) == f"file.timezone is now {meant}"
    assert desk("due").code == 0


def test_the_default_zone_can_be_taken_back_to_too(desk: Desk) -> None:
    desk.ok("customer", "add", "One")
    desk.sql("UPDATE setting SET value = 'nonsense' WHERE key = 'file.timezone'")
    assert desk.message("config", "unset", "file.timezone") == "file.timezone is back at its default, UTC"
    assert desk("due").code == 0


def test_a_setting_that_another_program_spoilt_is_named_by_whoever_needs_it(desk: Desk) -> None:
    desk.ok("customer", "add", "One")
    for key, value, command in (
        ("work.spans", "always", ("complaint", "open", "1", "x")),
        ("due.birthday_lead", "soon", ("due",)),
    ):
        desk.sql("INSERT INTO setting (key, value) VALUES (?, ?)", key, value)
        result = desk(*command)
        assert (result.code, result.err.splitlines()[0]) == (
            5,
            f"csm: {desk.path}: table setting, row {key}, column value holds '{value}', which csm can't read",
        )
        desk.ok("config", "unset", key)
        assert desk(*command).code == 0


def test_a_wall_time_says_which_of_two_it_is() -> None:
    zone = Zone("Europe/Zurich")
    first, second = parse_utc("2026-10-25T00:30:00Z"), parse_utc("2026-10-25T01:30:00Z")
    walls = [zone.to_wall(moment) for moment in (first, second)]
    assert [(wall.isoformat(), wall.fold) for wall in walls] == [("2026-10-25T02:30:00", 0), ("2026-10-25T02:30:00", 1)]
    assert [zone.to_utc_text(wall) for wall in walls] == ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]


@pytest.fixture
def zurich(desk: Desk) -> Desk:
    """Return a desk in Zurich with one card, at three on the night in which the hour from two to three came twice."""
    desk.ok("customer", "add", "One")
    desk.ok("config", "set", "file.timezone", "Europe/Zurich")
    desk.now = "2026-10-25 03:10"
    return desk


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("2026-10-25 02:30+02:00", "2026-10-25T00:30:00Z"), ("2026-10-25 02:30+01:00", "2026-10-25T01:30:00Z")],
)
def test_an_offset_holds_in_the_hour_that_comes_twice(zurich: Desk, typed: str, stored: str) -> None:
    zurich.ok("callback", "log", "1", "rang", "--at", typed)
    assert zurich.sql("SELECT done_at FROM callback") == [(stored,)]
    zurich.ok("complaint", "open", "1", "too early", "--received", typed)
    assert zurich.sql("SELECT received_at FROM complaint") == [(stored,)]
    zurich.now = "2026-10-24 12:00"
    zurich.ok("promise", "add", "1", "call back", "--by", typed)
    assert zurich.sql("SELECT due_at FROM promise") == [(stored,)]
    export = zurich.folder / "callbacks.json"
    zurich.ok("export", "callbacks", export, "--all")
    assert f'"{typed.replace(" ", "T").replace("30+", "30:00+")}"' in export.read_text()
    other = Desk(zurich.folder, now="2026-10-26 12:00", name="other.db")
    other.ok("customer", "add", "One")
    other.ok("config", "set", "file.timezone", "Europe/Zurich")
    other.ok("import", "callbacks", export)
    assert other.sql("SELECT done_at FROM callback") == [(stored,)]


@pytest.mark.parametrize(
    ("now", "stored"),
    [("2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00Z"), ("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z")],
)
def test_now_is_the_one_that_it_is(zurich: Desk, now: str, stored: str) -> None:
    zurich.now = now
    zurich.ok("callback", "log", "1", "rang")
    assert zurich.sql("SELECT done_at FROM callback") == [(stored,)]
    assert zurich("callback", "log", "1", "rang", "--at", now).code == 0
    later = "2026-10-25 02:40+01:00"
    assert zurich("callback", "log", "1", "rang", "--at", later).code == 2, "it lies in the future"
