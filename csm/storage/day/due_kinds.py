"""What is due of each kind, as SQL: a SELECT a kind, all with the same columns, that `csm.storage.day.due` joins.

`term` is a value of a closed list that says what it is, `detail` the words beside it; `due_at` is NULL for what has a
day and no time. `priority` tells which customer comes first on one day: key accounts, then grades (what always has a
time goes by that). Cases, promises, deliveries and payments are listed whether or not the card is archived. A new kind
is a SELECT and a line in `KINDS`.
"""

from __future__ import annotations

from typing import Final

from csm.domain.value import Value

COLUMNS: Final = (
    "kind, id, customer_id, contact_id, term, detail, channel, due_on, due_at, owner, level, tries, priority"
)
_PRIORITY: Final = "(key_account IS NULL) * 10 + coalesce(instr('ABC', grade), 4) AS priority"


def _callback(kind: str, origin: str) -> str:
    """Return the open callbacks of an origin as items of a kind; nobody calls who isn't to be contacted."""
    return f"""(
    SELECT '{kind}' AS kind, callback.id, callback.customer_id, callback.contact_id, callback.purpose AS term,
      callback.planned_note AS detail, callback.channel, callback.due_on, callback.due_at, callback.owner,
      NULL AS level, callback.tries, {_PRIORITY}, callback.counts_on
    FROM callback JOIN customer ON customer.id = callback.customer_id
    WHERE callback.status = 'open' AND {origin} AND customer.archived_on IS NULL AND NOT customer.do_not_contact)"""


CALLBACK: Final = _callback("callback", "callback.origin <> 'visit'")
# Visits planned by the frequency on the card (source: handbook 3).
VISIT: Final = _callback("visit", "callback.origin = 'visit'")


def clock(name: str) -> str:
    """Return what is due of a clock of cases; one that is paused while the case waits for the customer isn't."""
    return f"""(
    SELECT '{name}' AS kind, deadline.complaint_id AS id, complaint.customer_id, complaint.contact_id,
      CASE WHEN state.level = 'complaint' THEN state.severity WHEN state.severity = 'general' THEN 'grievance'
        ELSE 'serious-grievance' END AS term,
      complaint.summary AS detail, NULL AS channel, deadline.due_on, deadline.due_at, state.owner,
      state.escalation_level AS level, 0 AS tries, 0 AS priority
    FROM complaint_deadline AS deadline
    JOIN complaint_state AS state ON state.complaint_id = deadline.complaint_id
    JOIN complaint ON complaint.id = deadline.complaint_id
    WHERE deadline.clock = '{name}' AND deadline.standing = 'running')"""


def _approval(join: str, owner: str) -> str:
    return f"""(
    SELECT 'approval' AS kind, state.complaint_id AS id, complaint.customer_id, complaint.contact_id, NULL AS term,
      complaint.summary AS detail, NULL AS channel, state.approval_on AS due_on, NULL AS due_at, {owner} AS owner,
      state.escalation_level AS level, 0 AS tries, {_PRIORITY}
    FROM complaint_state AS state
    {join} complaint ON complaint.id = state.complaint_id
    {join} customer ON customer.id = complaint.customer_id"""


_MAY_DECIDE: Final = "staff.retired_on IS NULL AND staff.level >= state.approval_level"
_LOWEST: Final = f"(SELECT staff.name FROM staff WHERE {_MAY_DECIDE} ORDER BY staff.level, staff.name LIMIT 1)"
# A proposal that waits for its approval: one row a case, for the lowest in rank who may decide.
APPROVAL: Final = f"{_approval('JOIN', _LOWEST)}\n    WHERE state.approval_level IS NOT NULL)"
# The same, one row for each member of staff who may decide.
APPROVAL_BY_DECIDER: Final = f"""{_approval("CROSS JOIN", "staff.name")}
    CROSS JOIN staff ON {_MAY_DECIDE}
    WHERE state.approval_level IS NOT NULL)"""

# A case that is to be escalated, from the day on which that was chosen (source: handbook 6.4).
ESCALATION: Final = f"""(
    SELECT 'escalation' AS kind, state.complaint_id AS id, complaint.customer_id, complaint.contact_id, NULL AS term,
      complaint.summary AS detail, NULL AS channel, state.escalate_on AS due_on, NULL AS due_at, state.owner,
      state.escalation_level AS level, 0 AS tries, {_PRIORITY}
    FROM complaint_state AS state
    JOIN complaint ON complaint.id = state.complaint_id
    JOIN customer ON customer.id = complaint.customer_id
    WHERE state.escalate_on IS NOT NULL)"""

PREVENTION: Final = f"""(
    SELECT 'prevention' AS kind, prevention.complaint_id AS id, complaint.customer_id, complaint.contact_id,
      NULL AS term, prevention.text AS detail, NULL AS channel, prevention.due_on, NULL AS due_at,
      prevention.in_charge AS owner, NULL AS level, 0 AS tries, {_PRIORITY}
    FROM prevention
    JOIN complaint ON complaint.id = prevention.complaint_id
    JOIN customer ON customer.id = complaint.customer_id
    WHERE prevention.done_at IS NULL)"""

