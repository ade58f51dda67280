-- Cases, their events and deadlines, promises, pledges and lessons as lists show them; amounts in cents and in units.
-- Whether a case is overdue depends on now: whoever asks compares `next_due_at` with it.
CREATE VIEW complaint_list AS
SELECT
  state.complaint_id AS id, complaint.customer_id, customer.name AS customer,
  state.level, state.severity, complaint.content, complaint.problem, complaint.summary,
  state.step, state.next_step, state.status, state.escalation_level, state.owner, state.department,
  state.founded, state.responsibility, state.cause,
  state.compensation_cents, state.compensation_cents / 100.0 AS compensation,
  complaint.received_at, state.first_response_at,
  (SELECT due_at FROM complaint_deadline AS d WHERE d.complaint_id = state.complaint_id AND d.clock = 'first-response'
   ORDER BY d.round DESC LIMIT 1) AS first_response_due,
  (SELECT due_at FROM complaint_deadline AS d WHERE d.complaint_id = state.complaint_id AND d.clock = 'proposal'
   ORDER BY d.round DESC LIMIT 1) AS proposal_due,
  (SELECT due_at FROM complaint_deadline AS d WHERE d.complaint_id = state.complaint_id AND d.clock = 'resolution'
   ORDER BY d.round DESC LIMIT 1) AS resolution_due,
  state.implemented_at, state.closed_at, state.waiting_since, state.reopened, state.satisfaction,
  state.next_clock, state.next_due_at,
  complaint.details, complaint.channel, complaint.want,
  complaint.claim_cents, complaint.claim_cents / 100.0 AS claim,
  contact.name AS contact,
  coalesce(
    (SELECT number FROM contact_phone WHERE contact_id = contact.id AND contact.left_on IS NULL ORDER BY id LIMIT 1), customer.phone,
    (SELECT number FROM contact_phone JOIN contact AS c ON c.id = contact_id
     WHERE c.customer_id = complaint.customer_id AND c.left_on IS NULL ORDER BY contact_phone.id LIMIT 1)
  ) AS phone,
  complaint.caller, complaint.caller_phone,
  (SELECT text FROM complaint_event AS e WHERE e.complaint_id = state.complaint_id AND e.step = 'respond'
   AND e.text IS NOT NULL ORDER BY e.id DESC LIMIT 1) AS answer,
  (SELECT text FROM complaint_event AS e WHERE e.complaint_id = state.complaint_id AND e.step = 'implement'
   AND e.text IS NOT NULL ORDER BY e.id DESC LIMIT 1) AS done,
  complaint.about, complaint.found_by, state.live, state.settled_on_spot, state.route, state.failure, state.recovery,
  state.outcome, state.waiting_for, state.lesson, state.missed, state.escalated_by_hand, state.escalated_by_policy,
  state.feedback,
  (SELECT due_at FROM complaint_deadline AS d WHERE d.complaint_id = state.complaint_id AND d.clock = 'technician'
   ORDER BY d.round DESC LIMIT 1) AS technician_due,
  complaint.callback_id, complaint.sale_id, complaint.external_id, complaint.created_at,
  state.late_waiting, state.approval_level, state.approval_on, complaint.contact_id,
  contact.left_on AS contact_left_on, complaint.summary AS title, customer.archived_on, state.void, state.double_of,
  state.recovery_time
FROM complaint_state AS state
JOIN complaint ON complaint.id = state.complaint_id
JOIN customer ON customer.id = complaint.customer_id
LEFT JOIN contact ON contact.id = complaint.contact_id;

-- The cases that count, with all that figures ask of them: one recorded twice or by mistake is in no count. Its state
-- says no time at which it was received, so that every index of figures knows.
CREATE VIEW complaint_counted AS
SELECT
  complaint_id AS id, received_at, mark, level, status, problem, live, response, resolution, response_seconds,
  resolution_seconds, total_seconds, cause, owner, missed, reopened, satisfaction, closed_at
