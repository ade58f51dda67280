-- One view a kind of due item, all with the same columns; csm.storage.due joins them and knows leads and ends.
-- `term` is a value of a closed list that says what it is, `detail` the words beside it; `due_at` is NULL for what has
-- a day and no time. `priority` tells which customer comes first on one day: key accounts, then grades (what always has
-- a time goes by that). Cases, promises, deliveries and payments are shown whether or not the card is archived.
CREATE VIEW due_callback AS
SELECT
  'callback' AS kind, callback.id, callback.customer_id, callback.contact_id, callback.purpose AS term,
  callback.planned_note AS detail, callback.channel, callback.due_on, callback.due_at, callback.owner, NULL AS level,
  callback.tries, callback.planned_note AS title,
  (customer.key_account IS NULL) * 10 + coalesce(instr('ABC', customer.grade), 4) AS priority
FROM callback JOIN customer ON customer.id = callback.customer_id
WHERE callback.status = 'open' AND customer.archived_on IS NULL;

-- A clock that runs; one that is paused while the case waits for the customer isn't due.
CREATE VIEW due_first_response AS
SELECT
  'first-response' AS kind, deadline.complaint_id AS id, complaint.customer_id, complaint.contact_id,
  CASE WHEN state.level = 'complaint' THEN state.severity WHEN state.severity = 'general' THEN 'grievance'
    ELSE 'serious-grievance' END AS term, complaint.summary AS detail, NULL AS channel, deadline.due_on, deadline.due_at, state.owner,
  state.escalation_level AS level, 0 AS tries, complaint.summary AS title,
  0 AS priority
FROM complaint_deadline AS deadline
JOIN complaint_state AS state ON state.complaint_id = deadline.complaint_id
JOIN complaint ON complaint.id = deadline.complaint_id
WHERE deadline.clock = 'first-response' AND deadline.standing = 'running';

CREATE VIEW due_technician AS
SELECT
  'technician' AS kind, deadline.complaint_id AS id, complaint.customer_id, complaint.contact_id,
  CASE WHEN state.level = 'complaint' THEN state.severity WHEN state.severity = 'general' THEN 'grievance'
    ELSE 'serious-grievance' END AS term, complaint.summary AS detail, NULL AS channel, deadline.due_on, deadline.due_at, state.owner,
  state.escalation_level AS level, 0 AS tries, complaint.summary AS title,
  0 AS priority
FROM complaint_deadline AS deadline
JOIN complaint_state AS state ON state.complaint_id = deadline.complaint_id
JOIN complaint ON complaint.id = deadline.complaint_id
WHERE deadline.clock = 'technician' AND deadline.standing = 'running';

CREATE VIEW due_proposal AS
SELECT
  'proposal' AS kind, deadline.complaint_id AS id, complaint.customer_id, complaint.contact_id,
  CASE WHEN state.level = 'complaint' THEN state.severity WHEN state.severity = 'general' THEN 'grievance'
    ELSE 'serious-grievance' END AS term, complaint.summary AS detail, NULL AS channel, deadline.due_on, deadline.due_at, state.owner,
  state.escalation_level AS level, 0 AS tries, complaint.summary AS title,
  0 AS priority
FROM complaint_deadline AS deadline
JOIN complaint_state AS state ON state.complaint_id = deadline.complaint_id
JOIN complaint ON complaint.id = deadline.complaint_id
WHERE deadline.clock = 'proposal' AND deadline.standing = 'running';

CREATE VIEW due_resolution AS
SELECT
  'resolution' AS kind, deadline.complaint_id AS id, complaint.customer_id, complaint.contact_id,
  CASE WHEN state.level = 'complaint' THEN state.severity WHEN state.severity = 'general' THEN 'grievance'
    ELSE 'serious-grievance' END AS term, complaint.summary AS detail, NULL AS channel, deadline.due_on, deadline.due_at, state.owner,
  state.escalation_level AS level, 0 AS tries, complaint.summary AS title,
  0 AS priority
FROM complaint_deadline AS deadline
JOIN complaint_state AS state ON state.complaint_id = deadline.complaint_id
JOIN complaint ON complaint.id = deadline.complaint_id
WHERE deadline.clock = 'resolution' AND deadline.standing = 'running';

-- A proposal that waits for its approval: one row a case, for the lowest in rank who may decide.
CREATE VIEW due_approval AS
SELECT
  'approval' AS kind, state.complaint_id AS id, complaint.customer_id, complaint.contact_id, NULL AS term,
  complaint.summary AS detail, NULL AS channel, state.approval_on AS due_on, NULL AS due_at,
  (SELECT staff.name FROM staff WHERE staff.retired_on IS NULL AND staff.level >= state.approval_level
   ORDER BY staff.level, staff.name LIMIT 1) AS owner,
  state.escalation_level AS level, 0 AS tries, complaint.summary AS title,
  (customer.key_account IS NULL) * 10 + coalesce(instr('ABC', customer.grade), 4) AS priority
FROM complaint_state AS state
JOIN complaint ON complaint.id = state.complaint_id
JOIN customer ON customer.id = complaint.customer_id
WHERE state.approval_level IS NOT NULL;

-- The same, one row for each member of staff who may decide.
CREATE VIEW due_approval_decider AS
SELECT
  'approval' AS kind, state.complaint_id AS id, complaint.customer_id, complaint.contact_id, NULL AS term,
  complaint.summary AS detail, NULL AS channel, state.approval_on AS due_on, NULL AS due_at, staff.name AS owner,
  state.escalation_level AS level, 0 AS tries, complaint.summary AS title,
  (customer.key_account IS NULL) * 10 + coalesce(instr('ABC', customer.grade), 4) AS priority
