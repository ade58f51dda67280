"""`csm customer risk`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli import columns, filters
from csm.cli.grammar import Given
from csm.cli.output import tell_where, write_rows
from csm.cli.session import Session
from csm.cli.tongue import tongue_of
from csm.domain.customer.record import RISK
from csm.domain.customer.risk import OPEN, Case, Reason
from csm.domain.kinds import Field
from csm.i18n import marked, say
from csm.render.listing import Listing
from csm.services import references
from csm.services.customer import risks
from csm.services.values import read_term
from csm.storage.customer.risks import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csm.cli.tongue import Tongue
    from csm.services.customer.risks import AtRisk


REASONS: Final = "overdue-purchase, silent, complaint, dissatisfied or broken-promise"


def run(
    ctx: typer.Context,
    reason: Annotated[
        list[str] | None, typer.Option("--reason", metavar="R", help=f"Only with this reason: {REASONS}; repeat it.")
    ] = None,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="NAME", help="Only this owner's customers; repeat it.")
    ] = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only this customer.")] = None,
) -> None:
    """List the customers who may leave, and why: key accounts first, then those with the most reasons.

    \b
    Example:
      csm customer risk --reason overdue-purchase --owner alice
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    wanted = {read_term(Field("reason", "reason", "choice", "risk"), word) for word in reason or ()}
    chosen = columns.columns_of(RISK, given)
    limit = columns.limit_of(given)
    connection = session.database.connection
    watched = Watched(
        filters.owners(session, owner) if owner else (),
        references.customer(connection, customer).id if customer is not None else None,
    )
    found = [
        one
        for one in risks.at_risk(session, watched)
        if not wanted or not wanted.isdisjoint(told.kind for told in one.reasons)
    ]
    shown = found if given.sort is not None else found[:limit]
    tongue = tongue_of(given)
    rows = columns.chosen_rows((_row(one, tongue) for one in shown), RISK, chosen, given, limit)
    tell_where(session)
    written = write_rows(session, given, Listing(chosen, rows, "", say("no customers at risk")))
    if limit is not None and given.limit is None and written == limit:
        columns.tell_rest(session, len(found) - written)


def _row(one: AtRisk, tongue: Tongue) -> list[Any]:
    """Return the values of a customer at risk in the order of RISK."""
    card = one.card
    return [
        card.id,
        card.name,
        card.key_account,
        card.grade,
        card.owner,
        card.phone,
        ";".join(tongue.label("risk", reason.kind) for reason in one.reasons),
        tongue.joined([part for reason in one.reasons for part in _why(reason, tongue)]),
        one.last_sale_on.isoformat() if one.last_sale_on is not None else None,
        card.last_contact_on,
    ]


def _why(reason: Reason, tongue: Tongue) -> list[str]:
    """Return a reason in words, several parts for complaints that stand differently."""
    say, told = tongue.say, reason.told
    if reason.kind == "overdue-purchase":
        return [
            say("no purchase for {days} days, usually every {usual}", days=told["days"], usual=f"{told['usual']:g}")
        ]
    if reason.kind == "silent" and told["ever"]:
        return [say("no contact for {days} days, usually every {usual}", days=told["days"], usual=told["cadence"])]
    if reason.kind == "silent":
        return [
            say(
                "no contact since the card was made {days} days ago, usually every {usual}",
                days=told["days"],
                usual=told["cadence"],
            )
        ]
    if reason.kind == "dissatisfied":
        return [say("satisfaction {n} at the last contact", n=told["satisfaction"])]
    if reason.kind == "complaint":
        return list(_complaints(told["cases"], tongue))
    forms = marked("promise {refs} was broken"), marked("promises {refs} were broken")
    return [_several(forms, [f"pr{identity}" for identity in told["promises"]], tongue)]


def _complaints(cases: Sequence[Case], tongue: Tongue) -> Iterator[str]:
    """Give what is wrong with complaints, those that stand alike together."""
    standing = {
        (marked("complaint {refs} is open"), marked("complaints {refs} are open")): [
            case for case in cases if case.status in OPEN
        ],
        (marked("complaint {refs} was left unresolved"), marked("complaints {refs} were left unresolved")): [
            case for case in cases if case.status == "unresolved"
        ],
        (
            marked("complaint {refs} ended with a dissatisfied customer"),
            marked("complaints {refs} ended with a dissatisfied customer"),
        ): [case for case in cases if case.status not in (*OPEN, "unresolved")],
    }
    for forms, alike in standing.items():
        if alike:
            yield _several(forms, [f"cp{case.id}" for case in alike], tongue)


def _several(forms: tuple[str, str], refs: Sequence[str], tongue: Tongue) -> str:
    return tongue.say(forms[len(refs) > 1], refs=tongue.say(", ").join(refs))
