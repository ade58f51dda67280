"""The events of an imported case: one `imported` event made from a row, or the events of our own export as they were.

What is unknown follows from what is: a case with an end is closed, one that was put right waits for its close. Clocks
run by today's targets from the day it came in, unless the row has when they are due (handbook 6.3, 6.5).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from csm.domain.complaint import clocks
from csm.domain.complaint.case import (
    CLOCKS,
    CLOSED,
    ESCALATE,
    HISTORIC,
    OPEN,
    PAUSED_CLOCKS,
    SOLVED,
    STEPS,
    Case,
    Event,
)
from csm.domain.complaint.clocks import Hours
from csm.domain.complaint.record import COMPLAINT
from csm.domain.errors import UsageFault
from csm.domain.terms import TERMS
from csm.domain.time.working_hours import epoch, utc
from csm.services.complaint import recording
from csm.services.files.importing.values import RowFault
from csm.services.work import Work
from csm.storage.complaint import rows as complaints

Row = Mapping[str, Any]

IMPORTED: Final = "imported"
SAME: Final = (
    *("level", "severity", "owner", "department", "route", "founded", "responsibility", "failure", "cause"),
    *("compensation_cents", "recovery", "outcome", "satisfaction", "lesson", "waiting_for", "feedback"),
    *("reopened", "escalated_by_hand", "escalated_by_policy", "recovery_time", "void", "double_of"),
)
FLAGS: Final = ("live", "settled_on_spot")
INSTANTS: Final = ("first_response_at", "implemented_at", "closed_at")
DUES: Final = {
    "first-response": "first_response_due",
    "technician": "technician_due",
    "proposal": "proposal_due",
    "resolution": "resolution_due",
}
# The columns of a row that describe where a case stands.
STATE_COLUMNS: Final = (
    *("status", "step", "next_step", "escalation_level", *SAME, *FLAGS),
    *("waiting_since", "missed", *INSTANTS, *DUES.values()),
)
# The texts of a row on what was answered and done, the step of the event, and the field of its time.
TEXTS: Final = (("answer", "respond", "first_response_at"), ("done", "implement", "implemented_at"))
VERBS: Final = frozenset((*STEPS, *TERMS["event"]))
HIGHEST: Final = 3
_CHOICES: Final = {field.name: TERMS[field.terms] for field in COMPLAINT if field.terms}
_NUMBERS: Final = {
    "compensation_cents": (0, 10**15),
    "satisfaction": (1, 5),
    "escalation_level": (0, HIGHEST),
    "double_of": (1, 10**15),
    **dict.fromkeys(("reopened", "escalated_by_hand", "escalated_by_policy"), (0, 10**15)),
}
_TEXTS: Final = ("owner", "department", "lesson", "waiting_for")
_DEFAULTS: Final = vars(Case())
_as_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_MALFORMED: Final = (TypeError, ValueError, AttributeError, OverflowError, RecursionError)


# --- where a case stands ------------------------------------------------------------------------------------------


def status_of(row: Row) -> str:
    """Return the status that a row has, else the one that follows: closed where it has an end."""
    status = row.get("status")
    if status is not None:
        return str(status)
    if row.get("void") is not None:
        return "withdrawn"
    ended = any(row.get(name) is not None for name in ("closed_at", "satisfaction"))
    return "closed" if ended or row.get("step") == "close" or row.get("outcome") in (*SOLVED, "cannot") else "open"


def _steps(row: Row, status: str) -> tuple[str, str | None]:
    """Return the last and the next step of a case."""
    step, following = row.get("step"), row.get("next_step")
    if status in CLOSED:
        usual = _last_step(row) if status == "withdrawn" else "close"
        return step or usual, None
    if step == "close":
        raise RowFault("step", UsageFault("values-exclude", first=status, second=step))
    if row.get("level") == "grievance":
        return "record", "close"
    if following == ESCALATE:
        return "assign", following
    step = step or (_last_step(row) if following is None else STEPS[max(STEPS.index(following) - 1, 0)])
    return step, following if following not in (None, "record") else _next_step(step, row)


def _last_step(row: Row) -> str:
    """Return the last step that a row shows signs of."""
    for step, signs in (
        ("implement", ("implemented_at", "outcome", "done")),
        ("propose", ("compensation_cents", "recovery")),
        ("analyse", ("cause", "failure")),
        ("assign", ("route", "department")),
        ("judge", ("founded", "responsibility")),
    ):
        if any(row.get(sign) is not None for sign in signs):
            return step
    return "record"


def _next_step(step: str, row: Row) -> str:
    if step == "judge" and row.get("founded") == "unfounded":
        return "close"
    if step == "implement" and row.get("outcome") == "not-yet":
        return "propose"
    return STEPS[STEPS.index(step) + 1]


class ImportedEvents:
    """Makes the one event of a historic case, as of now and by whoever imports."""

    def __init__(self, work: Work, hours: Hours, *, has_next: bool) -> None:
        self._user = work.user
        self._hours = hours
        self._now = recording.now(work)
        self._targets = clocks.targets(work.policy)
        # The file tells which clock is the next: those due before it don't run any more.
        self._has_next = has_next

    def event(self, row: Row, received: int) -> Event:
        """Return the event of a case that was received at `received`; raise RowFault for what contradicts itself."""
        status = status_of(row)
        if status in OPEN and row.get("closed_at") is not None:
            raise RowFault("status", UsageFault("values-exclude", first=status, second="closed_at"))
        state = self._state(row, received, status)
        runs = [self._run(clock, row, state) for clock in CLOCKS]
        data: dict[str, Any] = {
            "state": {name: value for name, value in state.items() if value != _DEFAULTS.get(name)},
            "targets": self._targets,
            "runs": list(filter(None, runs)),
        }
        if status == "waiting":
            data["waiting_since"] = _epoch(row.get("waiting_since")) or self._now
        event = Event(self._now, self._user, IMPORTED, None, int(row.get("escalation_level") or 0), data)
        if row.get("missed"):
            data["missed"] = self._missed(event, row["missed"])
        return event

    def text_events(self, row: Row, before: Sequence[Event] = ()) -> list[Event]:
        """Return the events that tell what was answered and done, those left out that are among those `before`.

        They stand next to the state of the case and change nothing of it. One of which the time is unknown has that of
        now, and says so.
        """
        made = []
        for name, step, moment in TEXTS:
            text = row.get(name)
            if text is None or any(event.step == step and event.text == text for event in before):
                continue
            at = _epoch(row.get(moment))
            data: dict[str, Any] = {HISTORIC: True} if at is not None else {HISTORIC: True, "undated": True}
            by, level = str(row.get("owner") or self._user), int(row.get("escalation_level") or 0)
            made.append(Event(self._now if at is None else at, by, step, str(text), level, data))
        return made

    def _state(self, row: Row, received: int, status: str) -> dict[str, Any]:
        step, following = _steps(row, status)
        state: dict[str, Any] = {name: row[name] for name in SAME if row.get(name) is not None}
        state |= {name: bool(row.get(name)) for name in FLAGS}
        state |= {name: _epoch(row.get(name)) for name in INSTANTS}
        state |= {"status": status, "step": step, "next_step": following, "received_at": received}
        state["to_escalate"] = following == ESCALATE
        if state["live"] and state["first_response_at"] is None:
            state["first_response_at"] = received
        if status in OPEN and STEPS.index(step) >= STEPS.index("assign"):
            state.setdefault("founded", "founded")
        if status != "waiting":
            state["waiting_for"] = None
        return self._with_proposal(state)

    def _with_proposal(self, state: dict[str, Any]) -> dict[str, Any]:
        """Return a state with what was proposed: what the remedy was a row doesn't tell, but that there was one."""
        proposed = STEPS.index(state["step"]) >= STEPS.index("propose")
        if proposed or state.get("recovery") or state.get("compensation_cents"):
            state["proposal"] = ""
        if state["next_step"] == "approve":
            state["proposed_at"] = self._now
        if state["next_step"] in ("approve", "implement") and "compensation_cents" in state:
            state["proposed_cents"] = state.pop("compensation_cents")
        return state

    def _run(self, clock: str, row: Row, state: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return a run of a clock, None where the case has none."""
        due = _epoch(row.get(DUES[clock]))
        if due is None and clock in _unusual(state.get("level")):
            return None
        start: int = state["received_at"]
        met = self._met(clock, state)
        run = {"clock": clock, "round": 1, "start": start, "met": met, "due": due}
        if met is None and not self._runs(clock, row, state):
            otherwise = start if state["status"] in CLOSED else self._now
            run["stopped"] = state["closed_at"] or state["implemented_at"] or otherwise
        return {name: value for name, value in run.items() if value is not None}

    def _met(self, clock: str, state: Mapping[str, Any]) -> int | None:
        """Return when a clock was met, where that is known."""
        moment: int | None = None
        if clock == "first-response":
            moment = state["first_response_at"]
        elif clock == "resolution" and state["next_step"] in (None, "close") and state["status"] != "withdrawn":
            moment = state["implemented_at"] or state["closed_at"]
        return moment

    def _runs(self, clock: str, row: Row, state: Mapping[str, Any]) -> bool:
        """Return whether a clock that isn't known to be met still runs."""
        if state["status"] in CLOSED:
            return False
        if self._has_next:
            if row.get("next_clock") == clock:
                return True
            if _comes_before_next(clock, row, state["status"]):
                return False
        if clock == "technician":
            return self._has_next or state["first_response_at"] is None
        if clock == "proposal":
            return STEPS.index(state["step"]) < STEPS.index("propose") and state.get("founded") != "unfounded"
        return True

    def _missed(self, event: Event, count: int) -> list[tuple[str, int]]:
        """Return which deadlines were missed where only their number is known: those that were late, then any other."""
        case = Case.of([event])
        found = clocks.deadlines(case, [], self._hours)
        late = [one for one in found if clocks.passed(one, self._now, case.waiting_since)]
        late.sort(key=lambda one: (one.standing == "stopped", one.due))
        known = [(one.clock, one.round) for one in late][:count]
        return known + [(clocks.PROMISE, -number) for number in range(1, count - len(known) + 1)]


def _unusual(level: str | None) -> Sequence[str]:
    """Return the clocks that a case of a level has only where a row says when they are due."""
    return ("technician", "proposal") if level == "grievance" else ("technician",)


def _comes_before_next(clock: str, row: Row, status: str) -> bool:
    """Return whether a clock that isn't the next would be it if it still ran."""
    following = row.get("next_clock")
    if following is not None:
        return _order(clock, row) < _order(following, row)
    # One that stands still while the case waits is the next only where it was late by then.
    late = (row.get(DUES[clock]) or "9") < (row.get("waiting_since") or "")
    return status == "open" or clock not in PAUSED_CLOCKS or late


def _order(clock: str, row: Row) -> tuple[str, int]:
    """Return the place of a clock among those of its case; one whose due time is unknown comes last."""
    return row.get(DUES.get(clock, "")) or "9", CLOCKS.index(clock) if clock in CLOCKS else len(CLOCKS)


def _epoch(instant: str | None) -> int | None:
    return None if instant is None else epoch(instant)


# --- the events of our own export ---------------------------------------------------------------------------------


def read_events(text: str, instant: Callable[[str], str], now: int) -> list[Event]:
    """Return the events in a cell of our own export as they were; raise RowFault for what can't be one.

    `instant` reads a time.
    """
    return [_read_event(found, instant, now) for found in objects("events", text)]


def objects(field: str, text: str) -> list[dict[str, Any]]:
    """Return the objects of a json array in a cell; raise RowFault."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise RowFault(field, UsageFault("unknown-value", field=field, value=text, choices=["[{...}, ...]"]))
    return found


def _read_event(row: dict[str, Any], instant: Callable[[str], str], now: int) -> Event:
    step, by, text, data = row.get("step"), row.get("by"), row.get("text"), row.get("data") or {}
    if step not in VERBS:
        raise RowFault(
            "events", UsageFault("unknown-value", field="events.step", value=str(step), choices=sorted(VERBS))
        )
    level = row.get("level")
    if not isinstance(level, int) or not 0 <= level <= HIGHEST:
        raise RowFault("events", UsageFault("unreadable-number", value=str(level), low=0, high=HIGHEST))
    if not isinstance(by, str) or not by.strip():
        raise RowFault("events", UsageFault("empty-value", field="events.by"))
    if not isinstance(text, str | None) or not isinstance(data, dict):
        raise _malformed(data)
    return Event(_read_time(str(row.get("at") or ""), instant, now), by, step, text, level, data)


def _read_time(text: str, instant: Callable[[str], str], now: int) -> int:
    try:
        at = epoch(instant(text))
    except UsageFault as fault:
        raise RowFault("events", fault) from fault
    if at > now:
        raise RowFault("events", UsageFault("date-in-future", value=text))
    return at


def _malformed(data: object) -> RowFault:
    shown = json.dumps(data, ensure_ascii=False)
    return RowFault("events", UsageFault("unknown-value", field="events.data", value=shown, choices=["{...}"]))


class Unstored(recording.File):
    """The file of a new case, worked out in memory: what follows from its events is written with that of many others.

    Raises RowFault where the events don't make a case.
    """

    def __init__(
        self, work: Work, connection: sqlite3.Connection, complaint_id: int, events: Sequence[Event], hours: Hours
    ) -> None:
        self.work = work
        self.connection = connection
        self.id = complaint_id
        self.row = {}
        self.events = list(events)
        self.promises = []
        self.caught_up = []
        self.now = recording.now(work)
        self.hours = hours
        self.case = _case(self.events)

    def worked_out(self) -> tuple[dict[str, object], list[tuple[object, ...]]]:
        """Return the columns of its state, and its deadlines in the order of `complaints.DEADLINE_COLUMNS`."""
        try:
            found = self.deadlines()
            state = self._state(found)
            deadlines = [self._deadline(one) for one in found]
        except UsageFault as fault:
            raise RowFault("events", fault) from fault
        except KeyError as fault:
            raise RowFault("events", UsageFault("empty-value", field=f"events.data.{fault.args[0]}")) from fault
        except _MALFORMED as fault:
            raise _malformed(self.events[0].data) from fault
        _check(state)
        return state, deadlines


def stored_event(event: Event) -> tuple[str, str, str, str | None, int, str]:
    """Return the columns of an event."""
    data = _as_json(event.data) if event.data else "{}"
    return utc(event.at), event.by, event.step, event.text, event.level, data


def _case(events: Sequence[Event]) -> Case:
    """Return the case that events make; raise RowFault."""
    if not events or events[0].step not in ("record", IMPORTED):
        first = events[0].step if events else ""
        raise RowFault(
            "events", UsageFault("unknown-value", field="events.step", value=first, choices=["record", IMPORTED])
        )
    case = Case()
    for event in events:
        try:
            case.apply(event)
            unknown = [name for name in vars(case) if name not in _DEFAULTS]
        except KeyError as fault:
            raise RowFault("events", UsageFault("empty-value", field=f"events.data.{fault.args[0]}")) from fault
        except _MALFORMED as fault:
            raise _malformed(event.data) from fault
        if unknown:
            raise _malformed(event.data)
    return case


def _check(state: Mapping[str, object]) -> None:
    """Raise RowFault for a state that no list could show."""
    for name, value in state.items():
        if value is None:
            continue
        if name in _NUMBERS:
            low, high = _NUMBERS[name]
            if not isinstance(value, int) or not low <= value <= high:
                raise RowFault("events", UsageFault("unreadable-number", value=str(value), low=low, high=high))
        elif (name in _CHOICES and value not in _CHOICES[name]) or (name in _TEXTS and not isinstance(value, str)):
            choices = list(_CHOICES.get(name, ()))
            raise RowFault("events", UsageFault("unknown-value", field=name, value=str(value), choices=choices))


def events_of(connection: sqlite3.Connection, complaint_id: int) -> list[Event]:
    """Return the stored events of a case."""
    return [recording.read_event(row) for row in complaints.events(connection, complaint_id)]
