"""What a user means to do with customer cards; each function is one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from csm.domain.customer import card
from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.values.folding import alike
from csm.domain.values.phone import digits
from csm.services import spellings
from csm.services.callback import replanning
from csm.services.customer import branches, churn, search_keys
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.customer import rows as customers
from csm.storage.customer.rows import Candidate
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.domain.callback.rules import Appointment
    from csm.services.work import Work

Values = dict[str, object]


class ContactDraft(NamedTuple):
    """A contact to be made: stored values by column, and phone numbers as typed."""

    values: Values
    phones: Sequence[str] = ()


class Draft(NamedTuple):
    """A customer card to be made or changed: stored values by column and what hangs on the card.

    told: how and why, where it becomes lost.
    """

    values: Values
    tags: Sequence[str] = ()
    fields: Mapping[str, str] = {}
    contacts: Sequence[ContactDraft] = ()
    removed_tags: Sequence[str] = ()
    told: churn.Told = churn.Told()


class Added(NamedTuple):
    """A new card and the cards of the same name with another phone."""

    id: int
    namesakes: list[tuple[object, ...]]


class Followed(NamedTuple):
    """What followed from a change of a card: how many open callbacks went along or were cancelled, and which moved.

    moved: (id, day before, day now) of those of the cadence. visits: how many visits moved.
    """

    handed_over: int = 0
    cancelled: int = 0
    moved: Sequence[tuple[int, date, date]] = ()
    visits: int = 0


class Edited(NamedTuple):
    """Whether a card changed, what followed for its open callbacks, and the cards of the same name."""

    changed: bool
    followed: Followed
    namesakes: Sequence[tuple[object, ...]] = ()


def derived(values: Values) -> Values:
    """Return the columns that follow from a name or a phone among `values`: compared forms and pinyin."""
    made: Values = search_keys.of(values)
    if "phone" in values:
        made["phone_digits"] = digits(str(values["phone"])) if values["phone"] else None
    return made


def contact_keys(values: Values) -> Values:
    """Return the columns that follow from a contact's name or nickname among `values`."""
    made = {key: value for key, value in derived(values).items() if key != "phone_digits"}
    if "nickname" in values:
        made["nickname_key"] = card.name_key(str(values["nickname"])) if values["nickname"] else None
    return made


def add(work: Work, draft: Draft, *, force: bool = False) -> Added:
    """Make a card; a private customer is its own first contact (source: handbook 2, 3).

    Raises duplicate-customer naming the cards that are the same customer, unless `force`; has-left, has-left-to.
    """
    with work.database.writing(work.command, make=True) as connection:
        return add_in(connection, work, draft, force=force)


def add_in(connection: sqlite3.Connection, work: Work, draft: Draft, *, force: bool = False) -> Added:
    """Make a card within a transaction; see `add`."""
    values: Values = {**draft.values, **derived(draft.values)}
    if "owner" not in values:
        values["owner"] = Roster(work, connection).usual()
    elif values["owner"] is not None:
        values["owner"] = Roster(work, connection).named(str(values["owner"]))
    values["created_at"] = values["updated_at"] = work.now_text
    _check_contract(values)
    namesakes = _check_doubles(connection, values, None, force=force)
    customer_id = rows.insert(connection, "customer", values)
    if values.get("status") == churn.LOST:
        churn.before_status(work, connection, {**values, "id": customer_id, "status": None}, churn.LOST, draft.told)
    contacts = list(draft.contacts)
    if values.get("kind") == "person" and not contacts:
        contacts = [ContactDraft({"name": values["name"], "email": values.get("email")}, _own_phones(values))]
    for contact in contacts:
        _insert_contact(connection, work, customer_id, contact)
    _hang_on(connection, customer_id, draft)
    return Added(customer_id, namesakes)


def _check_contract(values: Values) -> None:
    start, end = values.get("contract_start_on"), values.get("contract_end_on")
    if start and end and str(end) < str(start):
        raise UsageFault("end-before-start", start=start, end=end)


def _own_phones(values: Values) -> list[str]:
    return [str(values["phone"])] if values.get("phone") else []


def _hang_on(connection: sqlite3.Connection, customer_id: int, draft: Draft) -> None:
    customers.set_tags(connection, customer_id, draft.tags, draft.removed_tags)
    for key, value in draft.fields.items():
        customers.set_own_field(connection, customer_id, key, value)


