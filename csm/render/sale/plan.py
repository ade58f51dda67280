"""A repayment plan: its parts as a list for people, and the whole of it as a record for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from csm.domain.sale.record import INSTALMENT, PLAN_BILL
from csm.domain.values.money import group_cents
from csm.i18n import say
from csm.render.listing import Listing, nested
from csm.render.text import visible

if TYPE_CHECKING:
    from csm.domain.kinds import Field
    from csm.domain.sale.repayment import Plan

_OF_PLAN: Final = frozenset({"plan_id"})


def plan_listing(plan: Plan, fields: Sequence[Field]) -> Listing:
    """Return the parts of a plan with how it stands above them, and the bills that it is about."""
    rows = [[part[field.name] for field in fields] for part in plan.parts]
    return Listing(fields, rows, title(plan), lead=[*_lead(plan)])


def title(plan: Plan) -> str:
    """Return whose plan it is, over how much, since when, and what of it is paid and open."""
    row = plan.plan
    told = {name: group_cents(row[name]) for name in ("amount", "paid")}
    told |= {"name": visible(row["customer"]), "made": row["made_on"], "open": group_cents(row["balance"])}
    if row["ended_on"] is not None and row["ended_text"]:
        return say("{name}: repayment plan of {amount} from {made}, {paid} paid, ended {ended}: {why}",
                   ended=row["ended_on"], why=visible(row["ended_text"]), **told)  # fmt: skip
    if row["ended_on"] is not None:
        return say("{name}: repayment plan of {amount} from {made}, {paid} paid, ended {ended}",
                   ended=row["ended_on"], **told)  # fmt: skip
    return say("{name}: repayment plan of {amount} from {made}, {paid} paid, {open} open", **told)


def _lead(plan: Plan) -> list[str]:
    bills = say(", ").join(f"sa{bill['sale_id']} {group_cents(bill['planned'])}" for bill in plan.bills)
    lines = [say("for {bills}", bills=bills)] if bills else []
    return lines + ([visible(plan.plan["note"])] if plan.plan["note"] else [])


def plan_record(plan: Plan) -> dict[str, Any]:
    """Return a plan for `write_record`: its fields, then its parts and the bills that it is about."""
    return {
        **plan.plan,
        "parts": nested(INSTALMENT, plan.parts, _OF_PLAN),
        "bills": nested(PLAN_BILL, plan.bills, _OF_PLAN),
    }
