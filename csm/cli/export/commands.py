"""Write records of one kind to a file, or the whole file to a folder."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.cli.survey.commands import FILTERED as SURVEY_FILTERED
from csm.cli.survey.commands import FILTERS as SURVEY_FILTERS
from csm.domain.file_records import LOSS_ROW, NOTE_ROW, PAYMENT_ROW, PLEDGE_ROW, SETTING_ROW, STAFF_ROW
from csm.domain.quality_records import SURVEY
from csm.domain.records import CALLBACK, COMPLAINT, CONTACT, CUSTOMER, PROMISE, Field
from csm.domain.trade_records import SALE, SERVICE

CUSTOMER_FILTERS: Final = tuple(field for field in CUSTOMER if field.name not in ("id", "completeness"))
CONTACT_FILTERS: Final = tuple(
    field for field in CONTACT if field.name not in ("id", "customer_id", "customer", "phone")
)
CALLBACK_FILTERS: Final = tuple(
    field for field in CALLBACK if field.name not in ("id", "customer", "note", "phone", "status", "owner")
)
COMPLAINT_FILTERS: Final = tuple(
    field
    for field in COMPLAINT
    if field.name not in ("id", "customer", "phone", "status", "owner", "overdue", "answer", "done")
)
PROMISE_FILTERS: Final = tuple(field for field in PROMISE if field.name not in ("id", "customer", "phone", "status"))
# An option of `paid` would be that of `paid_on` too; how late a sale is changes every day.
SALE_FILTERS: Final = tuple(
    field for field in SALE if field.name not in ("id", "customer", "status", "paid_on", "days_late")
)
SERVICE_FILTERS: Final = tuple(
    field for field in SERVICE if field.name not in ("id", "customer", "customer_id", "checks", "not_met")
)
NOTE_FILTERS: Final = tuple(field for field in NOTE_ROW if field.name not in ("id", "customer"))
PAYMENT_FILTERS: Final = tuple(field for field in PAYMENT_ROW if field.name not in ("id", "customer"))
LOSS_FILTERS: Final = tuple(field for field in LOSS_ROW if field.name not in ("id", "customer"))
PLEDGE_FILTERS: Final = tuple(field for field in PLEDGE_ROW if field.name != "id")
STAFF_FILTERS: Final = tuple(field for field in STAFF_ROW if field.name not in ("id", "phone"))
# What a case has several of; a row of a spreadsheet has no room for it.
NESTED: Final = (Field("events", "events", "json"), Field("preventions", "preventions", "json"))
# One cell of json also in a spreadsheet: what was said on a try in vain stands nowhere else.
TRIED: Final = Field("tries_made", "tries made", "json")
SETTLED: Final = (Field("payments", "payments", "json"), Field("signatures", "signatures", "json"))
# Worked out from more than stands in the file, so it couldn't come back with it.
LEFT_OUT: Final = frozenset({"completeness", "last_try", "overdue", "not_met", "days_late"})


def customers(
    ctx: typer.Context,
    file: File,
    text: Annotated[
        str | None, typer.Option("--text", help="Only with this part of a name, pinyin, phone, contact, tag or note.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="KEY=VALUE", help="Only with this own field; repeat it.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", help="Only with this tag; repeat it for alternatives.")
    ] = None,
    incomplete: Annotated[bool, typer.Option("--incomplete", help="Only cards that lack something.")] = False,
    archived: Annotated[bool, typer.Option("--archived", help="Only archived cards.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write customers with every field; whatever filters a list filters here.

    \b
    Example:
      csm export customers east.csv --region East --all
    """
    from csm.cli import columns, filters, lists
    from csm.storage.customer import rows as stored
    from csm.storage.customer.search import text_condition
    from csm.storage.listing import Condition
    from csm.storage.spellings import own_keys

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CUSTOMER, given.fields, view="customer_list")
    if archived:
        conditions.append(Condition("v.archived_on IS NOT NULL"))
    usual = [] if archived or everything else [Condition("v.archived_on IS NULL")]
    if text:
        conditions += text_condition(text)
    if tag:
        conditions.append(filters.tags(session, tag))
    conditions += filters.own_fields(session, field or [])
    if incomplete:
        conditions.append(Condition("v.completeness < 100"))
    own = [Field(columns.OWN + key, key) for key in own_keys(session.database.connection)]
    fields = tuple(field for field in CUSTOMER if field.name not in LEFT_OUT)
    subject = lists.Subject(
        "customer_list", (*fields, *own), "v.id", "", {"name": "v.name_key"}, stored.own_field_column
    )
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)


