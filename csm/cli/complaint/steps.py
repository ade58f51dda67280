"""The commands of the handling steps: from what was typed to the service, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from csm.cli.complaint.options import By, Ref, choice, decider, settlement, words
from csm.cli.session import Session

if TYPE_CHECKING:
    from csm.services.complaint.steps import Prevention


def judge(
    ctx: typer.Context,
    ref: Ref,
    responsibility: Annotated[
        str, typer.Option("--responsibility", help="Whose it is: ours, misunderstanding or third-party.")
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    founded: Annotated[
        bool | None, typer.Option("--founded/--unfounded", help="Whether the complaint is justified.")
    ] = None,
    severity: Annotated[
        str | None, typer.Option("--severity", help="general, serious or, by level 2 or above, malicious.")
    ] = None,
    explanation: Annotated[
        str | None, typer.Option("--explanation", metavar="TEXT", help="What the customer was told, where unfounded.")
    ] = None,
    by: By = None,
) -> None:
    """Step 2: judge whether a complaint is founded, and who is responsible.

    \b
    Example:
      csm complaint judge cp12 --founded --responsibility ours --reason "the driver confirms it"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import steps

    session: Session = ctx.obj
    if founded is None:
        from csm.domain.errors import NeitherGiven

        raise NeitherGiven(first="--founded", second="--unfounded", command="csm complaint judge")
    if not founded and explanation is None:
        from csm.domain.errors import MissingOption

        raise MissingOption(option="--explanation", command="csm complaint judge")
    judgement = steps.Judgement(
        founded,
        choice("responsibility", "--responsibility", responsibility),
        words("--reason", reason),
        choice("severity", "--severity", severity) if severity is not None else None,
        words("--explanation", explanation) if explanation is not None else None,
        decider(session, by),
    )
    done = steps.judge(session, ref, judgement)
    sentence = (
        say("judged cp{id} founded", id=done.file.id) if founded else say("judged cp{id} unfounded", id=done.file.id)
    )
    tell_done(ctx, done, sentence)


def assign(
    ctx: typer.Context,
    ref: Ref,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who is in charge.")],
    route: Annotated[str, typer.Option("--route", help="settle, technical or escalate.")],
    department: Annotated[
        str | None, typer.Option("--department", help="The department; that of the staff list unless told.")
    ] = None,
    points: Annotated[str | None, typer.Option("--points", metavar="TEXT", help="The points to settle.")] = None,
) -> None:
    """Step 3: say what is to be settled, in which department, by whom, on which route.

    \b
    Example:
      csm complaint assign cp12 --to "Wang Fang" --department service --route technical --points "door seal"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.domain.errors import MissingOption
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.complaint import steps
    from csm.storage.house import settings

    session: Session = ctx.obj
    name = settings.staff_name(session.database.connection, words("--to", to))
    known = department or settings.department(session.database.connection, name)
    if not known:
        raise MissingOption(option="--department", command="csm complaint assign")
    done = steps.assign(session, ref, name, known, choice("route", "--route", route), points)
    tell_done(ctx, done, say("cp{id} is in the hands of {name}", id=done.file.id, name=visible(name)))
    if done.file.case.route == "escalate":
        from csm.cli.output import tell

        command = f'csm complaint escalate {done.file.id} --reason "..." --reply-by "..."'
        tell(session, say("pass it on, and tell the customer the latest time of reply: {command}", command=command))


def analyse(
    ctx: typer.Context,
    ref: Ref,
    failure: Annotated[str, typer.Option("--failure", help="What failed: outcome or process.")],
    cause: Annotated[str, typer.Option("--cause", help="service, company, customer or environment.")],
    finding: Annotated[str, typer.Option("--finding", metavar="TEXT", help="What was found.")],
) -> None:
    """Step 4: write down what failed and what caused it.

    \b
    Example:
      csm complaint analyse cp12 --failure process --cause company --finding "nobody told the warehouse"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import steps

    session: Session = ctx.obj
    told = choice("failure", "--failure", failure), choice("cause", "--cause", cause), words("--finding", finding)
    done = steps.analyse(session, ref, *told)
    tell_done(ctx, done, say("analysed cp{id}", id=done.file.id))


