"""How a due item reads: its words, its day, its short reference; the same in lists and on the page for the morning.

On the way of `due -f csv`: it imports nothing but the words. It doesn't write, align or escape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from csm.domain.kinds import PREFIXES
from csm.domain.terms import SPOKEN
from csm.i18n import label, language, say, say_n
from csm.render.text import visible
from csm.storage.day.due import Item

if TYPE_CHECKING:
    from csm.render.listing import Listing

# Whose short reference a due item has; a birthday and a contract go by their customer's.
_OF: Final = {
    **dict.fromkeys(("callback", "visit"), "callback"),
    **dict.fromkeys(("first-response", "technician", "proposal", "resolution", "approval", "prevention"), "complaint"),
    "escalation": "complaint",
    "promise": "promise",
    **dict.fromkeys(("delivery", "payment", "guarantee"), "sale"),
    "instalment": "instalment",
    "reminder": "note",
}
# The clocks of a case in stable English.
_CLOCKS: Final = {
    "first-response": "first response",
    "technician": "technician contact",
    "proposal": "proposal",
    "resolution": "resolution",
}
_NOT_CALLED: Final = frozenset({"visit", "approval", "prevention", "delivery"})
_USUAL: Final = "general"  # the severity that isn't printed

# Gives the time of day of an item that has one, and how late it is in words, None where it isn't.
Timing = Callable[[Item], tuple[str, str | None]]


def ref(item: Item) -> str:
    """Return the short reference to type: cb12, cp12 for a case, pr12, sa12, nt12, else that of the customer."""
    kind = _OF.get(item.kind)
    return f"{PREFIXES[kind]}{item.id}" if kind else f"{PREFIXES['customer']}{item.customer_id}"


def what(item: Item, *, translated: bool, no_answer_limit: int, now: str = "") -> str:
    """Return what a due item is about, as stored and not yet made visible.

    In stable English with the values of terms, or with `translated` in the language in use. From `no_answer_limit`
    tries on it says how many were in vain, and what the ladder has moved up and is late at `now` is to be taken up
    (source: handbook 5, 6.6).
    """
    return _translated(item, no_answer_limit, now) if translated else _stable(item, no_answer_limit, now)


def _stable(item: Item, no_answer_limit: int, now: str) -> str:
    text = _stable_words(item, no_answer_limit, now)
    return f"{text}; do not contact" if item.do_not_contact else text


def _stable_words(item: Item, no_answer_limit: int, now: str) -> str:
    if item.kind in _CLOCKS:
        text = f"{_CLOCKS[item.kind]}: {item.detail}"
        marks = [item.term.replace("-", " ")] if item.term and item.term != _USUAL else []
        marks += [f"level {item.level}"] if item.level else []
        text += f" ({', '.join(marks)})" if marks else ""
        return f"take up, {text}" if _to_take_up(item, now) else text
    return _STABLE[item.kind](item) if item.kind in _STABLE else _stable_call(item, no_answer_limit)


_STABLE: Final[dict[str, Callable[[Item], str]]] = {
    "approval": lambda item: f"approve: {item.detail}",
    "escalation": lambda item: f"escalate: {item.detail}" + (f" (level {item.level})" if item.level else ""),
    "prevention": lambda item: f"prevent: {item.detail}",
    "promise": lambda item: f"{'they' if item.term == 'theirs' else 'we'} promised: {item.detail}",
    "birthday": lambda item: (
        f"birthday: {item.detail}"
        + (f" ({_lunar().in_english(item.term, with_year=False)})" if item.term else "")
        + (f", turns {age}" if (age := _age(item)) else "")
    ),
    "delivery": lambda item: f"deliver: {item.detail}",
    "payment": lambda item: (
        f"payment: {item.detail}" + (f"; waits for the {item.term.replace('-', ' ')}" if item.term else "")
    ),
    "instalment": lambda item: "instalment: {}, part {} of {}".format(item.detail, *_place(item)),
    "contract": lambda item: "contract ends",
    "guarantee": lambda item: f"guarantee ends: {item.term}, {item.detail}",
}


def _stable_call(item: Item, no_answer_limit: int) -> str:
    text = item.term or ""
    if item.channel and item.channel != "phone":
        text += f" ({item.channel})"
    if item.detail:
        text = f"{text}: {item.detail}" if text else item.detail
    if item.tries >= no_answer_limit:
        text += f"; {item.tries} {'try' if item.tries == 1 else 'tries'} without an answer"
    return text


def _translated(item: Item, no_answer_limit: int, now: str) -> str:
    text = _translated_words(item, no_answer_limit, now)
    if item.do_not_contact:
        return say("{what}; do not contact", what=text)
    if item.best_time and _is_called(item):
        text = say("{what}; best time: {when}", what=text, when=item.best_time)
    return text


def _is_called(item: Item) -> bool:
    """Tell whether one calls for an item: not where one goes there, writes, or sees to it without the customer."""
    if item.kind == "callback":
        return item.channel in SPOKEN
    return item.kind not in _NOT_CALLED


def _translated_words(item: Item, no_answer_limit: int, now: str) -> str:
    if item.kind in _CLOCKS:
        text = say("{what}: {detail}", what=in_words("clock", item.kind), detail=item.detail or "")
        marks = [in_words("case_kind", item.term)] if item.term and item.term != _USUAL else []
        marks += [say("level {n}", n=item.level)] if item.level else []
        if marks:
            text = say("{what} ({marks})", what=text, marks=say(", ").join(marks))
        return say("take up, {what}", what=text) if _to_take_up(item, now) else text
    words = _TRANSLATED.get(item.kind)
    return words(item, item.detail or "") if words else _translated_call(item, no_answer_limit)


_TRANSLATED: Final[dict[str, Callable[[Item, str], str]]] = {
    "approval": lambda item, detail: say("approve: {detail}", detail=detail),
    "escalation": lambda item, detail: _with_level(say("escalate: {detail}", detail=detail), item.level),
    "prevention": lambda item, detail: say("prevent: {detail}", detail=detail),
    "promise": lambda item, detail: (
        say("they promised: {detail}", detail=detail)
        if item.term == "theirs"
        else say("we promised: {detail}", detail=detail)
    ),
    "birthday": lambda item, detail: birthday(_with_lunar_day(detail, item.term), _age(item)),
    "delivery": lambda item, detail: say("deliver: {detail}", detail=detail),
    "payment": lambda item, detail: (
        say("payment: {detail}; waits for the {role}", detail=detail, role=in_words("sign_off", item.term))
        if item.term
        else say("payment: {detail}", detail=detail)
    ),
    "instalment": lambda item, detail: _instalment(detail, *_place(item)),
    "contract": lambda item, detail: say("contract ends"),
    "guarantee": lambda item, detail: say(
        "guarantee ends: {kind}, {detail}", kind=label("guarantee", item.term or ""), detail=detail
    ),
}


def _with_level(text: str, level: int | None) -> str:
    return say("{what} ({marks})", what=text, marks=say("level {n}", n=level)) if level else text


def _place(item: Item) -> tuple[str, str]:
    """Return the how manieth part of its plan an instalment is, of how many."""
    number, _, of = (item.term or "").partition("/")
    return number, of


def _instalment(amount: str, number: str, of: str) -> str:
    return say("instalment: {amount}, part {number} of {of}", amount=amount, number=number, of=of)


def _translated_call(item: Item, no_answer_limit: int) -> str:
    text = subject(item.term, item.channel)
    if item.detail:
        text = say("{what}: {detail}", what=text, detail=item.detail) if text else item.detail
    if item.tries >= no_answer_limit:
        text = say("{what}; {tries}", what=text, tries=in_vain(item.tries))
    return text


def _to_take_up(item: Item, now: str) -> bool:
    return bool(item.level) and item.due_at is not None and item.due_at < now


def in_words(terms: str, value: str) -> str:
    """Return a term as part of a sentence: late delivery for late-delivery."""
    return label(terms, value).replace("-", " ") if value != "technician" else say("technician contact")


def birthday(name: str, age: int | None) -> str:
    """Return the words for a birthday, with the age where the year is known."""
    if age is None:
        return say("birthday: {name}", name=name)
    return say("birthday: {name}, turns {age}", name=name, age=age)


def subject(purpose: str | None, channel: str | None) -> str:
    """Return the purpose of a callback, and its channel where that isn't the phone."""
    text = label("purpose", purpose) if purpose else ""
    if channel and channel != "phone":
        text = say("{purpose} ({channel})", purpose=text, channel=label("channel", channel))
    return text


