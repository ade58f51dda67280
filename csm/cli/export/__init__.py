"""Write records of one kind to a file, or the whole file to a folder."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.cli.survey import FILTERS as SURVEY_FILTERS
from csm.domain.file_records import LOSS_ROW, NOTE_ROW, PAYMENT_ROW, PLEDGE_ROW, SETTING_ROW, STAFF_ROW
from csm.domain.records import CALLBACK, COMPLAINT, CONTACT, CUSTOMER, PROMISE
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
VERBS: Final = {
    "customers": Verb("list", filters=CUSTOMER_FILTERS, writes=("file",)),
    "contacts": Verb("list", filters=CONTACT_FILTERS, writes=("file",)),
    "callbacks": Verb("list", filters=CALLBACK_FILTERS, writes=("file",)),
    "complaints": Verb("list", filters=COMPLAINT_FILTERS, writes=("file",)),
    "promises": Verb("list", filters=PROMISE_FILTERS, writes=("file",)),
    "sales": Verb("list", filters=SALE_FILTERS, writes=("file",)),
    "services": Verb("list", filters=SERVICE_FILTERS, writes=("file",)),
    "surveys": Verb("list", filters=SURVEY_FILTERS, writes=("file",)),
    "notes": Verb("list", filters=NOTE_FILTERS, writes=("file",)),
    "payments": Verb("list", filters=PAYMENT_FILTERS, writes=("file",)),
    "losses": Verb("list", filters=LOSS_FILTERS, writes=("file",)),
    "pledges": Verb("list", filters=PLEDGE_FILTERS, writes=("file",)),
    "staff": Verb("list", filters=STAFF_FILTERS, writes=("file",)),
    "settings": Verb("list", filters=SETTING_ROW, writes=("file",)),
    "all": Verb("write"),
}
