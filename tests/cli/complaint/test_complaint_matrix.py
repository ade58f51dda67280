"""Every state of a case x every command: what the handbook allows happens, and what it refuses changes nothing.

The table is written by hand from handbook 6.1 and 6.3 to 6.6. A cell is `.` where the command is refused, else the
place the case is at afterwards (`PLACES`); `=` is the place it was at.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk

Place = tuple[str, str, str | None]

# Where a case can be: (status, last step done, next step).
PLACES: dict[str, Place] = {
    "G": ("open", "record", "close"),  # a grievance is settled with a word
    "R": ("open", "record", "judge"),
    "J": ("open", "judge", "assign"),
    "U": ("open", "judge", "close"),  # unfounded: explained, then closed
    "A": ("open", "assign", "analyse"),
    "E": ("open", "assign", "escalate"),  # until that is done, nothing else is
    "N": ("open", "analyse", "propose"),
    "P": ("open", "propose", "approve"),
    "Y": ("open", "approve", "implement"),
    "I": ("open", "implement", "close"),
    "K": ("open", "implement", "propose"),  # not yet
    "C": ("closed", "close", None),
    "X": ("unfounded", "close", None),
    "Z": ("unresolved", "close", None),
}
# Two more that leave the last step: W waits and has the next step too, D is withdrawn.

COMMANDS = {
    "JF": "judge 1 --founded --responsibility ours --reason 'the driver confirms it'",
    "JU": "judge 1 --unfounded --responsibility misunderstanding --reason 'wrong day' --explanation 'it is for Monday'",
    "AS": "assign 1 --to bob --department service --route settle",
    "AN": "analyse 1 --failure process --cause company --finding 'nobody told the warehouse'",
    "PR": "propose 1 'a new seal' --compensation 100 --recovery equal",
    "AP": "approve 1 --by 'Wang Fang' --remark fair",
    "RJ": "reject 1 --by 'Wang Fang' --remark 'too little'",
    "IM": "implement 1 --did 'seal changed' --outcome full",
    "C5": "close 1 --summary 'seal changed' --lesson 'check the seals' -s 5",
    "C1": "close 1 --summary 'seal changed' --lesson 'check the seals' -s 1",
    "UN": "close 1 --unresolved 'no such part any more' --by 'Wang Fang'",
    "SE": "settle 1 --failure process --cause service --did 'brought the missing box'",
    "RE": "respond 1 'rang; a technician comes'",
    "NO": "note 1 'the driver remembers'",
    "WA": "wait 1 --for 'the delivery note'",
    "RS": "resume 1",
    "ES": "escalate 1 --reason 'beyond me' --reply-by '2026-11-24 12:00'",
    "RA": "raise 1 --reason 'wants it in writing'",
    "RO": "reopen 1 --reason 'cold again' --by 'Wang Fang'",
    "WD": "withdraw 1 --reason 'found the parcel'",
    "FR": "feedback-read 1 --by 'Wang Fang'",
    "CO": "correct 1 --summary 'the oven stays cold'",
}

# How each state is come by: the state before, and the command from there.
STATES = {
    "grievance": ("", "open 1 'slow at the till' --level grievance"),
    "grievance waiting": ("grievance", "WA"),
    "grievance settled": ("grievance", "SE"),
    "recorded": ("", "open 1 'the oven is cold'"),
    "founded": ("recorded", "JF"),
    "unfounded": ("recorded", "JU"),
    "assigned": ("founded", "AS"),
    "assigned technical": ("founded", "assign 1 --to bob --department service --route technical"),
    "assigned escalate": ("founded", "assign 1 --to bob --department service --route escalate"),
    "analysed": ("assigned", "AN"),
    "proposed": ("analysed", "PR"),
    "approved": ("proposed", "AP"),
    "rejected": ("proposed", "RJ"),
    "implemented full": ("approved", "IM"),
    "implemented partial": ("approved", "implement 1 --did 'half of it' --outcome partial"),
    "implemented not-yet": ("approved", "implement 1 --did 'ordered the part' --outcome not-yet"),
    "implemented cannot": ("approved", "implement 1 --did 'no such part' --outcome cannot"),
    "implemented technical": ("assigned technical", "SE"),
    "settled on the spot": ("", "open 1 'a box is missing' --settled 'brought it' --failure process --cause service"),
    "summary pending": ("implemented full", "close 1 --summary 'seal changed' --lesson 'check the seals'"),
    "closed satisfied": ("implemented full", "C5"),
    "closed unknown": (
        "implemented full",
        "close 1 --summary 'seal changed' --lesson 'check the seals' -s unknown --reason 'moved away'",
    ),
    "reopened": ("implemented full", "C1"),
    "unfounded closed": ("unfounded", "close 1 --summary 'it was for Monday'"),
    "unresolved closed": ("implemented cannot", "UN"),
    "withdrawn": ("recorded", "WD"),
    "waiting": ("assigned", "WA"),
    "waiting for approval": ("proposed", "WA"),
}

TABLE = """
state                  is  JF JU AS AN PR AP RJ IM C5 C1 UN SE RE NO WA RS ES RA RO WD FR CO
grievance              G   .  .  .  .  .  .  .  .  .  .  .  C  =  =  W  .  =  R  .  D  .  =
grievance waiting      W   .  .  .  .  .  .  .  .  .  .  .  .  =  =  .  G  =  .  .  D  .  =
grievance settled      C   .  .  .  .  .  .  .  .  .  .  .  .  =  =  .  .  .  .  G  .  .  =
recorded               R   J  U  .  .  .  .  .  .  .  .  .  I  =  =  W  .  =  .  .  D  .  =
founded                J   .  .  A  .  .  .  .  .  .  .  .  I  =  =  W  .  =  .  .  D  .  =
unfounded              U   .  .  .  .  .  .  .  .  X  X  .  .  =  =  W  .  =  .  .  D  .  =
assigned               A   .  .  .  N  .  .  .  .  .  .  .  I  =  =  W  .  =  .  .  D  .  =
assigned technical     A   .  .  .  N  .  .  .  .  .  .  .  I  =  =  W  .  =  .  .  D  .  =
assigned escalate      E   .  .  .  .  .  .  .  .  .  .  .  .  =  =  W  .  A  .  .  D  .  =
analysed               N   .  .  .  .  P  .  .  .  .  .  .  I  =  =  W  .  =  .  .  D  .  =
proposed               P   .  .  .  .  P  Y  N  .  .  .  Z  .  =  =  W  .  =  .  .  D  .  =
approved               Y   .  .  .  .  .  .  .  I  .  .  Z  .  =  =  W  .  =  .  .  D  .  =
rejected               N   .  .  .  .  P  .  .  .  .  .  Z  .  =  =  W  .  =  .  .  D  .  =
implemented full       I   .  .  .  .  .  .  .  .  C  A  Z  .  =  =  W  .  =  .  .  D  .  =
implemented partial    I   .  .  .  .  .  .  .  .  C  A  Z  .  =  =  W  .  =  .  .  D  .  =
implemented not-yet    K   .  .  .  .  P  .  .  .  .  .  Z  I  =  =  W  .  =  .  .  D  .  =
implemented cannot     I   .  .  .  .  .  .  .  .  .  .  Z  .  =  =  W  .  =  .  .  D  .  =
implemented technical  I   .  .  .  .  .  .  .  .  C  A  Z  .  =  =  W  .  =  .  .  D  =  =
settled on the spot    I   .  .  .  .  .  .  .  .  C  A  Z  .  =  =  W  .  =  .  .  D  .  =
summary pending        I   .  .  .  .  .  .  .  .  C  A  Z  .  =  =  W  .  =  .  .  D  .  =
closed satisfied       C   .  .  .  .  .  .  .  .  .  .  .  .  =  =  .  .  .  .  A  .  .  =
closed unknown         C   .  .  .  .  .  .  .  .  .  .  .  .  =  =  .  .  .  .  A  .  .  =
reopened               A   .  .  .  N  .  .  .  .  .  .  Z  I  =  =  W  .  =  .  .  D  .  =
unfounded closed       X   .  .  .  .  .  .  .  .  .  .  .  .  =  =  .  .  .  .  R  .  .  =
unresolved closed      Z   .  .  .  .  .  .  .  .  .  .  .  .  =  =  .  .  .  .  A  .  .  =
withdrawn              D   .  .  .  .  .  .  .  .  .  .  .  .  =  =  .  .  .  .  R  .  .  =
waiting                W   .  .  .  .  .  .  .  .  .  .  .  .  =  =  .  A  =  .  .  D  .  =
waiting for approval   W   .  .  .  .  .  .  .  .  .  .  .  .  =  =  .  P  =  .  .  D  .  =
"""

# The verb that a command leaves on record, where it isn't its own; settling leaves every step that it takes.
VERBS = {"C5": "close", "C1": "close reopen", "UN": "close", "JF": "judge", "JU": "judge"}
SHORT_WAY = ["judge", "assign", "analyse", "propose", "approve", "implement"]
# Nothing to do instead, only to look: it doesn't wait, it is a complaint already, there is no feedback.
LOOK = {
    "RS": "hint: csm complaint next 1 says what comes next",
    "RA": "hint: csm complaint next 1 says what comes next",
    "FR": "hint: csm today names the cases whose feedback waits",
}


def read(table: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Return by state its place and the cells of its row by command."""
    lines = table.strip().splitlines()
    commands = lines[0].split()[2:]
    found = {}
    for line in lines[1:]:
        *name, place = line[: 23 + 4].split()
        found[" ".join(name)] = place, dict(zip(commands, line[23 + 4 :].split(), strict=True))
    return found