def _check_doubles(
    connection: sqlite3.Connection, values: Values, own_id: int | None, *, force: bool, told_phone: bool = True
) -> list[tuple[object, ...]]:
    """Return the namesakes of a card; raise duplicate-customer where it is the same customer as another.

    So it is where the phone, if that is new, is a contact's of another card: that person is named (source: handbook 3).
    """
    new = card.Identity(_text(values.get("code")), _text(values.get("phone_digits")), str(values["name_key"]))
    same: list[tuple[object, ...]] = []
    namesakes: list[tuple[object, ...]] = []
    for known in customers.alike(connection, new.code, new.digits, str(values["name"])):
        if known["id"] == own_id:
            continue
        # However an umlaut is written, it is the same name.
        key = new.name_key if alike(str(known["name"]), str(values["name"])) else str(known["name_key"])
        identity = card.Identity(_text(known["code"]), _text(known["phone_digits"]), key)
        found = card.likeness(new, identity)
        archived = (Refused("archived-card", id=known["id"]),) if known["archived_on"] else ()
        named = (known["id"], known["name"], *(known[key] for key in ("code", "phone") if known[key]), *archived)
        if found == "same":
            same.append(named)
        elif found == "namesake":
            namesakes.append(named)
    if new.digits and told_phone:
        from csm.storage import partial_references

        same += [
            (person["customer_id"], person["customer"], f"{person['name']}  {values['phone']}")
            for person in partial_references.with_phone(connection, new.digits)
            if person["customer_id"] not in (own_id, *(known[0] for known in same))
        ]
    if same and not force:
        raise Refused("duplicate-customer", name=values["name"], candidates=same)
    return namesakes + same


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def edit(work: Work, customer_id: int, draft: Draft, *, force: bool = False) -> Edited:
    """Change fields of a card; None takes a field off.

    A new owner takes over the open callbacks of the old one; do-not-contact cancels what was planned (source: handbook
    3, 4). Raises duplicate-customer, nothing-to-change, has-left, has-left-to.
    """
    if not (draft.values or draft.tags or draft.removed_tags or draft.fields):
        raise UsageFault("nothing-to-change")
    values = {**draft.values, **derived(draft.values)}
    with work.database.writing(work.command) as connection:
        if values.get("owner") is not None:
            values["owner"] = Roster(work, connection).named(str(values["owner"]))
        before = rows.known(connection, "customer", customer_id)
        namesakes = []
        _check_contract({**before, **values})
        if not {"name", "phone", "code"}.isdisjoint(values):
            told_phone = values.get("phone_digits") not in (None, before["phone_digits"])
            merged = {**before, **values}
            namesakes = _check_doubles(connection, merged, customer_id, force=force, told_phone=told_phone)
        last_change = connection.execute("SELECT max(id) FROM change").fetchone()
        followed = set_columns(work, connection, before, values, draft.told)
        hand_over_with_card(work, connection, before, values)
        _hang_on(connection, customer_id, draft)
        changed = connection.execute("SELECT max(id) FROM change").fetchone() != last_change
        if changed:
            rows.update(connection, "customer", customer_id, {"updated_at": work.now_text})
    return Edited(changed, followed, namesakes)


def set_columns(
    work: Work,
    connection: sqlite3.Connection,
    before: Mapping[str, Any],
    values: Values,
    told: churn.Told = churn.NOBODY_KNOWS,
) -> Followed:
    """Set columns of the card that was `before`; return what followed for its open callbacks.

    A new owner takes over the open callbacks of the old one; do-not-contact cancels what was planned, and a loss what
    the rules did, `told` is how and why; another relationship, grade, frequency or route moves or cancels it; another
    grade is kept with its day, another name as a former one (source: handbook 3, 4, 9.1, 9.4).
    """
    customer_id = before["id"]
    if isinstance(parent_id := values.get("parent_id"), int):
        branches.refuse_own_branch(connection, customer_id, parent_id)
    ends = values.get("do_not_contact") or values.get("status") == churn.LOST
    waiting = callbacks.count_open(connection, customer_id) if ends else 0
    if values.get("status") is not None:
        churn.before_status(work, connection, before, values["status"], told)
    if values:
        rows.update(connection, "customer", customer_id, values)
    cancelled = waiting - callbacks.count_open(connection, customer_id) if waiting else 0
    _keep_former(work, connection, before, values)
    replanned = replanning.follow_card(connection, work, before, {**before, **values})
    handed_over = 0
    if values.get("owner") and before["owner"]:
        handed_over = callbacks.hand_over(connection, str(before["owner"]), str(values["owner"]), customer_id)
    return Followed(handed_over, cancelled + replanned.cancelled, replanned.moved, replanned.visits)


