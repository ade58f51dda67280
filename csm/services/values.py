"""From what was typed or stands in a cell to what is stored, field by field; terms in either language."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from csm.domain.errors import FieldName, UsageFault
from csm.domain.kinds import Field
from csm.domain.sale.settlement import read_terms
from csm.domain.settings import read_whole
from csm.domain.terms import TERMS
from csm.domain.time import lunar
from csm.domain.time.when import read_birthday, read_moment
from csm.domain.values.email import check_email
from csm.domain.values.money import read_cents
from csm.domain.values.phone import check_phone
from csm.domain.values.quantity import read_quantity
from csm.services import references
from csm.services.customer import birthdays

if TYPE_CHECKING:
    from csm.domain.callback.rules import Appointment
    from csm.services.work import Work

YES = frozenset({"yes", "y", "true", "1", "是", "对", "有"})
NO = frozenset({"no", "n", "false", "0", "否", "不", "无"})
RANGES: dict[str, tuple[int, int]] = {
    "satisfaction": (1, 5),
    "route_order": (0, 999_999),
    "days_late": (-999_999, 999_999),
}
PAST_DATES = frozenset(
    {
        "reviewed_on",
        "left_on",
        "contract_start_on",
        "last_contact_on",
        "last_sale_on",
        "archived_on",
        "settled_on",
        "retired_on",
        "lost_on",
        "won_back_on",
        "taken_on",
        "sold_on",
        "delivered_on",
        "paid_on",
        "signed_on",
        "cancelled_on",
        "done_on",
        "message_done_on",
    }
)

Stored = str | int | float | None

# What the name of a column has behind that of its field, by the kind of the field.
_STORED_AS = {"money": "_cents", "customer": "_id"}


def column(field: Field) -> str:
    """Return the column of the table that keeps `field`."""
    return f"{field.name}{_STORED_AS.get(field.kind, '')}"


def read(field: Field, text: str, work: Work) -> Stored:
    """Return what is stored for `text` typed for `field`; raise the UsageFault that says why it can't be read."""
    stripped = text.strip()
    if not stripped:
        raise UsageFault("empty-value", field=FieldName(field.name))
    if field.kind == "date":
        day = read_day(stripped, work, past=field.name in PAST_DATES)
        if field.name in ("reviewed_on", "left_on") and day > work.today:
            raise UsageFault("date-in-future", value=text)
        return day.isoformat()
    if field.kind == "money":
        return read_amount(stripped, work)
    if field.kind == "customer":
        return references.customer(work.database.connection, stripped).id
    if field.kind == "birthday":
        return _read_birthday(stripped, work)
    return read_cell(field, stripped)


def _read_birthday(text: str, work: Work) -> str:
    """Return what is stored for a birthday that was typed, a `LunarText` for one of the lunar calendar.

    Raises unreadable-birthday, date-in-future, and for a lunar one lunar-year-unknown, no-lunar-day.
    """
    if lunar.is_lunar(text):
        return birthdays.read(text, work.today)
    found = read_birthday(text)
    if found > work.today.isoformat():
        raise UsageFault("date-in-future", value=text)
    return found


def columns(field: Field, value: Stored) -> dict[str, object]:
    """Return the columns that a value fills; of the two birthdays a contact has one (source: handbook 3)."""
    if field.kind != "birthday":
        return {column(field): value}
    is_lunar = isinstance(value, lunar.LunarText)
    return {"birthday": None if is_lunar else value, "lunar_birthday": value if is_lunar else None}


def read_amount(text: str, work: Work, *, allow_negative: bool = False) -> int:
    """Return the cents of an amount in the currency of the file; raise unreadable-amount and its kind."""
    currency = work.policy.text("file.currency") if not text.isdigit() else "CNY"
    return read_cents(text, currency, allow_negative=allow_negative)


def read_cell(field: Field, text: str) -> Stored:
    """Return what is stored for the stripped, non-empty `text` of any field but a date."""
    kind = field.kind
    if kind == "text" or kind == "tags":
        return text
    if kind == "choice":
        return read_term(field, text)
    if kind == "flag":
        return read_flag(text)
    if kind == "integer":
        return read_whole(text, *RANGES.get(field.name, (0, 10**15)))
    return _read_by_rule(kind, text)


def _read_by_rule(kind: str, text: str) -> Stored:
    if kind == "phone":
        return check_phone(text)
    if kind == "money":
        return read_cents(text)
    if kind == "email":
        return check_email(text)
    if kind == "interval":
        from csm.domain.time.recurrence import read_recurrence

        return str(read_recurrence(text))
    if kind == "score":
        from csm.domain.survey.scores import read_score

        return read_score(text, 7)
    if kind == "quantity":
        return read_quantity(text)
    if kind == "settlement":
        return read_terms(text)
    if kind == "birthday":
        return read_birthday(text)
    raise AssertionError(kind)


