"""What the commands on cases share: how a case is named, and how terms, texts and deciders are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from csm.domain.errors import UsageFault
from csm.domain.settings import read_whole
from csm.storage.house.settings import staff_name

if TYPE_CHECKING:
    from csm.cli.session import Session

Ref = Annotated[str, typer.Argument(metavar="ID", help="The case: 12 or cp12.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decided it; you unless told.")]


def choice(terms: str, option: str, text: str) -> str:
    """Return the stable value of a term typed in either language; raise unknown-value naming the option."""
    from csm.services.values import read_choice

    return read_choice(terms, option, text)


def whole(option: str, text: str, low: int, high: int) -> int:
    """Return a whole number within limits; raise bad-answer naming the option."""
    try:
        return read_whole(text, low, high)
    except UsageFault as reason:
        raise UsageFault("bad-answer", field=option, reason=reason) from reason


def grouping(kinds: tuple[str, ...], text: str) -> str:
    """Return what rows are grouped by, typed in either language as a heading; raise unknown-value for --by."""
    from csm.i18n.terms import terms_meant

    found = terms_meant("heading", kinds, text)
    if len(found) != 1:
        raise UsageFault("unknown-value", field="--by", value=text, choices=found or list(kinds), terms="heading")
    return found[0]


def decider(session: Session, by: str | None) -> str | None:
    """Return how whoever decides is written on the staff list, None where nobody was named."""
    if by is None:
        return None
    return staff_name(session.database.connection, words("--by", by))


def words(option: str, text: str) -> str:
    """Return a text that must say something; raise empty-value."""
    if not text.strip():
        raise UsageFault("empty-value", field=option)
    return text.strip()


Text = Annotated[str, typer.Argument(metavar="TEXT", help="What was said or written down.")]
