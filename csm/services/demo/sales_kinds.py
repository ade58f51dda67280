"""The kinds of things that happen around what the district buys: sales, money, signatures, services, losses, grades.

Days are told as in `csm.services.demo.tables`, in working days; those of `Standing` and `Booked` are days on the
calendar before today, since they lie too far back for anybody to count working days.
"""

from __future__ import annotations

from typing import NamedTuple


class Standing(NamedTuple):
    """Something a card buys again and again, from `first` to `last` days before today, `every` so many days.

    quantities: how many, in turn. price: of one, in whole units of the currency. pays: days from the day it is due to
    the day it is paid.
    """

    card: str
    line: str
    product: str
    price: int
    quantities: tuple[int, ...]
    every: int
    first: int = 420
    last: int = 9
    pays: int = -2


class Booked(NamedTuple):
    """One sale from the old books, `days` ago; `sale` is its name within the tables.

    due: days from today, by the card's terms unless told. pays: as in `Standing`, None where it isn't paid by itself.
    """

    sale: str
    card: str
    days: int
    line: str
    product: str
    quantity: int
    amount: int
    due: int | None = None
    pays: int | None = None
    serial: str = ""
    install: bool = False
    note: str = ""


class Traded(NamedTuple):
    """What comes in on a working day by itself: standing orders, and money that is due.

    The first of these days brings everything before it too, as one import of the old books.
    """

    ago: int


class Sold(NamedTuple):
    """A sale was recorded, one row for each of `items`, told as product, quantity and total.

    delivery: the day it is promised for. plan: as --plan and --no-plan. pays: as in `Booked`.
    """

    sale: str
    card: str
    ago: int
    line: str
    items: tuple[tuple[str, float, str], ...]
    delivery: int | None = None
    install: bool = False
    serial: str = ""
    terms: str = ""
    plan: bool | None = None
    pays: int | None = None
    note: str = ""
    by: str = ""


class Delivered(NamedTuple):
    """What was sold came to the customer."""

    sale: str
    ago: int


class Paid(NamedTuple):
    """Money came in for a sale, or was paid back."""

    sale: str
    ago: int
    amount: str
    note: str = ""
    refund: bool = False


class Signed(NamedTuple):
    """Somebody of the customer signed a bill."""

    sale: str
    ago: int
    person: str


class Cancelled(NamedTuple):
    """A sale was cancelled."""

    sale: str
    ago: int
    reason: str


class AfterSale(NamedTuple):
    """The callback that a sale brought was made; `step` is a term of after_sale."""

    sale: str
    ago: int
    step: str
    text: str
    satisfaction: int | None = None


class Served(NamedTuple):
    """A service was rendered; where its kind has a checklist all items were met but `not_met`."""

    card: str
    ago: int
    kind: str
    note: str
    minutes: int
    cost: str = ""
    not_met: tuple[str, ...] = ()
    sale: str = ""
    message: str = ""
    service: str = ""
    paid: str = ""
    by: str = ""


class MessageDone(NamedTuple):
    """The message of a service was dealt with."""

    service: str
    ago: int
    answer: str
    by: str = ""


class Lost(NamedTuple):
    """A customer was noted as lost, on the day itself or so many calendar `days` before today."""

    card: str
    ago: int
    kind: str
    cause: str
    text: str
    days: int | None = None


class WonBack(NamedTuple):
    """A lost customer was won back."""

    card: str
    ago: int
    text: str


class Graded(NamedTuple):
    """The grades of an owner's cards were set to what their sales propose."""

    owner: str
    ago: int


SaleEvent = (
    Traded | Sold | Delivered | Paid | Signed | Cancelled | AfterSale | Served | MessageDone | Lost | WonBack | Graded
)
