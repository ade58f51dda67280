"""A sale as a page for people: what was sold, what is paid and where it is stuck, what comes after it, what holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, TextIO

from csm.domain.kinds import Field, named
from csm.domain.sale.guarantee import Guarantee
from csm.domain.sale.page import SaleFile
from csm.domain.sale.record import SALE
from csm.domain.values.money import group_cents, typed_cents
from csm.domain.values.quantity import counted
from csm.i18n import heading, label, say
from csm.render.cells import human
from csm.render.day.due import in_words
from csm.render.day.words import distance, said_day
from csm.render.layout import Block, Line, Span, write_blocks
from csm.render.lines import callback_line, command, dotted
from csm.render.listing import Style
from csm.render.phrases import ended, listed, titled
from csm.render.text import visible

Row = Mapping[str, Any]

# What the head and the other blocks don't say.
_FACTS: Final = (
    *("external_id", "bill", "line", "quantity", "sold_on", "delivery_on", "delivered_on", "serial", "install"),
    *("terms", "note", "cancelled_on", "cancel_reason", "cancel_id"),
)


def write_sale(file: SaleFile, style: Style, stream: TextIO, today: date) -> None:
    """Write a sale as one page; off the terminal nothing is folded or cut."""
    blocks = [
        Block("", _head(file, style, stream)),
        Block(titled(heading("the sale")), list(_facts(file, style))),
        Block(titled(heading("payment")), [*_owed(file, today), *map(_payment, file.payments)]),
        Block(titled(heading("signatures")), list(_signatures(file))),
        Block(titled(heading("callbacks")), [callback_line(row, _note(row, file.sale)) for row in file.callbacks]),
        Block(titled(heading("complaints")), [_complaint(row) for row in file.complaints]),
        Block(titled(heading("services")), [_service(row) for row in file.services]),
        Block(titled(heading("guarantees today")), list(_guarantees(file, today))),
    ]
    write_blocks(blocks, style, stream)


def _head(file: SaleFile, style: Style, stream: TextIO) -> list[Line]:
    """Return what was sold, then to whom, for how much, and how it stands."""
    sale = file.sale
    marks = [
        Span(visible(sale["customer"]) + f"  cu{sale['customer_id']}"),
        Span(group_cents(sale["amount"])),
        Span(label("sale_status", sale["status"]), "strong"),
    ]
    first = [Span(f"sa{sale['id']}  ", "faint"), Span(sale["product"], "strong")]
    return [Line("", first), Line("", dotted(marks, style, stream))]


def _facts(file: SaleFile, style: Style) -> Iterator[Line]:
    """Yield what else is on record of the sale, in the order of the contract."""
    for field in (named(SALE, name) for name in _FACTS):
        value = file.sale[field.name]
        unit = file.sale["unit"] if field.name == "quantity" else None
        if value is None or _usual(field, value, unit):
            continue
        text = (
            said_day(date.fromisoformat(value)) if field.kind == "date" else human(field, style.zone, lines=True)(value)
        )
        yield Line(heading(field.heading), [Span(counted(text, unit))])


def _usual(field: Field, value: Any, unit: str | None) -> bool:
    """Return whether a value isn't printed: one of something, and what isn't."""
    return (field.name == "quantity" and value == 1 and not unit) or (field.kind == "flag" and not value)


def _owed(file: SaleFile, today: date) -> Iterator[Line]:
    """Yield what is still to be paid and when, or what is due back."""
    sale = file.sale
    balance = sale["balance"]
    if balance > 0 and sale["days_late"] is None:
        if file.on_account:
            typed = f"csm sale set-off {sale['customer_id']}"
            text = say("what {customer} has with us covers it", customer=visible(sale["customer"]))
        else:
            typed = f"csm sale plan {sale['customer_id']}"
            text = say("the repayment plan of {customer} asks for it", customer=visible(sale["customer"]))
        yield Line(heading("due"), [Span(text), *command(typed)])
    elif balance > 0:
        due = date.fromisoformat(sale["due_on"])
        late = due < today
        text = listed([said_day(due), distance(due, today)])
        yield Line(heading("due"), [Span(text, "late" if late else "")], "late" if late else "key")
    if sale["paid"]:
        yield Line(heading("paid"), [Span(group_cents(sale["paid"]))])
    if balance > 0:
        yield Line(heading("balance"), [Span(group_cents(balance), "strong")])
    elif balance < 0:
        typed = f"csm sale pay sa{sale['id']} {typed_cents(-balance)} --refund"
        yield Line(heading("due back"), [Span(group_cents(-balance), "strong"), *command(typed)])


def _payment(row: Row) -> Line:
    spans = [Span(group_cents(row["amount"])), Span(f"  {visible(row['by'] or '')}", "faint")]
    if row["note"]:
        spans.append(Span("\n" + row["note"]))
    return Line(row["paid_on"], spans)


def _signatures(file: SaleFile) -> Iterator[Line]:
    for row in file.signatures:
        place = in_words("sign_off", row["sign_off"]) if row["sign_off"] else None
        yield Line(row["signed_on"], [Span(listed([visible(row["name"]), place]))])
    signer = file.next_signer
    if signer is not None:
        text = listed([visible(signer.name), in_words("sign_off", signer.sign_off)])
        spans = [Span(say("{person}, since {day}", person=text, day=signer.since))]
        if signer.phone:
            spans += [Span("  "), Span(signer.phone, "phone")]
        yield Line(heading("waits for"), spans, "strong")


def _note(row: Row, sale: Row) -> str | None:
    """Return what a callback notes; what a plan notes is the product, which stands on top of the page."""
    return row["note"] if row["note"] != sale["product"] else None


def _complaint(row: Row) -> Line:
    marks = [label("complaint_level", row["level"]), ended(row["status"], row["void"])]
    return Line(f"cp{row['id']}", [Span(row["summary"]), Span("  "), Span(listed(marks), "faint")])


def _service(row: Row) -> Line:
    spans = [Span(label("service_kind", row["kind"])), Span(f"  sv{row['id']}  {visible(row['by'] or '')}", "faint")]
    if row["note"]:
        spans.append(Span("\n" + row["note"]))
    return Line(row["done_on"], spans)


def _guarantees(file: SaleFile, today: date) -> Iterator[Line]:
    for one in file.guarantees:
        yield Line(label("guarantee", one.kind), [Span(_stands(one, today), "" if one.holds else "faint")])
    if file.guarantees and file.terms:
        yield Line(heading("terms"), [Span(file.terms)])


def _stands(one: Guarantee, today: date) -> str:
    if one.until is None:
        return say("none")
    day = said_day(one.until)
    if not one.holds and one.until >= today:
        # As of a time before the sale.
        return say("not yet; until {day}", day=day)
    return say("holds until {day}", day=day) if one.holds else say("ended {day}", day=day)