def contacts(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    phone: Annotated[list[str] | None, typer.Option("--phone", help="Only with this phone; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those of archived cards too.")] = False,
    personal: Annotated[
        bool, typer.Option("--personal", help="The personal side too: family, hobbies, clubs, faith, customs.")
    ] = False,
    encoding: Encoding = None,
) -> None:
    """Write the contacts of customers; their personal side only with --personal.

    \b
    Example:
      csm export contacts people.csv --role buyer
    """
    from csm.cli import filters, lists
    from csm.storage.customer.search import contact_phone_condition
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CONTACT, given.fields, view="contact_list")
    usual = [] if everything else [Condition("v.archived_on IS NULL")]
    conditions += exporting.of_customer(session, customer)
    if phone:
        conditions.append(contact_phone_condition(phone))
    fields = tuple(field for field in CONTACT if personal or not field.personal)
    subject = lists.Subject("contact_list", fields, "v.customer_id, v.id", "", {})
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)


def callbacks(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, done, skipped or cancelled; repeat it.")
    ] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only of this owner; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write callbacks, the open ones unless told; the list can be filled in and imported again.

    \b
    Example:
      csm export callbacks week.csv --due today..+7d
    """
    from csm.cli import filters, lists
    from csm.domain.records import named
    from csm.services.values import read_term
    from csm.storage.callback.rows import TRIES
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CALLBACK, given.fields, view="callback_list")
    if status:
        conditions.append(equals("v.status", [read_term(named(CALLBACK, "status"), value) for value in status]))
    unfiltered = not (status or everything)
    usual = [Condition("v.status = 'open'"), Condition("v.archived_on IS NULL")] if unfiltered else []
    if owner:
        conditions.append(filters.owned_by(session, owner))
    conditions += exporting.of_customer(session, customer)
    fields = (*(field for field in CALLBACK if field.name not in LEFT_OUT), TRIED)
    made = {"tries_made": TRIES}
    subject = lists.Subject("callback_list", fields, "v.id", "", {"customer": "v.customer"}, made=made)
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)


def complaints(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", help="open, waiting, closed, unfounded, unresolved or withdrawn; repeat it."),
    ] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only this person's cases; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write complaints, the open ones unless told: a row a case; in json and jsonl with all that happened to them.

    \b
    Example:
      csm export complaints all.jsonl --all
      csm export complaints late.csv --problem late-delivery
    """
    from csm.cli import filters, lists
    from csm.domain.records import named
    from csm.services.values import read_term
    from csm.storage.complaint import known as known_cases
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, COMPLAINT, given.fields, view="complaint_list")
    if status:
        conditions.append(equals("v.status", [read_term(named(COMPLAINT, "status"), value) for value in status]))
    usual = [] if status or everything else [Condition("v.status IN ('open', 'waiting')")]
    if owner:
        conditions.append(filters.owned_by(session, owner))
    conditions += exporting.of_customer(session, customer)
    fields = tuple(field for field in COMPLAINT if field.name not in LEFT_OUT)
    nested = NESTED if exporting.form(given, file) in exporting.WITH_NESTED else ()
    made = {"events": known_cases.EVENTS, "preventions": known_cases.PREVENTIONS}
    subject = lists.Subject("complaint_list", (*fields, *nested), "v.id", "", {"customer": "v.customer"}, made=made)
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)
    if not nested and file != "-":
        from csm.cli.output import tell
        from csm.i18n import say

        tell(session, say("a row a case, without its time line; json and jsonl hold everything that happened"))


def promises(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, kept, late, broken or released; repeat it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that ended too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write promises, the open ones unless told.

    \b
    Example:
      csm export promises promises.csv --all --direction ours
    """
    from csm.cli import filters, lists
    from csm.domain.records import named
    from csm.services.values import read_term
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, PROMISE, given.fields, view="promise_list")
    if status:
        conditions.append(equals("v.status", [read_term(named(PROMISE, "status"), value) for value in status]))
    usual = [] if status or everything else [Condition("v.status = 'open'")]
    conditions += exporting.of_customer(session, customer)
    subject = lists.Subject("promise_list", PROMISE, "v.id", "", {"customer": "v.customer"})
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)


def sales(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="open, paid or cancelled; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Cancelled ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write sales, those not cancelled unless told: a row each; in json and jsonl with all payments and signatures.

    \b
    Example:
      csm export sales all.jsonl --all
      csm export sales november.csv --sold 2026-11-01..2026-11-30
    """
    from csm.cli import filters, lists
    from csm.domain.records import named
    from csm.services.values import read_term
    from csm.storage.listing import Condition, equals
    from csm.storage.sale import known as known_sales

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, SALE, given.fields, view="sale_list")
    if status:
        conditions.append(equals("v.status", [read_term(named(SALE, "status"), value) for value in status]))
    usual = [] if status or everything else [Condition("v.status <> 'cancelled'")]
    conditions += exporting.of_customer(session, customer)
    fields = tuple(field for field in SALE if field.name not in LEFT_OUT)
    nested = SETTLED if exporting.form(given, file) in exporting.WITH_NESTED else ()
    made = {"payments": known_sales.PAYMENTS, "signatures": known_sales.SIGNATURES}
    if not nested:
        made["paid_on"] = known_sales.PAID_ON
    subject = lists.Subject("sale_list", (*fields, *nested), "v.id", "", {"customer": "v.customer"}, made=made)
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)
    if not nested and file != "-":
        from csm.cli.output import tell
        from csm.i18n import say

        tell(session, say("what was paid as one sum a row; json and jsonl hold every payment and signature"))


