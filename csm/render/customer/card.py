"""The customer card: what to do next, whom to call, what is known of them, what was said.

What stands where on the card is decided here; `layout` folds and paints it. The personal side of a contact is shown
on the card and nowhere else (source: handbook 3);
a key account is marked (source: handbook 9.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, TextIO

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.case import kind_of
from csm.domain.customer.card import Card, Step, next_steps
from csm.domain.customer.record import CONTACT, CUSTOMER
from csm.domain.kinds import named
from csm.domain.terms import SPOKEN, TERMS
from csm.domain.time.instant import Zone
from csm.i18n import heading, label, marked, say, say_n
from csm.render.cells import human, split_tags
from csm.render.commands import option_of
from csm.render.customer.trade import (
    branches,
    contract_end,
    day_words,
    due_line,
    instalments,
    loss,
    payment,
    sales,
    service,
    step_line,
    together,
    trade_step,
)
from csm.render.day.due import in_vain, in_words, lunar_name, subject
from csm.render.day.words import distance, every
from csm.render.layout import Block, Line, Span, write_page
from csm.render.lines import Record, apart, command, dotted, ruled, survey_line
from csm.render.listing import Style
from csm.render.phrases import ended, listed, moment, pair, satisfied, standing, titled
from csm.render.table import drawn
from csm.render.text import visible

MOST_OPTIONS: Final = 3
MOST_SURVEYS: Final = 3
_USUAL: Final = "general"  # the severity that isn't printed

# Shown in the head of the card, with the phone, or at its end, and not again among the groups.
_HEAD: Final = ("code", "name", "short_name", "kind", "status", "grade", "key_account", "tags")
_REACH: Final = ("phone", "email", "channel", "best_time")
_ELSEWHERE: Final = frozenset({*_HEAD, *_REACH, "owner", "do_not_contact", "reviewed_on", "supply_stopped"})
_PERSONAL: Final = tuple(field for field in CONTACT if field.personal)


def write_card(card: Card, style: Style, stream: TextIO, today: date) -> None:
    """Write the card as one page; off the terminal nothing is folded or cut."""
    zone = style.zone
    steps = next_steps(card, today, zone)
    top = [
        ruled(_head(card, style, stream), style, stream),
        Block(titled(heading("pinned")), [_note(row, zone) for row in card.notes if row["pinned"]]),
        Block(titled(heading("what to do next")), _next(card, steps, zone, today)),
    ]
    people = [
        Block(titled(heading("how to reach them")), _reach(card)),
        Block(titled(heading("contacts")), [_contact(contact) for contact in card.contacts]),
        Block(titled(heading("former contacts")), [_left(contact) for contact in card.left]),
        Block(titled(heading("payment")), payment(card)),
        Block(titled(heading("branches")), branches(card)),
        Block(titled(heading("with branches")), together(card)),
        Block(titled(heading("sales")), sales(card, today)),
    ]
    facts = [Block(titled(title), _group(card, group, zone, today)) for group, title in _groups()]
    facts.append(Block(titled(heading("own fields")), [Line(key, [Span(value)]) for key, value in card.fields.items()]))
    talks = _talks(card, {step.ref for step in steps}, zone, today)
    end = [
        Block(titled(heading("lost and won back")), [loss(row) for row in card.losses]),
        Block(titled(heading("this card")), _end(card)),
    ]
    write_page(top, [*people, *talks], [*facts, *end], [*people, *facts, *talks, *end], style, stream)


def _talks(card: Card, on_top: set[str], zone: Zone, today: date) -> list[Block]:
    """Return what was said and done; what stands on top already isn't repeated."""

    def others(prefix: str, rows: Sequence[Record]) -> list[Record]:
        return [row for row in rows if f"{prefix}{row['id']}" not in on_top]

    promises = [_promise(row, zone) for row in others("pr", card.promises)]
    return [
        Block(titled(heading("complaints")), [_case(row, zone) for row in others("cp", card.complaints)]),
        Block(titled(heading("promises")), [*instalments(card, today), *promises]),
        Block(titled(heading("also planned")), [_planned(card, row, zone) for row in others("cb", card.planned)]),
        Block(titled(heading("what was said")), _conversations(card, zone)),
        Block(titled(heading("services")), [service(row) for row in card.services]),
        Block(titled(heading("surveys")), [survey_line(row) for row in card.surveys[:MOST_SURVEYS]]),
        Block(titled(heading("notes")), [_note(row, zone) for row in card.notes if not row["pinned"]]),
    ]


