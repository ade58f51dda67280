"""What several verbs of `day` print."""

from __future__ import annotations

from csm.cli.session import Session


def owners_typed(session: Session, typed: list[str] | None) -> list[str]:
    if not typed:
        return []
    from csm.cli import filters

    return filters.owners(session, typed)
