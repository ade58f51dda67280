"""Write records of one kind to a file, or the whole file to a folder."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.cli.survey import FILTERS as SURVEY_FILTERS
from csm.domain.callback.record import CALLBACKS
from csm.domain.complaint.record import COMPLAINTS
from csm.domain.customer.record import CONTACTS, CUSTOMERS, LOSSES, NOTES
from csm.domain.house.record import SETTINGS, STAFF_MEMBERS
from csm.domain.kinds import Field, Kind
from csm.domain.promise.record import PLEDGES, PROMISES
from csm.domain.sale.record import PAYMENTS, SALES
from csm.domain.service.record import SERVICES
from csm.domain.survey.record import SURVEYS


def _without(kind: Kind, *names: str) -> tuple[Field, ...]:
    """Return the fields to filter by: all but the id and those that have an option of their own or can't be found."""
    return tuple(field for field in (*kind.fields, *kind.added) if field.name not in ("id", *names))


FILTERS: Final = (
    (CUSTOMERS, _without(CUSTOMERS, "completeness")),
    (CONTACTS, _without(CONTACTS, "customer_id", "customer", "phone", "lunar_birthday")),
    (CALLBACKS, _without(CALLBACKS, "customer", "note", "phone", "status", "owner")),
    (COMPLAINTS, _without(COMPLAINTS, "customer", "phone", "status", "owner", "overdue", "answer", "done")),
    (PROMISES, _without(PROMISES, "customer", "phone", "status")),
    # An option of `paid` would be that of `paid_on` too; how late a sale is changes every day.
    (SALES, _without(SALES, "customer", "status", "paid_on", "days_late")),
    (SERVICES, _without(SERVICES, "customer", "customer_id", "checks", "not_met")),
    (SURVEYS, SURVEY_FILTERS),
    (NOTES, _without(NOTES, "customer")),
    (PAYMENTS, _without(PAYMENTS, "customer")),
    (LOSSES, _without(LOSSES, "customer")),
    (PLEDGES, _without(PLEDGES)),
    (STAFF_MEMBERS, _without(STAFF_MEMBERS, "phone")),
    (SETTINGS, SETTINGS.fields),
)
VERBS: Final = {
    **{kind.plural: Verb("list", filters=fields, writes=("file",)) for kind, fields in FILTERS},
    "all": Verb("write"),
}