def _head(card: Card, style: Style, stream: TextIO) -> list[Line]:
    """Return who they are: name, codes and reference, then what kind of customer, then tags."""
    customer = card.customer
    first = [Span(visible(customer["name"]), "strong")]
    first += [Span(f"  {visible(customer[name])}") for name in ("short_name", "code") if customer[name]]
    first.append(Span(f"  cu{customer['id']}", "faint"))
    marks = [Span(label("customer_kind", customer["kind"])), Span(label("customer_status", customer["status"]))]
    if customer["grade"]:
        marks.append(Span(say("grade {grade}", grade=customer["grade"])))
    if customer["key_account"]:
        star = drawn("★", "*", style, stream)
        marks.append(Span(f"{star} " + say("key account: {reason}", reason=visible(customer["key_account"])), "strong"))
    lines = [Line("", first), Line("", dotted(marks, style, stream))]
    if customer["tags"]:
        lines.append(Line("", [Span(listed(split_tags(customer["tags"])))]))
    if customer["supply_stopped"]:
        reason = visible(customer["supply_stopped"])
        stopped = say("{name}: {value}", name=heading("supply stopped"), value=reason)
        lines.append(Line("", [Span(stopped, "late")]))
    return lines


# --- what to do next ------------------------------------------------------------------------------------------


def _next(card: Card, steps: Sequence[Step], zone: Zone, today: date) -> list[Line]:
    return [line for step in steps for line in _step(card, step, zone, today)]


def _step(card: Card, step: Step, zone: Zone, today: date) -> Iterable[Line]:
    """Return the lines of one thing to do."""
    if step.what.startswith("case"):
        return [_open_case(_row(card.complaints, step), step, zone, today)]
    if step.what.startswith("promise"):
        return [_open_promise(_row(card.promises, step), step, zone, today)]
    if step.what.startswith("call"):
        return [_call(card, _row(card.planned, step), step, zone, today)]
    if step.what.startswith("remind"):
        return [_remind(_row(card.notes, step), step, zone, today)]
    if step.what.startswith(("message", "deliver", "payment", "instalment", "contract")):
        return [trade_step(card, step, today)]
    return _other_step(card, step)


def _row(rows: Sequence[Record], step: Step) -> Record:
    """Return the record that a step is about: two letters and its id."""
    return next(row for row in rows if row["id"] == int(step.ref[2:]))


def _open_case(row: Record, step: Step, zone: Zone, today: date) -> Line:
    """Return the line of a case: what it is about, how serious, what comes now and by when."""
    kind = kind_of(row["level"], row["severity"])
    marks = [in_words("case_kind", kind) if kind != _USUAL else ""]
    marks.append(say("level {n}", n=row["escalation_level"]) if row["escalation_level"] else "")
    spans = [Span(step.text)]
    if any(marks):
        spans += [Span("  "), *apart(marks, "strong")]
    key, parts = label("case_status", row["status"]), list(_comes_now(row, zone))
    if row["next_due_at"]:
        key, clock = _distance(step, row["next_due_at"], zone, today), in_words("clock", row["next_clock"])
        parts.append(say("by {when}, {clock}", when=moment(row["next_due_at"], zone), clock=clock))
    spans += [Span("\n"), *apart(parts)]
    return step_line(key, step, spans, f"csm complaint next {row['id']}")


