"""Load records of one kind from a file, or a whole file from a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm.services.files.imports import Outcome

File = Annotated[str, typer.Argument(metavar="FILE", help="A csv, tsv, json or jsonl file; - is standard input.")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=FIELD", help="Which field a column fills; several may fill one. Repeat it."),
]
Set = Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A value for all rows; repeat it.")]
Value = Annotated[
    list[str] | None,
    typer.Option(
        "--value",
        metavar="FIELD:TEXT=VALUE",
        help="In this field the text TEXT means VALUE; the text * is every other one. Repeat it.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")]
Update = Annotated[bool, typer.Option("--update", help="Rows that differ from their record change it.")]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Import the good rows though others are bad.")]
Rejects = Annotated[
    str | None, typer.Option("--rejects", metavar="FILE", help="Write the bad rows here, with the reason.")
]
Encoding = Annotated[str | None, typer.Option("--encoding", help="How the file was saved, such as gb18030.")]
DateOrder = Annotated[
    str | None, typer.Option("--date-order", metavar="dmy|mdy|ymd", help="What 5/6/2026 means in the file.")
]
SkipLines = Annotated[
    int, typer.Option("--skip-lines", metavar="N", min=0, help="Lines above the headings to pass over (default: 0).")
]
Decimal = Annotated[
    str | None,
    typer.Option("--decimal", metavar=",|.", help="The sign before decimals in the file (default: .)."),
]
Round = Annotated[
    bool, typer.Option("--round", help="Round amounts with more decimals than are stored (default: refuse them).")
]
Input = Annotated[
    str | None, typer.Option("--input", metavar="FORMAT", help="csv, tsv, json or jsonl, where the name doesn't tell.")
]
AllowNegative = Annotated[
    bool, typer.Option("--allow-negative", help="A row below zero that cancels no sale is a credit note.")
]
Force = Annotated[bool, typer.Option("--force", help="Let in rows that look like a customer who is here already.")]

ORDERS: Final = ("dmy", "mdy", "ymd")
DECIMALS: Final = (",", ".")
EXIT_REJECTED: Final = 6
SHOWN_ERRORS: Final = 10
# Encodings that aren't named: what a file of today is saved in, and that of an empty one.
USUAL: Final = ("", "utf-8")


def customers(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    set_: Set = None,
    value: Value = None,
    dry_run: DryRun = False,
    update: Update = False,
    skip_bad: SkipBad = False,
    rejects: Rejects = None,
    force: Force = False,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load customers: a table, or an address book of Google or Outlook.

    A row is a known customer by its code or external id, else by phone and name. The same file twice changes nothing.

    \b
    Example:
      csm import customers shops.csv --map "Shop no=code" --set relationship=proactive --dry-run
    """
    return _import(ctx, "customers", file, **_asked(locals()))


