"""What the customer card says of trade: messages, deliveries, payments, sales, services, and when they were lost.

Next to `csm.render.customer.card`, which says where on the card it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from csm.domain.customer.card import Card, PaymentState, Rhythm, Step, instalments_reached
from csm.domain.values.money import group_cents, show_cents
from csm.domain.values.quantity import counted
from csm.i18n import heading, label, say, say_n
from csm.render.cells import number
from csm.render.day.due import in_words
from csm.render.day.words import distance, lateness, weekday
from csm.render.layout import Line, Span
from csm.render.lines import Record, apart, command, spaced
from csm.render.phrases import listed
from csm.render.text import visible

# --- what to do next ------------------------------------------------------------------------------------------


def day_words(day: date) -> str:
    """Return a day with its weekday."""
    return f"{day.isoformat()} {weekday(day)}"


def step_line(key: str, step: Step, spans: Sequence[Span], typed: str) -> Line:
    """Return the line of something to do: when, what, and what to type."""
    return Line(key, [*spans, *command(typed)], "late" if step.what.endswith("-late") else "strong")


def due_line(step: Step, spans: Sequence[Span], typed: str, today: date) -> Line:
    """Return a line that says how late it is, what it is, and what to type when it is done."""
    return step_line(distance(step.day, today) if step.day else "", step, spans, typed)


def trade_step(card: Card, step: Step, today: date) -> Line:
    """Return the line of a message, a delivery, payments that are late, or a contract that ends."""
    if step.what == "message":
        return _message(card, step)
    if step.what.startswith("deliver"):
        row = next(row for row in card.undelivered if f"sa{row['id']}" == step.ref)
        goods = [Span(say("deliver {goods}", goods=_goods(row))), Span(f"  {step.ref}", "faint")]
        return due_line(step, goods, f"csm sale delivered {step.ref}", today)
    if step.what == "contract":
        assert step.day is not None
        spans = [Span(say("contract ends {day}", day=day_words(step.day)))]
        return due_line(step, spans, f"csm customer edit {card.customer['id']} --contract-end ...", today)
    if step.what.startswith("instalment"):
        return _instalment_step(card, step, today)
    assert card.owed is not None
    return _payment_step(card, card.owed, step, today)


def _message(card: Card, step: Step) -> Line:
    row = next(row for row in card.messages if f"sv{row['id']}" == step.ref)
    parts = [say("since {when}", when=row["done_on"]), visible(row["by"] or ""), step.ref]
    spans = [Span(step.text), Span("\n"), *apart(parts, "faint")]
    return step_line(heading("message"), step, spans, f'csm service message done {step.ref} "..."')


def _payment_step(card: Card, owed: PaymentState, step: Step, today: date) -> Line:
    """Return the line of all that is late: one bill by its id, several by the oldest, and whom to call."""
    row: Record = owed.oldest or {}
    if owed.late == 1:
        text = say("payment of {amount}, {goods}", amount=group_cents(row["asked"]), goods=step.text)
        # where a part is covered, that has to be set off
        whom = step.ref if row["asked"] == row["balance"] else f"--customer {card.customer['id']}"
        typed = f"csm sale pay {whom} {show_cents(row['asked'])}"
    else:
        text = say_n(
            "{n} payment late, {amount} together; the oldest is {goods}",
            "{n} payments late, {amount} together; the oldest is {goods}",
            owed.late,
            amount=group_cents(owed.late_cents),
            goods=step.text,
        )
        typed = f"csm sale pay --customer {card.customer['id']} {show_cents(owed.late_cents)}"
    spans = [Span(text), Span(f"  {step.ref}", "faint")]
    signer = _signer(row)
    return due_line(step, [*spans, *([Span("\n"), *signer] if signer else [])], typed, today)


def _instalment_step(card: Card, step: Step, today: date) -> Line:
    """Return the line of the parts of a repayment plan whose day has come: one by its day, several by the oldest."""
    reached = instalments_reached(card, today)
    cents = sum(row["asked"] for row in reached)
    text = say_n(
        "{n} part of the repayment plan, {amount}",
        "{n} parts of the repayment plan, {amount} together",
        len(reached),
        amount=group_cents(cents),
    )
    typed = f"csm sale pay --customer {card.customer['id']} {show_cents(cents)}"
    return due_line(step, [Span(text), Span(f"  {step.ref}", "faint")], typed, today)


def instalments(card: Card, today: date) -> list[Line]:
    """Return the next part of a repayment plan as what they have promised; what has come already stands on top."""
    coming = [row for row in card.instalments if row["asked"] and row["due_on"] > today.isoformat()]
    if not coming:
        return []
    row = coming[0]
    spans = [
        Span(say("repayment of {amount}", amount=group_cents(row["asked"]))),
        Span(f"  in{row['id']}  ", "faint"),
    ]
    return [Line(row["due_on"], [*spans, Span(label("promise_direction", "theirs"), "faint")])]


def _plan(card: Card) -> list[Line]:
    """Return how the repayment plan stands: what is open of it, and what is asked of the parts missed and the next."""
    if card.plan is None:
        return []
    row = card.plan
    told = {"open": group_cents(row["balance"]), "amount": group_cents(row["amount"])}
    parts = [Span(say("{open} of {amount} open", **told))]
    asked = [part for part in card.instalments if part["asked"]]
    missed = [part for part in asked if part["status"] == "overdue"]
    if missed:
        cents = group_cents(sum(part["asked"] for part in missed))
        text = say_n("{n} part missed, {amount}", "{n} parts missed, {amount}", len(missed), amount=cents)
        parts.append(Span(text, "late"))
    coming = next((part for part in asked if part["status"] != "overdue"), None)
    if coming is not None:
        told = {"amount": group_cents(coming["asked"]), "day": coming["due_on"]}
        parts.append(Span(say("next {amount} on {day}", **told)))
    return [Line(heading("repayment plan"), spaced(parts))]


def _signer(row: Record) -> list[Span]:
    """Return whose signature a bill waits for, since when, and by which number; "" where none is left."""
    if not row.get("contact"):
        return []
    who = say("{name} ({role})", name=visible(row["contact"]), role=in_words("sign_off", row["waits_for"]))
    text = say("waits for {who} since {day}", who=who, day=row["since"])
    return [Span(text), *([Span("  "), Span(row["phone"], "phone")] if row["phone"] else [])]


# --- payment --------------------------------------------------------------------------------------------------


def payment(card: Card) -> list[Line]:
    """Return the payment state: what is open against the limit, how old it is, where it is stuck, what we owe."""
    owed = card.owed
    if owed is None or not (owed.bands or owed.credits or card.plan):
        return []
    lines = [Line(heading("balance"), _balance(card))]
    if owed.bands:
        aged = [say("{name}: {value}", name=_band(band), value=group_cents(cents)) for band, cents in owed.bands]
        lines.append(Line(heading("by days late"), apart(aged)))
    if owed.oldest is not None:
        lines.append(Line(heading("oldest"), _oldest(owed.oldest)))
    return [*lines, *_plan(card), *_credits(card, owed)]


def _credits(card: Card, owed: PaymentState) -> list[Line]:
    """Return the lines of what the customer has with us, and how it is set off or paid back."""
    lines = []
    for place, (kind, sale, cents) in enumerate(owed.credits):
        back = bool(sale) and not owed.sets_off
        what = in_words("credit", kind) + (f"  sa{sale}" if sale else "")
        spans = [Span(group_cents(cents)), Span(f"  {what}", "faint")]
        if owed.sets_off and not place:
            spans += command(f"csm sale set-off {card.customer['id']}")
        elif back:
            spans += command(f"csm sale pay sa{sale} {show_cents(cents)} --refund")
        lines.append(Line(heading("refund due") if back else heading("with us"), spans))
    return lines


def _band(band: str) -> str:
    return in_words("band", band) if band == "not-due" else label("band", band)


def _balance(card: Card) -> list[Span]:
    return _against(card.customer["balance"] or 0, card.customer["credit_limit"])


def _against(balance: int, limit: int | None) -> list[Span]:
    """Return a balance, and how it stands to a credit limit where there is one."""
    spans = [Span(group_cents(balance))]
    if limit is None:
        return spans
    if balance > limit:
        over = say(
            "{amount} over the credit limit of {limit}", amount=group_cents(balance - limit), limit=group_cents(limit)
        )
        return spaced([*spans, Span(over, "late")])
    return spaced([*spans, Span(say("credit limit {limit}", limit=group_cents(limit)))])


def _oldest(row: Record) -> list[Span]:
    when = say("due {when}", when=row["due_on"])
    late = Span(lateness(row["days_late"]), "late" if row["days_late"] > 0 else "")
    spans = [Span(row["product"]), Span(f"  sa{row['id']}  ", "faint")]
    spans += spaced([Span(group_cents(row["asked"])), Span(when), late])
    signer = _signer(row)
    return [*spans, *([Span("\n"), *signer] if signer else [])]


# --- branches -------------------------------------------------------------------------------------------------


def branches(card: Card) -> list[Line]:
    """Return a line for each card that names this one as its head office, with what it owes."""
    return [Line(row["name"], _branch(row)) for row in card.branches]


def _branch(row: Record) -> list[Span]:
    parts = [Span(say("balance {amount}", amount=group_cents(row["balance"])))]
    if row["archived_on"]:
        parts.append(Span(say("put away on {day}", day=row["archived_on"]), "late"))
    return [*spaced(parts), Span(f"  cu{row['id']}", "faint")]


def together(card: Card) -> list[Line]:
    """Return what this card and all branches below it come to; nothing where that wasn't asked for."""
    found = card.together
    if found is None:
        return []
    lines = [
        Line(heading("customers"), [Span(str(found.customers))]),
        Line(heading("balance"), _against(found.balance, card.customer["credit_limit"])),
    ]
    if found.overdue:
        lines.append(Line(heading("overdue amount"), [Span(group_cents(found.overdue), "late")]))
    if found.open_complaints:
        lines.append(Line(heading("open complaints"), [Span(str(found.open_complaints))]))
    return lines


