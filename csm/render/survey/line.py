"""A survey in a line, as the customer card and the case file have it; the page of one is `csm.render.survey.page`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csm.i18n import heading, say
from csm.render.customer.words import spaced
from csm.render.layout import Line, Span
from csm.render.text import visible


def survey_line(row: Mapping[str, Any]) -> Line:
    """Return what a row of `survey_list` came to: CSAT, NPS, the mean gap, and what was said."""
    parts = [Span(say("about {subject}", subject=visible(row["subject"])))] if row["subject"] else []
    for name, high in (("csat", 5), ("nps", 10)):
        if row[name] is not None:
            said = say("{n} of {high}", n=row[name], high=high)
            parts.append(Span(f"{heading(name.upper())} {said}"))
    if row["gap"] is not None:
        parts.append(Span(f"{heading('gap')} {signed(row['gap'])}"))
    spans = [*spaced(parts), Span(f"{'  ' if parts else ''}su{row['id']}", "faint")]
    if row["comment"]:
        spans.append(Span("\n" + row["comment"]))
    return Line(row["taken_on"], spans)


def signed(gap: float) -> str:
    """Return a gap with its sign and at most two decimals; 0 has none."""
    rounded = round(gap, 2)
    return f"{rounded:+g}" if rounded else "0"