ROWS = read(TABLE)
ALLOWED = [(state, name) for state, (_, row) in ROWS.items() for name, cell in row.items() if cell != "."]
REFUSED = {state: [name for name, cell in row.items() if cell == "."] for state, (_, row) in ROWS.items()}


def words(name: str) -> list[str]:
    return ["complaint", *shlex.split(COMMANDS.get(name, name))]


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the files in which each state is made once."""
    return tmp_path_factory.mktemp("states")


def template(shelf: Path, state: str) -> Path:
    """Return the file with one case in a state, made from that of the state before it."""
    path = shelf / f"{state or 'start'}.db"
    if path.exists():
        return path
    desk = Desk(shelf, name="making.db")
    if state:
        before, command = STATES[state]
        shutil.copy(template(shelf, before), desk.path)
        desk.ok(*words(command))
    else:
        desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
        desk.ok("staff", "add", "Wang Fang", "--level", "1", "--department", "service")
    return desk.path.rename(path)


def at(shelf: Path, folder: Path, state: str) -> Desk:
    """Return a desk half an hour later with a case in a state."""
    shutil.copy(template(shelf, state), folder / "shop.db")
    return Desk(folder, now="2026-11-21 09:30")


def events(desk: Desk) -> list[tuple[Any, ...]]:
    """Return all that is on record of the case."""
    return desk.sql("SELECT * FROM complaint_event ORDER BY id")


def place(desk: Desk) -> Place:
    [(status, step, following)] = desk.sql("SELECT status, step, next_step FROM complaint_state")
    return status, step, following


def leads_to(cell: str, before: Place) -> Place:
    """Return the place that a cell means for a case that was somewhere before."""
    _, step, following = before
    fixed: dict[str, Place] = {
        "=": before,
        "W": ("waiting", step, following),
        "D": ("withdrawn", step, None),
        **PLACES,
    }
    return fixed[cell]


def verbs(name: str, state: str) -> list[str]:
    """Return what a command must leave on record in a state."""
    if (state, name) == ("unfounded", "C1"):
        return ["close"]
    if name == "SE":
        return ["close"] if state == "grievance" else SHORT_WAY[SHORT_WAY.index(str(start(state)[2])) :]
    return VERBS.get(name, COMMANDS[name].split()[0]).split()


def start(state: str) -> Place:
    """Return the place that the table says a state is at."""
    before, command = STATES[state]
    cell = ROWS[state][0]
    return leads_to(cell, start(before)) if cell in "WD" and command in COMMANDS else leads_to(cell, PLACES["R"])


def test_the_table_is_whole() -> None:
    assert list(ROWS) == list(STATES)
    assert all(list(row) == list(COMMANDS) for _, row in ROWS.values())


@pytest.mark.parametrize("state", STATES)
def test_state(shelf: Path, tmp_path: Path, state: str) -> None:
    assert place(at(shelf, tmp_path, state)) == start(state)


@pytest.mark.parametrize(("state", "name"), ALLOWED)
def test_allowed(shelf: Path, tmp_path: Path, state: str, name: str) -> None:
    desk = at(shelf, tmp_path, state)
    before = events(desk)
    result = desk(*words(name))
    assert (result.code, result.out) == (0, ""), result
    shown = desk.json("complaint", "show", "1")
    assert (shown["status"], shown["step"], shown["next_step"]) == leads_to(ROWS[state][1][name], start(state))
    after = events(desk)
    assert after[: len(before)] == before, "an event is never edited or removed"
    steps = [event["step"] for event in shown["events"]]
    assert steps[len(before) :] == verbs(name, state)
    assert {event["at"][:16] for event in shown["events"][len(before) :]} == {"2026-11-21T09:30"}
    assert shown["escalation_level"] == (1 if name == "ES" else 0)
    assert (shown["waiting_since"] is not None) == (shown["status"] == "waiting")
    assert (shown["closed_at"] is not None) == (shown["next_step"] is None)


@pytest.mark.parametrize("state", STATES)
def test_refused(shelf: Path, tmp_path: Path, state: str) -> None:
    desk = at(shelf, tmp_path, state)
    before = desk.path.read_bytes()
    possible = {COMMANDS[name].split()[0] for name in COMMANDS if name not in REFUSED[state]}
    for name in REFUSED[state]:
        result = desk(*words(name))
        assert (result.code, result.out) == (4, ""), (name, result)
        told, *hints = result.err.splitlines()
        assert told.startswith("csm: "), (name, result)
        assert desk.unchanged(before), name
        found = re.fullmatch(r"hint: csm complaint (\S+) 1\b.*", "\n".join(hints))
        looked = hints == [LOOK.get(name)]
        assert looked or (found is not None and found[1] in possible), (name, result)
