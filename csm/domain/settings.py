"""The policy of a file as one typed table: key, default, unit, what it means, and how a value is checked.

The values in force are the stored ones, else these defaults. Sources of the numbers: handbook 4, 5, 6.5, 8, 9, 12.
Guarantees can have a rule for one product line, under the key of the rule for all and the line: `guarantee.refund.tea`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Final

from csm.domain.complaint.problems import check as check_problems
from csm.domain.errors import UsageFault
from csm.domain.terms import TERMS
from csm.domain.time.instant import check_zone
from csm.domain.value import Value
from csm.domain.values.money import read_cents, typed_cents


class Setting(Value):
    """One rule that a team can change; `check` returns the canonical text of a value or raises a UsageFault."""

    key: str
    default: str
    unit: str
    about: str
    check: Callable[[str], str]


def _whole(low: int, high: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        return str(read_whole(text, low, high))

    return check


MOST_DIGITS: Final = 40  # leading zeros included


def read_whole(text: str, low: int, high: int) -> int:
    """Return the whole number that `text` says; raise unreadable-number outside `low` to `high`."""
    stripped = text.strip()
    # int() alone would take 1_000 and a sign of another script, and refuses thousands of digits in words of its own.
    if (
        len(stripped) < MOST_DIGITS
        and stripped.removeprefix("-").isdecimal()
        and low <= (number := int(stripped)) <= high
    ):
        return number
    raise UsageFault("unreadable-number", value=text, low=low, high=high)


def _zone(text: str) -> str:
    check_zone(text.strip())
    return text.strip()


def _spans(text: str) -> str:
    from csm.domain.time.calendar import read_spans, show_spans

    return show_spans(read_spans(text))


def _currency(text: str) -> str:
    code = text.strip().upper()
    if not (code.isascii() and code.isalpha() and len(code) == 3):
        raise UsageFault("unreadable-currency", value=text)
    return code


def _target(text: str) -> str:
    from csm.domain.time.working_hours import read_target, show_target

    return show_target(read_target(text))


def _target_or_none(text: str) -> str:
    return NO_TARGET if text.strip().casefold() in (NO_TARGET, "无") else _target(text)


def _amount(text: str) -> str:
    return typed_cents(read_cents(text))


def _interval_or_none(text: str) -> str:
    from csm.domain.time.recurrence import read_interval

    return NO_TARGET if text.strip().casefold() in (NO_TARGET, "无") else str(read_interval(text))


def _score_or_none(text: str) -> str:
    if text.strip().casefold() in (NO_TARGET, "无"):
        return NO_TARGET
    from csm.domain.survey.scores import read_score, show_score

    return show_score(read_score(text, 7))


def _text(text: str) -> str:
    return text.strip()


def _items(text: str) -> str:
    from csm.domain.service.rules import read_items

    return ";".join(read_items(text))


_ASCII_LOWER: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
NO_TARGET: Final = "none"

# Rules that a product line can have one of its own of.
BY_LINE: Final = ("guarantee.refund", "guarantee.exchange", "guarantee.repair", "guarantee.terms")

# The two checklists that the sources give (handbook 13); other kinds of service have none until a team writes one.
CHECKLISTS: Final = {
    "delivery": "storekeeper;goods-placed;first-in-first-out;dates-checked;stock-turned;receipt-signed;"
    "damaged-exchanged;packaging-exchanged;empties-taken;small-help;appearance-and-words;on-time;parked-as-wanted;"
    "message-passed-on;done-today",
    "visit": "policy-explained;items-sold;display;stock;promotion-joined;support;information-passed-on",
}

# fmt: off
SETTINGS: Final = (
    # the file
    Setting("file.timezone", "UTC", "IANA name", "time zone of the file; a new file takes TZ, else the system's", _zone),
    Setting("file.currency", "CNY", "code", "currency of all amounts", _currency),
    Setting("file.lock_wait", "60", "seconds", "how long a command waits for another one that is writing", _whole(1, 3600)),
    # what is handed over
    Setting("house.name", "", "text", "our name, at the head of what is handed over to customers", _text),
    Setting("house.payment_details", "", "text", "bank and account number, under a statement of account", _text),
    # working time
    Setting("work.spans", "mon-sat 09:00-12:00 13:00-18:00", "week", "working time: spans a day, groups of days apart by ;, or 24/7", _spans),
    # callbacks
    Setting("cadence.proactive", "30", "days", "callback cadence of the proactive relationship", _whole(1, 3650)),
    Setting("cadence.partnership", "14", "days", "callback cadence of the partnership relationship", _whole(1, 3650)),
    Setting("cadence.grade_a", "14", "days", "longest cadence of a grade A customer with a cadence", _whole(1, 3650)),
    Setting("cadence.grade_b", "30", "days", "longest cadence of a grade B customer with a cadence", _whole(1, 3650)),
    Setting("cadence.grade_c", "90", "days", "longest cadence of a grade C customer with a cadence", _whole(1, 3650)),
    Setting("callback.no_answer_limit", "3", "tries", "unanswered tries after which the due list says so", _whole(1, 99)),
    # complaints
    *(
        Setting(f"clock.{severity}.{clock}", target, "target", about, _target)
        for severity, targets in (
            ("general", ("8h", "3d", "7d")),
            ("serious", ("2h", "1d", "3d")),
            ("malicious", ("2h", "2d", "7d")),
        )
        for clock, target, about in zip(
            ("first_response", "proposal", "resolution"),
            targets,
            (
                "first contact with the customer after a complaint of this severity was recorded",
                "proposal of a remedy, for a complaint of this severity",
                "resolution, for a complaint of this severity",
            ),
            strict=True,
        )
    ),
    Setting("clock.settled_early", NO_TARGET, "target", "closed within this counts as settled early; none", _target_or_none),
    Setting("authority.level_0", "200", "amount", "what the front line may approve", _amount),
    Setting("authority.level_1", "2000", "amount", "what a dedicated manager may approve", _amount),
    Setting("authority.level_2", "10000", "amount", "what a department head may approve", _amount),
    Setting("ladder.general_top", "2", "level", "highest level that the clock moves a general case to", _whole(1, 3)),
    Setting("complaint.satisfaction_after", "3", "days", "how long after a remedy the customer is asked whether it settled the matter", _whole(0, 365)),
    Setting("complaint.problems", "", "problems", "our own problems beside the built-in ones: key and Chinese name, apart by ;", check_problems),
    Setting("warning.customers", "3", "customers", "customers with one problem, or with goods of one product line, from which on the page warns", _whole(2, 999)),
    Setting("warning.days", "30", "days", "how far back that warning looks", _whole(1, 365)),
    # guarantees
    Setting("guarantee.refund", "7d", "interval", "goods can be given back within this; none", _interval_or_none),
    Setting("guarantee.exchange", "1y", "interval", "goods are exchanged within this; none", _interval_or_none),
    Setting("guarantee.repair", "3y", "interval", "goods are repaired within this; none", _interval_or_none),
    Setting("guarantee.terms", "", "text", "scope and terms of the three guarantees", _text),
    # days after a sale until each callback
    Setting("after_sale.thanks", "1", "days", "thanks, so long after the sale", _whole(0, 365)),
    Setting("after_sale.usage", "7", "days", "the usage callback, so long after delivery", _whole(0, 365)),
    Setting("after_sale.satisfaction", "30", "days", "the satisfaction callback, so long after the sale", _whole(0, 365)),
    Setting("after_sale.accountable", "14", "days", "the single callback of the accountable relationship, so long after a sale", _whole(0, 365)),
    # grades and risk of customers
    Setting("grade.a_share", "80", "per cent", "a customer is A while the share before it is below this", _whole(1, 100)),
    Setting("grade.b_share", "95", "per cent", "a customer is B while the share before it is below this", _whole(1, 100)),
    Setting("grade.months", "12", "months", "how many months of sales a grade goes by", _whole(1, 120)),
    Setting("rfm.few", "50", "customers", "below this many customers quintiles mean little", _whole(1, 9999)),
    Setting("risk.times", "2", "times", "how many times the usual interval without a purchase, or without a contact", _whole(1, 99)),
    Setting("risk.promise_days", "90", "days", "how long a broken promise of ours counts as a risk", _whole(1, 3650)),
    Setting("risk.complaint_days", "365", "days", "how long an unresolved or badly closed complaint counts as a risk", _whole(1, 3650)),
    # services
    *(Setting(f"checklist.{kind}", CHECKLISTS.get(kind, ""), "items", "what is ticked when this service is recorded", _items) for kind in TERMS["service_kind"]),
    # weights and standards of the dimensions of quality
    *(Setting(f"weight.{dimension}", weight, "weight", "what this dimension of service counts for", _whole(1, 100)) for dimension, weight in zip(TERMS["dimension"], ("11", "32", "22", "19", "16"), strict=True)),
    *(Setting(f"standard.{dimension}", NO_TARGET, "score", "the standard we set ourselves, 1 to 7; none", _score_or_none) for dimension in TERMS["dimension"]),
    # figures of quality
    Setting("quality.thin", "5", "answers", "a figure of fewer than so many is marked as thin", _whole(1, 999)),
    Setting("quality.repeat_days", "90", "days", "the same problem of the same customer within this is a repeated complaint", _whole(1, 3650)),
    Setting("quality.recovery_days", "90", "days", "who buys within this after a complaint has been won again", _whole(1, 3650)),
    Setting("retention.months", "12", "months", "who bought within so many months is active", _whole(1, 120)),
    Setting("model.few", "10", "surveys", "below this many surveys no link of the model is shown", _whole(3, 9999)),
    Setting("model.holds", "30", "hundredths", "a link of the model holds from this correlation on", _whole(1, 99)),
    # days ahead
    Setting("due.contract_lead", "30", "days", "how long before its end a contract is shown", _whole(0, 365)),
    Setting("due.guarantee_lead", "14", "days", "how long before its end a guarantee is shown", _whole(0, 365)),
    Setting("due.birthday_lead", "7", "days", "how long before the day a birthday is shown", _whole(0, 60)),
    Setting("today.days_ahead", "3", "days", "how many days after today the morning page shows", _whole(0, 60)),
)
# fmt: on
BY_KEY: Final = {setting.key: setting for setting in SETTINGS}


def find(key: str) -> Setting:
    """Return the setting called `key`; raise unknown-setting with the nearest names.

    The key of a rule for one product line ends in the line, ASCII letters in lower case.
    """
    setting = BY_KEY.get(key) or _of_line(key)
    if setting is None:
        raise UsageFault("unknown-setting", key=key, near=get_close_matches(key, BY_KEY, n=3, cutoff=0.5))
    return setting


def _of_line(key: str) -> Setting | None:
    for rule in BY_LINE:
        if key.startswith(rule + ".") and key != rule + ".":
            return BY_KEY[rule]._replace(key=f"{rule}.{fold_line(key.removeprefix(rule + '.'))}")
    return None


def fold_line(line: str) -> str:
    """Return a product line as lines are compared: as SQLite's lower() sees it, ASCII only."""
    return line.strip().translate(_ASCII_LOWER)


class Policy:
    """The settings in force: the stored values over the defaults."""

    __slots__ = ("_stored",)

    def __init__(self, stored: Mapping[str, str]) -> None:
        self._stored = stored

    def text(self, key: str) -> str:
        """Return the value of `key` as text."""
        stored = self._stored.get(key)
        return stored if stored is not None else (BY_KEY.get(key) or find(key)).default

    def own(self, key: str) -> str | None:
        """Return the stored value of `key`, None where the file has none."""
        return self._stored.get(key)

    def holds(self, value: object) -> bool:
        """Tell whether one of the stored values is `value`."""
        return value in self._stored.values()

    def family(self, prefix: str) -> list[tuple[str, str]]:
        """Return (key, value) of the stored rules for one product line whose key begins with `prefix`."""
        return [pair for pair in sorted(self._stored.items()) if pair[0].startswith(prefix) and pair[0] not in BY_KEY]

    def number(self, key: str) -> int:
        """Return the value of `key` as a whole number."""
        return int(self.text(key))
