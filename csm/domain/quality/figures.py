"""Every figure of service quality, declared once: its section, its name, what it is, and how it reads.

The declarations make the keys of json, the rows of csv, the headings of tables and what `--explain` says. What a figure
comes to is the matter of the module of its section. Sources: handbook 7, 9.4, 10; definitions marked there as ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from csm.domain.survey.scores import DIMENSIONS
from csm.domain.terms import TERMS
from csm.domain.time.period import Compared, Period, parts
from csm.domain.time.recurrence import add_months

Kind = Literal[
    "count",  # how many
    "share",  # 0 to 1; people read it in per cent
    "score",  # points of a scale, such as a mean of 1 to 5
    "gap",  # a difference of two scores, with its sign
    "points",  # -100 to 100, with its sign
    "hours",  # working hours
    "rate",  # so many for each of something
    "weight",  # of 100
    "alpha",  # Cronbach's
]
SECTIONS: Final = TERMS["quality_section"]
# The sections of the summary, in the order of its keys (source: the command-line contract).
SUMMARY: Final = SECTIONS[:7]
BY: Final = TERMS["quality_by"]


class Figure(NamedTuple):
    """One figure. heading: English, a msgid of the catalogue under the context "figure".

    better: whether more or less of it is better, empty where neither is. main: shown where there is room for a few only,
    a column each: in tables by month, owner, region or grade, and in the trend. about: its definition, a msgid whose
    places are those of NUMBERS. own: in the report of its section only, beyond the contract's keys of the summary.
    """

    section: str
    name: str
    kind: Kind
    heading: str
    about: str
    better: Literal["", "more", "less"] = ""
    main: bool = False
    own: bool = False


class Measured(NamedTuple):
    """What a figure came to: `value` None where it is a share or a mean of nothing; `n`, of how many it was made."""

    value: float | None
    n: int


# What a figure comes to that nobody measured.
NOTHING: Final = Measured(None, 0)
# What each dimension of SERVQUAL has.
DIMENSION_FIGURES: Final = ("expectation", "perception", "gap", "weight", "alpha")
# As exact as programs read figures.
DECIMALS: Final = 4
# Settings that definitions name, by the place they fill.
NUMBERS: Final = {
    "months": "retention.months",
    "repeat_days": "quality.repeat_days",
    "recovery_days": "quality.recovery_days",
}
# The sections of the handbook that define the figures.
SOURCES: Final = {
    "servqual": "10.1",
    "csat": "10.2",
    "nps": "10.2",
    "complaints": "10.2",
    "callbacks": "10.2",
    "promises": "7",
    "retention": "9.4",
    "heart": "10.4",
    "gaps": "10.3",
}

# What a section came to: by figure name, in any order; a name left out wasn't asked for.
Group = dict[str, Measured]


# fmt: off
FIGURES: Final = (
    Figure("servqual", "n", "count", "surveys", "surveys of customers about us that say of at least one dimension both what is expected and how it is found; on the scale that most of them used"),
    Figure("servqual", "unweighted", "gap", "gap, unweighted", "mean of the gaps of the dimensions that were scored; a gap is perception less expectation, and below zero it falls short of what was expected", "more"),
    Figure("servqual", "weighted", "gap", "gap, weighted", "sum of weight x gap / sum of weights, over the dimensions that were scored", "more", main=True),
    Figure("servqual", "servperf", "score", "perception alone (SERVPERF)", "mean of the perceptions of the dimensions, in surveys that gave no expectation at all; kept apart from the gaps", "more"),
    Figure("servqual", "technical", "gap", "technical quality", "what the customer gets: the part of the weighted gap that comes from tangibles and reliability", "more"),
    Figure("servqual", "functional", "gap", "functional quality", "how the customer gets it: the part of the weighted gap that comes from responsiveness, assurance and empathy", "more"),
    Figure("servqual", "scale", "count", "scale", "how far the scores go, 7 for 1 to 7 or 5 for 1 to 5; surveys of different scales are never averaged together"),
    *(Figure("servqual", f"{dimension}_{name}", kind, f"{dimension}, {name}", about, better, main=name == "gap")  # type: ignore[arg-type]
      for dimension in DIMENSIONS for name, kind, about, better in (
        ("expectation", "score", "what is expected, mean over the respondents who gave both scores", ""),
        ("perception", "score", "how it is found, mean over the respondents who gave both scores", "more"),
        ("gap", "gap", "perception less expectation, mean over the respondents who gave both scores", "more"),
        ("weight", "weight", "what the dimension counts for, of 100: mean over respondents of their own weights, where they gave any, else the house's", ""),
        ("alpha", "alpha", "Cronbach's alpha of the perception scores, how well the items of a dimension go together; from 5 respondents on who scored all of its items", ""),
      )),
    Figure("csat", "n", "count", "answers", "answers from 1 to 5 in surveys of customers about us"),
    Figure("csat", "value", "share", "satisfied (CSAT)", "answers 4 and 5 / all answers", "more", main=True),
    Figure("nps", "n", "count", "answers", "answers from 0 to 10 in surveys of customers about us"),
    Figure("nps", "value", "points", "would recommend us (NPS)", "share of answers 9 and 10 less share of 0 to 6, in points from -100 to 100", "more", main=True),
    Figure("complaints", "n", "count", "complaints", "complaints received in the period; grievances are counted apart", "less", main=True),
    Figure("complaints", "per_100_customers", "rate", "per 100 active customers", "complaints / customers active at the start of the period x 100; active is who bought within the {months} months before or, in a file without any sale, whose card says so", "less", main=True),
    Figure("complaints", "founded", "share", "found to be founded", "complaints found to be founded / complaints judged"),
    Figure("complaints", "first_response_met", "share", "first response in time", "met / (met + missed + open and late); complaints taken live are left out", "more", main=True),
    Figure("complaints", "first_response_median_h", "hours", "first response, median", "working hours from the recording to the first contact; complaints taken live are left out", "less"),
    Figure("complaints", "first_response_p90_h", "hours", "first response, 90 % within", "90th percentile: nine of ten were answered within so many working hours; linear between two cases", "less"),
    Figure("complaints", "resolution_met", "share", "resolved in time", "met / (met + missed + open and late); a case that was late once counts as missed", "more", main=True),
    Figure("complaints", "resolution_median_h", "hours", "first resolution, median", "working hours from the recording to the first step 7, waits included", "less"),
    Figure("complaints", "resolution_p90_h", "hours", "first resolution, 90 % within", "90th percentile: nine of ten were resolved for the first time within so many working hours", "less"),
    Figure("complaints", "reopened", "count", "reopened", "complaints opened again at least once", "less"),
    Figure("complaints", "escalated", "count", "escalated", "complaints moved up at least once, by hand or by policy", "less"),
    Figure("complaints", "escalated_by_policy", "count", "escalated by policy", "complaints that a missed deadline moved up, or a reason to that they came in with, such as media or harm", "less"),
    Figure("complaints", "settled_on_spot", "count", "settled on the spot", "complaints settled at once by the person who took them"),
    Figure("complaints", "repeated", "count", "repeated", "complaints about a problem that the same customer had complained about within the {repeat_days} days before; 'other' is no one problem", "less"),
    Figure("complaints", "satisfaction", "score", "satisfaction after handling", "mean of 1 to 5, over the complaints whose customer said how satisfied they were", "more"),
    Figure("complaints", "bought_again", "share", "bought again (recovery rate)", "customers who have bought within {recovery_days} days after a complaint of the period / customers who complained in it; not known in a file without any sale", "more"),
    Figure("complaints", "escalated_by_hand", "count", "escalated by hand", "complaints that somebody moved up", "less", own=True),
    Figure("complaints", "unresolved", "count", "unresolved", "complaints closed without a solution", "less", own=True),
    Figure("complaints", "live", "count", "taken live", "complaints answered as they came in, by phone or face to face; the first response leaves them out", own=True),
    Figure("complaints", "total_resolution_median_h", "hours", "resolution in all, median", "working hours from the recording to the last step 7, reopened time included", "less", own=True),
    Figure("complaints", "total_resolution_p90_h", "hours", "resolution in all, 90 % within", "90th percentile: nine of ten were settled for good within so many working hours", "less", own=True),
    Figure("complaints", "grievances", "count", "grievances", "dissatisfaction voiced without a claim; counted apart from the complaints", own=True),
    Figure("callbacks", "due", "count", "due", "planned callbacks of the period that are done, skipped or past their day; cancelled ones and contacts nobody had planned are left out"),
    Figure("callbacks", "on_time", "count", "done on time", "planned callbacks done on their day or before"),
    Figure("callbacks", "late", "count", "done late", "planned callbacks done after their day", "less"),
    Figure("callbacks", "never", "count", "never done", "planned callbacks that were skipped, or are open and past their day", "less"),
    Figure("callbacks", "reached", "share", "reached", "planned callbacks that reached the customer / planned callbacks that were tried", "more"),
    Figure("callbacks", "satisfaction", "score", "satisfaction", "mean of 1 to 5, over the callbacks, planned or not, on which the customer said how satisfied they were", "more"),
    Figure("callbacks", "on_time_share", "share", "callbacks on time", "done on their day or before / due", "more", main=True, own=True),
    Figure("callbacks", "unplanned", "count", "not planned", "contacts that nobody had planned, only logged", own=True),
    Figure("promises", "n", "count", "promises", "promises of ours due in the period: kept on time, kept late, broken, or open and past due"),
    Figure("promises", "kept", "count", "kept on time", "promises kept by the time they were due"),
    Figure("promises", "broken", "count", "broken", "promises broken", "less"),
    Figure("promises", "open", "count", "open and past due", "promises whose time has passed and of which nobody has said yet whether they were kept", "less"),
    Figure("promises", "kept_share", "share", "promises kept", "kept on time / (kept on time + kept late + broken + open and past due)", "more", main=True),
    Figure("promises", "late", "count", "kept late", "promises kept after the time they were due", "less", own=True),
    Figure("retention", "start", "count", "active at the start", "customers who bought within the {months} months before the period"),
    Figure("retention", "kept", "count", "bought in the period", "customers active at the start who also bought in the period"),
    Figure("retention", "rate", "share", "customers kept", "bought in the period / active at the start", "more", main=True),
    Figure("heart", "happiness", "share", "happiness", "CSAT: answers 4 and 5 / all answers", "more", main=True),
    Figure("heart", "engagement", "rate", "engagement", "contacts begun by customers / active customers / months of the period; days of a month are a part of it", "more", main=True),
    Figure("heart", "adoption", "share", "adoption", "active customers who bought a product line for the first time in the period / active customers", "more", main=True),
    Figure("heart", "retention", "share", "retention", "active customers who bought in the period / active customers", "more", main=True),
    Figure("heart", "task_success", "share", "task success", "complaints fully resolved at the first resolution and not reopened / complaints that have come to a resolution, or were closed without one", "more", main=True),
    Figure("gaps", "gap_1", "gap", "1 expectation, managers' view", "what managers think customers expect, less what customers expect; by the house's weights, in points of the scale", main=True),
    Figure("gaps", "gap_2", "gap", "2 managers' view, standard", "the standard we set, less what managers think customers expect; by the house's weights, in points of the scale", main=True),
    Figure("gaps", "gap_3", "share", "3 standard, delivery", "deadlines and promised deliveries met / (met + missed + open and late)", "more", main=True),
    Figure("gaps", "gap_4", "share", "4 delivery, how it is felt", "cases and services within the standard, yet rated 1 or 2 / those within the standard that were rated, a service by the callback on its sale; of a case that was opened again for it the first word counts", "less", main=True),
    Figure("gaps", "gap_5", "gap", "5 expectation, experience", "how customers find it, less what they expect: the weighted SERVQUAL gap, in points of the scale", "more", main=True),
    Figure("gaps", "deadlines_met", "share", "deadlines met", "deadlines of the cases received in the period: met / (met + missed + open and late)", "more"),
    Figure("gaps", "deliveries_met", "share", "deliveries on their day", "deliveries promised for the period: come by their day / (come + open and late)", "more"),
    Figure("gaps", "promises_kept", "share", "promises kept", "kept on time / (kept on time + kept late + broken + open and past due)", "more"),
)
# fmt: on


def of(section: str, *, summary: bool = False) -> tuple[Figure, ...]:
    """Return the figures of a section in their order; for the summary those that its contract names."""
    return tuple(figure for figure in FIGURES if figure.section == section and not (summary and figure.own))


def mean(total: float, n: int) -> Measured:
    """Return `total` / `n` as a figure; None of nothing."""
    return Measured(total / n if n else None, n)


def share(part: int, n: int) -> Measured:
    """Return a part of `n` as a figure; None of nothing."""
    return mean(part, n)


def rounded(value: float | None) -> float | None:
    """Return a value as programs read it: to four decimals, as a whole number where it is one."""
    if value is None:
        return None
    short = round(value, DECIMALS)
    return int(short) if short == int(short) else short


def count(number: int) -> Measured:
    """Return a number as a figure."""
    return Measured(number, number)


# Figures in points of a survey's scale, by section: beside those of another scale they mean nothing.
IN_POINTS: Final[Mapping[str, frozenset[str]]] = {
    "servqual": frozenset(figure.name for figure in of("servqual")),
    "gaps": frozenset(("gap_1", "gap_2", "gap_5")),
}


def difference(now: Measured | None, before: Measured | None) -> float | None:
    """Return by how much a figure rose, below zero where it fell; None where there are no two figures to compare."""
    if now is None or before is None or now.value is None or before.value is None:
        return None
    return now.value - before.value


def verdict(figure: Figure, now: Measured | None, before: Measured | None) -> Literal["", "better", "worse"]:
    """Return whether a figure changed for the better; "" where it didn't change, or neither more nor less is better."""
    change = difference(now, before)
    if not change or not figure.better:
        return ""
    return "better" if (change > 0) == (figure.better == "more") else "worse"


def comparable(section: str, before: Group, scale: float | None, scale_before: float | None) -> Group:
    """Return what of the figures before can be compared: surveys of different scales can't (source: handbook 10.1)."""
    if section not in IN_POINTS or scale is None or scale_before is None or scale == scale_before:
        return before
    return {name: measured for name, measured in before.items() if name not in IN_POINTS[section]}


TREND_MONTHS: Final = 6
MOST_MONTHS: Final = 36
_DIMENSION_GAPS: Final = frozenset(f"{dimension}_gap" for dimension in DIMENSIONS)


def last_months(today: date, number: int) -> list[Compared]:
    """Return the last `number` months, each with the one before it; that of today goes up to today."""
    return parts(Period(add_months(today.replace(day=1), 1 - number), today))


def month_name(days: Period) -> str:
    """Return a month's name, as in 2026-10."""
    return days.first.isoformat()[:7]


def main_figures(sections: Sequence[str] = SUMMARY) -> list[Figure]:
    """Return the main figures of sections, in their order; the gaps of the five dimensions are left to their table."""
    return [
        figure for section in sections for figure in of(section) if figure.main and figure.name not in _DIMENSION_GAPS
    ]
