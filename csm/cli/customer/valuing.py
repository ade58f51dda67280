"""`customer grade` and `customer rfm`: which customers matter, by their share of sales and by how they buy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from csm.cli.columns import chosen_rows, columns_of, limit_of, tell_rest
from csm.cli.filters import owners
from csm.cli.grammar import Given
from csm.cli.output import tell_where, write_rows
from csm.cli.session import Session
from csm.domain.kinds import Field
from csm.domain.settings import find
from csm.render.listing import Listing

if TYPE_CHECKING:
    from csm.render.listing import Row


Months = Annotated[str | None, typer.Option("--months", metavar="N", help="Go by the sales of the last N months.")]
Owner = Annotated[
    list[str] | None, typer.Option("--owner", metavar="NAME", help="Only the customers of this one; repeat it.")
]


def months_typed(text: str | None) -> int | None:
    if text is None:
        return None

    return int(find("grade.months").check(text))


def owners_typed(session: Session, given: Sequence[str] | None) -> Collection[str | None] | None:
    """Return whose cards are asked for, None for all; an empty name is that of cards without an owner."""
    if not given:
        return None

    named = [name for name in given if name.strip()]
    found: set[str | None] = set(owners(session, named)) if named else set()
    return found | ({None} if len(named) < len(given) else set())


def write_result(
    session: Session, given: Given, fields: tuple[Field, ...], rows: Sequence[Row], made: Iterator[Row]
) -> None:
    """Write rows made in Python, as many as are wanted; `made` gives them whole, `rows` are only counted."""
    chosen, limit = columns_of(fields, given), limit_of(given)
    shown = chosen_rows(made, fields, chosen, given, limit)
    tell_where(session)
    written = write_rows(session, given, Listing(chosen, islice(shown, limit), chosen=given.columns is not None))
    if limit is not None and given.limit is None:
        tell_rest(session, len(rows) - written)