# `level` is that of the case a promise was made on, as long as that is open.
PROMISE: Final = """(
    SELECT 'promise' AS kind, promise.id, promise.customer_id,
      (SELECT complaint.contact_id FROM complaint WHERE complaint.id = promise.complaint_id) AS contact_id,
      promise.direction AS term, promise.text AS detail, NULL AS channel, promise.due_on, promise.due_at,
      promise.in_charge AS owner,
      (SELECT state.escalation_level FROM complaint_state AS state
       WHERE state.complaint_id = promise.complaint_id AND state.status IN ('open', 'waiting')) AS level,
      0 AS tries, 0 AS priority
    FROM promise
    WHERE promise.status = 'open')"""

REMINDER: Final = f"""(
    SELECT 'reminder' AS kind, note.id, note.customer_id, NULL AS contact_id, NULL AS term, note.text AS detail,
      NULL AS channel, note.remind_on AS due_on, note.remind_at AS due_at, customer.owner, NULL AS level, 0 AS tries,
      {_PRIORITY}
    FROM note JOIN customer ON customer.id = note.customer_id
    WHERE note.remind_on IS NOT NULL AND note.settled_on IS NULL AND customer.archived_on IS NULL)"""


def _birthdays(prefix: str) -> str:
    """Return the birthdays of one calendar: a birthday has no year of its own, and who reads it says which days count.

    `term` is a lunar birthday as it is stored, NULL for any other; `leap` says that its month is a leap month.
    """
    lunar = f"contact.{prefix}birthday" if prefix else "NULL"
    column = "lunar_month_day" if prefix else "birthday_month_day"
    return f"""(
    SELECT 'birthday' AS kind, contact.id, contact.customer_id, contact.id AS contact_id, {lunar} AS term,
      contact.name AS detail, NULL AS channel, contact.{column} AS month_day, {lunar} LIKE 'leap %' AS leap,
      NULL AS due_at, customer.owner, NULL AS level, 0 AS tries, {_PRIORITY}
    FROM contact JOIN customer ON customer.id = contact.customer_id
    WHERE contact.{prefix}birthday IS NOT NULL AND contact.left_on IS NULL AND customer.archived_on IS NULL
      AND NOT customer.do_not_contact)"""


BIRTHDAY: Final = _birthdays("")
LUNAR_BIRTHDAY: Final = _birthdays("lunar_")

# Goods that were promised for a day and haven't come.
DELIVERY: Final = f"""(
    SELECT 'delivery' AS kind, sale.id, sale.customer_id, NULL AS contact_id, NULL AS term, sale.product AS detail,
      NULL AS channel, sale.delivery_on AS due_on, NULL AS due_at, customer.owner, NULL AS level, 0 AS tries,
      {_PRIORITY}
    FROM sale JOIN customer ON customer.id = sale.customer_id
    WHERE sale.cancelled_on IS NULL AND sale.delivery_on IS NOT NULL AND sale.delivered_on IS NULL)"""

# What is unpaid, as far as nothing that the customer has with us covers it: the contact is who signs the bill next,
# `term` their place in the chain.
PAYMENT: Final = f"""(
    SELECT 'payment' AS kind, unpaid.id, unpaid.customer_id, unpaid.next_contact_id AS contact_id,
      (SELECT sign_off FROM contact WHERE contact.id = unpaid.next_contact_id) AS term,
      -- in a query of its own, so that it is worked out once
      (SELECT printf('%,d.%02d ', asked / 100, asked % 100) FROM (SELECT unpaid.asked_cents AS asked)) || unpaid.product
      AS detail,
      NULL AS channel, unpaid.due_on, NULL AS due_at, unpaid.owner, NULL AS level, 0 AS tries, {_PRIORITY}
    FROM sale_unpaid AS unpaid WHERE unpaid.asked_cents > 0)"""

_BEFORE: Final = """FROM instalment AS e WHERE e.plan_id = instalment.plan_id AND e.cancelled_on IS NULL
        AND (e.due_on, e.id)"""
# What is asked of a part: what is open of it, and of all that is asked of a customer never more than the balance.
PART_ASKED: Final = f"""max(0, min(instalment.amount_cents - instalment.paid_cents,
        (SELECT coalesce(sum(sale.balance_cents), 0) FROM sale WHERE sale.customer_id = plan.customer_id)
        - (SELECT coalesce(sum(payment.amount_cents), 0) FROM payment WHERE payment.customer_id = plan.customer_id)
        - (SELECT coalesce(sum(e.amount_cents - e.paid_cents), 0) {_BEFORE} < (instalment.due_on, instalment.id))))"""


