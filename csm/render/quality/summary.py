"""The summary of service quality on one page: the figures that matter, the weakest point, and what was learnt.

On a terminal it has as many lessons as fit its height. The page to hand on is `quality_page`, which takes its
sentences from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Final, TextIO

from csm.domain.kinds import Field
from csm.domain.quality.figures import FIGURES, NOTHING, Figure, Group
from csm.domain.quality.record import SHOWN_FIGURE
from csm.domain.quality.weakest import ITEMS_MET, Key, Problem, Weakest
from csm.domain.value import Value
from csm.i18n import heading, label, say, say_n
from csm.render.columns import GAP
from csm.render.day.due import in_words
from csm.render.folding import cells_wide, folded
from csm.render.listing import Listing, Row, Style
from csm.render.markup import as_md, md_list
from csm.render.phrases import listed, titled
from csm.render.quality.tables import cards_note, named, shown_change, shown_n, shown_value
from csm.render.table import Grid, paragraphs, table_list, write_grid
from csm.render.text import visible

if TYPE_CHECKING:
    from csm.domain.time.instant import Zone
    from csm.storage.quality.lessons import Lesson, Prevention

# The figures that matter, and what they are called where no section's name stands above them.
MATTER: Final[Mapping[Key, str]] = {
    ("servqual", "weighted"): "gap, weighted (SERVQUAL)",
    ("csat", "value"): "satisfied (CSAT)",
    ("complaints", "per_100_customers"): "complaints per 100 customers",
    ("complaints", "resolution_met"): "complaints resolved in time",
    ("promises", "kept_share"): "promises kept",
    ("retention", "rate"): "customers kept",
}
# The same with who would recommend us, where there is room.
WITH_NPS: Final[Sequence[Key]] = (*list(MATTER)[:2], ("nps", "value"), *list(MATTER)[2:])
# A terminal of fewer lines has none for it.
ROOM_FOR_NPS: Final = 30
# Cells of a line where nothing is folded.
ROOM_FOR_ANY: Final = 1_000_000
# A heading is never folded to fewer cells.
HEADING_LEAST: Final = 10
_ITEMS: Final = Figure(*ITEMS_MET, "share", "items of service checklists met", "")
# What figures are called here and nowhere else.
CALLED: Final = (*MATTER.values(), _ITEMS.heading)
_DECLARED: Final[Mapping[Key, Figure]] = {(figure.section, figure.name): figure for figure in FIGURES}


class Page(Value):
    """What stands on the page. title: with the period and the one before.

    now, before: figures by section. lessons: the last ones first, `learnt` how many there are in all. cards: cards in
    use stand in for active customers. thin: a figure of fewer is marked.
    """

    title: str
    now: Mapping[str, Group]
    before: Mapping[str, Group]
    weakest: Weakest
    lessons: Sequence[Lesson]
    learnt: int
    cards: bool
    thin: int
    today: date


def write_summary(form: str, page: Page, style: Style, stream: TextIO, height: int | None = None) -> None:
    """Write the page as a table or as md; `height`: the lines of the terminal, None where nobody looks at one."""
    if form == "md":
        _write_md(page, style, stream)
        return
    listing = figures_table(page, nps=height is None or height >= ROOM_FOR_NPS)
    sentences = weakest_point(page.weakest, page.thin)
    written = list(page.lessons)
    if height is not None:
        # One line is for the prompt that follows.
        written = _fitting(page, height - 1 - _lines_of(listing, sentences, style), style)
    _write_top(listing, sentences, style, stream)
    paragraphs([titled(heading("lessons and preventions"))], style, stream, look="title")
    if style.width is None:
        paragraphs(
            [line for lesson in written for line in _lesson_lines(lesson, page.today, style.zone)], style, stream
        )
    elif written:
        write_grid(_lessons(written, page, style), style, stream)
    paragraphs(_rest(page, len(written)), style, stream)


def _write_top(listing: Listing, sentences: Sequence[str], style: Style, stream: TextIO) -> None:
    table_list(listing, style, stream)
    paragraphs(["", joined(sentences), ""], style, stream)


def joined(sentences: Sequence[str]) -> str:
    """Return sentences as one text; behind a wide full stop no blank follows."""
    return "".join(one if one.endswith("。") else one + " " for one in sentences).rstrip()


def _lines_of(listing: Listing, sentences: Sequence[str], style: Style) -> int:
    """Return how many lines stand above the lessons, their heading among them."""
    stream = StringIO()
    _write_top(listing, sentences, style._replace(colour=False), stream)
    return stream.getvalue().count("\n") + 1


def _fitting(page: Page, room: int, style: Style) -> list[Lesson]:
    """Return the first lessons that fit `room` lines, with a line for how many more there are."""
    found: list[Lesson] = []
    for lesson in page.lessons:
        grid = _lessons([lesson], page, style)
        room -= sum(folded(text, grid.widths[-1]).count("\n") + 1 for _, (text, _) in grid.rows)
        last = len(found) + 1 == page.learnt
        if room < (0 if last else 1):
            break
        found.append(lesson)
    return found


# --- figures --------------------------------------------------------------------------------------------------


def figure_of(key: Key) -> Figure:
    """Return a figure as the page calls it."""
    figure = _ITEMS if key == ITEMS_MET else _DECLARED[key]
    return figure._replace(heading=MATTER[key]) if key in MATTER else figure


def figures_table(page: Page, *, nps: bool) -> Listing:
    """Return the figures that matter as a table, a row each; with `nps` also who would recommend us."""
    footer = [cards_note()] if page.cards else []
    return Listing(
        SHOWN_FIGURE, [figure_row(page, key) for key in (WITH_NPS if nps else MATTER)], page.title, footer=footer
    )


def figure_row(page: Page, key: Key) -> Row:
    """Return a figure's name, value, n, value before and change, as people read them."""
    section, name = key
    figure = figure_of(key)
    now, then = (figures.get(section, {}).get(name) for figures in (page.now, page.before))
    values = [shown_value(figure, one) for one in (now, then)]
    if key == ("complaints", "per_100_customers"):
        # The rate alone doesn't say whether it is two complaints or two hundred.
        counts = [figures.get(section, {}).get("n", NOTHING).n for figures in (page.now, page.before)]
        values = [say("{rate} ({n})", rate=value, n=n) for value, n in zip(values, counts, strict=True)]
    counted = shown_n(now or NOTHING, page.thin)
    return (named(figure), values[0], counted, values[1], shown_change(figure, now, then))