def _comes_now(row: Record, zone: Zone) -> Iterator[str]:
    """Yield the next step of a case, or since when it waits and for what.

    That it waits is printed where a day stands before it; else it is the key of the line.
    """
    if row["status"] == "waiting":
        yield label("case_status", "waiting") if row["next_due_at"] else ""
        yield say("since {when}", when=moment(row["waiting_since"], zone)) if row["waiting_since"] else ""
        yield visible(row["waiting_for"] or "")
    elif row["level"] == "grievance":
        yield say("settle it, or raise it to a complaint")
    else:
        yield label("next_step", row["next_step"] or "")


def _open_promise(row: Record, step: Step, zone: Zone, today: date) -> Line:
    """Return the line of a promise that is due: whose, when, and who is in charge."""
    theirs = row["direction"] == "theirs"
    sentence = marked("they promised: {detail}") if theirs else marked("we promised: {detail}")
    parts = [say("due {when}", when=moment(row["due_at"], zone)), visible(row["in_charge"] or "")]
    parts.append(f"cp{row['complaint_id']}" if row["complaint_id"] else "")
    spans = [Span(say(sentence, detail=step.text)), Span("\n"), *apart(parts, "faint")]
    return step_line(_distance(step, row["due_at"], zone, today), step, spans, f"csm promise keep {row['id']}")


def _remind(row: Record, step: Step, zone: Zone, today: date) -> Line:
    """Return the line of a reminder, with its time where it has one."""
    spans, typed = [Span(step.text)], f"csm done {step.ref}"
    if not row["remind_at"]:
        return due_line(step, spans, typed, today)
    spans += [Span("\n"), Span(_time(row["remind_at"], step, zone, today), "faint")]
    return step_line(_distance(step, row["remind_at"], zone, today), step, spans, typed)


def _time(at: str, step: Step, zone: Zone, today: date) -> str:
    """Return when something is due that has a time: that alone where it is today."""
    return f"{zone.local(at):%H:%M}" if step.day == today else moment(at, zone)


def _call(card: Card, row: Record, step: Step, zone: Zone, today: date) -> Line:
    """Return the line of one callback that is to be made, with whom, by which number, and how to note it."""
    spans = apart([subject(row["purpose"], row["channel"]), _whom(card, row)])
    if row["phone"]:
        spans += [Span("  "), Span(row["phone"], "phone")]
    if step.text:
        spans.append(Span("\n" + step.text))
    if row["tries"]:
        spans += [Span("\n"), Span(in_vain(row["tries"]), "late")]
    parts = _times(card, row, step, zone, today)
    if any(parts):
        spans += [Span("\n"), *apart(parts, "faint")]
    typed = f'csm callback done {step.ref} "..."'
    if row["due_at"]:
        return step_line(_distance(step, row["due_at"], zone, today), step, spans, typed)
    return due_line(step, spans, typed, today)


def _times(card: Card, row: Record, step: Step, zone: Zone, today: date) -> list[str]:
    """Return when a callback is to be made, how often, and when to call best; "" for what isn't known."""
    if row["due_at"]:
        parts = [_time(row["due_at"], step, zone, today)]
    else:
        parts = [day_words(step.day) if step.day and step.day != today else ""]
    parts.append(every(row["every"]) if row["every"] else "")
    if card.customer.get("best_time") and row["channel"] in SPOKEN:
        parts.append(say("best time: {when}", when=visible(card.customer["best_time"])))
    return parts


def _whom(card: Card, row: Record) -> str:
    """Return with whom a callback is planned; a name that nobody bears any more is marked as of somebody who left."""
    name = row["contact"] or ""
    gone = name in {contact["name"] for contact in card.left} - {contact["name"] for contact in card.contacts}
    return say("{name} (has left)", name=visible(name)) if gone else visible(name)


