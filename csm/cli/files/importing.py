"""What several verbs of `import` print."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import typer

from csm.cli import errors
from csm.cli.days import replanned
from csm.cli.files.import_options import DECIMALS, EXIT_REJECTED, OPTIONS, ORDERS, SHOWN_ERRORS, USUAL, File
from csm.cli.grammar import Given, with_parameters
from csm.cli.output import tell, tell_where, write_one
from csm.cli.sale.results import warn_of_limits
from csm.cli.session import Session, warn
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field
from csm.i18n import say, say_n
from csm.render.text import visible
from csm.services.files import imports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csm.services.files.imports import Outcome


def by_service_names(typed: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were typed by the names that the service knows."""
    names = {"map_": "pairs", "set_": "constants", "value": "values", "input_": "form"}
    asked = {names.get(name, name): value for name, value in typed.items()}
    return asked | {name: asked[name] or () for name in ("pairs", "constants", "values")}


def import_file(ctx: typer.Context, kind: str, file: str, **asked: Any) -> int:
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if asked["date_order"] not in (None, *ORDERS):
        raise UsageFault("unknown-value", field="--date-order", value=asked["date_order"], choices=list(ORDERS))
    if asked["decimal"] not in (None, *DECIMALS):
        raise UsageFault("unknown-value", field="--decimal", value=asked["decimal"], choices=list(DECIMALS))
    request = imports.Request(kind, file, **asked)
    progress, clear = reading_progress()
    try:
        outcome = imports.load(session, request, words=errors.reason, progress=progress)
    finally:
        clear()
    tell_columns(session, outcome)
    write_result(session, given, outcome)
    if outcome.errors and not request.skip_bad:
        raise imports.refusal(outcome)
    tell_outcome(session, outcome, dry_run=request.dry_run)
    return EXIT_REJECTED if outcome.errors else 0


def tell_columns(session: Session, outcome: Outcome) -> None:
    """Say how the file was read, and name once what of it was not imported."""

    def listed(names: Sequence[str]) -> str:
        return say(", ").join(dict.fromkeys(visible(name) for name in names))

    if outcome.title:
        tell(session, say("lines above the headings, not imported: {names}", names=listed(outcome.title)))
    if outcome.encoding not in USUAL:
        tell(session, say("read as {encoding}", encoding=outcome.encoding.upper()))
    if outcome.unknown:
        tell(session, say("columns not imported: {names}", names=listed(outcome.unknown)))
    if outcome.left_over:
        names = listed(outcome.left_over)
        tell(session, say("columns not imported where another one fills the same field: {names}", names=names))
    if outcome.computed:
        names = ", ".join(outcome.computed)
        tell(session, say("columns that csm works out itself, not imported: {names}", names=names))


def write_result(session: Session, given: Given, outcome: Outcome) -> None:
    if given.form == "table" and given.output is None:
        return
    numbers = ("read", "inserted", "updated", "unchanged", "rejected", "possible_doubles")
    record: dict[str, Any] = {name: getattr(outcome, name) for name in numbers}
    record["errors"] = [
        {
            **{name: bad.values[name] for name in ("line", "column", "value")},
            "reason": errors.reason(bad.values["reason"]),
        }
        for bad in outcome.errors
    ]
    record["unused"] = list(outcome.unused)
    record["encoding"] = outcome.encoding
    record["doubles"] = [{"line": double.line, "with": double.other} for double in outcome.doubles]
    write_one(session, given, [Field(name, name.replace("_", " "), "integer") for name in numbers], record)


