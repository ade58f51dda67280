"""The eight handling steps of a case, each one transaction, and the short way through them (handbook 6.3).

Whether a step may be done now is decided by `csm.domain.complaint.next_step`, who may do it by
`csm.domain.complaint.authority`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from csm.domain.complaint import authority
from csm.domain.complaint.case import HAPPY, SOLVED, Event
from csm.domain.complaint.doubles import same_problem
from csm.domain.complaint.next_step import check, check_proposer, next_action
from csm.domain.errors import FieldName, Refused, UsageFault
from csm.domain.time.working_hours import utc
from csm.domain.value import Value
from csm.domain.values.money import group_cents
from csm.services.complaint import recording as filing
from csm.services.complaint.recording import File, handling
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.complaint import rows as complaints
from csm.storage.customer.contacts import still_there
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.domain.complaint.authority import Decision
    from csm.services.work import Work


class OpenCase(Value):
    """Another open case of the customer: what it is about, its next step, and whether the problem is the same."""

    id: int
    summary: str
    next_step: str | None
    same: bool


class Done(Value):
    """What a step did to a case, and what it planned or kept.

    callback: id and day of the satisfaction callback that was planned. kept: promises that it kept. promised: the one
    that it made. reopened: the case is open again because the customer isn't satisfied. pending: the summary is
    written, the customer's word is awaited. replaced: a proposal took the place of the one that waited.
    counts_again: it counted nowhere until now. joined: the case that it is a double of. others: the
    customer's other open cases, those about the same problem first.
    """

    file: File
    callback: tuple[int, str] | None = None
    kept: Sequence[int] = ()
    promised: int | None = None
    reopened: bool = False
    pending: bool = False
    replaced: bool = False
    counts_again: bool = False
    joined: File | None = None
    others: Sequence[OpenCase] = ()


def open_others(file: File) -> list[OpenCase]:
    """Return the customer's other open cases, those about the same problem first (source: handbook 6.3)."""
    found = complaints.open_cases(file.connection, file.customer_id, file.id)
    known = [OpenCase(*row[:3], same=same_problem(file.row["problem"], row[3])) for row in found]
    return sorted(known, key=lambda one: not one.same)


def authority_of(file: File, name: str, needed: int, action: str) -> int:
    """Return the level of somebody on the staff list (source: handbook 6.6).

    Raises no-authority below `needed`, with the `action` that somebody with authority, or anybody, can do; has-left,
    has-left-to for somebody who is no longer on the staff, whatever the level.
    """
    Roster(file.work, file.connection).check(name)
    own = settings.staff_level(file.connection, name)
    if own < needed:
        raise Refused("no-authority", name=name, level=own, needed=needed, case_id=file.id, action=action)
    return own


def money_of(file: File, name: str, decision: Decision, action: str) -> None:
    """Check that somebody may decide what a case is to be given, by their own level (source: handbook 6.6).

    Raises above-authority with who may, above-every-authority where nobody on the staff list may; `action` is what can
    be done instead. Raises has-left, has-left-to for somebody who is no longer on the staff, whatever the amount.
    """
    Roster(file.work, file.connection).check(name)
    own = settings.staff_level(file.connection, name)
    if own >= decision.needed:
        return
    told = {
        "name": name,
        "limit": group_cents(authority.limit(own, file.work.policy) or 0),
        "given": group_cents(decision.given),
        "proposed": group_cents(decision.proposed),
        "total": group_cents(decision.total),
        "needed": decision.needed,
    }
    names = settings.deciders(file.connection, decision.needed)
    if not names:
        raise Refused("above-every-authority", **told)
    raise Refused("above-authority", **told, names=names, case_id=file.id, action=action)


# --- step 2 -------------------------------------------------------------------------------------------------------


class Judgement(Value):
    """Whether a complaint is founded, and why; `explanation` is what the customer was told where it isn't."""

    founded: bool
    responsibility: str
    reason: str
    severity: str | None = None
    explanation: str | None = None
    by: str | None = None