# --- sales ----------------------------------------------------------------------------------------------------


def sales(card: Card, today: date) -> list[Line]:
    """Return how often they buy, then the sales."""
    rhythm = [Line(heading("rhythm"), _rhythm(card.rhythm))] if card.rhythm is not None else []
    return [*rhythm, *[Line(row["sold_on"], _sale(row, today)) for row in card.sales]]


def _rhythm(rhythm: Rhythm) -> list[Span]:
    """Return how often they buy and when they last did (source: handbook 9.4)."""
    ago = say_n("{n} day ago", "{n} days ago", rhythm.days_ago) if rhythm.days_ago else say("today")
    if rhythm.interval is None:
        return [Span(say("bought once, {ago}", ago=ago))]
    if rhythm.interval == 1:
        text = say("usually buys every day, last {ago}", ago=ago)
    else:
        text = say("usually buys every {n} days, last {ago}", n=number(rhythm.interval), ago=ago)
    if not rhythm.overdue:
        return [Span(text)]
    over = say_n("longer than usual", "more than {n} times as long as usual", rhythm.times)
    return spaced([Span(text), Span(over, "late")])


def _goods(row: Record) -> str:
    """Return what was bought, with how many where it isn't one."""
    if row["quantity"] in (None, 1) and not row.get("unit"):
        return str(row["product"])
    many = counted(number(row["quantity"] or 1), row.get("unit"))
    return say("{quantity} x {product}", quantity=many, product=row["product"])