def tell_outcome(session: Session, outcome: Outcome, *, dry_run: bool) -> None:
    """Say in one line what was imported, then which rows were not."""
    tell_where(session)
    numbers = outcome._asdict()
    sentence = (
        say(
            "would import: {read} read, {inserted} inserted, {updated} updated, {unchanged} unchanged, "
            "{rejected} rejected",
            **numbers,
        )
        if dry_run
        else say(
            "imported: {read} read, {inserted} inserted, {updated} updated, {unchanged} unchanged, {rejected} rejected",
            **numbers,
        )
    )
    if outcome.possible_doubles:
        doubles = say_n("{n} possible double", "{n} possible doubles", outcome.possible_doubles)
        sentence = say("{first}; {second}", first=sentence, second=doubles)
    if followed := replanned(outcome.moved, outcome.dropped):
        sentence = say("{first}; {second}", first=sentence, second=followed)
    tell(session, sentence)
    tell_doubles(session, outcome)
    if outcome.blank:
        warn(say("note: nobody has filled in this form yet"))
    if outcome.cancelled:
        tell(session, say_n("{n} of them cancelled a sale", "{n} of them each cancelled a sale", outcome.cancelled))
    if outcome.timed:
        names = ", ".join(visible(heading) for heading in outcome.timed)
        tell(session, say("only the days are kept, a time of day has no place here: {names}", names=names))
    if outcome.unpaid and outcome.inserted:
        tell(
            session, say("nothing says what was paid, so they are unpaid; --set status=paid if they were paid at once")
        )
    warn_of_limits(outcome.passed[:SHOWN_ERRORS])
    if (more := len(outcome.passed) - SHOWN_ERRORS) > 0:
        warn(say_n("careful: so does {n} more customer", "careful: so do {n} more customers", more))
    alike = imports.distinct(outcome.errors)
    for bad in alike[:SHOWN_ERRORS]:
        warn("  " + errors.sentence(bad))
    if (more := len(outcome.errors) - sum(1 + bad.values.get("again", 0) for bad in alike[:SHOWN_ERRORS])) > 0:
        warn("  " + say_n("{n} more row was rejected", "{n} more rows were rejected", more))
    tell_hints(outcome)


def tell_doubles(session: Session, outcome: Outcome) -> None:
    """Say which rows look like another record, each with the line or the reference of that one."""
    for double in outcome.doubles[:SHOWN_ERRORS]:
        if isinstance(double.other, int):
            tell(session, "  " + say("line {line} looks like line {other}", line=double.line, other=double.other))
        else:
            tell(session, "  " + say("line {line} looks like {ref}", line=double.line, ref=double.other))
    if (more := len(outcome.doubles) - SHOWN_ERRORS) > 0:
        tell(session, "  " + say_n("{n} more possible double", "{n} more possible doubles", more))


def tell_hints(outcome: Outcome) -> None:
    """Say once what mends the rows that were rejected, where an option of the import or another file does."""
    reasons = {bad.values["reason"].code: bad.values["reason"] for bad in outcome.errors}
    mended = (
        *("no-customer-here", "no-sale-to-cancel", "cancels-another-sale", "foreign-id", "of-another-card"),
        *("not-of-card", "not-of-customer", "too-many-decimals", "other-currency", "day-missing", "doubtful-date"),
    )
    for hint in dict.fromkeys(errors.hint(reasons[code]) for code in mended if code in reasons):
        warn(hint)
    for hint in errors.value_hints(outcome.errors):
        warn(hint)


def importer(kind: str, about: str, **extra: object) -> Callable[..., int]:
    """Return the verb that imports a kind. `about` is its help, `extra` its own flags, off unless typed."""

    def run(ctx: typer.Context, file: str, **typed: Any) -> int:
        return import_file(ctx, kind, file, **by_service_names(typed))

    options = list(OPTIONS.items())
    before = list(OPTIONS).index("encoding")
    flags = [(name, (option, False)) for name, option in extra.items()]
    with_parameters(run, about, dict([("file", (File, ...)), *options[:before], *flags, *options[before:]]))
    return run


def reading_progress() -> tuple[Callable[[int], None], Callable[[], None]]:
    """Return what shows the number of rows read so far on a terminal, and what clears that line."""
    if not sys.stderr.isatty():
        return (lambda read: None), (lambda: None)
    shown = 0.0

    def progress(read: int) -> None:
        nonlocal shown
        if (now := time.monotonic()) - shown >= 0.2:
            shown = now
            sys.stderr.write("\r" + say("{n} rows read", n=f"{read:,}"))
            sys.stderr.flush()

    def clear() -> None:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    return progress, clear