def last_line(text: str) -> str:
    """Return the line for what was last said."""
    return say("last: {text}", text=visible(text))


def in_vain(tries: int) -> str:
    """Return how often nobody answered."""
    return say_n("{n} try without an answer", "{n} tries without an answer", tries)


def _with_lunar_day(name: str, stored: str | None) -> str:
    """Return a name with the lunar birthday, where it is one."""
    return say("{what} ({marks})", what=name, marks=lunar_name(stored, with_year=False)) if stored else name


def lunar_name(stored: str, *, with_year: bool = True) -> str:
    """Return the name of a stored day of the lunar calendar: lunar 8-15, 农历八月十五."""
    lunar = _lunar()
    return str((lunar.in_chinese if language() == "zh" else lunar.in_english)(stored, with_year=with_year))


def with_kept_days(shown: Listing, day_of: Callable[[str], date | None]) -> Listing:
    """Return a list whose lunar birthdays are followed by the day of `day_of`; source: handbook 3."""
    names = [field.name for field in shown.fields]
    if "lunar_birthday" not in names:
        return shown
    place = names.index("lunar_birthday")

    def text(stored: str | None) -> str | None:
        if stored is None:
            return None
        name, day = lunar_name(stored), day_of(stored)
        return say("{what} ({marks})", what=name, marks=day.isoformat()) if day is not None else name

    fields = [field._replace(kind="text") if at == place else field for at, field in enumerate(shown.fields)]
    rows = ((*row[:place], text(row[place]), *row[place + 1 :]) for row in shown.rows)
    return shown._replace(fields=fields, rows=rows)