def propose(
    ctx: typer.Context,
    ref: Ref,
    remedy: Annotated[str, typer.Argument(metavar="TEXT", help="The remedy.")],
    compensation: Annotated[
        str, typer.Option("--compensation", metavar="AMOUNT", help="What it costs; 0 for nothing.")
    ],
    recovery: Annotated[str, typer.Option("--recovery", help="symbolic, equal or more than what the customer lost.")],
) -> None:
    """Step 5: propose a remedy, its cost and its kind; it then waits for approval.

    \b
    Example:
      csm complaint propose cp12 "new seal, and a box of detergent" --compensation 120 --recovery equal
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import steps
    from csm.services.values import read_amount

    session: Session = ctx.obj
    cents, kind = read_amount(compensation, session), choice("recovery", "--recovery", recovery)
    done = steps.propose(session, ref, words("TEXT", remedy), cents, kind)
    tell_done(ctx, done, say("proposed a remedy for cp{id}", id=done.file.id))


def approve(
    ctx: typer.Context,
    ref: Ref,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who approves; their level is on the staff list.")],
    remark: Annotated[str, typer.Option("--remark", metavar="TEXT", help="What they remark.")],
) -> None:
    """Step 6: approve a proposal, by somebody whose authority covers its cost.

    \b
    Example:
      csm complaint approve cp12 --by "Wang Fang" --remark "fair"
    """
    _decide(ctx, ref, "approve", by, remark)


def reject(
    ctx: typer.Context,
    ref: Ref,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who rejects; their level is on the staff list.")],
    remark: Annotated[str, typer.Option("--remark", metavar="TEXT", help="Why, and what to propose instead.")],
) -> None:
    """Step 6: reject a proposal; it stays on record, and another one is to be made.

    \b
    Example:
      csm complaint reject cp12 --by "Wang Fang" --remark "too little after the second time"
    """
    _decide(ctx, ref, "reject", by, remark)


def _decide(ctx: typer.Context, ref: str, verb: str, by: str, remark: str) -> None:
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.complaint import steps
    from csm.storage.house import settings

    session: Session = ctx.obj
    name = settings.staff_name(session.database.connection, words("--by", by))
    done = steps.decide(session, ref, verb, name, words("--remark", remark))
    said = {"id": done.file.id, "name": visible(name)}
    approved = verb == "approve"
    tell_done(ctx, done, say("{name} approved cp{id}", **said) if approved else say("{name} rejected cp{id}", **said))


def implement(
    ctx: typer.Context,
    ref: Ref,
    did: Annotated[str, typer.Option("--did", metavar="TEXT", help="What was done.")],
    outcome: Annotated[str, typer.Option("--outcome", help="full, partial, not-yet or cannot.")],
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When; now unless told.")] = None,
) -> None:
    """Step 7: write down what was done and what came of it; a satisfaction callback is planned.

    \b
    Example:
      csm complaint implement cp12 --did "seal changed, oven tested" --outcome full
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services import values
    from csm.services.complaint import steps

    session: Session = ctx.obj
    came = choice("case_outcome", "--outcome", outcome)
    moment = values.read_past_moment(at, session) if at is not None else None
    done = steps.implement(session, ref, words("--did", did), came, moment)
    tell_done(ctx, done, say("noted what was done for cp{id}", id=done.file.id))


