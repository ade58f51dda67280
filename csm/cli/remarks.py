"""What a command has to tell in addition to its result, printed when it has ended well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csm.cli.grammar import nearest
from csm.cli.session import Session, warn
from csm.domain.values.folding import folded
from csm.i18n import say, say_n
from csm.render.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN: Final = 5


def print_remarks(session: Session) -> None:
    """Print what was remarked on, one line each."""
    for name, new in list(session.passed_on.items())[:SHOWN]:
        warn(say("note: {name} has left, so it goes to {new}", name=visible(name), new=visible(new)))
    for name, known in list(session.strangers.items())[:SHOWN]:
        _print_stranger(name, known)
    if (more := len(session.strangers) - SHOWN) > 0:
        warn(
            say_n(
                "warning: {n} more name is not on the staff list",
                "warning: {n} more names are not on the staff list",
                more,
            )
        )
    if session.unexplained:
        _print_lost(session.unexplained)


def _print_stranger(name: str, known: Sequence[str]) -> None:
    near = near_name(name, known)
    if near is not None:
        told = {"name": visible(name), "near": visible(near)}
        warn(say("warning: {name} is not on the staff list; did you mean {near}?", **told))
        return
    warn(say("warning: {name} is not on the staff list; csm staff add '{name}' puts them on it", name=visible(name)))


def near_name(name: str, known: Sequence[str]) -> str | None:
    """Return the name that is spelt nearly like another, None where none is."""
    by_key = {folded(one): one for one in known}
    found = nearest(folded(name), by_key)
    return by_key[found[0]] if found else None


def _print_lost(lost: dict[int, str]) -> None:
    customer_id, name = next(iter(lost.items()))
    if len(lost) == 1:
        told = {"id": customer_id, "name": visible(name)}
        warn(
            say(
                "warning: nobody said how and why {name} was lost; csm customer lost {id} --kind KIND --cause CAUSE",
                **told,
            )
        )
        return
    warn(
        say(
            "warning: nobody said how and why {n} customers were lost; "
            "the first: csm customer lost {id} --kind KIND --cause CAUSE",
            n=len(lost),
            id=customer_id,
        )
    )