def contacts(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    set_: Set = None,
    value: Value = None,
    dry_run: DryRun = False,
    update: Update = False,
    skip_bad: SkipBad = False,
    rejects: Rejects = None,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load contacts of customers that are here already.

    \b
    Example:
      csm import contacts people.csv --map "Firm=customer" --skip-bad --rejects rejected.csv
    """
    return _import(ctx, "contacts", file, **_asked(locals()))


def callbacks(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    set_: Set = None,
    value: Value = None,
    dry_run: DryRun = False,
    update: Update = False,
    skip_bad: SkipBad = False,
    rejects: Rejects = None,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load callbacks, planned or done; with --update a list that was exported and filled in notes the results.

    \b
    Example:
      csm import callbacks week.csv --update
    """
    return _import(ctx, "callbacks", file, **_asked(locals()))


def complaints(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    set_: Set = None,
    value: Value = None,
    dry_run: DryRun = False,
    update: Update = False,
    skip_bad: SkipBad = False,
    rejects: Rejects = None,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load complaints of customers that are here already: historic ones, or an export with its events.

    Historic cases keep their dates and states; what was due before the import is shown as late, and nothing of it is
    escalated any more. A case that was handled here takes no other state from a file.

    \b
    Example:
      csm import complaints old.csv --map "Ticket=external_id" --value "status:In progress=open"
    """
    return _import(ctx, "complaints", file, **_asked(locals()))


def promises(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    set_: Set = None,
    value: Value = None,
    dry_run: DryRun = False,
    update: Update = False,
    skip_bad: SkipBad = False,
    rejects: Rejects = None,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load promises, ours and theirs, of customers that are here already.

    \b
    Example:
      csm import promises promises.csv --map "What=text" --map "By=due_at"
    """
    return _import(ctx, "promises", file, **_asked(locals()))


def sales(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    set_: Set = None,
    value: Value = None,
    dry_run: DryRun = False,
    update: Update = False,
    skip_bad: SkipBad = False,
    rejects: Rejects = None,
    allow_negative: AllowNegative = False,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load sales of customers that are here already, a row each; with what was paid, where the file tells it.

    The amount is that of all pieces together. A row below zero cancels the sale of the customer that was for exactly
    that amount (the field cancels can name it). Rows that are equal are as many sales; a bill can have several.

    \b
    Example:
      csm import sales shop.csv --map "Total=amount" --set product=goods --set status=paid --skip-bad --rejects bad.csv
    """
    return _import(ctx, "sales", file, **_asked(locals()))


def services(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    set_: Set = None,
    value: Value = None,
    dry_run: DryRun = False,
    update: Update = False,
    skip_bad: SkipBad = False,
    rejects: Rejects = None,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load services rendered to customers that are here already, with what was ticked of their checklists.

    \b
    Example:
      csm import services work.csv --map "Work done=note" --set kind=repair
    """
    return _import(ctx, "services", file, **_asked(locals()))


def surveys(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    set_: Set = None,
    value: Value = None,
    dry_run: DryRun = False,
    update: Update = False,
    skip_bad: SkipBad = False,
    rejects: Rejects = None,
    encoding: Encoding = None,
    date_order: DateOrder = None,
    skip_lines: SkipLines = 0,
    decimal: Decimal = None,
    round_: Round = False,
    input_: Input = None,
) -> int:
    """Load surveys of customers that are here already: the form of csm survey template filled in, or a row each.

    A row is a known survey by its external id, or where it is equal; any other is a new one, so only rows with an
    external id (or our own id) change anything under --update. The same file twice changes nothing.

    \b
    Example:
      csm import surveys form.csv
      csm import surveys answers.csv --map "Store=customer" --set reverse=yes --skip-bad --rejects bad.csv
    """
    return _import(ctx, "surveys", file, **_asked(locals()))


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options of a verb by the names that the service knows."""
    names = {"map_": "pairs", "set_": "constants", "value": "values", "input_": "form"}
    asked = {names.get(name, name): value for name, value in given.items() if name not in ("ctx", "file")}
    return asked | {name: asked[name] or () for name in ("pairs", "constants", "values")}


def _import(ctx: typer.Context, kind: str, file: str, **asked: Any) -> int:
    from csm.cli import errors
    from csm.cli.files.progress import reading
    from csm.domain.errors import UnknownValue
    from csm.services.files import imports

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if asked["date_order"] not in (None, *ORDERS):
        raise UnknownValue(field="--date-order", value=asked["date_order"], choices=list(ORDERS))
    if asked["decimal"] not in (None, *DECIMALS):
        raise UnknownValue(field="--decimal", value=asked["decimal"], choices=list(DECIMALS))
    request = imports.Request(kind, file, **asked)
    progress, clear = reading()
    try:
        outcome = imports.load(session, request, words=errors.reason, progress=progress)
    finally:
        clear()
    _tell_columns(session, outcome)
    _write_result(session, given, outcome)
    if outcome.errors and not request.skip_bad:
        raise imports.refusal(outcome)
    _tell(session, outcome, dry_run=request.dry_run)
    return EXIT_REJECTED if outcome.errors else 0


def _tell_columns(session: Session, outcome: Outcome) -> None:
    """Say how the file was read, and name once what of it was not imported."""
    from csm.cli.output import tell
    from csm.i18n import say
    from csm.render.text import visible

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


def _write_result(session: Session, given: Given, outcome: Outcome) -> None:
    from csm.cli import errors
    from csm.cli.output import write_one
    from csm.domain.records import Field

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


def _tell(session: Session, outcome: Outcome, *, dry_run: bool) -> None:
    """Say in one line what was imported, then which rows were not."""
    from csm.cli import errors
    from csm.cli.output import tell, tell_where, warn
    from csm.i18n import say, say_n
    from csm.render.text import visible
    from csm.services.files import imports

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
    tell(session, sentence)
    _tell_doubles(session, outcome)
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
    alike = imports.distinct(outcome.errors)
    for bad in alike[:SHOWN_ERRORS]:
        warn("  " + errors.sentence(bad))
    if (more := len(outcome.errors) - sum(1 + bad.values.get("again", 0) for bad in alike[:SHOWN_ERRORS])) > 0:
        warn("  " + say_n("{n} more row was rejected", "{n} more rows were rejected", more))
    _tell_hints(outcome)


def _tell_doubles(session: Session, outcome: Outcome) -> None:
    """Say which rows look like another record, each with the line or the reference of that one."""
    from csm.cli.output import tell
    from csm.i18n import say, say_n

    for double in outcome.doubles[:SHOWN_ERRORS]:
        if isinstance(double.other, int):
            tell(session, "  " + say("line {line} looks like line {other}", line=double.line, other=double.other))
        else:
            tell(session, "  " + say("line {line} looks like {ref}", line=double.line, ref=double.other))
    if (more := len(outcome.doubles) - SHOWN_ERRORS) > 0:
        tell(session, "  " + say_n("{n} more possible double", "{n} more possible doubles", more))


def _tell_hints(outcome: Outcome) -> None:
    """Say once what mends the rows that were rejected, where an option of the import or another file does."""
    from csm.cli import errors
    from csm.cli.output import warn
    from csm.domain import errors as e

    reasons = {type(bad.values["reason"]): bad.values["reason"] for bad in outcome.errors}
    mended = (
        *(e.NoCustomerHere, e.NoSaleToCancel, e.CancelsOtherwise, e.ForeignId, e.OfAnotherCard, e.NotOfCard),
        *(e.NotOfCustomer, e.TooManyDecimals, e.OtherCurrency, e.NoDayTold, e.DoubtfulDate),
    )
    for hint in dict.fromkeys(errors.hint(reasons[kind]) for kind in mended if kind in reasons):
        warn(hint)
    for hint in errors.value_hints(outcome.errors):
        warn(hint)


VERBS: Final = {
    "customers": Verb(customers, "write", reads="file", writes=("rejects",)),
    "contacts": Verb(contacts, "write", reads="file", writes=("rejects",)),
    "callbacks": Verb(callbacks, "write", reads="file", writes=("rejects",)),
    "complaints": Verb(complaints, "write", reads="file", writes=("rejects",)),
    "promises": Verb(promises, "write", reads="file", writes=("rejects",)),
    "sales": Verb(sales, "write", reads="file", writes=("rejects",)),
    "services": Verb(services, "write", reads="file", writes=("rejects",)),
    "surveys": Verb(surveys, "write", reads="file", writes=("rejects",)),
    **{
        kind: Verb(f"csm.cli.files.plain_imports:{kind}", "write", reads="file", writes=("rejects",))
        for kind in ("notes", "payments", "losses", "pledges", "staff", "settings")
    },
    "all": Verb("csm.cli.files.moving:import_all", "write"),
}
