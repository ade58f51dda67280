"""Where output goes: data to stdout or a file in the format asked for, words to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, TextIO

from csm.cli.grammar import Given
from csm.cli.session import Session, warn
from csm.domain.errors import UsageFault
from csm.domain.formats import WRITTEN
from csm.domain.kinds import Field
from csm.i18n import say
from csm.render.formats import write_list, write_record
from csm.render.listing import Listing, Style
from csm.render.text import visible

TERMINAL_ROWS: Final = 200


def tell(session: Session, sentence: str) -> None:
    """Say something beside the data, unless asked to be quiet."""
    if not session.quiet:
        warn(sentence)


def tell_where(session: Session) -> None:
    """Say where the file is, when this command made it, and where its backup, when this command migrated it."""
    database = session.database
    if not (database.made or database.backup):
        return

    if database.made:
        warn(say("made a new csm file: {path}", path=visible(database.path)))
        database.made = False
    if database.backup:
        warn(say("brought the file up to date; the backup from before is {path}", path=visible(database.backup)))
        database.backup = None


def on_terminal(given: Given) -> bool:
    """Tell whether somebody is looking at the data."""
    return given.output is None and sys.stdout.isatty()


def check_format(given: Given) -> None:
    """Raise unknown-value for a format that there isn't.

    Asked before a command does anything, so that nothing is changed whose record can't be printed.
    """
    if given.form not in WRITTEN:
        raise UsageFault("unknown-value", field="--format", value=given.form, choices=list(WRITTEN))
    if given.form != "table" and given.output is None and _encoding(sys.stdout) != "utf8":
        # What programs read is UTF-8 whatever the locale of a terminal says.
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]


def _encoding(stream: TextIO) -> str:
    return (getattr(stream, "encoding", "") or "utf-8").lower().replace("-", "").replace("_", "")


def style(session: Session, given: Given, stream: TextIO) -> Style:
    """Return how the data is to look where it goes."""
    terminal = on_terminal(given)
    return Style(
        zone=session.zone,
        raw=given.raw,
        terminal=terminal,
        width=_width() if terminal else None,
        colour=_colour(session, terminal, given.output),
        crlf=given.output is not None and given.output != "-",
        ascii_only=_encoding(stream) in ("ascii", "usascii", "ansix3.41968"),
    )


def _width() -> int:
    told = os.environ.get("COLUMNS", "")
    if len(told) < 6 and told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80


def _colour(session: Session, terminal: bool, output: str | None) -> bool:
    if session.no_color or os.environ.get("NO_COLOR") or output is not None:
        return False
    if os.environ.get("FORCE_COLOR", "") not in ("", "0"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


@contextmanager
def opened(given: Given) -> Iterator[TextIO]:
    """Give the stream for the data: stdout, or the file of --output, which is written whole or not at all."""
    if given.output is None or given.output == "-":
        yield sys.stdout
        return
    from csm.transfer.writing import open_sheet

    with open_sheet(given.output, form=given.form, private=given.private) as stream:
        yield stream


def write_rows(session: Session, given: Given, listing: Listing) -> int:
    """Write a list; return the number of rows."""
    with opened(given) as stream:
        shown = listing if given.form != "table" else listing._replace(empty="")
        written = write_list(given.form, shown, style(session, given, stream), stream)
    if not written and given.form == "table" and listing.empty:
        tell(session, listing.empty)
    return written


def write_one(
    session: Session, given: Given, fields: Sequence[Field], record: Mapping[str, Any], title: str = ""
) -> None:
    """Write one record."""
    with opened(given) as stream:
        write_record(given.form, fields, record, style(session, given, stream), stream, title)


def changed(session: Session, given: Given, sentence: str, fields: Sequence[Field], record: Mapping[str, Any]) -> None:
    """Say in one line what was changed; print the record where a format was asked for."""
    tell_where(session)
    if given.form != "table" or given.output is not None:
        write_one(session, given, fields, {field.name: record.get(field.name) for field in fields})
    tell(session, naming(sentence, record.get("customer")))


def naming(sentence: str, customer: object) -> str:
    """Return a sentence that names the customer on whose record it landed, unless it does already."""
    name = visible(str(customer or ""))
    if not name or name in sentence or sentence == say("nothing changed"):
        return sentence
    if sentence.endswith((")", "）")):
        return say("{first}, {second}", first=sentence, second=name)
    return say("{sentence} ({name})", sentence=sentence, name=name)