def judge(work: Work, ref: str, judgement: Judgement) -> Done:
    """Judge whether a complaint is founded; malicious takes level 2 or above. Raises no-authority."""
    with handling(work, ref, "judge") as file:
        if judgement.severity == "malicious":
            authority_of(file, judgement.by or work.user, authority.MALICIOUS, "judge-malicious")
        data = {
            "founded": "founded" if judgement.founded else "unfounded",
            "responsibility": judgement.responsibility,
            "severity": judgement.severity,
            "explanation": judgement.explanation,
        }
        file.add("judge", judgement.reason, data, by=judgement.by)
        kept = kept_by(file, file.now, ("first-response",), replies=True) if judgement.explanation else []
        if not judgement.founded and file.promises:
            from csm.services.promise.writing import release_in

            release_in(file, ("proposal",))
        if judgement.severity is not None:
            file.catch_up()  # the other row of the targets holds from the recording on: one may be missed by it
        return Done(file, kept=kept)


# --- steps 3 to 5 -------------------------------------------------------------------------------------------------


def assign(work: Work, ref: str, to: str, department: str | None, route: str, points: str | None) -> Done:
    """Say what is to be settled, by whom, on which route."""
    with handling(work, ref, "assign") as file:
        to = Roster(work, file.connection).named(to)
        file.add("assign", None, {"to": to, "department": department, "route": route, "points": points})
        return Done(file)


def analyse(work: Work, ref: str, failure: str, cause: str, finding: str) -> Done:
    """Write down what failed, what caused it, and what was found."""
    with handling(work, ref, "analyse") as file:
        file.add("analyse", finding, {"failure": failure, "cause": cause})
        return Done(file)


class Proposal(Value):
    """A remedy, what it costs, and of what kind it is; recovery_time: during the service or after it."""

    remedy: str
    compensation_cents: int
    recovery: str | None = None
    recovery_time: str | None = None


def propose(work: Work, ref: str, proposal: Proposal) -> Done:
    """Propose a remedy and its cost, which then waits for approval.

    Whoever proposed can replace it until it is decided on. Raises proposed-by-another (source: handbook 6.3).
    """
    with handling(work, ref, "propose") as file:
        replaces = file.case.next_step == "approve"
        check_proposer(file.case, work.user, file.id)
        data = {
            "compensation_cents": proposal.compensation_cents,
            "recovery": proposal.recovery,
            "recovery_time": proposal.recovery_time,
            "replaces": replaces or None,
        }
        file.add("propose", proposal.remedy, data)
        kept = kept_by(file, file.now, ("proposal",), replies=False)
        return Done(file, kept=kept, replaced=replaces)


# --- step 6 -------------------------------------------------------------------------------------------------------


def decide(work: Work, ref: str, verb: str, by: str, remark: str | None) -> Done:
    """Approve or reject a proposal; whoever does has the authority for its cost. Raises no-authority."""
    with handling(work, ref, verb) as file:
        money_of(file, by, authority.decision(file.case, work.policy), verb)
        file.add(verb, remark, by=by)
        return Done(file)


# --- step 7 -------------------------------------------------------------------------------------------------------


class Remedy(Value):
    """What was done and what came of it, at a local time or now.

    compensation_cents: what it cost in the end, as proposed unless told. apologised: we said that we are sorry.
    """

    did: str
    outcome: str
    at: datetime | None = None
    compensation_cents: int | None = None
    apologised: bool = False


def implement(work: Work, ref: str, remedy: Remedy) -> Done:
    """Write down what was done and what came of it; a remedy plans the satisfaction callback (source: handbook 6.4).

    Raises before-step, above-approved.
    """
    moment = filing.now(work) if remedy.at is None else filing.moment(work, remedy.at)
    supposing = [Event(moment, work.user, "implement", remedy.did, 0, {"outcome": remedy.outcome})]
    with handling(work, ref, "implement", supposing) as file:
        _check_order(file, moment)
        approved, cost = file.case.proposed_cents or 0, remedy.compensation_cents
        if cost is not None and cost > approved:
            raise Refused("above-approved", amount=group_cents(cost), approved=group_cents(approved), case_id=file.id)
        data = {"outcome": remedy.outcome, "compensation_cents": cost, "apologised": remedy.apologised or None}
        file.add("implement", remedy.did, data, at=moment)
        return Done(file, callback=_ask_satisfaction(file), kept=_keep_resolution(file, moment))


