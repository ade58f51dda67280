"""What every export shares: its format, the filter by customer, and writing all rows as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from csm.cli import filters, lists
from csm.cli.columns import columns_of, limit_of
from csm.cli.grammar import Given, either
from csm.cli.output import style, tell, tell_where
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import EXPORTED
from csm.i18n import say_n
from csm.render.formats import write_list
from csm.render.listing import Listing
from csm.render.text import visible
from csm.services import references
from csm.storage import listing
from csm.storage.listing import Condition
from csm.transfer.reading import form_of
from csm.transfer.writing import open_sheet

if TYPE_CHECKING:
    from csm.domain.records import Field

from typing import TYPE_CHECKING, Final

from csm.domain.records import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm.cli.lists import Subject

File = Annotated[str, typer.Argument(metavar="FILE", help=f"A {either(EXPORTED)} file; - is standard output.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="How to save the file, such as gb18030.")]
Customer = Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")]


def of_customer(session: Session, ref: str | None) -> list[Condition]:
    """Return the condition that rows are of the customer `ref`, none without one; raise what finding one raises."""
    if ref is None:
        return []
    return [Condition("v.customer_id = ?", (references.customer(session.database.connection, ref).id,))]


def form(given: Given, file: str) -> str:
    """Return the format asked for, else the one that the name of the file tells; only data can be imported again."""
    if given.form == "table":
        return form_of(file)
    if given.form not in EXPORTED:
        raise UsageFault("unknown-value", field="--format", value=given.form, choices=list(EXPORTED))
    return given.form


def write(
    session: Session,
    given: Given,
    subject: Subject,
    conditions: list[Condition],
    file: str,
    encoding: str | None,
    *,
    usual: Sequence[Condition] = (),
) -> None:
    """Write all rows as they are read, so that a file of any length needs the memory of one row.

    usual: what --all does without; how many rows were left out by that is said.
    """
    if given.output is not None:
        raise UsageFault("values-exclude", first="FILE", second="--output")
    aimed = given._replace(form=form(given, file), output=file)
    fields = list(subject.fields)
    if given.columns is not None:
        fields = columns_of(subject.fields, aimed, own=subject.own_column is not None)
    selected = [lists.selected(subject, field) for field in fields]
    page = listing.Page(subject.view, selected, [*conditions, *usual], lists.order_of(subject, aimed), limit_of(aimed))
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


# Worked out from more than stands in the file, so it couldn't come back with it.
LEFT_OUT: Final = frozenset({"completeness", "last_try", "overdue", "not_met", "days_late"})


def export(
    ctx: typer.Context,
    file: str,
    encoding: str | None,
    fields: tuple[Field, ...],
    view: str,
    customer: str | None,
    usual: str | None,
) -> None:
    """Write the rows of a view, those that are `usual`, SQL, unless that is None."""
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, fields, given.fields, view=view) + of_customer(session, customer)
    subject = lists.Subject(view, fields, "v.id", "", {})
    left_out = [Condition(usual)] if usual is not None else []
    write(session, given, subject, conditions, file, encoding, usual=left_out)