def _distance(step: Step, due_at: str, zone: Zone, today: date) -> str:
    """Return how far an instant is from now: what was due earlier today is late already."""
    local = zone.local(due_at)
    if step.what.endswith("-late") and local.date() == today == step.day:
        return say("late since {time}", time=f"{local:%H:%M}")
    # what was moved is late by the day before
    return distance(min(local.date(), step.day or local.date()), today)


def _other_step(card: Card, step: Step) -> Iterator[Line]:
    identity = card.customer["id"]
    if step.what == "archived":
        text = say("put away on {day}, nothing is planned", day=step.day)
        yield Line(say("archived"), [Span(text, "late"), *command(f"csm customer restore {identity}")], "late")
    elif step.what == "do-not-contact":
        yield Line(say("do not contact"), [Span(say("nobody calls, nothing is planned"), "late")], "late")
    elif step.what == "plan":
        days = card.cadence_days or 7
        text = say("nothing is planned")
        if card.cadence_days:
            text = say_n(
                "nothing is planned, the cadence is {n} day", "nothing is planned, the cadence is {n} days", days
            )
        yield Line(say("plan"), [Span(text), *command(f"csm callback add {identity} --on +{days}d")])
    else:
        text = say_n("{n} thing is missing on the card", "{n} things are missing on the card", len(card.lacking))
        yield Line(say("fill in"), [Span(text), *_filling(card)])


def _filling(card: Card) -> Iterator[Span]:
    """Yield the commands that fill in what the card lacks, the first fields at a time."""
    fields = [named(CUSTOMER, name) for name in card.lacking if name != "contacts"][:MOST_OPTIONS]
    if fields:
        options = " ".join(f'{option_of(field.name)} "..."' for field in fields)
        yield from command(f"csm customer edit {card.customer['id']} {options}")
    if "contacts" in card.lacking:
        yield from command(f'csm customer contact add {card.customer["id"]} "..." --phone "..."')


# --- whom to call ---------------------------------------------------------------------------------------------


def _reach(card: Card) -> list[Line]:
    """Return the main phone and email, of the first contact that has one where the card itself has none."""
    customer = card.customer
    lines = []
    for name, look in (("phone", "phone"), ("email", "")):
        value, whose = customer[name], ""
        if not value:
            contact: Record = next((contact for contact in card.contacts if contact[name]), {})
            value, whose = str(contact.get(name) or "").split(";")[0], visible(contact.get("name") or "")
        if value:
            lines.append(Line(heading(name), [Span(value, look), Span(f"  {whose}")]))
    if customer["channel"]:
        lines.append(Line(heading("preferred channel"), [Span(label("channel", customer["channel"]))]))
    if customer["best_time"]:
        lines.append(Line(heading("best time"), [Span(customer["best_time"])]))
    return lines


def _contact(contact: Record) -> Line:
    spans = [Span(number, "phone") for number in (contact["phone"] or "").split(";") if number]
    spans += [Span(visible(contact["role"]))] if contact["role"] else []
    spans = [apart for span in [*spans, Span(f"ct{contact['id']}", "faint")] for apart in (span, Span("  "))]
    return Line(contact["name"], [*spans, *[Span("\n" + line) for line in _details(contact) if line]])


def _details(contact: Record) -> Iterator[str]:
    """Yield what else is known of a contact, a line each."""
    birthday = (contact["birthday"] or "").removeprefix("--") or _lunar_birthday(contact)
    nickname, wechat = (_pair(name, contact[name]) for name in ("nickname", "wechat"))
    yield listed([nickname, contact["email"], wechat, _pair("birthday", birthday)])
    if contact["sign_off"]:
        chain = TERMS["sign_off"]
        place = chain.index(contact["sign_off"]) + 1
        role = label("sign_off", contact["sign_off"])
        yield _pair("sign_off", say("{role} ({n} of {all})", role=role, n=place, all=len(chain)))
    yield contact["remarks"] or ""
    yield from [_pair(field.name, contact[field.name]) for field in _PERSONAL]


