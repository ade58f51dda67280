"""Playing what the tables of the demo tell of sales, money, services, losses and grades, one function a kind of event.

Each calls the service that the command calls; only the old books of the year before come in one transaction, as an
import brings them: dated as they were, and planning nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from csm.domain.sale.settlement import due_on, read_terms
from csm.domain.values.money import group_cents, read_cents
from csm.services.callback import writing as callbacks
from csm.services.customer import churn, grading
from csm.services.demo import sales_kinds as s
from csm.services.demo.sales_year import BOOKS
from csm.services.sale import payments
from csm.services.sale import writing as recording
from csm.services.service import writing as services_rendered
from csm.storage import rows
from csm.storage.sale import rows as sales

if TYPE_CHECKING:
    import sqlite3

    from csm.services.demo.making import Scene, Then

ACCOUNTS: Final = "金玉兰"
DELIVERY: Final = "梁宝山"
IMPORT_DAY: Final = 31
# Days a standing order comes earlier than its interval says, in turn: nobody buys by the calendar.
EARLY: Final = (0, 2, 1, 4, 0, 3, 1)
# Goods are exchanged within a year, and what ends soon is on the morning page: no standing order of just those days.
YEAR_AGO: Final = range(345, 368)


class Entry(NamedTuple):
    """A sale of the books: who bought what on which day, stored values, and `Booked.pays` and its name."""

    card: str
    day: date
    values: dict[str, object]
    pays: int | None
    name: str = ""


# --- the old books -------------------------------------------------------------------------------------------------


def _entries(scene: Scene) -> dict[date, list[Entry]]:
    """Return the sales of the books by their day, which is a working day."""
    found: dict[date, list[Entry]] = {}
    for told in BOOKS:
        for entry in _booked(scene, told) if isinstance(told, s.Booked) else _standing(scene, told):
            found.setdefault(entry.day, []).append(entry)
    return found


def _standing(scene: Scene, told: s.Standing) -> Iterator[Entry]:
    for turn, ago in enumerate(range(told.first, told.last - 1, -told.every)):
        days = ago + EARLY[(turn + len(told.card)) % len(EARLY)]
        quantity = told.quantities[turn % len(told.quantities)]
        values: dict[str, object] = {
            "product": told.product,
            "line": told.line,
            "quantity": quantity,
            "amount_cents": quantity * told.price * 100,
        }
        day = scene.worked(scene.today - timedelta(days=YEAR_AGO.stop if days in YEAR_AGO else days))
        yield Entry(told.card, day, values, told.pays)


def _booked(scene: Scene, told: s.Booked) -> Iterator[Entry]:
    day = scene.worked(scene.today - timedelta(days=told.days))
    values: dict[str, object] = {
        "product": told.product,
        "line": told.line,
        "quantity": told.quantity,
        "amount_cents": told.amount * 100,
        "serial": told.serial or None,
        "install": int(told.install),
        "note": told.note or None,
    }
    if told.due is not None:
        values["due_on"] = (scene.today + timedelta(days=told.due)).isoformat()
    yield Entry(told.card, day, values, told.pays, told.sale)


def _traded(scene: Scene, owner: str, event: s.Traded) -> None:
    if event.ago == IMPORT_DAY:
        scene.books = _entries(scene)
        _import(scene, event)
        return
    today = scene.day(-event.ago)
    for entry in scene.books.pop(today, []):
        customer = scene.customers[entry.card]
        item = recording.Item(
            str(entry.values["product"]), float(str(entry.values["quantity"])), int(str(entry.values["amount_cents"]))
        )
        title = f"csm sale add cu{customer.id} '{item.product}' --amount {group_cents(item.amount_cents)}"
        work = scene.then(event.ago, scene.owners[entry.card], title)
        draft = recording.Draft([item], {"line": entry.values["line"]})
        _expect(scene, recording.add(work, customer, draft).ids, entry.pays)
    _bank(scene, event)


def _import(scene: Scene, event: s.Traded) -> None:
    """Take over the books of the time before, with what had been paid by then."""
    work = scene.then(event.ago, ACCOUNTS, "csm import sales old-books.csv")
    with work.database.writing(work.command) as connection:
        for day in sorted(day for day in scene.books if day <= work.today):
            for entry in scene.books.pop(day):
                _enter(scene, work, connection, entry)
        scene.expected = [wait for wait in scene.expected if not _was_paid(work, connection, *wait)]


def _enter(scene: Scene, work: Then, connection: sqlite3.Connection, entry: Entry) -> None:
    customer = scene.customers[entry.card]
    sold_on, terms = entry.day.isoformat(), scene.terms(entry.card)
    by_terms = due_on(terms, entry.day).isoformat() if terms else sold_on
    usual = {"due_on": by_terms, "terms": None if "due_on" in entry.values else terms}
    bill = f"{entry.day:%Y%m%d}-{customer.id}"
    made = {**usual, **entry.values, "customer_id": customer.id, "sold_on": sold_on, "bill": bill}
    sale_id = rows.insert(connection, "sale", {**made, "created_at": work.now_text, "created_by": work.user})
    if entry.name:
        scene.sales[entry.name] = sale_id
    if entry.pays is not None:
        _wait_for(scene, sale_id, entry.day, str(made["due_on"]), int(str(made["amount_cents"])), entry.pays)


def _was_paid(work: Then, connection: sqlite3.Connection, day: date, sale_id: int, cents: int) -> bool:
    if day > work.today:
        return False
    paid = {"sale_id": sale_id, "amount_cents": cents, "paid_on": day.isoformat()}
    rows.insert(connection, "payment", {**paid, "by": work.user, "created_at": work.now_text})
    return True


# --- money ---------------------------------------------------------------------------------------------------------


def _wait_for(scene: Scene, sale_id: int, sold_on: date, due: str, cents: int, pays: int) -> None:
    """Expect what a sale costs so many days after it is due, never before it was sold."""
    day = scene.worked(date.fromisoformat(due) + timedelta(days=pays))
    scene.expected.append((max(day, sold_on), sale_id, cents))


def _expect(scene: Scene, sale_ids: Sequence[int], pays: int | None) -> None:
    """Expect what sales just recorded cost, where they are paid by themselves."""
    if pays is None:
        return
    for sale_id in sale_ids:
        sale = rows.fetch(scene.database.connection, "sale", sale_id) or {}
        sold_on = date.fromisoformat(str(sale["sold_on"]))
        _wait_for(scene, sale_id, sold_on, str(sale["due_on"]), int(str(sale["amount_cents"])), pays)


def _bank(scene: Scene, event: s.Traded) -> None:
    """Note the money that has come in by the end of the day."""
    today = scene.day(-event.ago)
    for day, sale_id, cents in sorted(scene.expected):
        if day > today:
            break
        work = scene.then(event.ago, ACCOUNTS, f"csm sale pay sa{sale_id} {group_cents(cents)}")
        payments.pay(work, f"sa{sale_id}", payments.Draft(cents, today))
    scene.expected = [wait for wait in scene.expected if wait[0] > today]


def _paid(scene: Scene, owner: str, event: s.Paid) -> None:
    ref = _ref(scene, event.sale)
    flag = " --refund" if event.refund else ""
    work = scene.then(event.ago, ACCOUNTS, f"csm sale pay {ref} {event.amount}{flag}")
    draft = payments.Draft(read_cents(event.amount), work.today, event.note or None, refund=event.refund)
    payments.pay(work, ref, draft)


def _signed(scene: Scene, owner: str, event: s.Signed) -> None:
    ref = _ref(scene, event.sale)
    work = scene.then(event.ago, owner, f"csm sale signed {ref} --by '{event.person}'")
    payments.sign(work, ref, event.person, work.today)


# --- sales ---------------------------------------------------------------------------------------------------------


def _ref(scene: Scene, name: str) -> str:
    """Return what the command is told: the bill of a sale that has several rows, else its short reference."""
    return scene.bills.get(name) or f"sa{scene.sales[name]}"


def _sold(scene: Scene, owner: str, event: s.Sold) -> None:
    customer = scene.customers[event.card]
    values: dict[str, object] = {"line": event.line, "install": int(event.install)}
    if event.delivery is not None:
        values["delivery_on"] = scene.day(event.delivery).isoformat()
    for name in ("serial", "note"):
        values[name] = getattr(event, name) or None
    if event.terms:
        values["terms"] = read_terms(event.terms)
    items = [recording.Item(product, quantity, read_cents(amount)) for product, quantity, amount in event.items]
    [first, *_] = event.items
    work = scene.then(
        event.ago,
        event.by or scene.owners[event.card],
        f"csm sale add cu{customer.id} '{first[0]}' --amount {first[2]}",
    )
    added = recording.add(work, customer, recording.Draft(items, values, event.plan))
    scene.sales[event.sale] = added.ids[0]
    if len(added.ids) > 1:
        scene.bills[event.sale] = f"B{added.ids[0]}"
    _expect(scene, added.ids, event.pays)


def _delivered(scene: Scene, owner: str, event: s.Delivered) -> None:
    ref = _ref(scene, event.sale)
    work = scene.then(event.ago, DELIVERY, f"csm sale delivered {ref}")
    recording.deliver(work, ref, work.today)


def _cancelled(scene: Scene, owner: str, event: s.Cancelled) -> None:
    ref = _ref(scene, event.sale)
    work = scene.then(event.ago, owner, f"csm sale cancel {ref} '{event.reason}'")
    recording.cancel(work, ref, event.reason, work.today)


def _followed(scene: Scene, owner: str, event: s.AfterSale) -> None:
    sale_id = scene.sales[event.sale]
    planned = sales.after_sale_callbacks(scene.database.connection, sale_id)
    row = next(row for row in planned if row["after_sale"] == event.step and row["status"] == "open")
    work = scene.then(event.ago, str(row["owner"]), f"csm callback done cb{row['id']} '{event.text}'")
    said: dict[str, object] = {} if event.satisfaction is None else {"satisfaction": event.satisfaction}
    result = callbacks.Result("reached", event.text, work.now.replace(tzinfo=None), said)
    callbacks.note(work, f"cb{row['id']}", result)


# --- services ------------------------------------------------------------------------------------------------------


def _served(scene: Scene, owner: str, event: s.Served) -> None:
    customer = scene.customers[event.card]
    by = event.by or scene.owners[event.card]
    work = scene.then(event.ago, by, f"csm service add cu{customer.id} {event.kind} --note '{event.note}'")
    values: dict[str, object] = {"kind": event.kind, "note": event.note, "minutes": event.minutes}
    for column, told in (("cost_cents", event.cost), ("paid_cents", event.paid)):
        if told:
            values[column] = read_cents(told)
    if event.sale:
        values["sale_id"] = scene.sales[event.sale]
    if event.message:
        values["message"] = event.message
    listed = services_rendered.checklist(work.policy, event.kind)
    ticked = services_rendered.add(work, customer, values, {item: int(item not in event.not_met) for item in listed})
    scene.services[event.service] = ticked.id


def _message_done(scene: Scene, owner: str, event: s.MessageDone) -> None:
    ref = f"sv{scene.services[event.service]}"
    work = scene.then(event.ago, event.by or owner, f"csm service message done {ref} '{event.answer}'")
    services_rendered.deal_with_message(work, ref, event.answer, None)


# --- losses and grades ---------------------------------------------------------------------------------------------


def _lost(scene: Scene, owner: str, event: s.Lost) -> None:
    customer = scene.customers[event.card]
    work = scene.then(event.ago, owner, f"csm customer lost cu{customer.id} '{event.text}' --kind {event.kind}")
    day = work.today if event.days is None else scene.today - timedelta(days=event.days)
    churn.lose(work, customer, event.kind, event.cause, day, event.text)


def _won_back(scene: Scene, owner: str, event: s.WonBack) -> None:
    customer = scene.customers[event.card]
    work = scene.then(event.ago, owner, f"csm customer won-back cu{customer.id} '{event.text}'")
    churn.win_back(work, customer, work.today, event.text)


def _graded(scene: Scene, owner: str, event: s.Graded) -> None:
    work = scene.then(event.ago, event.owner, f"csm customer grade --owner '{event.owner}' --apply")
    grading.apply(work, None, [event.owner])


DOING: Final[dict[type, Callable[[Scene, str, Any], None]]] = {
    s.Lost: _lost,
    s.WonBack: _won_back,
    s.Sold: _sold,
    s.Delivered: _delivered,
    s.Paid: _paid,
    s.Signed: _signed,
    s.Cancelled: _cancelled,
    s.AfterSale: _followed,
    s.Served: _served,
    s.MessageDone: _message_done,
    s.Graded: _graded,
    # Last, so that what is paid at once is noted on the day it was sold.
    s.Traded: _traded,
}
