"""A section of the figures of service quality for people: its table, what is missing, and what stands below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csm.cli.grammar import Given
from csm.cli.output import opened, style, tell_where, write_rows
from csm.cli.quality.periods import said
from csm.cli.session import Session
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.quality.figures import NUMBERS, of
from csm.domain.quality.record import DEFINITION
from csm.i18n import label, say
from csm.render.formats import write_list
from csm.render.listing import Listing, chained
from csm.render.quality.gaps import gaps_listing
from csm.render.quality.model import model_listing
from csm.render.quality.pareto import pareto_listings, write_paretos
from csm.render.quality.servqual import servqual_listing
from csm.render.quality.tables import cards_note, definitions, figures_listing, is_thin, supplied, thin_note
from csm.services.quality.complaints import paretos, unmet
from csm.services.quality.customers import links
from csm.services.quality.gaps import details
from csm.services.quality.measuring import measure_parts
from csm.services.quality.surveys import page
from csm.storage.quality.customers import has_sales

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm.domain.quality.figures import Figure, Group
    from csm.domain.time.period import Compared

# Sections some of whose figures are made of active customers.
_OF_CUSTOMERS: Final = frozenset({"complaints", "heart"})


def write_section(session: Session, given: Given, section: str, compared: Compared, *, model: bool = False) -> None:
    """Write the figures of a section beside those of the period before; `model`: the retention model stands below."""
    (part,) = measure_parts(session, {section: None}, compared)
    figures, thin = of(section), session.policy.number("quality.thin")
    footer = _notes(session, section, figures, part.now[section], thin)
    title = _titled(section, compared)
    listing = figures_listing(figures, part.now[section], part.before[section], thin, title, footer)
    if section == "complaints":
        _write_complaints(session, given, listing, compared)
        return
    tell_where(session)
    write_rows(session, given, listing._replace(below=lambda: _model(session, compared)) if model else listing)


def write_servqual(session: Session, given: Given, compared: Compared) -> None:
    """Write what surveys say of us by dimension, beside those of the period before, and competitors beside us."""
    found = page(session, compared)
    tell_where(session)
    thin = session.policy.number("quality.thin")
    write_rows(session, given, servqual_listing(found, thin, _titled("servqual", compared)))


def write_gaps(session: Session, given: Given, compared: Compared) -> None:
    """Write the five gaps beside those of the period before, and where they come from by dimension."""
    (part,) = measure_parts(session, {"gaps": None}, compared)
    scale, dimensions = details(session, compared.now)
    thin = session.policy.number("quality.thin")
    tell_where(session)
    title = _titled("gaps", compared)
    write_rows(session, given, gaps_listing(part.now["gaps"], part.before["gaps"], dimensions, scale, thin, title))


def _titled(section: str, compared: Compared) -> str:
    """Return the heading of a section: its name, its period and the one before."""
    return say("{section}: {period}", section=label("quality_section", section), period=said(compared))


def _model(session: Session, compared: Compared) -> Listing:
    few, holds = session.policy.number("model.few"), session.policy.number("model.holds") / 100
    return model_listing(links(session, compared.now), few, holds)


def _write_complaints(session: Session, given: Given, listing: Listing, compared: Compared) -> None:
    """Write the figures of complaints, and below them what most complaints are about."""
    found, items = paretos(session, compared.now), unmet(session, compared.now)
    tell_where(session)
    if given.form != "table":
        write_rows(session, given, chained([listing, *pareto_listings(found, items)]))
        return
    with opened(given) as stream:
        how = style(session, given, stream)
        write_list(given.form, listing, how, stream)
        write_paretos(found, items, how, stream)


def _notes(session: Session, section: str, figures: Sequence[Figure], group: Group, thin: int) -> list[str]:
    """Return what stands under the table: what its marks mean, what is missing and who supplies it."""
    notes = [thin_note(thin)] if is_thin(figures, group, thin) else []
    if section in _OF_CUSTOMERS and not has_sales(session.database.connection):
        notes.append(cards_note())
    return notes + supplied(figures, group)


def write_definitions(session: Session, given: Given, sections: Sequence[str]) -> None:
    """Write the definitions of the figures of `sections`; it needs no file."""
    numbers = {place: session.policy.number(key) for place, key in NUMBERS.items()}
    alone = len(sections) == 1
    figures = [figure for section in sections for figure in of(section, summary=not alone)]
    people = given.form in READ_BY_PEOPLE
    # A section by itself needs no column that says in every row which it is.
    fields = [field._replace(shown=0) if alone and field.name == "section" else field for field in DEFINITION]
    write_rows(session, given, Listing(fields, definitions(figures, numbers, people=people)))
