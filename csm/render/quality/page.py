"""The summary of service quality as a page to hand on: one html file that loads nothing from anywhere.

It is read on a phone, at a desk, in the dark and on paper (A4); what is stored is text in it, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TextIO

from csm.domain.quality.complaints import ParetoRow
from csm.domain.quality.figures import DIMENSION_FIGURES, NOTHING, SUMMARY, Figure, Group, Measured, of
from csm.domain.survey.scores import DIMENSIONS
from csm.domain.value import Value
from csm.i18n import heading, label, say
from csm.render.day.due import in_words
from csm.render.frame import head
from csm.render.listing import Style
from csm.render.markup import as_html, page
from csm.render.phrases import listed, titled
from csm.render.quality.charts import Month, Pair, Part, months, pairs, pareto
from csm.render.quality.style import SHEET
from csm.render.quality.summary import (
    MATTER,
    WITH_NPS,
    Page,
    figure_of,
    figure_row,
    prevented,
    weakest_point,
)
from csm.render.quality.tables import cards_note, definitions, figures_listing, named, shown_n, shown_value

if TYPE_CHECKING:
    from csm.domain.time.instant import Zone
    from csm.storage.quality.lessons import Lesson

_HEAD: Final = head(SHEET)
# Names of sections that are written in capitals.
ABBREVIATED: Final = frozenset({"servqual", "csat", "nps"})
# More parts than this stand in the chart as one.
PARTS: Final = 8


class Report(Value):
    """All that the page shows.

    page: the figures of all sections, the weakest point, the lessons. period: its name. months: the name of each
    month with its figures by section, the earliest first. problems: the most frequent first.
    numbers: the settings that definitions name.
    """

    page: Page
    period: str
    months: Sequence[tuple[str, Mapping[str, Group]]]
    problems: Sequence[ParetoRow]
    numbers: Mapping[str, int]


def write_page(report: Report, style: Style, stream: TextIO) -> None:
    """Write the page."""
    summed = report.page
    title = say("Service quality")
    parts = [
        "<header>",
        f"<h1>{as_html(title)}</h1>",
        f'<p class="faint">{_whole_days(as_html(report.period))}</p>',
        "</header>",
        "<main>",
        *_section("", _cards(summed), "cards"),
        *([f'<p class="faint">{as_html(cards_note())}</p>'] if summed.cards else []),
        *_section(say("The weakest point"), _sentences(summed), "weakest"),
        '<div class="two">',
        *_section(say("What customers expect and how they find it"), _dimensions_chart(summed)),
        *_section(say("Complaints by problem"), _problems_chart(report)),
        "</div>",
        *_section(say("The last months"), _trend(report), "months"),
        *_section(titled(heading("lessons and preventions")), _lessons(summed, style.zone)),
        *_section(say("All figures"), _tables(summed), "tables"),
        *_section(say("What the figures are"), _definitions(report), "small"),
        "</main>",
        f'<footer class="faint">{as_html(say("made by csm on {day}", day=summed.today.isoformat()))}</footer>',
    ]
    page(listed([title, report.period]), parts, style, stream, _HEAD)


def _whole_days(shown: str) -> str:
    """Return html whose dates aren't broken at their hyphens."""
    return re.sub(r"\d{4}-\d\d-\d\d", r'<span class="whole">\g<0></span>', shown)


def _section(title: str, parts: Sequence[str] | Iterator[str], look: str = "") -> list[str]:
    """Return a part of the page; nothing where it has nothing."""
    inside = list(parts)
    if not inside:
        return []
    opened = f'<section class="{look}">' if look else "<section>"
    return [opened, *([f"<h2>{as_html(title)}</h2>"] if title else []), *inside, "</section>"]


# --- at a glance ----------------------------------------------------------------------------------------------


def _cards(summed: Page) -> Iterator[str]:
    for key in WITH_NPS:
        name, value, n, before, change = map(str, figure_row(summed, key))
        lines = [say("n {n}", n=n), say("before: {value}", value=before), *([change] if change != "-" else [])]
        yield (
            f'<div class="card"><h3>{as_html(name)}</h3><p class="value">{as_html(value)}</p>'
            f'<p class="faint">{"<br>".join(as_html(line) for line in lines)}</p></div>'
        )


def _sentences(summed: Page) -> Iterator[str]:
    first, *others = weakest_point(summed.weakest, summed.thin)
    yield f'<p class="first">{as_html(first)}</p>'
    for sentence in others:
        yield f"<p>{as_html(sentence)}</p>"


# --- charts ---------------------------------------------------------------------------------------------------


def _dimensions_chart(summed: Page) -> Iterator[str]:
    group = summed.now.get("servqual", {})
    scale = group.get("scale", NOTHING).value
    rows = [_pair(name, group, summed.thin) for name in DIMENSIONS]
    if scale is None or all(row.expectation is None for row in rows):
        yield f'<p class="faint">{as_html(say("no survey has an expectation and a perception"))}</p>'
        return
    yield pairs(rows, int(scale), say("What customers expect and how they find it"))


def _pair(name: str, group: Group, thin: int) -> Pair:
    def of_it(figure: str) -> Measured:
        return group.get(f"{name}_{figure}", NOTHING)

    expectation, perception, gap = of_it("expectation"), of_it("perception"), of_it("gap")
    if gap.value is None:
        return Pair(label("dimension", name), say("not scored"))
    note = say(
        "{gap}, weight {weight}, n {n}",
        gap=_shown(f"{name}_gap", gap),
        weight=f"{of_it('weight').value or 0:.0f}",
        n=shown_n(gap, thin),
    )
    text = _shown(f"{name}_expectation", expectation), _shown(f"{name}_perception", perception)
    return Pair(label("dimension", name), note, expectation.value, perception.value, text)


