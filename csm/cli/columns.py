"""Which columns of a list are printed, how many rows, and in which order where the rows are made in Python."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from csm.cli.grammar import Given
from csm.cli.output import TERMINAL_ROWS, on_terminal, tell
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.kinds import OWN, Field
from csm.i18n import say_n
from csm.render.listing import Row


def limit_of(given: Given) -> int | None:
    """Return how many rows to print: --limit, 0 for all; on a terminal at most 200 unless told.

    Raises bad-answer.
    """
    if given.limit is not None:
        from csm.cli.complaint.options import whole

        return whole("--limit", given.limit, 0, 10**9) or None
    return TERMINAL_ROWS if on_terminal(given) else None


def asks_for_rows(given: Given) -> bool:
    """Tell whether anything was typed that only rows can answer, for commands that else say a word."""
    return given.form != "table" or given.output is not None or asks_for_columns(given)


def asks_for_columns(given: Given) -> bool:
    """Tell whether columns, an order or a number of rows were typed, which a page of its own hasn't."""
    return any(value is not None for value in (given.columns, given.sort, given.limit))


def columns_of(fields: tuple[Field, ...], given: Given, *, own: bool = False) -> list[Field]:
    """Return the fields to print: those named, else the contract's keys for programs and a selection for people.

    With `own` the records have fields of their own, field.KEY. Raises unknown-column.
    """
    if given.columns is None:
        if given.form in READ_BY_PEOPLE:
            return [field for field in fields if field.shown]
        return [field for field in fields if field.listed]
    by_name = {field.name: field for field in fields}
    chosen = []
    for word in filter(None, map(str.strip, given.columns.split(","))):
        name = word if word.startswith(OWN) else word.replace("-", "_")
        if own and name.startswith(OWN) and name != OWN:
            chosen.append(Field(name, name.removeprefix(OWN)))
        elif name in by_name:
            chosen.append(by_name[name])
        else:
            raise _unknown(name, by_name)
    if not chosen:
        raise _unknown(given.columns, by_name)
    return chosen


def chosen_rows(
    rows: Iterable[Row], fields: tuple[Field, ...], chosen: Sequence[Field], given: Given, limit: int | None
) -> Iterator[Row]:
    """Give rows made in Python, with values in the order of `fields`, in the columns and order asked for."""
    places = {field.name: place for place, field in enumerate(fields)}
    if given.sort is not None:
        name = given.sort.removeprefix("-").strip().replace("-", "_")
        if name not in places:
            raise _unknown(name, places)
        place = places[name]
        every = list(rows)
        known = sorted(
            (row for row in every if row[place] is not None), key=lambda row: row[place], reverse=given.sort[0] == "-"
        )
        # As in lists that SQL sorts, what has no value comes last.
        rows = [*known, *(row for row in every if row[place] is None)]
    if limit is not None:
        rows = islice(rows, limit)
    wanted = [places[field.name] for field in chosen]
    if wanted == list(range(len(fields))):
        return iter(rows)
    return ([row[place] for place in wanted] for row in rows)


def tell_rest(session: Session, rest: int) -> None:
    """Say how many rows were not shown on the terminal."""
    if rest > 0:
        tell(session, say_n("{n} more row; --limit 0 shows all", "{n} more rows; --limit 0 shows all", rest))


def _unknown(column: str, known: Iterable[str]) -> Exception:
    return UsageFault("unknown-column", column=column, choices=list(known))
