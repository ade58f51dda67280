"""Playing the tables of the demo through the services, event by event, each at its own moment of the past.

Owns the order of the events and the surroundings each of them sees; what is in the district stands in the tables. The
same services are called as by the commands, so that whatever they keep, derive or plan is kept, derived and planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from csm.domain.callback.rules import Appointment
from csm.domain.records import CALLBACK, CONTACT, CUSTOMER, Field, named
from csm.services import values
from csm.services.callback import planning
from csm.services.callback import writing as callbacks
from csm.services.customer import writing as customers
from csm.services.demo import handling, selling, surveying
from csm.services.demo import tables as t
from csm.services.demo.complaints import SERVICE_DESK
from csm.services.demo.house import STAFF
from csm.services.demo.old_town import OLD_TOWN
from csm.services.demo.park import PARK
from csm.services.demo.riverside import RIVERSIDE
from csm.services.demo.sales_kinds import Lost, Traded
from csm.services.demo.sales_month import AFTERWARDS, MONTH
from csm.services.demo.surveys import SURVEYS
from csm.services.house import policy, staff
from csm.services.work import Work
from csm.storage import rows
from csm.storage.callback import rows as stored_callbacks
from csm.storage.customer import rows as stored_customers
from csm.storage.customer.rows import Candidate
from csm.storage.file.database import Command, Database
from csm.storage.file.new_file import new_file

if TYPE_CHECKING:
    from csm.domain.settings import Policy
    from csm.domain.time.calendar import Calendar
    from csm.domain.time.instant import Zone

QUARTERS: Final = (OLD_TOWN, RIVERSIDE, PARK, SERVICE_DESK, MONTH, AFTERWARDS, SURVEYS)
FIRST_DAY: Final = 32
# What comes by itself: the planning by cadence, once when the cards had just been made and last night; the ladder every
# working day, in the afternoon and after closing time, so that nothing waits for it when a new day begins; and standing
# orders and the money that is due.
CRON: Final = (
    t.CadencePlanned(30),
    t.CadencePlanned(1),
    *(t.Climbed(ago, at) for ago in range(30, 0, -1) for at in ("14:00", "20:00")),
    *(Traded(ago) for ago in range(selling.IMPORT_DAY, 0, -1)),
)

# Minutes of work between two events of one person on one day: uneven, as calls are.
STEPS: Final = (14, 23, 31, 12, 38, 19, 27)
MORNING: Final = 9 * 60
LUNCH: Final = (12 * 60, 60)
LAST_MINUTE: Final = 17 * 60 + 55


class Made(NamedTuple):
    """What a demo holds: how many of each kind of record."""

    customers: int
    contacts: int
    callbacks: int
    notes: int
    complaints: int
    promises: int
    sales: int
    services: int
    surveys: int


COUNTED: Final = ("customer", "contact", "callback", "note", "complaint", "promise", "sale", "service", "survey")


class Then(NamedTuple):
    """The surroundings of one event: the new file, a moment of the past, and who acted (see `Work`)."""

    database: Database
    command: Command
    user: str
    now: datetime
    now_text: str
    today: date
    zone: Zone
    policy: Policy
    calendar: Calendar


class Scene:
    """The district while it is being made: the file, what day it is, and the ids given so far by name."""

    def __init__(self, work: Work, database: Database) -> None:
        self.database = database
        self.customers: dict[str, Candidate] = {}
        self.contacts: dict[tuple[str, str], int] = {}
        self.cases: dict[str, int] = {}
        self.promises: dict[str, int] = {}
        self.pledges: dict[str, int] = {}
        # The first sale of each name, its bill where it has several rows, and whose cards they are on.
        self.sales: dict[str, int] = {}
        self.bills: dict[str, str] = {}
        self.services: dict[str, int] = {}
        self.owners: dict[str, str] = {}
        # What the books hold of the days that haven't come yet, and the money expected: day, sale, cents.
        self.books: dict[date, list[selling.Entry]] = {}
        self.expected: list[tuple[date, int, int]] = []
        self._work = work
        self._days: dict[int, date] = {}
        self._minutes: dict[tuple[str, int], int] = {}

    def day(self, offset: int) -> date:
        """Return the working day so many working days from today; 0 is today itself, worked or not."""
        found = self._days.get(offset)
        if found is None:
            found = self._days[offset] = self._work.calendar.add_working_days(self._work.today, offset)
        return found

    @property
    def today(self) -> date:
        """The day the demo is made for."""
        return self._work.today

    def worked(self, day: date) -> date:
        """Return a day if it is a working day, else the last one before it."""
        calendar = self._work.calendar
        return day if calendar.is_working_day(day) else calendar.add_working_days(day, -1)

    def terms(self, card: str) -> str | None:
        """Return the settlement terms that stand on a card."""
        row = rows.fetch(self.database.connection, "customer", self.customers[card].id) or {}
        return str(row["terms"]) if row["terms"] else None

    def moment(self, offset: int, clock: str) -> datetime:
        """Return the local time of a day, `clock` such as "12:00"."""
        return datetime.combine(self.day(offset), time.fromisoformat(clock))

    def contact(self, card: str, name: str) -> dict[str, object]:
        """Return the stored column that names a contact, nothing where nobody is named."""
        return {"contact_id": self.contacts[card, name]} if name else {}

    def then(self, ago: int, user: str, title: str, at: time | None = None) -> Then:
        """Return the surroundings of what `user` does `ago` working days before today, at a time of its own."""
        moment = datetime.combine(self.day(-ago), at or self._time(user, ago))
        now_text = self._work.zone.to_utc_text(moment)
        return Then(
            self.database,
            Command(now_text, user, title),
            user,
            self._work.zone.local(now_text),
            now_text,
            moment.date(),
            self._work.zone,
            self._work.policy,
            self._work.calendar,
        )

    def _time(self, user: str, ago: int) -> time:
        passed = self._minutes.get((user, ago), 0)
        self._minutes[user, ago] = passed + STEPS[(passed + ago) % len(STEPS)]
        minute = MORNING + self._minutes[user, ago]
        if minute >= LUNCH[0]:
            minute += LUNCH[1]
        return time(*divmod(min(minute, LAST_MINUTE), 60))

    def stored(self, fields: tuple[Field, ...], typed: Mapping[str, str]) -> dict[str, object]:
        """Return column and stored value of fields as a user would type them today."""
        made: dict[str, object] = {}
        for name, text in typed.items():
            field = named(fields, name)
            said = self._birthday(text) if field.kind == "birthday" else text
            made[values.column(field)] = values.read(field, said, self._work)
        return made

    def _birthday(self, text: str) -> str:
        days, coming, year = text.partition("/")
        if not coming:
            return text
        return (self._work.today + timedelta(days=int(days))).strftime(f"{year}-%m-%d")


def make(work: Work, path: str, quarters: Sequence[t.Quarter] = QUARTERS) -> Made:
    """Make the made-up district as a new file at `path`, dated relative to `work.today`; whole or not at all.

    The clock, zone, policy and calendar of `work` are used, not its file. Raises FileExists, CannotOpen.
    """
    with new_file(path) as database:
        scene = Scene(work, database)
        begin = scene.then(FIRST_DAY, "Sun Yue", "csm demo")
        policy.change(begin, "file.timezone", work.zone.name)
        for name, level, department, phone, email in STAFF:
            known = {"name": name, "level": level, "department": department, "phone": phone, "email": email}
            staff.add(begin._replace(command=begin.command._replace(title=f"csm staff add '{name}'")), known)
        for owner, event in _in_order(quarters):
            DOING[type(event)](scene, owner, event)
        return Made(*(_count(database, table) for table in COUNTED))


def _count(database: Database, table: str) -> int:
    return int(database.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def _in_order(quarters: Sequence[t.Quarter]) -> Iterator[tuple[str, Any]]:
    """Give owner and event from the earliest day on; on one day what has no time in the order of `DOING`, then by time.

    What is equal in that is in the order of the tables. The quarters that are last come once all others have ended.
    """
    turn = {kind: number for number, kind in enumerate(DOING)}
    for last in (False, True):
        events: list[tuple[str, Any]] = []
        for quarter in [quarter for quarter in quarters if quarter.last is last]:
            events += [(quarter.owner, (quarter, card)) for card in quarter.cards]
            events += [(quarter.owner, event) for event in quarter.events]
        if not last:
            events += [("cron", run) for run in CRON]
        yield from sorted(events, key=lambda item: (-_ago(item[1]), getattr(item[1], "at", ""), turn[type(item[1])]))


def _ago(event: Any) -> int:
    return int(event[1].ago if type(event) is tuple else event.ago)


# --- one function a kind of event ----------------------------------------------------------------------------------


def _card(scene: Scene, owner: str, event: tuple[t.Quarter, t.Card]) -> None:
    quarter, card = event
    usual = {"region": quarter.region} if card.people else {}
    stored = scene.stored(CUSTOMER, {**usual, **card.fields})
    people = [
        customers.ContactDraft(
            {"name": contact.name, "role": contact.role, **scene.stored(CONTACT, contact.fields)}, contact.phones
        )
        for contact in card.people
    ]
    draft = customers.Draft({"name": card.name, "owner": owner, **stored}, card.tags, card.own, people)
    work = scene.then(card.ago, owner, f"csm customer add '{card.name}'")
    added = customers.add(work, draft)
    scene.owners[card.key] = owner
    scene.customers[card.key] = Candidate(added.id, card.name, "", False)
    for contact in stored_customers.contacts(scene.database.connection, added.id):
        scene.contacts[card.key, str(contact["name"])] = int(str(contact["id"]))


def _given(**found: str) -> dict[str, str]:
    return {name: value for name, value in found.items() if value}


def _planned(scene: Scene, owner: str, event: t.Planned) -> None:
    customer = scene.customers[event.card]
    typed = _given(purpose=event.purpose, channel=event.channel, every=event.every)
    stored = scene.stored(CALLBACK, typed) | scene.contact(event.card, event.person)
    stored |= {"due_on": scene.day(event.on).isoformat(), "planned_note": event.text or None}
    work = scene.then(event.ago, owner, f"csm callback add cu{customer.id} --on {stored['due_on']}")
    callbacks.add(work, customer, stored)


def _said(scene: Scene, owner: str, event: t.Said) -> None:
    customer = scene.customers[event.card]
    typed = _given(
        purpose=event.purpose,
        channel=event.channel,
        direction=event.direction,
        objection=event.objection,
        suggestion=event.suggestion,
        cost=event.cost,
    )
    stored = scene.stored(CALLBACK, typed) | scene.contact(event.card, event.person)
    if event.satisfaction is not None:
        stored["satisfaction"] = event.satisfaction
    following = None if event.next_on is None else Appointment(scene.day(event.next_on))
    work = scene.then(event.ago, event.by or owner, f"csm callback log cu{customer.id} '{event.text}'")
    result = callbacks.Result(event.outcome, event.text, _wall(work), stored, None, following)
    callbacks.log(work, customer, result, keep=False)


def _wall(work: Then) -> datetime:
    return work.now.replace(tzinfo=None)


def _tried(scene: Scene, owner: str, event: t.Tried) -> None:
    customer = scene.customers[event.card]
    postponed = None if event.postponed_to is None else Appointment(scene.day(event.postponed_to))
    outcome, option = "no-answer", "--no-answer"
    if postponed is not None:
        outcome, option = "postponed", f"--postponed {postponed.day}"
    work = scene.then(event.ago, owner, f"csm callback log cu{customer.id} {option}")
    callbacks.log(work, customer, callbacks.Result(outcome, event.text or None, _wall(work), {}, postponed), keep=False)


def _skipped(scene: Scene, owner: str, event: t.Skipped) -> None:
    row = _next_planned(scene, scene.customers[event.card].id)
    work = scene.then(event.ago, owner, f"csm callback skip cb{row['id']} '{event.reason}'")
    callbacks.skip(work, row, event.reason)


def _next_planned(scene: Scene, customer_id: int) -> Mapping[str, object]:
    found = stored_callbacks.open_of(scene.database.connection, customer_id)
    return next(row for row in found if row["origin"] == "manual")


def _noted(scene: Scene, owner: str, event: t.Noted) -> None:
    customer = scene.customers[event.card]
    remind_on = None if event.on is None else scene.day(event.on)
    work = scene.then(event.ago, owner, f"csm customer note cu{customer.id} '{event.text}'")
    remind = None if remind_on is None else Appointment(remind_on)
    note_id = customers.note(work, customer.id, event.text, remind=remind, pinned=event.pinned)
    if event.settled is not None:
        row = rows.fetch(scene.database.connection, "note", note_id) or {}
        work = scene.then(event.settled, owner, f"csm done nt{note_id} '{event.settled_with}'")
        customers.settle_note(work, row, event.settled_with or None)


def _edited(scene: Scene, owner: str, event: t.Edited) -> None:
    typed = {name: text for name, text in event.fields.items() if name != "tags"}
    tags = event.fields.get("tags", "").split()
    customer = scene.customers[event.card]
    work = scene.then(event.ago, owner, f"csm customer edit cu{customer.id}")
    customers.edit(work, customer.id, customers.Draft(scene.stored(CUSTOMER, typed), tags))


def _archived(scene: Scene, owner: str, event: t.Archived) -> None:
    customer = scene.customers[event.card]
    customers.archive(scene.then(event.ago, owner, f"csm customer archive cu{customer.id}"), customer)


def _routed(scene: Scene, owner: str, event: t.Routed) -> None:
    day = scene.day(event.on)
    work = scene.then(event.ago, event.owner, f"csm callback plan --route '{event.route}' --on {day}")
    planning.along_route(work, event.route, day, event.purpose, dry_run=False)


def _cadence_planned(scene: Scene, owner: str, event: t.CadencePlanned) -> None:
    work = scene.then(event.ago, owner, "csm callback plan", at=time.fromisoformat(event.at))
    planning.by_cadence(work, until=None, per_day=None, dry_run=False)


def _stood_in(scene: Scene, owner: str, event: t.StoodIn) -> None:
    until = scene.day(event.until)
    work = scene.then(event.ago, owner, f"csm customer handover '{event.owner}' '{event.deputy}' --until {until}")
    customers.hand_over(work, event.owner, event.deputy, until)


# Their order is that of one day, for what has no time; a card is a tuple of its quarter and itself.
DOING: Final[dict[type, Callable[[Scene, str, Any], None]]] = {
    tuple: _card,
    t.Routed: _routed,
    t.Planned: _planned,
    t.Tried: _tried,
    t.Said: _said,
    t.Skipped: _skipped,
    t.Edited: _edited,
    Lost: selling.DOING[Lost],
    t.Noted: _noted,
    t.Archived: _archived,
    t.StoodIn: _stood_in,
    t.CadencePlanned: _cadence_planned,
    **selling.DOING,
    **handling.DOING,
    **surveying.DOING,
}
