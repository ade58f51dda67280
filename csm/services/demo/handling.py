"""Playing what the tables of the demo tell of cases, promises and pledges, one function a kind of event.

Each calls the service that the command calls, with what the command would have made of the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING, Any, Final

from csm.domain.records import COMPLAINT, PLEDGE
from csm.domain.values.money import read_cents
from csm.services.callback import writing as callbacks
from csm.services.complaint import opening, preventions, steps
from csm.services.complaint import other_events as beside
from csm.services.demo import tables as t
from csm.services.demo.house import STAFF
from csm.services.promise import pledges
from csm.services.promise import writing as promises
from csm.storage.complaint import rows as complaints

if TYPE_CHECKING:
    from datetime import datetime

    from csm.services.demo.making import Scene, Then

_DEPARTMENTS: Final = {name: department for name, _, department, *_ in STAFF}


def _then(scene: Scene, owner: str, event: Any, title: str) -> Then:
    user = event.by or owner
    return scene.then(event.ago, user, f"csm {title}", at=time.fromisoformat(event.at))


def _on_case(scene: Scene, owner: str, event: Any, verb: str, text: str = "") -> tuple[Then, str]:
    """Return the surroundings of a verb on a case, and the reference to that."""
    ref = f"cp{scene.cases[event.case]}"
    return _then(scene, owner, event, f"complaint {verb} {ref} '{text}'" if text else f"complaint {verb} {ref}"), ref


def _wall(work: Then) -> datetime:
    return work.now.replace(tzinfo=None)


# --- steps ---------------------------------------------------------------------------------------------------------


def _complained(scene: Scene, owner: str, event: t.Complained) -> None:
    customer = scene.customers[event.card]
    stored = scene.stored(COMPLAINT, event.told) | scene.contact(event.card, event.person)
    if event.sale:
        stored["sale_id"] = scene.sales[event.sale]
    level, severity = stored.pop("level", "complaint"), stored.pop("severity", "general")
    draft = opening.Draft(
        {"summary": event.summary, **stored},
        str(level),
        str(severity),
        None,
        event.live,
        event.triggers,
        _settlement(event.settled) if event.settled is not None else None,
    )
    if event.heard is None:
        work = _then(scene, owner, event, f"complaint open cu{customer.id} '{event.summary}'")
        scene.cases[event.case] = opening.open_case(work, customer, draft).id
        return
    work = _then(scene, owner, event, f"callback log cu{customer.id} --complaint '{event.summary}'")
    said = {"satisfaction": event.heard, **scene.contact(event.card, event.person)}
    result = callbacks.Result("reached", event.summary, _wall(work), said, complaint=draft)
    opened = callbacks.log(work, customer, result, keep=False).opened
    assert opened is not None
    scene.cases[event.case] = opened.id


def _settlement(settled: t.Settled) -> steps.Settlement:
    return steps.Settlement(
        settled.did,
        settled.cause or None,
        settled.failure or None,
        read_cents(settled.cost),
        settled.recovery or None,
    )


def _judged(scene: Scene, owner: str, event: t.Judged) -> None:
    work, ref = _on_case(scene, owner, event, "judge")
    judgement = steps.Judgement(
        not event.explanation, event.responsibility, event.reason, event.severity or None, event.explanation or None
    )
    steps.judge(work, ref, judgement)


def _assigned(scene: Scene, owner: str, event: t.Assigned) -> None:
    work, ref = _on_case(scene, owner, event, "assign")
    steps.assign(work, ref, event.to, _DEPARTMENTS[event.to], event.route, event.points)


def _analysed(scene: Scene, owner: str, event: t.Analysed) -> None:
    work, ref = _on_case(scene, owner, event, "analyse")
    steps.analyse(work, ref, event.failure, event.cause, event.finding)


def _proposed(scene: Scene, owner: str, event: t.Proposed) -> None:
    work, ref = _on_case(scene, owner, event, "propose", event.remedy)
    steps.propose(work, ref, event.remedy, read_cents(event.cost), event.recovery)


def _decided(scene: Scene, owner: str, event: t.Decided) -> None:
    work, ref = _on_case(scene, owner, event, event.verb)
    steps.decide(work, ref, event.verb, event.by, event.remark)


def _implemented(scene: Scene, owner: str, event: t.Implemented) -> None:
    work, ref = _on_case(scene, owner, event, "implement")
    steps.implement(work, ref, event.did, event.outcome, None)


def _closed(scene: Scene, owner: str, event: t.Closed) -> None:
    work, ref = _on_case(scene, owner, event, "close")
    closing = steps.Closing(
        event.summary or None,
        event.lesson or None,
        event.satisfaction or None,
        event.satisfaction is not None,
        None,
        event.unresolved or None,
        None,
        _prevention(scene, event.prevention),
    )
    steps.close(work, ref, closing)


def _prevention(scene: Scene, told: t.Prevention | None) -> steps.Prevention | None:
    return None if told is None else steps.Prevention(told.text, told.in_charge, scene.day(told.on))


def _asked(scene: Scene, owner: str, event: t.Asked) -> None:
    callback = complaints.satisfaction_callbacks(scene.database.connection, scene.cases[event.case])[0]
    ref = f"cb{callback['id']}"
    work = _then(scene, owner, event, f"callback done {ref} '{event.text}'")
    answered = event.satisfaction is not None
    said: dict[str, object] = {"satisfaction": event.satisfaction} if answered else {}
    result = callbacks.Result(
        "reached" if answered else "no-answer", event.text or None, _wall(work), said, summary=event.summary or None
    )
    callbacks.note(work, ref, result)


def _settled(scene: Scene, owner: str, event: t.SettledCase) -> None:
    work, ref = _on_case(scene, owner, event, "settle")
    steps.settle(work, ref, _settlement(event.settled))


# --- beside the steps ----------------------------------------------------------------------------------------------


def _responded(scene: Scene, owner: str, event: t.Responded) -> None:
    work, ref = _on_case(scene, owner, event, "respond", event.text)
    beside.respond(work, ref, event.text, None, apologised=event.sorry)


def _escalated(scene: Scene, owner: str, event: t.Escalated) -> None:
    work, ref = _on_case(scene, owner, event, "escalate")
    reply_by = scene.moment(event.reply_on, event.reply_at)
    beside.escalate(work, ref, event.reason, reply_by, event.level, event.triggers)


_BESIDE: Final[dict[str, Callable[[Then, str, str], object]]] = {
    "note": beside.note,
    "wait": beside.wait,
    "resume": lambda work, ref, text: beside.resume(work, ref),
    "raise": beside.raise_grievance,
    "withdraw": beside.withdraw,
    "reopen": lambda work, ref, text: beside.reopen(work, ref, text, None),
    "feedback-read": lambda work, ref, text: beside.read_feedback(work, ref, None),
}


def _happened(scene: Scene, owner: str, event: t.Happened) -> None:
    if event.verb == "prevention":
        complaint_id = scene.cases[event.case]
        preventions.done(_then(scene, owner, event, f"done cp{complaint_id} '{event.text}'"), complaint_id, event.text)
        return
    work, ref = _on_case(scene, owner, event, event.verb, event.text)
    _BESIDE[event.verb](work, ref, event.text)


def _climbed(scene: Scene, owner: str, event: t.Climbed) -> None:
    work = scene.then(event.ago, owner, "csm complaint escalate --overdue", at=time.fromisoformat(event.at))
    beside.escalate_overdue(work)


# --- promises and pledges ------------------------------------------------------------------------------------------


def _promised(scene: Scene, owner: str, event: t.Promised) -> None:
    customer = scene.customers[event.card]
    case = scene.cases[event.case] if event.case else None
    draft = promises.Draft(
        event.text,
        scene.moment(*event.due) if event.due is not None else None,
        "theirs" if event.theirs else "ours",
        event.to or None,
        clock=event.clock or None,
        complaint_id=case,
        pledge_id=scene.pledges[event.pledge] if event.pledge else None,
    )
    ref = f"cu{customer.id}" if case is None else f"cp{case}"
    made = promises.add(_then(scene, owner, event, f"promise add {ref} '{event.text}'"), customer, draft)
    scene.promises[event.promise] = made.id


def _promise_ended(scene: Scene, owner: str, event: t.PromiseEnded) -> None:
    ref = f"pr{scene.promises[event.promise]}"
    work = _then(scene, owner, event, f"promise {event.verb} {ref} '{event.text}'")
    _ENDING[event.verb](work, ref, event.text)


_ENDING: Final[dict[str, Callable[[Then, str, str], object]]] = {
    "keep": promises.keep,
    "break": promises.break_,
    "release": promises.release,
}


def _promise_moved(scene: Scene, owner: str, event: t.PromiseMoved) -> None:
    ref, due = f"pr{scene.promises[event.promise]}", scene.moment(*event.due)
    promises.move(_then(scene, owner, event, f"promise move {ref} '{due:%Y-%m-%d %H:%M}' --told"), ref, due, told=True)


def _pledged(scene: Scene, owner: str, event: t.Pledged) -> None:
    stored = {"text": event.text, "within": event.within, **scene.stored(PLEDGE, event.told)}
    scene.pledges[event.pledge] = pledges.add(_then(scene, owner, event, f"pledge add '{event.text}'"), stored)


def _pledge_retired(scene: Scene, owner: str, event: t.PledgeRetired) -> None:
    ref = str(scene.pledges[event.pledge])
    pledges.retire(_then(scene, owner, event, f"pledge retire {ref}"), ref)


DOING: Final[dict[type, Callable[[Scene, str, Any], None]]] = {
    t.Complained: _complained,
    t.Responded: _responded,
    t.Judged: _judged,
    t.Assigned: _assigned,
    t.Analysed: _analysed,
    t.Proposed: _proposed,
    t.Decided: _decided,
    t.Implemented: _implemented,
    t.Closed: _closed,
    t.Asked: _asked,
    t.SettledCase: _settled,
    t.Escalated: _escalated,
    t.Happened: _happened,
    t.Promised: _promised,
    t.PromiseEnded: _promise_ended,
    t.PromiseMoved: _promise_moved,
    t.Pledged: _pledged,
    t.PledgeRetired: _pledge_retired,
    t.Climbed: _climbed,
}