def two_lines(listing: Listing, width: int) -> Listing:
    """Return a table by groups with each n under its figure where that makes room for every column."""
    rows, fields = list(listing.rows), [field._replace(shown=1) for field in listing.fields]
    widest = _widest(rows)
    if sum(widest) + GAP * (len(widest) - 1) > width:
        rows = [[key, *(cell.replace(" (", "\n(") for cell in cells)] for key, *cells in rows]
        # A Chinese heading folds where it has a blank, as an English one does.
        fields = [
            field._replace(heading=folded(field.heading, max(cells, HEADING_LEAST)).replace("\n", " "))
            for field, cells in zip(fields, _widest(rows), strict=True)
        ]
    return listing._replace(fields=fields, rows=rows, lines=True)


def _widest(rows: Sequence[Row]) -> list[int]:
    return [max(cells_wide(line) for cell in column for line in cell.split("\n")) for column in zip(*rows, strict=True)]


# --- the weakest point ----------------------------------------------------------------------------------------


def weakest_point(weakest: Weakest, thin: int) -> list[str]:
    """Return the sentences on the weakest point: what it is, the hard figure, the most frequent problem."""
    sentences = [*_found(weakest, thin)]
    if weakest.problem is not None:
        sentences.append(_problem(weakest.problem))
    return sentences


def _found(weakest: Weakest, thin: int) -> list[str]:
    if weakest.kind == "unknown":
        return [
            say(
                "Nothing was recorded to find the weakest point from: there is csm survey add for surveys,"
                " csm callback add for callbacks, csm promise add for promises."
            )
        ]
    if weakest.kind == "none":
        return [say("No dimension and no hard figure falls short.")]
    return _short(weakest, thin)


