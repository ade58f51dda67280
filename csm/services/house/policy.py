"""Changing the settings and the holidays of a file; each change is one transaction.

Where the calendar changes, what is open is due at other times: it is moved in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from csm.domain import settings
from csm.domain.complaint import presets, problems
from csm.domain.errors import Refused, UsageFault
from csm.domain.values.money import typed_cents
from csm.i18n import in_chinese
from csm.services.complaint import recomputing
from csm.services.complaint.recomputing import recompute
from csm.services.values import read_amount
from csm.storage.complaint import rows as complaints
from csm.storage.file import whole
from csm.storage.house import settings as stored

if TYPE_CHECKING:
    import sqlite3

    from csm.services.complaint.recomputing import Moved
    from csm.services.work import Work

# What the working calendar is made of, beside the holidays.
CALENDAR: Final = ("work.spans", "file.timezone")
CURRENCY: Final = "file.currency"


class Change(NamedTuple):
    """The value that a setting has now, and what it moved; None where it says nothing about when things are due."""

    value: str
    moved: Moved | None


def change(work: Work, key: str, value: str, *, force: bool = False) -> Change:
    """Set a setting, in its canonical form. Raises unknown-setting, what its check raises, and amounts-in-file.

    force: the currency is set though the file has amounts.
    """
    setting = settings.find(key)
    key, checked = setting.key, setting.check(_in_figures(work, value) if setting.unit == "amount" else value)
    with work.database.writing(work.command, make=True) as connection:
        if not force:
            refuse_under_amounts(connection, key, checked)
        check_problems(connection, key, checked)
        stored.store(connection, key, checked)
        return Change(checked, _recomputed(work, connection, key))


def check_problems(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Refuse own problems where one that cases have is gone, or one is called as one of the program is.

    Other settings pass. Raises problem-in-use, bad-problem (source: handbook 6.1).
    """
    if key != problems.KEY:
        return
    after = problems.own(value)
    built_in = {in_chinese("problem", one) for one in problems.BUILT_IN}
    for name in after.values():
        if name in built_in:
            raise UsageFault("bad-problem", value=name)
    for problem, cases in complaints.cases_by_problem(connection).items():
        if problem not in after and problem in problems.own(stored.load(connection).get(key, "")):
            raise Refused("problem-in-use", value=problem, cases=cases)


def _in_figures(work: Work, amount: str) -> str:
    """Return an amount without the sign of the file's currency; raise other-currency for another one's."""
    return typed_cents(read_amount(amount, work))


def refuse_under_amounts(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Raise amounts-in-file where `key` is the currency, `value` another one, and the file has amounts.

    Nothing converts them, so that every one of them would silently be another sum (source: the contract, section 1).
    """
    if key != CURRENCY:
        return
    policy = settings.Policy(stored.load(connection))
    own = policy.text(CURRENCY)
    if own == value:
        return
    count = whole.amounts(connection) + sum(settings.find(key).unit == "amount" for key in stored.load(connection))
    if count:
        raise Refused("amounts-in-file", own=own, currency=value, count=count)


def reset(work: Work, key: str, *, force: bool = False) -> Change:
    """Take a setting back to its default; raise what `change` does. The zone of the file goes back to UTC."""
    setting = settings.find(key)
    key, default = setting.key, setting.default
    with work.database.writing(work.command) as connection:
        if not force:
            refuse_under_amounts(connection, key, default)
        check_problems(connection, key, default)
        stored.remove(connection, key)
        return Change(default, _recomputed(work, connection, key))


def _recomputed(work: Work, connection: sqlite3.Connection, key: str) -> Moved | None:
    if key.startswith("authority."):
        recomputing.pass_on_approvals(connection)
    if key not in CALENDAR:
        return None

    return recompute(work, connection)


def take_over(work: Work, name: str) -> list[tuple[str, str, str]]:
    """Take over the targets of a preset; return (key, old, new) of those that changed. Raises unknown-value.

    Cases that are recorded already keep the targets they were recorded under (source: handbook 6.5).
    """
    preset = presets.find(name)
    with work.database.writing(work.command, make=True) as connection:
        before = settings.Policy(stored.load(connection))
        for key, value in preset.values.items():
            if value == settings.find(key).default:
                stored.remove(connection, key)
            else:
                stored.store(connection, key, value)
    olds = {key: before.text(key) for key in preset.values}
    return [(key, olds[key], value) for key, value in preset.values.items() if value != olds[key]]


class Holidays(NamedTuple):
    """How many dated exceptions a file held, how many of them were new or different, and what they moved."""

    read: int
    changed: int
    moved: Moved


def import_holidays(work: Work, days: Iterable[tuple[str, str, str | None]]) -> Holidays:
    """Store dated holidays and extra working days, (date, kind, name); all or nothing."""
    rows = list(days)
    with work.database.writing(work.command, make=True) as connection:
        before = set(stored.holidays(connection))
        stored.store_holidays(connection, rows)
        after = set(stored.holidays(connection))
        return Holidays(len(rows), len(after - before), recompute(work, connection))