def _lunar_birthday(contact: Record) -> str:
    """Return a lunar birthday with the day of this year on which it is kept, "" where there is none."""
    if not contact["lunar_birthday"]:
        return ""
    name, day = lunar_name(contact["lunar_birthday"]), contact.get("lunar_day")
    return say("{what} ({marks})", what=name, marks=day.isoformat()) if day is not None else name


def _left(contact: Record) -> Line:
    """Return a contact who has left: since when, what they were, where they are now; nothing to reach them by."""
    parts = [say("since {day}", day=contact["left_on"]), visible(contact["role"] or "")]
    if contact["moved_to"]:
        customer = visible(contact["moved_to_customer"])
        parts.append(say("now with {customer}, ct{id}", customer=customer, id=contact["moved_to"]))
    return Line(contact["name"], [*apart(parts), Span("  "), Span(f"ct{contact['id']}", "faint")])


def _pair(name: str, value: str | None) -> str:
    return say("{name}: {value}", name=heading(named(CONTACT, name).heading), value=visible(value)) if value else ""


# --- facts ----------------------------------------------------------------------------------------------------


def _groups() -> list[tuple[str, str]]:
    """Return the groups of fields, each with its heading."""
    return [
        ("basic", heading("basic")),
        ("trade", heading("trade")),
        ("delivery", heading("delivery")),
        ("visiting", heading("visiting")),
    ]


def _group(card: Card, group: str, zone: Zone, today: date) -> list[Line]:
    lines = []
    for field in CUSTOMER:
        value = card.customer[field.name]
        if field.group == group and field.name not in _ELSEWHERE and value not in (None, ""):
            text = human(field, zone, lines=True)(value)
            if field.name == "relationship" and card.cadence_days:
                often = say_n("a callback every day", "a callback every {n} days", card.cadence_days)
                text = listed([text, often])
            spans = [Span(text)]
            if field.name == "parent":
                spans.append(Span(f"  cu{card.customer['parent_id']}", "faint"))
            if field.name == "contract_end_on":
                spans = contract_end(value, card.contract_lead, today)
            lines.append(Line(heading(field.heading), spans))
    return lines


def _end(card: Card) -> list[Line]:
    """Return how good the card is and whose it is."""
    customer = card.customer
    lines = []
    if customer["owner"]:
        owner = visible(customer["owner"])
        if card.deputy:
            owner = say("{owner}; {deputy} stands in", owner=owner, deputy=visible(card.deputy))
        lines.append(Line(heading("owner"), [Span(owner)]))
    text = f"{customer['completeness']} %"
    if card.lacking:
        text = say("{share}; missing: {fields}", share=text, fields=_names(card.lacking))
    lines.append(Line(heading("complete"), [Span(text)]))
    reviewed = customer["reviewed_on"] or say("never")
    return [*lines, Line(heading("reviewed"), [Span(reviewed)])]


def _names(lacking: Sequence[str]) -> str:
    found = [name if name == "contacts" else named(CUSTOMER, name).heading for name in lacking]
    return listed([heading(name) for name in found])


# --- cases and promises ---------------------------------------------------------------------------------------


def _case(row: Record, zone: Zone) -> Line:
    """Return a case that has ended: what it was about, how it ended, and how content the customer was."""
    kind = in_words("case_kind", kind_of(row["level"], row["severity"])) if row["level"] == "grievance" else ""
    parts = [kind, ended(row["status"], row["void"]), label("problem", row["problem"]) if row["problem"] else ""]
    if row["satisfaction"]:
        parts.append(satisfied(row["satisfaction"]))
    spans = [Span(row["summary"]), Span(f"  cp{row['id']}  ", "faint"), *apart(parts, "faint")]
    return Line(f"{zone.local(row['received_at']):%Y-%m-%d}", spans)