def _check_order(file: File, moment: int) -> None:
    """Raise before-step for a remedy carried out before the step that it follows."""
    if moment < file.case.step_at:
        told = (f"{file.work.zone.local(utc(one)):%Y-%m-%d %H:%M}" for one in (moment, file.case.step_at))
        raise UsageFault("before-step", value=next(told), last=next(told), case_id=file.id)


def _keep_resolution(file: File, moment: int, *met: str) -> Sequence[int]:
    """Keep what a remedy keeps: it is a contact, and where it settles the matter the resolution that was promised."""
    solved = ("resolution",) if file.case.outcome in SOLVED else ()
    return kept_by(file, moment, ("first-response", *solved, *met), replies=True)


def kept_by(file: File, moment: int, clocks: Sequence[str], *, replies: bool) -> list[int]:
    """Mark the promises of a case that something at `moment` keeps: those made for `clocks`, with `replies` replies."""
    if not file.promises:
        return []
    from csm.services.promise.writing import keep_in

    return keep_in(file, moment, clocks, replies=replies)


def _ask_satisfaction(file: File) -> tuple[int, str] | None:
    """Plan the callback that asks whether the remedy settled the matter; one a case (source: handbook 6.4).

    Nothing is planned for a customer who doesn't want to be contacted.
    """
    if file.case.outcome not in SOLVED or complaints.satisfaction_callbacks(file.connection, file.id):
        return None
    card = rows.known(file.connection, "customer", file.customer_id)
    if card["do_not_contact"] or card["archived_on"] is not None:
        return None
    work = file.work
    after = timedelta(days=work.policy.number("complaint.satisfaction_after"))
    moment = file.case.implemented_at or file.now
    asked = date.fromisoformat(file.hours.work.day(moment)) + after
    day = work.calendar.next_working_day(max(asked, work.today)).isoformat()
    callback_id = rows.insert(
        file.connection,
        "callback",
        {
            "customer_id": card["id"],
            "contact_id": still_there(file.connection, file.row["contact_id"]),
            "complaint_id": file.id,
            "owner": Roster(work, file.connection).usual(file.case.owner, card["owner"]),
            "channel": card["channel"] or "phone",
            "purpose": "satisfaction",
            "due_on": day,
            "planned_on": day,
            "planned_note": file.row["summary"],
            "created_at": work.now_text,
        },
    )
    return callback_id, day


# --- step 8 -------------------------------------------------------------------------------------------------------


class Prevention(Value):
    """What is to keep it from happening again: who sees to it, whoever acts where it is None, and by which day."""

    text: str
    in_charge: str | None
    due_on: date


class Closing(Value):
    """How a case ends.

    satisfaction: 1 to 5, None where nobody knows; `asked` tells whether it was said at all, unknown included.
    reason: why nobody knows. unresolved: why no remedy is possible, decided `by` a leader.
    """

    summary: str | None = None
    lesson: str | None = None
    satisfaction: int | None = None
    asked: bool = False
    reason: str | None = None
    unresolved: str | None = None
    by: str | None = None
    prevention: Prevention | None = None
    apologised: bool = False


def close(work: Work, ref: str, closing: Closing) -> Done:
    """Close a case: 3 to 5 closes it, 1 or 2 opens it again at step 4, unknown after three tries or with a reason.

    Raises must-be-unresolved, unknown-too-soon, no-authority, missing-value (source: handbook 6.3).
    """
    verb = "unresolved" if closing.unresolved is not None else "close"
    with handling(work, ref, verb) as file:
        done = close_in(file, closing)
        _prevent(file, closing.prevention)
        return done


