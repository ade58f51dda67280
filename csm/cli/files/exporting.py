"""What every export shares: its format, the options of all, and writing all rows as they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.columns import columns_of, limit_of
from csm.cli.grammar import Given, either
from csm.cli.output import style, tell, tell_where
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import EXPORTED
from csm.domain.kinds import Field, Kind
from csm.i18n import say_n
from csm.render.formats import write_list
from csm.render.listing import Listing
from csm.render.text import visible
from csm.storage import listing
from csm.storage.listing import Condition
from csm.transfer.reading import form_of
from csm.transfer.writing import open_sheet

File = Annotated[str, typer.Argument(metavar="FILE", help=f"A {either(EXPORTED)} file; - is standard output.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="How to save the file, such as gb18030.")]
Customer = Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")]


def form(given: Given, file: str) -> str:
    """Return the format asked for, else the one that the name of the file tells; only data can be imported again."""
    if given.form == "table":
        return form_of(file)
    if given.form not in EXPORTED:
        raise UsageFault("unknown-value", field="--format", value=given.form, choices=list(EXPORTED))
    return given.form


def export(
    ctx: typer.Context,
    kind: Kind,
    file: str,
    encoding: str | None,
    everything: bool,
    *,
    status: Sequence[str] | None = None,
    owner: Sequence[str] | None = None,
    customer: str | None = None,
) -> None:
    """Write the records of a kind by the options that exports share."""
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, kind, status=status, owner=owner, customer=customer)
    write(session, given, kind, asked, file, encoding, everything=bool(status) or everything)


def write(
    session: Session,
    given: Given,
    kind: Kind,
    conditions: Sequence[Condition],
    file: str,
    encoding: str | None,
    *,
    everything: bool,
    only: Sequence[Condition] | None = None,
    more: Sequence[Field] = (),
    order: str = "id",
    made: Mapping[str, str] | None = None,
    instead: Mapping[str, str] | None = None,
) -> None:
    """Write all rows as they are read, so that a file of any length needs the memory of one row.

    everything: nothing is left out; else what lists show without --all is written, or what meets `only`, and how
    many rows were left out is printed. more: fields behind those of files.
    made, instead: as of `csm.cli.lists.show`.
    """
    if given.output is not None:
        raise UsageFault("values-exclude", first="FILE", second="--output")
    usual: Sequence[Condition] = ()
    if not everything:
        usual = listing.usual(kind) if only is None else only
    aimed = given._replace(form=form(given, file), output=file)
    written = kind._replace(fields=(*kind.in_files, *more))
    fields = list(written.fields)
    if given.columns is not None:
        fields = columns_of(written.fields, aimed, own=kind.own_fields)
    page = listing.Page(
        kind.view,
        listing.selected(kind, fields, made, instead),
        [*conditions, *usual],
        lists.order_of(written, aimed, order, made),
        limit_of(aimed),
    )
    connection = session.database.connection
    tell_where(session)
    with open_sheet(file, form=aimed.form, encoding=encoding) as stream:
        rows = listing.read(connection, page)
        count = write_list(aimed.form, Listing(fields, rows), style(session, aimed, stream), stream)
    if usual and page.limit is None:
        tell_rest(session, listing.count(connection, page._replace(conditions=conditions)) - count)
    if file != "-":
        tell(session, say_n("wrote {n} row to {path}", "wrote {n} rows to {path}", count, path=visible(file)))


def tell_rest(session: Session, rest: int) -> None:
    """Say how many rows --all would write besides."""
    if rest > 0:
        tell(
            session,
            say_n(
                "not written: {n} more row, closed or archived; --all writes it too",
                "not written: {n} more rows, closed or archived; --all writes them too",
                rest,
            ),
        )