def _promise(row: Record, zone: Zone) -> Line:
    """Return a promise that isn't due yet, or how it ended."""
    parts = [label("promise_direction", "theirs") if row["direction"] == "theirs" else ""]
    parts.append(standing(row))
    parts += [moment(row["kept_at"], zone) if row["kept_at"] else "", visible(row["in_charge"] or "")]
    looks = "late" if row["status"] in ("late", "broken") else "faint"
    spans = [Span(row["text"]), Span(f"  pr{row['id']}  ", "faint"), *apart(parts, looks)]
    if row["ended_text"]:
        spans.append(Span("\n" + row["ended_text"]))
    return Line(f"{zone.local(row['due_at']):%Y-%m-%d %H:%M}", spans)


# --- what was said --------------------------------------------------------------------------------------------


def _planned(card: Card, row: Record, zone: Zone) -> Line:
    parts = [subject(row["purpose"], row["channel"]), _whom(card, row)]
    if row["every"]:
        parts.append(every(row["every"]))
    text = "\n" + row["note"] if row["note"] else ""
    due = f"{zone.local(row['due_at']):%Y-%m-%d %H:%M}" if row["due_at"] else row["due_on"]
    return Line(due, [*apart(parts), Span(f"  cb{row['id']}", "faint"), Span(text)])


def _conversations(card: Card, zone: Zone) -> list[Line]:
    """Return what was said, whatever came of it, the latest first."""
    dated = [(rows[0]["done_at"] or "", _past(rows)) for rows in _calls(card.past)]
    dated += [(row["at"], _try(row, zone)) for row in card.tries]
    return [line for _, line in sorted(dated, key=lambda one: one[0], reverse=True)]


def _try(row: Record, zone: Zone) -> Line:
    """Return what was said on a call that was postponed or in vain."""
    parts = [label("channel", row["channel"]) if row["channel"] else "", label("purpose", row["purpose"])]
    parts += [visible(row["contact"] or ""), label("outcome", row["outcome"])]
    return Line(f"{zone.local(row['at']):%Y-%m-%d}", [*apart(parts, "faint"), Span("\n" + row["note"])])


def _calls(past: Sequence[Record]) -> list[list[Record]]:
    """Return the callbacks that were done with one call together, the one first that tells what was said."""
    calls: dict[int, list[Record]] = {}
    for row in past:
        calls.setdefault(row["served_with"] or row["id"], []).append(row)
    return [sorted(rows, key=lambda row: (row["served_with"] is not None, row["id"])) for rows in calls.values()]


def _past(call: Sequence[Record]) -> Line:
    row = call[0]
    purposes = dict.fromkeys(label("purpose", served["purpose"]) for served in call)
    parts = [label("channel", row["channel"]), *purposes, visible(row["contact"] or ""), *_came_of(row)]
    spans = [*apart(parts, "faint"), *([Span("\n" + row["note"])] if row["note"] else [])]
    for name in ("objection", "suggestion"):
        if row[name]:
            field = named(CALLBACK, name)
            value = label(field.terms, row[name]) if field.terms else row[name]
            spans.append(Span("\n" + pair(heading(field.heading), value)))
    return Line(row["done_on"] or row["due_on"], spans)


def _came_of(row: Record) -> Iterator[str]:
    if row["direction"] == "incoming":
        yield label("direction", "incoming")
    if row["outcome"] and row["outcome"] != "reached":
        yield label("outcome", row["outcome"])
    if row["satisfaction"]:
        yield satisfied(row["satisfaction"])


def _note(row: Record, zone: Zone) -> Line:
    parts = [visible(row["by"] or "")]
    if row["remind_on"] and not row["settled_on"]:
        day = f"{zone.local(row['remind_at']):%Y-%m-%d %H:%M}" if row["remind_at"] else row["remind_on"]
        parts.append(say("reminder nt{id} on {day}", id=row["id"], day=day))
    return Line(
        f"{zone.local(row['noted_at']):%Y-%m-%d}", [Span(row["text"]), Span("  ", "faint"), *apart(parts, "faint")]
    )
