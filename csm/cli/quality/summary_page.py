"""`quality summary` for people: one page on the terminal, one page of html to hand on, a table by groups."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from csm.cli.output import on_terminal, opened, style, tell_where, write_rows
from csm.cli.quality.periods import said
from csm.domain.quality.figures import NUMBERS, SUMMARY, TREND_MONTHS
from csm.i18n import say
from csm.render.quality.summary import MATTER, Page, figure_of, two_lines, write_summary
from csm.render.quality.tables import groups_listing, thin_notes
from csm.services.quality import summary
from csm.services.quality.complaints import paretos
from csm.services.quality.measuring import measure_parts

if TYPE_CHECKING:
    from csm.cli.grammar import Given
    from csm.cli.session import Session
    from csm.domain.time.period import Compared
    from csm.services.quality.measuring import Wanted

# So many lessons at most; a page with thousands is no page, and there is a list of them.
MOST_LESSONS: Final = 200


def write(session: Session, given: Given, compared: Compared, by: str | None) -> None:
    """Write the summary of a period as table, md or html; with `by`, a row for each group instead."""
    if by is not None:
        _write_groups(session, given, compared, by)
    elif given.form == "html":
        _write_html(session, given, compared)
    else:
        _write_text(session, given, compared)


def _write_text(session: Session, given: Given, compared: Compared) -> None:
    height = _height() if on_terminal(given) else None
    page = _page(session, compared, MOST_LESSONS if height is None else min(height, MOST_LESSONS), summary.WANTED)
    tell_where(session)
    with opened(given) as stream:
        write_summary(given.form, page, style(session, given, stream), stream, height)


def _height() -> int:
    """Return the lines of the terminal."""
    return shutil.get_terminal_size().lines


def _page(session: Session, compared: Compared, most: int, wanted: Wanted) -> Page:
    found = summary.read(session, compared, most, wanted)
    return Page(
        say("Service quality: {period}", period=said(compared)),
        found.part.now,
        found.part.before,
        found.weakest,
        found.lessons,
        found.learnt,
        found.cards,
        session.policy.number("quality.thin"),
        session.today,
    )


def _write_html(session: Session, given: Given, compared: Compared) -> None:
    from csm.render.quality.page import Report, write_page

    page = _page(session, compared, MOST_LESSONS, dict.fromkeys(SUMMARY))
    report = Report(
        page,
        said(compared),
        summary.months(session, compared.now, TREND_MONTHS),
        paretos(session, compared.now, ("problem",))[0].rows,
        {name: session.policy.number(key) for name, key in NUMBERS.items()},
    )
    tell_where(session)
    with opened(given) as stream:
        write_page(report, style(session, given, stream), stream)


def _write_groups(session: Session, given: Given, compared: Compared, by: str) -> None:
    figures = [figure_of(key) for key in MATTER]
    wanted: dict[str, list[str]] = {}
    for figure in figures:
        wanted.setdefault(figure.section, []).append(figure.name)
    parts = measure_parts(session, wanted, compared, by, before=False)
    tell_where(session)
    # The names of the six differ, whatever their section.
    groups = [(part.key, {name: one for group in part.now.values() for name, one in group.items()}) for part in parts]
    days = compared.now
    title = say("Service quality: {period}", period=say("{first} to {last}", first=days.first, last=days.last))
    thin = session.policy.number("quality.thin")
    listing = groups_listing(figures, by, groups, thin, title, thin_notes(figures, groups, thin))
    if given.form == "table" and (width := style(session, given, sys.stdout).width) is not None:
        listing = two_lines(listing, width)
    write_rows(session, given, listing)