FROM complaint_state WHERE received_at IS NOT NULL;

-- The others, few.
CREATE VIEW complaint_void AS
SELECT complaint_id AS id, void, double_of FROM complaint_state WHERE void IS NOT NULL;

CREATE VIEW complaint_event_list AS
SELECT
  event.id, event.complaint_id, complaint.customer_id, customer.name AS customer, event.at, event.by, event.step,
  event.text, event.level, event.text AS title
FROM complaint_event AS event
JOIN complaint ON complaint.id = event.complaint_id
JOIN customer ON customer.id = complaint.customer_id;

CREATE VIEW complaint_deadline_list AS
SELECT
  deadline.id, deadline.complaint_id, complaint.customer_id, customer.name AS customer, deadline.clock,
  deadline.due_at AS due, deadline.due_on, deadline.met_at, deadline.missed, deadline.round, deadline.start_at,
  deadline.target, deadline.standing, deadline.clock AS title
FROM complaint_deadline AS deadline
JOIN complaint ON complaint.id = deadline.complaint_id
JOIN customer ON customer.id = complaint.customer_id;

CREATE VIEW promise_list AS
SELECT
  promise.id, promise.customer_id, customer.name AS customer, promise.text, promise.direction, promise.in_charge,
  promise.due_at, promise.due_on, promise.kept_at, promise.status,
  promise.compensation_cents, promise.compensation_cents / 100.0 AS compensation,
  promise.pledge_id, promise.complaint_id, promise.clock,
  coalesce(
    (SELECT number FROM contact_phone
     JOIN complaint ON complaint.contact_id = contact_phone.contact_id
     JOIN contact ON contact.id = complaint.contact_id
     WHERE complaint.id = promise.complaint_id AND contact.left_on IS NULL ORDER BY contact_phone.id LIMIT 1),
    customer.phone,
    (SELECT number FROM contact_phone JOIN contact AS c ON c.id = contact_id
     WHERE c.customer_id = promise.customer_id AND c.left_on IS NULL ORDER BY contact_phone.id LIMIT 1)
  ) AS phone,
  promise.ended_text, promise.origin, promise.external_id, promise.created_at, promise.created_by,
  promise.text AS title, customer.archived_on
FROM promise JOIN customer ON customer.id = promise.customer_id;

CREATE VIEW pledge_list AS
SELECT
  id, text, scope, subject, conditions, within, compensation_cents, compensation_cents / 100.0 AS compensation,
  retired_on, created_at, text AS title
FROM pledge;

-- A row for each prevention of a case, one row where it has none; `id` is the case's.
CREATE VIEW lesson_list AS
SELECT
  state.complaint_id AS id, complaint.customer_id, customer.name AS customer, state.closed_at, complaint.problem,
  state.cause, state.lesson,
  (SELECT text FROM complaint_event WHERE complaint_id = state.complaint_id AND step = 'close' ORDER BY id DESC LIMIT 1)
    AS summary,
  prevented.prevention, prevented.in_charge, prevented.due_on AS prevention_due_on,
  prevented.done_at AS prevention_done_at, state.lesson AS title, customer.archived_on
FROM complaint_state AS state
JOIN complaint ON complaint.id = state.complaint_id
JOIN customer ON customer.id = complaint.customer_id
LEFT JOIN (
  -- Several preventions of one case stand in one row; it is done when all of them are.
  SELECT complaint_id, group_concat(text, '; ') AS prevention, group_concat(DISTINCT in_charge) AS in_charge,
    max(due_on) AS due_on, CASE WHEN count(done_at) = count(*) THEN max(done_at) END AS done_at
  FROM prevention GROUP BY complaint_id
) AS prevented ON prevented.complaint_id = state.complaint_id
WHERE state.lesson IS NOT NULL AND state.status IN ('closed', 'unfounded', 'unresolved');