def _keep_former(work: Work, connection: sqlite3.Connection, before: Mapping[str, Any], values: Values) -> None:
    """Keep the name and the grade that a card had before, with their days (source: handbook 3, 9.1)."""
    today = work.today.isoformat()
    if values.get("name") and values.get("name_key") != before["name_key"]:
        former = {name: before[name] for name in ("name", "name_key", "pinyin")}
        rows.insert(connection, "former_name", {"customer_id": before["id"], **former, "until_on": today})
    if "grade" in values and values["grade"] != before["grade"]:
        graded = {"graded_on": today, "old_grade": before["grade"], "grade": values["grade"]}
        made = {"by": work.user, "created_at": work.now_text}
        rows.insert(connection, "grading", {"customer_id": before["id"], **graded, **made})


def archive(work: Work, customer: Candidate) -> None:
    """Put a card away: it leaves lists and due items, and keeps everything. Raises customer-archived."""
    if customer.archived:
        raise Refused("customer-archived", customer=customer.name, customer_id=customer.id)
    _set_archived(work, customer.id, work.today.isoformat())


def restore(work: Work, customer: Candidate) -> bool:
    """Take an archived card back into use; return whether it was archived.

    One of somebody who has left goes to whoever took over their work (source: handbook 3). Raises has-left, has-left-to
    where that would be whoever acts, who has left too.
    """
    if customer.archived:
        with work.database.writing(work.command) as connection:
            before = rows.known(connection, "customer", customer.id)
            values: Values = {"archived_on": None, "updated_at": work.now_text}
            if before["owner"]:
                values["owner"] = Roster(work, connection).usual(str(before["owner"]))
            rows.update(connection, "customer", customer.id, values)
            if values.get("owner") not in (None, before["owner"]):
                callbacks.hand_over(connection, str(before["owner"]), str(values["owner"]), customer.id)
                hand_over_with_card(work, connection, before, values)
    return customer.archived


def _set_archived(work: Work, customer_id: int, day: str | None) -> None:
    with work.database.writing(work.command) as connection:
        rows.update(connection, "customer", customer_id, {"archived_on": day, "updated_at": work.now_text})


def note(work: Work, customer_id: int, text: str, *, remind: Appointment | None, pinned: bool) -> int:
    """Write a dated note on a card; return its id."""
    with work.database.writing(work.command) as connection:
        return rows.insert(
            connection,
            "note",
            {
                "customer_id": customer_id,
                "text": text,
                "noted_at": work.now_text,
                "by": work.user,
                "remind_on": remind.day.isoformat() if remind else None,
                "remind_at": remind.at if remind else None,
                "pinned": int(pinned),
            },
        )


def settle_note(work: Work, row: Mapping[str, Any], text: str | None) -> None:
    """Note a reminder as settled, with a word on it as a note of its own where given; raise not-open."""
    if row["remind_on"] is None or row["settled_on"] is not None:
        raise Refused("no-reminder", ref=f"nt{row['id']}")
    with work.database.writing(work.command) as connection:
        rows.update(connection, "note", row["id"], {"settled_on": work.today.isoformat()})
        if text:
            values = {"customer_id": row["customer_id"], "text": text, "noted_at": work.now_text, "by": work.user}
            rows.insert(connection, "note", values)


def _insert_contact(connection: sqlite3.Connection, work: Work, customer_id: int, contact: ContactDraft) -> int:
    values = {
        "customer_id": customer_id,
        **contact.values,
        **contact_keys(contact.values),
        "created_at": work.now_text,
    }
    contact_id = rows.insert_anew(connection, "contact", values)
    customers.set_phones(connection, contact_id, [(number, digits(number)) for number in contact.phones])
    return contact_id


def add_contact(work: Work, customer_id: int, contact: ContactDraft) -> int:
    """Put a contact on a card; return its id. Contacts may share a number (source: handbook 3)."""
    with work.database.writing(work.command) as connection:
        contact_id = _insert_contact(connection, work, customer_id, contact)
        rows.update(connection, "customer", customer_id, {"updated_at": work.now_text})
    return contact_id