def read_term(field: Field, text: str) -> str:
    """Return the stable value of a term typed in either language, folded, by a usual synonym, or by any unique part.

    Raises unknown-value with the values that may be meant.
    """
    return read_choice(field.terms, FieldName(field.name), text)


def read_whole_term(field: Field, text: str) -> str:
    """Return the stable value of a term in a file, folded, or by a usual synonym; a part of a word is no term there.

    Nobody sees what a cell was taken for: `Resolved` would be a part of `unresolved`. Raises unknown-value.
    """
    return read_choice(field.terms, FieldName(field.name), text, whole=True)


def read_choice(terms: str, field: str, text: str, *, whole: bool = False) -> str:
    """Return the value of the closed list `terms` that was typed for `field`; see `read_term`."""
    if text in TERMS[terms]:
        return text
    from csm.i18n.terms import term, terms_meant, values_of

    values = values_of(terms)
    found = term(terms, values, text)
    if found is not None:
        return found
    from csm.domain.synonyms import ALSO
    from csm.domain.values.folding import folded

    known = ALSO.get(terms, {}).get(folded(text))
    if known is not None:
        return known
    meant = terms_meant(terms, values, text)
    if len(meant) == 1 and not whole:
        return meant[0]
    raise UsageFault(
        "unknown-value", field=field, value=text, choices=(not whole and meant) or list(values), terms=terms
    )


def read_flag(text: str) -> int:
    """Return 1 or 0 for a yes or a no; raise unreadable-flag."""
    said = text.casefold()
    if said in YES:
        return 1
    if said in NO:
        return 0
    raise UsageFault("unreadable-flag", value=text)


def read_day(text: str, work: Work, *, past: bool = False) -> date:
    """Return the day that `text` says at the time taken as now; an instant is its day in the zone of the file.

    Raises unreadable-date, doubtful-date, time-not-kept.
    """
    from csm.domain.time.when import read_day as read

    return read(text, _now(work), past=past, zone=work.zone)


def _now(work: Work) -> datetime:
    """Return now by the wall clock, with `fold` in an hour that comes twice."""
    return work.zone.to_wall(work.now)


def _wall(moment: datetime, work: Work) -> datetime:
    """Return a moment that was read by the wall clock; an offset holds, also in an hour that comes twice."""
    return moment if moment.tzinfo is None else work.zone.to_wall(moment)


def read_appointment(text: str, work: Work) -> Appointment:
    """Return the planned day that `text` says, with its time of day where it says one.

    Raises unreadable-date, doubtful-date.
    """
    from csm.domain.callback.rules import Appointment

    # No text can say a microsecond, so it tells a time that was typed from none.
    none = time(0, 0, 0, 1)
    moment = read_moment(text, _now(work), default_time=none)
    if moment.microsecond:
        return Appointment(moment.date())
    return Appointment(_wall(moment, work).date(), work.zone.to_utc_text(moment))


def read_deadline(text: str, work: Work) -> datetime:
    """Return the local time by which something is to be done; a day alone is the end of its working time.

    On a day off that is the last minute of the day that was said.
    """

    def end_of(day: date) -> time:
        return work.calendar.closing(day) or time(23, 59)

    return _wall(read_moment(text, _now(work), default_time=end_of), work)


def read_past_day(text: str | None, work: Work) -> date:
    """Return the day of something that has happened, today unless told. Raises date-in-future."""
    if text is None:
        return work.today
    day = read_day(text, work, past=True)
    if day > work.today:
        raise UsageFault("date-in-future", value=text)
    return day


def read_past_moment(text: str, work: Work) -> datetime:
    """Return the local time of something that has happened; a day alone is the start of its working time.

    A day that is today, without a time, is now. Raises date-in-future.
    """
    now = _now(work)
    none = time(0, 0, 0, 1)
    moment = read_moment(text, now, past=True, default_time=none)
    if moment.microsecond:
        day = moment.date()
        opening = work.calendar.opening(work.calendar.next_working_day(day)) or time(0)
        moment = datetime.combine(day, opening)
        return min(moment, now) if day == now.date() else _past(moment, text, work)
    return _past(_wall(moment, work), text, work)


def _past(moment: datetime, text: str, work: Work) -> datetime:
    if work.zone.to_utc_text(moment) > work.now_text:
        raise UsageFault("date-in-future", value=text)
    return moment