FROM complaint_state AS state
CROSS JOIN complaint ON complaint.id = state.complaint_id
CROSS JOIN customer ON customer.id = complaint.customer_id
CROSS JOIN staff ON staff.retired_on IS NULL AND staff.level >= state.approval_level
WHERE state.approval_level IS NOT NULL;

CREATE VIEW due_prevention AS
SELECT
  'prevention' AS kind, prevention.complaint_id AS id, complaint.customer_id, complaint.contact_id, NULL AS term,
  prevention.text AS detail, NULL AS channel, prevention.due_on, NULL AS due_at, prevention.in_charge AS owner,
  NULL AS level, 0 AS tries, prevention.text AS title,
  (customer.key_account IS NULL) * 10 + coalesce(instr('ABC', customer.grade), 4) AS priority
FROM prevention
JOIN complaint ON complaint.id = prevention.complaint_id
JOIN customer ON customer.id = complaint.customer_id
WHERE prevention.done_at IS NULL;

-- `level` is that of the case a promise was made on, as long as that is open.
CREATE VIEW due_promise AS
SELECT
  'promise' AS kind, promise.id, promise.customer_id,
  (SELECT complaint.contact_id FROM complaint WHERE complaint.id = promise.complaint_id) AS contact_id,
  promise.direction AS term, promise.text AS detail, NULL AS channel, promise.due_on, promise.due_at,
  promise.in_charge AS owner,
  (SELECT state.escalation_level FROM complaint_state AS state
   WHERE state.complaint_id = promise.complaint_id AND state.status IN ('open', 'waiting')) AS level,
  0 AS tries, promise.text AS title,
  0 AS priority
FROM promise
WHERE promise.status = 'open';

CREATE VIEW due_reminder AS
SELECT
  'reminder' AS kind, note.id, note.customer_id, NULL AS contact_id, NULL AS term,
  note.text AS detail, NULL AS channel, note.remind_on AS due_on, note.remind_at AS due_at, customer.owner, NULL AS level,
  0 AS tries, note.text AS title,
  (customer.key_account IS NULL) * 10 + coalesce(instr('ABC', customer.grade), 4) AS priority
FROM note JOIN customer ON customer.id = note.customer_id
WHERE note.remind_on IS NOT NULL AND note.settled_on IS NULL AND customer.archived_on IS NULL;

-- A birthday has no year of its own: whoever reads this view says which days count.
CREATE VIEW due_birthday AS
SELECT
  'birthday' AS kind, contact.id, contact.customer_id, contact.id AS contact_id, NULL AS term,
  contact.name AS detail, NULL AS channel, contact.birthday_month_day AS month_day, NULL AS due_at, customer.owner,
  NULL AS level, 0 AS tries, contact.name AS title,
  (customer.key_account IS NULL) * 10 + coalesce(instr('ABC', customer.grade), 4) AS priority, contact.birthday
FROM contact JOIN customer ON customer.id = contact.customer_id
WHERE contact.birthday IS NOT NULL AND contact.left_on IS NULL AND customer.archived_on IS NULL;

-- Goods that were promised for a day and haven't come.
CREATE VIEW due_delivery AS
SELECT
  'delivery' AS kind, sale.id, sale.customer_id, NULL AS contact_id, NULL AS term, sale.product AS detail,
  NULL AS channel, sale.delivery_on AS due_on, NULL AS due_at, customer.owner, NULL AS level, 0 AS tries,
  sale.product AS title,
  (customer.key_account IS NULL) * 10 + coalesce(instr('ABC', customer.grade), 4) AS priority
FROM sale JOIN customer ON customer.id = sale.customer_id
WHERE sale.cancelled_on IS NULL AND sale.delivery_on IS NOT NULL AND sale.delivered_on IS NULL;

-- What is unpaid: the contact is who signs the bill next, `term` their place in the chain.
CREATE VIEW due_payment AS
SELECT
  'payment' AS kind, unpaid.id, unpaid.customer_id, unpaid.next_contact_id AS contact_id,
  (SELECT sign_off FROM contact WHERE contact.id = unpaid.next_contact_id) AS term,
  printf('%,d.%02d ', unpaid.balance_cents / 100, unpaid.balance_cents % 100) || unpaid.product AS detail,
  NULL AS channel, unpaid.due_on, NULL AS due_at, unpaid.owner, NULL AS level, 0 AS tries, unpaid.title,
  (unpaid.key_account IS NULL) * 10 + coalesce(instr('ABC', unpaid.grade), 4) AS priority
FROM sale_unpaid AS unpaid;

CREATE VIEW due_contract AS
SELECT
  'contract' AS kind, customer.id, customer.id AS customer_id, NULL AS contact_id, NULL AS term, NULL AS detail,
  NULL AS channel, customer.contract_end_on AS due_on, NULL AS due_at, customer.owner, NULL AS level, 0 AS tries,
  customer.name AS title,
  (customer.key_account IS NULL) * 10 + coalesce(instr('ABC', customer.grade), 4) AS priority
FROM customer
WHERE customer.contract_end_on IS NOT NULL AND customer.archived_on IS NULL;

-- A guarantee has no day of its own: whoever reads this view knows how long which line is guaranteed.
CREATE VIEW due_guarantee AS
SELECT
  'guarantee' AS kind, sale.id, sale.customer_id, NULL AS contact_id, sale.line, sale.product AS detail,
  NULL AS channel, sale.guaranteed_from, NULL AS due_at, customer.owner, NULL AS level, 0 AS tries,
  sale.product AS title,
  (customer.key_account IS NULL) * 10 + coalesce(instr('ABC', customer.grade), 4) AS priority
FROM sale JOIN customer ON customer.id = sale.customer_id
WHERE sale.cancelled_on IS NULL AND sale.amount_cents >= 0 AND customer.archived_on IS NULL;