def close(
    ctx: typer.Context,
    ref: Ref,
    summary: Annotated[str | None, typer.Option("--summary", metavar="TEXT", help="The case in a sentence.")] = None,
    lesson: Annotated[str | None, typer.Option("--lesson", metavar="TEXT", help="What we learnt from it.")] = None,
    satisfaction: Annotated[
        str | None, typer.Option("-s", "--satisfaction", metavar="1..5|unknown", help="How satisfied they are now.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why nobody knows how satisfied they are.")
    ] = None,
    prevent: Annotated[
        str | None, typer.Option("--prevent", metavar="TEXT", help="What keeps it from happening again.")
    ] = None,
    prevent_by: Annotated[
        str | None, typer.Option("--prevent-by", metavar="NAME", help="Who sees to that; you unless told.")
    ] = None,
    prevent_on: Annotated[str | None, typer.Option("--prevent-on", metavar="WHEN", help="By which day.")] = None,
    unresolved: Annotated[
        str | None, typer.Option("--unresolved", metavar="REASON", help="No remedy is possible; why.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="The leader, level 1 or above, who closes it unresolved.")
    ] = None,
) -> None:
    """Step 8: sum up and close; a customer who isn't satisfied, 1 or 2, opens the case again.

    Without --satisfaction the summary is kept, and the satisfaction callback closes the case.

    \b
    Example:
      csm complaint close cp12 --summary "seal changed" --lesson "check seals on delivery" --satisfaction 5
    """
    from csm.cli.complaint.messages import tell_done
    from csm.domain.errors import MissingOption
    from csm.i18n import say
    from csm.services.complaint import steps

    session: Session = ctx.obj
    asked = satisfaction is not None
    score = None
    if satisfaction is not None and satisfaction.strip().casefold() not in ("unknown", "未知", "不明"):
        from csm.domain.settings import read_whole

        score = read_whole(satisfaction, 1, 5)
    if by is not None and unresolved is None:
        raise MissingOption(option="--unresolved", command="csm complaint close")
    closing = steps.Closing(
        words("--summary", summary) if summary is not None else None,
        words("--lesson", lesson) if lesson is not None else None,
        score,
        asked,
        reason,
        words("--unresolved", unresolved) if unresolved is not None else None,
        decider(session, by),
        _prevention(session, prevent, prevent_by, prevent_on),
    )
    done = steps.close(session, ref, closing)
    if done.pending:
        sentence = say("the summary of cp{id} is written; the satisfaction callback closes it", id=done.file.id)
    elif done.reopened:
        sentence = say("cp{id} is open again: the customer isn't satisfied", id=done.file.id)
    else:
        sentence = say("closed cp{id}", id=done.file.id)
    tell_done(ctx, done, sentence)


def _prevention(session: Session, text: str | None, by: str | None, on: str | None) -> Prevention | None:
    from csm.domain.errors import MissingOption
    from csm.services import values
    from csm.services.complaint.steps import Prevention

    if text is None:
        if by is not None or on is not None:
            raise MissingOption(option="--prevent", command="csm complaint close")
        return None
    if on is None:
        raise MissingOption(option="--prevent-on", command="csm complaint close")
    from csm.storage.house.settings import staff_name

    name = staff_name(session.database.connection, words("--prevent-by", by)) if by is not None else session.user
    return Prevention(words("--prevent", text), name, values.read_day(on, session))


def settle(
    ctx: typer.Context,
    ref: Ref,
    did: Annotated[str, typer.Option("--did", metavar="TEXT", help="What was done.")],
    cause: Annotated[str | None, typer.Option("--cause", help="service, company, customer or environment.")] = None,
    failure: Annotated[str | None, typer.Option("--failure", help="What failed: outcome or process.")] = None,
    compensation: Annotated[str | None, typer.Option("--compensation", metavar="AMOUNT", help="What it cost.")] = None,
    recovery: Annotated[str | None, typer.Option("--recovery", help="symbolic, equal or more.")] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", help="full unless told; partial, not-yet, cannot.")
    ] = None,
) -> None:
    """The short way: steps 2 to 7 at once, within your own authority; a grievance with a word on what was done.

    \b
    Example:
      csm complaint settle cp12 --failure process --cause service --did "brought the missing box" --compensation 20
    """
    from csm.cli.complaint.messages import customer_of, tell_done
    from csm.domain.complaint.case import SOLVED
    from csm.i18n import say
    from csm.services.complaint import steps

    session: Session = ctx.obj
    done = steps.settle(session, ref, settlement(session, did, compensation, failure, cause, recovery, outcome))
    settled = done.file.case.level == "grievance" or done.file.case.outcome in SOLVED
    told = say("settled cp{id}", id=done.file.id)
    if done.file.case.level == "grievance":
        told = say("settled grievance cp{id} of {name}", id=done.file.id, name=customer_of(session, done.file))
    tell_done(ctx, done, told if settled else say("noted what was done for cp{id}", id=done.file.id))