def _sale(row: Record, today: date) -> list[Span]:
    """Return a sale on one line: what, its amount and what of it is open, its bill, and whether it has come."""
    parts = list(_paid(row))
    if row["balance"] < 0:
        parts.append(Span(say("{amount} to be paid back", amount=group_cents(-row["balance"])), "late"))
    if row["days_late"] is not None:
        parts.append(_due(row))
    if row["status"] != "cancelled":
        parts += _delivery(row, today)
    return [Span(_goods(row)), Span(f"  sa{row['id']}  ", "faint"), *spaced(parts)]


def _paid(row: Record) -> Iterator[Span]:
    """Yield the amount of a sale and what of it is open, its bill, and how it stands where it isn't open."""
    is_open = row["status"] == "open"
    left = is_open and row["balance"] > 0
    # the amount is printed once where nothing was paid
    if row["paid"] or not left:
        yield Span(group_cents(row["amount"]))
    if left:
        yield Span(say("{amount} open", amount=group_cents(row["balance"])))
    if row["bill"]:
        yield Span(say("bill {bill}", bill=visible(row["bill"])), "faint")
    if not is_open:
        yield Span(label("sale_status", row["status"]), "faint")


def _due(row: Record) -> Span:
    if row["days_late"] > 0:
        return Span(lateness(row["days_late"]), "late")
    return Span(say("due {when}", when=row["due_on"]), "faint")