def _instalments(joined: str) -> str:
    """Return the open parts of repayment plans: `term` is the how manieth of its plan a part is, of how many.

    joined: tables in the order in which they are walked, which the statistics of a file would turn round.
    """
    return f"""(
    SELECT 'instalment' AS kind, instalment.id, plan.customer_id, NULL AS contact_id,
      (SELECT count(*) {_BEFORE} <= (instalment.due_on, instalment.id)) || '/'
        || (SELECT count(*) FROM instalment AS e WHERE e.plan_id = plan.id AND e.cancelled_on IS NULL) AS term,
      (SELECT printf('%,d.%02d', asked / 100, asked % 100) FROM (SELECT {PART_ASKED} AS asked)) AS detail,
      NULL AS channel, instalment.due_on, NULL AS due_at, customer.owner, NULL AS level, 0 AS tries, {_PRIORITY}
    FROM {joined} ON plan.id = instalment.plan_id CROSS JOIN customer ON customer.id = plan.customer_id
    WHERE instalment.cancelled_on IS NULL AND instalment.paid_cents < instalment.amount_cents AND {PART_ASKED} > 0)"""


INSTALMENT: Final = _instalments("instalment CROSS JOIN repayment_plan AS plan")
# The same of few customers.
INSTALMENT_OF_FEW: Final = _instalments("repayment_plan AS plan CROSS JOIN instalment")

CONTRACT: Final = f"""(
    SELECT 'contract' AS kind, customer.id, customer.id AS customer_id, NULL AS contact_id, NULL AS term,
      NULL AS detail, NULL AS channel, customer.contract_end_on AS due_on, NULL AS due_at, customer.owner,
      NULL AS level, 0 AS tries, {_PRIORITY}
    FROM customer
    WHERE customer.contract_end_on IS NOT NULL AND customer.archived_on IS NULL)"""

# A guarantee has no day of its own: whoever reads it knows how long which line is guaranteed.
GUARANTEE: Final = f"""(
    SELECT 'guarantee' AS kind, sale.id, sale.customer_id, NULL AS contact_id, sale.line, sale.product AS detail,
      NULL AS channel, sale.guaranteed_from, NULL AS due_at, customer.owner, NULL AS level, 0 AS tries, {_PRIORITY}
    FROM sale JOIN customer ON customer.id = sale.customer_id
    WHERE sale.cancelled_on IS NULL AND sale.amount_cents >= 0 AND customer.archived_on IS NULL)"""


class Kind(Value):
    """How one kind of due item comes into the list.

    lead: setting that says how many days before its day it is shown, "" for none.
    ends: it is shown up to its day and is never overdue.
    yearly: it has no year; its day is found in each year.
    timed: it has a time of day, and is late from that instant on and not from the next day.
    at_times: so has it where one was named.
    clock: it is a clock of a case, and its id is the case's.
    items: its SELECT, in brackets.
    deciders: the same with a row for each person who can settle it, used where only some people's work is asked for.
    of_few: the same in the order in which those of few customers are gathered, where that is another one.
    by_card: its owner is that of the customer's card, and few of everybody's items are walked in order sooner than all
        cards of an owner are gone through.
    of_sale: it is about a sale; there may be many.
    lunar: the same for the lunar calendar, whose days `Wanted.lunar` gives.
    counted: its day is counted from a day on record by rules that only the reader knows, `Wanted.ends`.
    moved: it can be moved, and counts as late by another day than its own, `counts_on`.
    """

    name: str
    items: str
    lead: str = ""
    ends: bool = False
    yearly: bool = False
    timed: bool = False
    at_times: bool = False
    clock: bool = False
    deciders: str = ""
    of_few: str = ""
    by_card: bool = False
    of_sale: bool = False
    counted: bool = False
    lunar: str = ""
    moved: bool = False


KINDS: Final = (
    Kind("callback", CALLBACK, at_times=True, moved=True),
    Kind("visit", VISIT, at_times=True, moved=True),
    Kind("first-response", clock("first-response"), timed=True, clock=True),
    Kind("technician", clock("technician"), timed=True, clock=True),
    Kind("proposal", clock("proposal"), timed=True, clock=True),
    Kind("resolution", clock("resolution"), timed=True, clock=True),
    Kind("approval", APPROVAL, deciders=APPROVAL_BY_DECIDER),
    Kind("escalation", ESCALATION),
    Kind("prevention", PREVENTION),
    Kind("promise", PROMISE, timed=True),
    Kind("delivery", DELIVERY, by_card=True, of_sale=True),
    Kind("payment", PAYMENT, by_card=True, of_sale=True),
    Kind("instalment", INSTALMENT, of_few=INSTALMENT_OF_FEW, by_card=True, of_sale=True),
    Kind("reminder", REMINDER, by_card=True, at_times=True),
    Kind("birthday", BIRTHDAY, lead="due.birthday_lead", ends=True, yearly=True, lunar=LUNAR_BIRTHDAY),
    Kind("contract", CONTRACT, lead="due.contract_lead", ends=True, by_card=True),
    Kind("guarantee", GUARANTEE, lead="due.guarantee_lead", ends=True, by_card=True, of_sale=True, counted=True),
)
