"""`csm rules`: the handbook, by number or word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from csm import handbook
from csm.cli import columns
from csm.cli.grammar import Given
from csm.cli.output import opened, style, tell, write_rows
from csm.cli.session import Session
from csm.domain.errors import NotFound
from csm.domain.kinds import Field
from csm.domain.settings import find
from csm.i18n import say
from csm.render.house.rules import write_sections
from csm.render.listing import Listing

# How the sections themselves are printed; every other format has a row for each.
READ: Final = frozenset({"table", "md"})

RULE: Final = (
    Field("number", "number", shown=1),
    Field("heading", "rule", shown=1),
    Field("source", "source", shown=1),
    Field("settings", "settings", "tags"),
    Field("text", "text"),
)


def run(
    ctx: typer.Context,
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD]", help="A number, a heading, a setting, or any word of the text.")
    ] = None,
) -> None:
    """Print a rule of the work with its number, its source and the settings that change it.

    Without a word it lists the sections of the handbook. A word is looked for in numbers, then in headings and
    settings, then in the text, in English and Chinese.

    \b
    Example:
      csm rules 6.5
      csm rules guarantee
      csm rules 回访
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    limit = columns.limit_of(given)
    if word is None:
        _list(session, given, handbook.sections(), limit)
        return
    found = handbook.find(word)
    if not found.sections:
        raise NotFound("no-such-rule", word=word, near=handbook.near(word))
    if given.form not in READ or given.columns is not None or given.sort is not None:
        _list(session, given, found.sections, limit)
    else:
        _print(session, given, found.sections[:limit])
    if found.others:
        tell(session, say("named in {numbers} too", numbers=", ".join(found.others)))


def _list(session: Session, given: Given, sections: Sequence[handbook.Section], limit: int | None) -> None:
    fields = columns.columns_of(RULE, given)
    rows = [(part.number, part.heading, part.source, ";".join(part.keys) or None, part.text) for part in sections]
    chosen = columns.chosen_rows(rows, RULE, fields, given, limit)
    write_rows(session, given, Listing(fields, chosen, chosen=given.columns is not None))


def _print(session: Session, given: Given, sections: Sequence[handbook.Section]) -> None:
    policy = session.policy
    settings = {
        section.number: [
            (key, policy.text(key), find(key).default, say(find(key).unit), say(find(key).about))
            for key in section.keys
        ]
        for section in sections
    }
    with opened(given) as stream:
        write_sections(given.form, sections, settings, handbook.sources(), style(session, given, stream), stream)
