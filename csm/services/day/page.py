"""The page for the morning: what is late, for today, coming next, and what nobody has planned (handbook 12)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from csm.domain.time.instant import utc_text
from csm.storage.day import due
from csm.storage.day.due import Day, Ends, Item, Wanted
from csm.storage.day.due_kinds import KINDS
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.services.work import Work


def leads(work: Work) -> dict[str, int]:
    """Return how many days ahead each kind of due item is shown, where it has a lead."""
    return {kind.name: work.policy.number(kind.lead) for kind in KINDS if kind.lead}


def guarantees(work: Work) -> Callable[[date, date], Ends] | None:
    """Return what says which guarantees end between two days, by the settings in force; None where nothing was sold."""
    if not due.anything_sold(work.database.connection):
        return None
    from csm.domain.sale import guarantee

    return lambda first, last: guarantee.ends(work.policy, first, last)


def lunar_birthdays(work: Work) -> Callable[[date, date], Iterable[tuple[str, bool, str]]] | None:
    """Return what says which lunar birthdays are kept between two days; None where nobody has one."""
    if not due.any_lunar_birthday(work.database.connection):
        return None
    from csm.services.customer import birthdays

    return birthdays.between


def read(work: Work, *, owner: str | None, owners: Sequence[str]) -> Day:
    """Return the page of the day taken as today; `owners` are those whose work `owner` sees."""
    from csm.services.callback import planning
    from csm.storage.complaint import rows as complaints
    from csm.storage.customer import card_trade

    connection = work.database.connection
    ahead = work.policy.number("today.days_ahead")
    until = work.today + timedelta(days=ahead)
    wanted = Wanted(
        work.today,
        work.now_text,
        until,
        leads(work),
        owners=owners,
        ends=guarantees(work),
        lunar=lunar_birthdays(work),
    )
    late, now, coming = _by_time(due.read(connection, wanted), work.today.isoformat(), work.now_text)
    warning_days = work.policy.number("warning.days")
    since = utc_text(work.now - timedelta(days=warning_days))
    return Day(
        work.today,
        ahead,
        owner,
        late,
        now,
        coming,
        _route([*late, *now]),
        planning.count_unplanned(work, owners),
        work.now_text,
        complaints.warnings(connection, since, work.policy.number("warning.customers")),
        warning_days,
        complaints.feedback_waiting(connection),
        [(case, work.zone.local(at).date().isoformat()) for case, at in due.waiting(connection, owners)],
        complaints.to_close(connection, owners),
        card_trade.messages(connection, owners),
    )


def _by_time(items: Iterable[Item], today: str, now: str) -> tuple[list[Item], list[Item], list[Item]]:
    """Return the items that are late, those for today, and those that come after it."""
    late: list[Item] = []
    due_today: list[Item] = []
    coming: list[Item] = []
    for item in items:
        (late if item.is_late(today, now) else due_today if item.due_on <= today else coming).append(item)
    return late, due_today, coming


def _route(items: Iterable[Item]) -> list[Item]:
    """Return the visits among items in the order of their route."""
    visits = [item for item in items if item.channel == "visit" and item.route]
    return sorted(visits, key=lambda item: (item.route or "", item.route_order is None, item.route_order or 0, item.id))


def deputies(work: Work) -> dict[str, str]:
    """Return who stands in for whom today, owner to deputy."""
    return settings.stand_ins(work.database.connection, work.today.isoformat())