def close_in(file: File, closing: Closing) -> Done:
    """Close a case within its transaction; see `close`."""
    if closing.unresolved is not None:
        return _close_unresolved(file, closing)
    if file.case.outcome == "cannot" and file.case.founded == "founded":
        raise Refused("must-be-unresolved", case_id=file.id)
    summary = _needed(closing.summary or file.case.summary, "summary")
    if file.case.founded == "unfounded":
        data = {"status": "unfounded", "lesson": closing.lesson, "satisfaction": closing.satisfaction}
        return _ended(file, summary, {**data, "apologised": closing.apologised or None})
    score = closing.satisfaction if closing.asked else file.case.satisfaction
    lesson = _needed(closing.lesson or file.case.lesson, "lesson")
    if score is None and not closing.asked:
        if not complaints.satisfaction_callbacks(file.connection, file.id):
            raise UsageFault("missing-value", field=FieldName("satisfaction"))
        file.add("summary", summary, {"lesson": lesson, "apologised": closing.apologised or None})
        return Done(file, pending=True)
    if score is None:
        _check_unknown(file, closing.reason)
    data = {"status": "closed", "lesson": lesson, "satisfaction": score, "reason": closing.reason}
    return _ended(file, summary, {**data, "apologised": closing.apologised or None})


def _needed(text: str | None, field: str) -> str:
    if text is None:
        raise UsageFault("missing-value", field=FieldName(field))
    return text


def _check_unknown(file: File, reason: str | None) -> None:
    needed = file.work.policy.number("callback.no_answer_limit")
    tries = complaints.most_tries(file.connection, file.id, utc(file.case.reopened_at))
    if reason is None and tries < needed:
        raise Refused("unknown-too-soon", case_id=file.id, tries=tries, needed=needed)


def _close_unresolved(file: File, closing: Closing) -> Done:
    by = closing.by or file.work.user
    authority_of(file, by, authority.LEADER, "unresolved")
    data = {
        "status": "unresolved",
        "unresolved": closing.unresolved,
        "lesson": closing.lesson,
        "satisfaction": closing.satisfaction,
        "apologised": closing.apologised or None,
    }
    return _ended(file, closing.summary or str(closing.unresolved), data, by=by)


def _ended(file: File, summary: str, data: dict[str, Any], by: str | None = None) -> Done:
    """Close the case, and open it again where the customer isn't satisfied with a remedy."""
    file.add("close", summary, data, by=by)
    solved = data["status"] != "unresolved"
    kept = kept_by(file, file.now, ("first-response", "proposal", *(("resolution",) if solved else ())), replies=True)
    if file.promises and not solved:
        from csm.services.promise.writing import break_in

        break_in(file, ("resolution",))
    score = data.get("satisfaction")
    end_callbacks(file, known=score is not None or not solved)
    if data["status"] == "closed" and score is not None and score < HAPPY:
        file.reopen(None, {"how": "satisfaction", "satisfaction": score})
        return Done(file, kept=kept, reopened=True)
    return Done(file, kept=kept)


def end_callbacks(file: File, *, known: bool) -> None:
    """Cancel the satisfaction callbacks of a case once the answer is known, or was asked for often enough in vain."""
    limit = file.work.policy.number("callback.no_answer_limit")
    for row in complaints.satisfaction_callbacks(file.connection, file.id):
        if known or row["tries"] >= limit:
            rows.update(file.connection, "callback", row["id"], {"status": "cancelled", "reason": f"cp{file.id}"})


def _prevent(file: File, prevention: Prevention | None) -> None:
    if prevention is not None:
        roster = Roster(file.work, file.connection)
        name = prevention.in_charge
        rows.insert(
            file.connection,
            "prevention",
            {
                "complaint_id": file.id,
                "text": prevention.text,
                "in_charge": roster.usual() if name is None else roster.named(name),
                "due_on": prevention.due_on.isoformat(),
                "created_at": file.work.now_text,
            },
        )


class Heard(Value):
    """What the customer said on the satisfaction callback of a case, `at` in epoch seconds."""

    callback_id: int
    words: str | None
    satisfaction: int | None
    at: int


