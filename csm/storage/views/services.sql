-- What was done for customers, with its checklist: items not met are early signs beside complaints.
CREATE VIEW service_list AS
SELECT
  service.id, service.external_id, service.customer_id, customer.name AS customer, service.kind, service.phase,
  service.technical, service.place, service.paid_cents, service.paid_cents / 100.0 AS paid,
  service.cost_cents, service.cost_cents / 100.0 AS cost, service.minutes, service.term, service.regular,
  service.done_on, service.by, service.sale_id,
  (SELECT group_concat(item || CASE met WHEN 1 THEN '=yes' ELSE '=no' END, ';')
   FROM (SELECT item, met FROM service_check WHERE service_id = service.id ORDER BY id)) AS checks,
  (SELECT count(*) FROM service_check WHERE service_id = service.id AND met = 0) AS not_met,
  service.message, service.message_done_on, service.message_done_by, service.message_answer, service.note,
  service.created_at, service.created_by, service.kind AS title,
  customer.phone, customer.phone_digits, customer.owner, customer.region, customer.archived_on
FROM service JOIN customer ON customer.id = service.customer_id;

CREATE VIEW service_check_list AS
SELECT
  service_check.id, service_check.service_id, service.customer_id, customer.name AS customer, service.kind,
  service.done_on, service.by, service_check.item, service_check.met, service_check.item AS title,
  customer.owner, customer.region
FROM service_check
JOIN service ON service.id = service_check.service_id
JOIN customer ON customer.id = service.customer_id;
