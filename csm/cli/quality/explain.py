"""`--explain` of the figures of service quality: what each of them is, by the numbers this file has set."""

from __future__ import annotations

from collections.abc import Sequence

from csm.cli.grammar import Given
from csm.cli.output import write_rows
from csm.cli.quality.data import figures_of
from csm.cli.session import Session
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.quality.figures import NUMBERS
from csm.domain.quality.record import DEFINITION
from csm.render.listing import Listing
from csm.render.quality.tables import definitions


def write(session: Session, given: Given, sections: Sequence[str]) -> None:
    """Write the definitions of the figures of `sections`; it needs no file."""
    numbers = {place: session.policy.number(key) for place, key in NUMBERS.items()}
    alone = len(sections) == 1
    figures = [figure for section in sections for figure in figures_of(section, summary=not alone)]
    people = given.form in READ_BY_PEOPLE
    # A section by itself needs no column that says in every row which it is.
    fields = [field._replace(shown=0) if alone and field.name == "section" else field for field in DEFINITION]
    write_rows(session, given, Listing(fields, definitions(figures, numbers, people=people)))