def hear(file: File, heard: Heard, summary: str | None) -> Done:
    """Take the customer's answer to a case within its transaction.

    3 to 5 closes the case where its summary is there or given; 1 or 2 opens it again, also when it was closed without
    an answer (source: handbook 6.3).
    """
    case, score = file.case, heard.satisfaction
    file.add("feedback", heard.words, {"satisfaction": score, "callback_id": heard.callback_id}, at=heard.at)
    kept = kept_by(file, heard.at, ("first-response",), replies=True)
    closing = case.is_open and case.next_step == "close"
    if score is not None and score < HAPPY and (closing or case.status == "closed"):
        file.reopen(None, {"how": "satisfaction", "satisfaction": score})
        end_callbacks(file, known=True)
        return Done(file, kept=kept, reopened=True)
    if score is not None and score >= HAPPY and closing and case.status == "open" and (summary or case.summary):
        data = {"status": "closed", "lesson": case.lesson, "satisfaction": score}
        return _ended(file, str(summary or case.summary), data)
    return Done(file, kept=kept)


# --- the short way ------------------------------------------------------------------------------------------------


class Settlement(Value):
    """A matter settled on the spot: what was done, and what the steps between need to be told."""

    did: str
    cause: str | None = None
    failure: str | None = None
    compensation_cents: int = 0
    recovery: str | None = None
    outcome: str = "full"
    recovery_time: str | None = None


def settle(work: Work, ref: str, settlement: Settlement) -> Done:
    """Go through steps 2 to 7 at once where the remedy lies within the handler's own authority, each recorded.

    A grievance is settled with a word on what was done. Raises above-authority, no-authority (source: handbook 6.3).
    """
    with handling(work, ref, "settle") as file:
        callback = settle_in(file, settlement)
        return Done(file, callback=callback, kept=_keep_resolution(file, file.now, "proposal"))


def _check_told(settlement: Settlement, *, grievance: bool, opening: bool) -> None:
    """Raise what says that a settlement lacks something, or tells of a grievance what only a complaint can come to."""
    if grievance and settlement.outcome != "full":
        raise UsageFault("values-exclude", first="grievance", second=FieldName("outcome"))
    if not grievance and not opening:
        for field, word in (("failure", settlement.failure), ("cause", settlement.cause)):
            if word is None:
                raise UsageFault("missing-value", field=FieldName(field))


def settle_in(file: File, settlement: Settlement, *, opening: bool = False) -> tuple[int, str] | None:
    """Settle a case within its transaction; return id and day of the satisfaction callback that was planned.

    While it is being opened a word on what was done is enough. What a case has cost already counts against the
    handler's authority, and what a leader has rejected isn't theirs to settle.
    """
    check(file.case, "settle", file.id)
    grievance = file.case.level == "grievance"
    _check_told(settlement, grievance=grievance, opening=opening)
    longer = "raise" if grievance else next_action(file.case)
    cents = settlement.compensation_cents
    instead = "open" if opening else longer
    user = file.work.user
    money_of(file, user, authority.decision(file.case, file.work.policy, cents), instead)
    authority_of(file, user, authority.LEADER if file.case.rejected else 0, instead)
    recovery = {"recovery": settlement.recovery, "recovery_time": settlement.recovery_time}
    if grievance:
        kinds = {"failure": settlement.failure, "cause": settlement.cause, **recovery}
        file.add("close", settlement.did, {"status": "closed", "compensation_cents": cents or None, **kinds})
        return None
    told: dict[str, dict[str, Any]] = {
        "judge": {"founded": "founded", "responsibility": "ours"},
        "assign": {"to": user, "route": "settle"},
        "analyse": {"failure": settlement.failure, "cause": settlement.cause},
        "propose": {"compensation_cents": cents, **recovery},
        "approve": {},
    }
    steps = list(told)
    for step in steps[steps.index(str(file.case.next_step)) :]:
        file.add(step, settlement.did if step == "propose" else None, told[step])
    file.add("implement", settlement.did, {"outcome": settlement.outcome, "on_the_spot": True})
    return _ask_satisfaction(file)
