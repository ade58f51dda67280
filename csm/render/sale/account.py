"""A statement of account as rows: what each entry is in words, and what stands above and below a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from csm.domain.sale.bands import Band
from csm.domain.sale.record import ACCOUNT, UNPAID_BAND
from csm.domain.sale.statement import Account, Bill, Entry
from csm.domain.values.money import group_cents
from csm.i18n import label, say
from csm.render.listing import Listing
from csm.render.text import visible

Speak = Callable[..., str]


def account_rows(account: Account, say: Speak, *, people: bool = False) -> list[tuple[Any, ...]]:
    """Return the values of ACCOUNT of the opening balance, where there is one, and of every entry.

    say: says a sentence in the language of whoever reads it. people: they are told whose an entry is only where it
    can be that of a branch.
    """
    rows: list[tuple[Any, ...]] = []
    opening = account.statement.opening
    named = not people or account.branches is not None
    if opening is not None:
        rows.append((account.first, "opening", None, None, None, opening, *[None] * (len(ACCOUNT) - 6)))
    rows += [_row(entry, balance, account, say, named=named) for entry, balance in account.statement.rows]
    return rows


def _row(entry: Entry, balance: int, account: Account, say: Speak, *, named: bool) -> tuple[Any, ...]:
    bill = entry.bill
    return (
        entry.on,
        entry.kind,
        # a payment on account is that of a customer
        f"sa{bill.id}" if bill is not None else f"cu{entry.customer_id}",
        entry_text(entry, say),
        entry.cents,
        balance,
        bill.id if bill is not None else None,
        bill.bill if bill is not None else None,
        bill.due_on if bill is not None else None,
        entry.money.id if entry.money is not None else None,
        entry.set_off or None,
        entry.customer_id,
        _whose(entry, account) if named else None,
    )


def _whose(entry: Entry, account: Account) -> str:
    names = account.branches or {}
    return str(names.get(entry.customer_id or 0, account.customer["name"]))


def entry_text(entry: Entry, say: Speak) -> str | None:
    """Return what an entry is about: goods and bill, and why or by what words; None where nothing is on record."""
    if entry.kind == "set-off":
        return _set_off(entry, say)
    text, more = None, None if entry.money is None else entry.money.note
    if entry.bill is not None:
        text = _of_bill(entry.kind, entry.bill, say)
        if entry.kind == "cancelled":
            more = entry.bill.reason
    return say("{name}: {value}", name=text, value=more) if text and more else text or more or None


def _of_bill(kind: str, bill: Bill, say: Speak) -> str:
    parts = [_goods(bill, say)]
    if kind == "bill" and bill.due_on != bill.sold_on:
        parts.append(say("due {day}", day=bill.due_on))
    return _joined(parts, say)


def _set_off(entry: Entry, say: Speak) -> str:
    amount = group_cents(entry.set_off)
    if entry.cents:
        # half of a set-off, whose other half isn't here
        return say("{amount} set off on {ref}", amount=amount, ref=_named(entry.bill, say))
    bill = _named(entry.bill, say)
    if entry.source is None:
        return say("{amount} of the money on account set off against {bill}", amount=amount, bill=bill)
    return say("{amount} of {source} set off against {bill}", amount=amount, source=_named(entry.source, say),
               bill=bill)  # fmt: skip


def _named(bill: Bill | None, say: Speak) -> str:
    return f"sa{bill.id} {_goods(bill, say)}" if bill is not None else say("the money on account")


def _goods(bill: Bill, say: Speak) -> str:
    product = bill.product
    return say("{product}, bill {bill}", product=product, bill=bill.bill) if bill.bill else product


def _joined(parts: Sequence[str], say: Speak) -> str:
    return say(", ").join(parts)


# --- above and below ------------------------------------------------------------------------------------------


def account_title(account: Account) -> str:
    """Return whose account it is and for which days."""
    name = visible(account.customer["name"])
    if account.branches is not None:
        name = say("{name} and its branches", name=name)
    return say("{name}: {value}", name=say("statement of account of {name}", name=name),
               value=period(account))  # fmt: skip


def period(account: Account) -> str:
    """Return the days of a statement in words."""
    if account.first is None:
        return say("up to {day}", day=account.last)
    return say("{first} to {last}", first=account.first, last=account.last)


def closing(account: Account) -> str:
    """Return the balance at the end of a statement in words, and in whose favour it is."""
    cents, day = account.statement.closing, account.last
    if cents < 0:
        return say("balance on {day}: {amount} in the customer's favour", day=day, amount=group_cents(-cents))
    if cents > 0:
        return say("balance on {day}: {amount} to be paid", day=day, amount=group_cents(cents))
    return say("balance on {day}: nothing to be paid", day=day)


def bands_listing(bands: Sequence[Band], on_account: int) -> Listing:
    """Return what is open by how late it is, what is the customer's where there is any, and what that comes to."""
    return Listing(UNPAID_BAND, list(_band_rows(bands, on_account)))


def _band_rows(bands: Sequence[Band], on_account: int) -> Iterator[tuple[Any, ...]]:
    total, sales = sum(band.cents for band in bands), sum(band.sales for band in bands)
    for band in bands:
        yield label("band", band.name), band.sales, band.cents, band.cents / total
    if on_account and bands:
        yield say("all bills"), sales, total, 1.0
    if on_account:
        yield say("on account"), None, on_account, None
    yield say("total"), None if on_account else sales, total + on_account, None if on_account else 1.0