def _delivery(row: Record, today: date) -> Iterator[Span]:
    """Yield whether the goods have come, or by when they are promised; nothing where that isn't on record."""
    if row["delivered_on"]:
        yield Span(say("delivered {day}", day=row["delivered_on"]), "faint")
    elif row["delivery_on"]:
        look = "late" if row["delivery_on"] < today.isoformat() else ""
        yield Span(say("not delivered, promised for {day}", day=row["delivery_on"]), look)


# --- services and losses ----------------------------------------------------------------------------------------


def service(row: Record) -> Line:
    """Return what was done for them, what wasn't met, and the message that came with it."""
    parts = [Span(visible(row["by"]), "faint")] if row["by"] else []
    if row["paid"]:
        parts.append(Span(say("paid {amount}", amount=group_cents(row["paid"])), "faint"))
    if row["not_met"]:
        parts.append(Span(say_n("{n} item not met", "{n} items not met", row["not_met"]), "late"))
    spans = [Span(label("service_kind", row["kind"])), Span(f"  sv{row['id']}  ", "faint"), *spaced(parts)]
    if row["note"]:
        spans.append(Span("\n" + row["note"]))
    if row["message"] and row["message_done_on"]:
        spans.append(Span("\n" + say("message: {text}", text=row["message"])))
    if row["message_answer"]:
        spans.append(Span("\n" + say("answered: {text}", text=row["message_answer"])))
    return Line(row["done_on"], spans)


def loss(row: Record) -> Line:
    """Return when and why they were lost, and since when they are back (source: handbook 9.4)."""
    # A card that was only set to lost tells no more than that.
    kind, cause = (label(f"loss_{name}", row[name]) if row[name] else None for name in ("kind", "cause"))
    known = [word for word in (kind, cause) if word]
    spans = [Span(say("lost: {why}", why=listed(known)) if known else label("customer_status", "lost"))]
    if row["text"]:
        spans.append(Span("\n" + row["text"]))
    if row["won_back_on"]:
        back = say("won back on {day}", day=row["won_back_on"])
        text = row["won_back_text"]
        spans.append(Span("\n" + (say("{what}: {detail}", what=back, detail=text) if text else back)))
    return Line(row["lost_on"], spans)


def contract_end(end: str, lead: int, today: date) -> list[Span]:
    """Return the last day of a contract, and how near it is, when it is near."""
    left = (date.fromisoformat(end) - today).days
    if left < 0:
        return spaced([Span(end), Span(say("ended"), "late")])
    if left > lead:
        return [Span(end)]
    day = date.fromisoformat(end)
    return spaced([Span(day_words(day)), Span(distance(day, today), "strong")])