def services(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    messages: Annotated[bool, typer.Option("--messages", help="Only with a message that waits.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Those of archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write services rendered, a row each with what was ticked of its checklist.

    \b
    Example:
      csm export services november.csv --done 2026-11-01..2026-11-30
    """
    from csm.cli import filters, lists
    from csm.storage.listing import Condition
    from csm.storage.service.rows import CHECKS, WAITING

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, SERVICE, given.fields, view="service_list")
    usual = [] if everything else [Condition("v.archived_on IS NULL")]
    if messages:
        conditions.append(WAITING)
    conditions += exporting.of_customer(session, customer)
    fields, made = tuple(field for field in SERVICE if field.name not in LEFT_OUT), None
    if exporting.form(given, file) in exporting.WITH_NESTED:
        fields = tuple(field._replace(kind="json") if field.name == "checks" else field for field in fields)
        made = {"checks": CHECKS}
    subject = lists.Subject("service_list", fields, "v.id", "", {"customer": "v.customer"}, made=made)
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)


def surveys(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    complaint: Annotated[str | None, typer.Option("--complaint", metavar="ID", help="Only after this case.")] = None,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="NAME", help="Only of this owner's customers; repeat it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those of archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write surveys, a row each with every score: dimensions, and items as they stood on the form.

    \b
    Example:
      csm export surveys november.csv --taken 2026-11-01..2026-11-30
    """
    from csm.cli import lists
    from csm.cli.survey import options as survey_values
    from csm.storage.listing import Condition
    from csm.storage.survey.rows import MADE

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = survey_values.conditions(session, SURVEY_FILTERED, given.fields, customer, complaint, owner)
    usual = [] if everything else [Condition("v.archived_on IS NULL")]
    subject = lists.Subject("survey_list", SURVEY, "v.id", "", MADE, made=MADE)
    exporting.write(session, given, subject, conditions, file, encoding, usual=usual)


VERBS: Final = {
    "customers": Verb(customers, "list", filters=CUSTOMER_FILTERS, writes=("file",)),
    "contacts": Verb(contacts, "list", filters=CONTACT_FILTERS, writes=("file",)),
    "callbacks": Verb(callbacks, "list", filters=CALLBACK_FILTERS, writes=("file",)),
    "complaints": Verb(complaints, "list", filters=COMPLAINT_FILTERS, writes=("file",)),
    "promises": Verb(promises, "list", filters=PROMISE_FILTERS, writes=("file",)),
    "sales": Verb(sales, "list", filters=SALE_FILTERS, writes=("file",)),
    "services": Verb(services, "list", filters=SERVICE_FILTERS, writes=("file",)),
    "surveys": Verb(surveys, "list", filters=SURVEY_FILTERS, writes=("file",)),
    "notes": Verb("csm.cli.files.plain_exports:notes", "list", filters=NOTE_FILTERS, writes=("file",)),
    "payments": Verb("csm.cli.files.plain_exports:payments", "list", filters=PAYMENT_FILTERS, writes=("file",)),
    "losses": Verb("csm.cli.files.plain_exports:losses", "list", filters=LOSS_FILTERS, writes=("file",)),
    "pledges": Verb("csm.cli.files.plain_exports:pledges", "list", filters=PLEDGE_FILTERS, writes=("file",)),
    "staff": Verb("csm.cli.files.plain_exports:staff", "list", filters=STAFF_FILTERS, writes=("file",)),
    "settings": Verb("csm.cli.files.plain_exports:settings", "list", filters=SETTING_ROW, writes=("file",)),
    "all": Verb("csm.cli.files.moving:export_all", "write"),
}