def _shown(name: str, measured: Measured) -> str:
    return shown_value(figure_of(("servqual", name)), measured)


def _problems_chart(report: Report) -> Iterator[str]:
    if not report.problems:
        yield f'<p class="faint">{as_html(say("no complaints"))}</p>'
        return
    rows = list(report.problems)
    if len(rows) > PARTS:
        rest = rows[PARTS - 1 :]
        rows = [*rows[: PARTS - 1], ParetoRow("", sum(row.n for row in rest), sum(row.share for row in rest), 1.0)]
    shown = [
        Part(
            _problem(row.name),
            f"{row.n} ({_percent(row.share)})",
            say("sum {share}", share=_percent(row.cumulated)),
            row.share,
            row.cumulated,
        )
        for row in rows
    ]
    yield pareto(shown, say("Complaints by problem"))


def _problem(name: str | None) -> str:
    if name == "":
        return say("all others")
    return in_words("problem", name) if name else say("not named")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _trend(report: Report) -> Iterator[str]:
    note = say("dashed: fewer than {n}; without a bar: nothing to count", n=report.page.thin)
    yield f'<p class="faint">{as_html(note)}</p>'
    yield '<div class="grid">'
    for key in MATTER:
        section, name = key
        figure = figure_of(key)
        row = []
        for month, groups in report.months:
            found = groups.get(section, {}).get(name, NOTHING)
            # Without decimals, so that the shares of two months don't run into each other.
            whole = figure.kind == "share" and found.value is not None
            text = _percent(found.value or 0) if whole else shown_value(figure, found)
            row.append(Month(month, found.value, text, found.n, found.n < report.page.thin))
        chart = months(row, named(figure), most=1.0 if figure.kind == "share" else None)
        yield f"<figure><figcaption>{as_html(named(figure))}</figcaption>{chart}</figure>"
    yield "</div>"


# --- tables ---------------------------------------------------------------------------------------------------


def _tables(summed: Page) -> Iterator[str]:
    for section in SUMMARY:
        now, before = summed.now.get(section, {}), summed.before.get(section, {})
        figures = [figure for figure in of(section) if not figure.name.startswith(DIMENSIONS)]
        yield f"<h3>{as_html(_section_name(section))}</h3>"
        yield from _figures_table(figures, now, before, summed.thin)
        if section == "servqual":
            yield from _dimensions_table(now, summed.thin)


def _section_name(section: str) -> str:
    name = label("quality_section", section)
    return name.upper() if name in ABBREVIATED else titled(name)


def _figures_table(figures: Sequence[Figure], now: Group, before: Group, thin: int) -> Iterator[str]:
    yield '<table class="figures">'
    yield _heads([heading(name) for name in ("figure", "value", "n", "before", "change")])
    for name, *values in figures_listing(figures, now, before, thin, "").rows:
        yield _row(name, values)
    yield "</table>"


def _dimensions_table(group: Group, thin: int) -> Iterator[str]:
    yield "<table>"
    yield _heads([heading("dimension"), *(label("figure", name) for name in DIMENSION_FIGURES), heading("n")])
    for name in DIMENSIONS:
        cells = [_shown(f"{name}_{one}", group.get(f"{name}_{one}", NOTHING)) for one in DIMENSION_FIGURES]
        yield _row(label("dimension", name), [*cells, shown_n(group.get(f"{name}_gap", NOTHING), thin)])
    yield "</table>"


def _heads(names: Sequence[str]) -> str:
    return "<tr>" + "".join(f'<th scope="col">{as_html(name)}</th>' for name in names) + "</tr>"


def _row(name: str, cells: Sequence[str]) -> str:
    return (
        f'<tr><th scope="row">{as_html(name)}</th>' + "".join(f"<td>{as_html(cell)}</td>" for cell in cells) + "</tr>"
    )


# --- lessons and definitions ----------------------------------------------------------------------------------


def _lessons(summed: Page, zone: Zone) -> Iterator[str]:
    if not summed.lessons:
        yield f'<p class="faint">{as_html(say("no lessons"))}</p>'
        return
    yield "<ul>"
    for lesson in summed.lessons:
        yield _lesson(lesson, summed, zone)
    yield "</ul>"


def _lesson(lesson: Lesson, summed: Page, zone: Zone) -> str:
    closed = f"{zone.local(lesson.closed_at):%Y-%m-%d}"
    about = f'<span class="faint">{as_html(f"cp{lesson.complaint_id} {closed} {lesson.customer}")}</span>'
    parts = [f"<li>{as_html(lesson.lesson)}<br>{about}"]
    parts += [f"<br>→ {as_html(prevented(one, summed.today, zone))}" for one in lesson.preventions]
    return _whole_days("".join(parts)) + "</li>"


def _definitions(report: Report) -> Iterator[str]:
    yield "<dl>"
    figures = [figure for section in SUMMARY for figure in of(section)]
    for section, name, definition, source in definitions(figures, report.numbers, people=True):
        term = say("{name}: {value}", name=_section_name(str(section)), value=name)
        text = say("{definition} ({source})", definition=definition, source=source)
        yield f"<div><dt>{as_html(term)}</dt><dd>{as_html(text)}</dd></div>"
    yield "</dl>"