def _short(weakest: Weakest, thin: int) -> list[str]:
    """Return the sentences on a hard figure, or on a dimension and the hard figure next to it."""
    hard = weakest.hard or NOTHING
    figure = figure_of(weakest.beside) if weakest.beside else _ITEMS
    values = {"figure": named(figure), "share": shown_value(figure, hard), "n": shown_n(hard, thin)}
    if weakest.kind == "hard":
        return [
            say("The weakest point is this hard figure: {figure}, {share} (n {n}).", **values),
            say("In the surveys no dimension falls short of what customers expect.")
            if weakest.surveyed
            else say("No survey says what customers expect; csm survey add records one."),
        ]
    gap = weakest.gap or NOTHING
    costs = say(
        "The weakest point is {dimension}: with a gap of {gap} (n {n}) and a weight of {weight} of 100 it costs most.",
        dimension=label("dimension", weakest.dimension or ""),
        gap=shown_value(_DECLARED["servqual", "weighted"], gap),
        n=shown_n(gap, thin),
        weight=f"{weakest.weight or 0:.0f}",
    )
    if hard.value is None:
        return [costs, say("Nothing is recorded for the hard figure beside it: {figure}.", figure=named(figure))]
    return [costs, say("The hard figure beside it: {figure}, {share} (n {n}).", **values)]


def _problem(problem: Problem) -> str:
    return say_n(
        "The only complaint was about this: {problem}.",
        "The most frequent problem: {problem}, {count} of {n} complaints.",
        problem.total,
        problem=in_words("problem", problem.name),
        count=problem.n,
    )


# --- lessons --------------------------------------------------------------------------------------------------


def prevented(prevention: Prevention, today: date, zone: Zone) -> str:
    """Return a prevention with who sees to it, and by when or when it was done."""
    details = [visible(prevention.in_charge or ""), _when(prevention, today, zone)]
    return say("{prevention} ({details})", prevention=visible(prevention.text), details=listed(details))


def _when(prevention: Prevention, today: date, zone: Zone) -> str:
    if prevention.done_at:
        return say("done on {day}", day=f"{zone.local(prevention.done_at):%Y-%m-%d}")
    if prevention.due_on < today.isoformat():
        return say("late since {time}", time=prevention.due_on)
    return say("by {day}", day=prevention.due_on)


def _lesson_lines(lesson: Lesson, today: date, zone: Zone) -> list[str]:
    """Return a lesson as lines of any length, behind its case; its preventions follow, marked."""
    mark = f"cp{lesson.complaint_id}  "
    blank = " " * len(mark)
    return [mark + lesson.lesson, *(f"{blank}> {prevented(one, today, zone)}" for one in lesson.preventions)]


def _lessons(lessons: Sequence[Lesson], page: Page, style: Style) -> Grid:
    """Return lessons as a grid as wide as the terminal, in which preventions stand behind their marks."""
    case = max(len(f"cp{lesson.complaint_id}") for lesson in page.lessons)
    room = max((style.width or ROOM_FOR_ANY) - case - GAP, HEADING_LEAST)
    rows = []
    for lesson in lessons:
        rows.append([(f"cp{lesson.complaint_id}", "faint"), (visible(lesson.lesson), "")])
        for one in lesson.preventions:
            text = folded(prevented(one, page.today, style.zone), room - 2).replace("\n", "\n  ")
            rows.append([("", ""), (f"> {text}", "")])
    return Grid((case, room), rows)


def _rest(page: Page, written: int) -> list[str]:
    if not page.learnt:
        return [say("no lessons")]
    more = page.learnt - written
    return [say_n("{n} more: csm complaint lessons", "{n} more: csm complaint lessons", more)] if more else []


# --- markdown -------------------------------------------------------------------------------------------------

_LESSON: Final = (
    Field("id", "id", shown=1),
    Field("customer", "customer", shown=1),
    Field("lesson", "lesson", shown=1),
    Field("prevention", "prevention", shown=1),
)


def lessons_table(page: Page, zone: Zone) -> Listing:
    """Return the lessons as a table of texts."""
    rows = [
        (
            *(f"cp{lesson.complaint_id}", lesson.customer, lesson.lesson),
            "\n".join(prevented(prevention, page.today, zone) for prevention in lesson.preventions),
        )
        for lesson in page.lessons
    ]
    title = titled(heading("lessons and preventions"))
    return Listing(_LESSON, rows, title, say("no lessons"), _rest(page, len(rows)) if rows else ())


def _write_md(page: Page, style: Style, stream: TextIO) -> None:
    md_list(figures_table(page, nps=True), style, stream)
    stream.write("\n" + "\n".join(as_md(line) for line in weakest_point(page.weakest, page.thin)) + "\n\n")
    md_list(lessons_table(page, style.zone), style, stream)