def _lunar() -> ModuleType:
    """Return what knows the lunar calendar; few have a birthday of it."""
    from csm.domain.time import lunar

    return lunar


def _age(item: Item) -> int | None:
    """Return the age that is reached on the day, None where the year of birth isn't known."""
    if item.term:
        reached: int | None = _lunar().age_on(item.term, int(item.due_on[:4]), int(item.due_on[5:7]))
        return reached
    born = (item.birthday or "")[:4]
    age = int(item.due_on[:4]) - int(born) if born.isdecimal() else 0
    return age if age > 0 else None


def rows(
    items: Iterable[Item],
    today: date,
    now: str,
    *,
    translated: bool,
    no_answer_limit: int,
    deputies: Mapping[str, str],
    timing: Timing | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Yield the values of `csm.domain.day.record.DUE` for each item; who stands in for an owner is the owner shown.

    Days late are calendar days, negative before the day. With `timing` the day of an item that has a time ends in it,
    and one more value says how late it is, None where it isn't or where the days say so.
    """
    this_day, today_text = today.toordinal(), today.isoformat()
    days: dict[str, int] = {}
    words = _translated if translated else _stable
    for item in items:
        due_on, late_by = item.due_on, item.late_by(today_text)
        late = days.get(late_by)
        if late is None:
            late = days[late_by] = this_day - date.fromisoformat(late_by).toordinal()
        owner = item.owner
        more: tuple[str | None, ...] = ()
        if timing is not None:
            more = (None,)
            if item.due_at is not None:
                time, text = timing(item)
                # what was to be done days ago isn't late by the hours of another day
                due_on, more = f"{due_on} {time}", (text if late_by == item.due_on else None,)
        yield (
            item.kind,
            item.id,
            item.customer_id,
            item.customer,
            item.contact,
            item.phone,
            words(item, no_answer_limit, now),
            due_on,
            late,
            owner if owner is None else deputies.get(owner, owner),
            item.level,
            item.last_said,
            ref(item),
            item.due_at,
            item.best_time,
            *more,
        )
