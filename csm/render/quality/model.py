"""The retention model for people: which of its links hold, and what is missing where none is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from csm.domain.kinds import Field, named
from csm.domain.quality.customers import ANSWERS, Link
from csm.domain.survey.record import SURVEY
from csm.i18n import heading, say, say_n
from csm.render.listing import Listing
from csm.render.phrases import titled
from csm.render.quality.tables import signed

MODEL: Final = (
    Field("cause", "cause", shown=1),
    Field("effect", "effect", shown=1),
    # Texts already, aligned at their ends as numbers.
    Field("r", "correlation", "integer", shown=1),
    Field("n", "n", "integer", shown=1),
    Field("verdict", "the link", "choice", "link", shown=1),
)
_SUPPLY: Final = "csm survey add REF " + " ".join(
    f"--{answer} {score}" for answer, score in zip(ANSWERS, (6, 6, 4, 6), strict=True)
)


def model_listing(links: Sequence[Link], fewest: int, holds: float) -> Listing:
    """Return the links as a table.

    fewest: below so many surveys a link isn't shown. holds: from this correlation on it holds.
    """
    rows = [
        (
            _answer(link.cause),
            _answer(link.effect),
            "-" if link.r is None else signed(link.r, 2),
            link.n,
            link.verdict or "-",
        )
        for link in links
    ]
    title = titled(say("what makes customers come back"))
    return Listing(MODEL, rows, title, footer=list(_notes(links, fewest, holds)))


def _answer(name: str) -> str:
    return heading(named(SURVEY, name).heading)


def _notes(links: Sequence[Link], fewest: int, holds: float) -> Iterator[str]:
    if any(link.r is not None for link in links):
        yield say(
            "a link holds from a correlation of {holds} on and is weak from 0 on; below 0 it goes against the model",
            holds=f"{holds:.2f}",
        )
    if any(link.n < fewest for link in links):
        yield say(
            "below {few} surveys that answer both, no correlation is shown; this supplies them: {command}",
            few=fewest,
            command=_SUPPLY,
        )
    alike = sum(link.n >= fewest and link.r is None for link in links)
    if alike:
        yield say_n(
            "{n} link has no correlation: all surveys give the same answer to one of its questions",
            "{n} links have no correlation: all surveys give the same answer to one of their questions",
            alike,
        )