def edit_contact(work: Work, row: Mapping[str, Any], values: Values, phones: Sequence[str] | None) -> bool:
    """Change a contact; None takes a field off, `phones` replaces its numbers. Return whether anything changed."""
    if not values and phones is None:
        raise UsageFault("nothing-to-change")
    made = contact_keys(values)
    if "left_on" in values and values["left_on"] is None:
        made["moved_to"] = None  # who hasn't left isn't anybody elsewhere either
    with work.database.writing(work.command) as connection:
        last_change = connection.execute("SELECT max(id) FROM change").fetchone()
        if values:
            rows.update(connection, "contact", row["id"], {**values, **made})
        if phones is not None:
            customers.set_phones(connection, row["id"], [(number, digits(number)) for number in phones])
        changed = bool(connection.execute("SELECT max(id) FROM change").fetchone() != last_change)
        if changed:
            rows.update(connection, "customer", row["customer_id"], {"updated_at": work.now_text})
    return changed


class HandedOver(NamedTuple):
    """How much work went from one owner to another; `promises` counts preventions too."""

    customers: int
    callbacks: int
    complaints: int
    promises: int


def hand_over(work: Work, old: str, new: str, until: date | None) -> HandedOver:
    """Give all open work of one owner to another: for good, or until a day, both days included.

    Until a day the cards keep their owner and the deputy stands in: lists show the work as theirs. For good, the staff
    list says who took over (source: handbook 3). Raises no-such-record where the owner has no customers and is on no
    list, end-before-start, has-left, has-left-to.
    """
    if until is not None and until < work.today:
        raise UsageFault("end-before-start", start=work.today.isoformat(), end=until.isoformat())
    with work.database.writing(work.command) as connection:
        new = Roster(work, connection).named(new)
        # Somebody may be written in several ways, on cards and elsewhere.
        names = [name for name in spellings.owner(connection, old, work.user) if name != new]
        if not names:
            raise UsageFault("same-person", name=old)
        deputies = settings.stand_ins(connection, work.today.isoformat()).values()
        handed = hand_over_all(work, connection, names, new, until)
        listed = {one["name"] for one in settings.staff(connection)}
        if not any(handed) and listed.isdisjoint(names) and not any(name in deputies for name in names):
            raise NotFound("no-such-record", kind="owner", ref=old)
        return handed


def hand_over_all(
    work: Work, connection: sqlite3.Connection, names: Sequence[str], new: str, until: date | None
) -> HandedOver:
    """Give what somebody owns under these spellings of the name to another, within a transaction."""
    parts = [_hand_over_from(work, connection, name, new, until) for name in names]
    if until is None:
        settings.succeed(connection, names, new)
    return HandedOver(*(sum(counts) for counts in zip(*parts, strict=True)))


def _hand_over_from(work: Work, connection: sqlite3.Connection, old: str, new: str, until: date | None) -> HandedOver:
    """Give what somebody owns under one spelling of the name."""
    owned = customers.count_owned(connection, old)
    settings.end_stand_ins(connection, old, (work.today - timedelta(days=1)).isoformat())
    if until is not None:
        settings.store_stand_in(connection, old, new, work.today.isoformat(), until.isoformat())
        return HandedOver(*owned)
    customers.give_cards(connection, old, new, work.now_text)
    cases, promised = hand_over_cases(work, connection, old, new)
    return HandedOver(owned[0], callbacks.hand_over(connection, old, new), cases, promised)


def hand_over_with_card(work: Work, connection: sqlite3.Connection, before: Mapping[str, Any], values: Values) -> None:
    """Give the open cases and promises of a customer whose card was `before` to the new owner, where there is one."""
    old, new = before["owner"], values.get("owner")
    if old and new and old != new:
        hand_over_cases(work, connection, str(old), str(new), before["id"])


def hand_over_cases(
    work: Work, connection: sqlite3.Connection, old: str, new: str, customer_id: int | None = None
) -> tuple[int, int]:
    """Give the open cases, promises and preventions of somebody, of one customer or of all, to another.

    Return how many cases, and how many promises and preventions.
    """
    if not any(customers.count_owned(connection, old)[2:]):
        return 0, 0
    from csm.services.complaint import other_events
    from csm.services.promise import writing as promises

    cases = other_events.hand_over(work, connection, old, new, customer_id)
    return cases, promises.hand_over(connection, old, new, customer_id)
