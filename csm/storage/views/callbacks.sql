-- Callbacks planned and done; `note` is what was said, as long as it is open what was planned. Who has left is still
-- named, but the phone is that of somebody who is there.
CREATE VIEW callback_list AS
SELECT
  callback.id, callback.customer_id, customer.name AS customer,
  coalesce(
    (SELECT number FROM contact_phone WHERE contact_id = contact.id AND contact.left_on IS NULL ORDER BY id LIMIT 1), customer.phone,
    (SELECT number FROM contact_phone JOIN contact AS c ON c.id = contact_id
     WHERE c.customer_id = callback.customer_id AND c.left_on IS NULL ORDER BY contact_phone.id LIMIT 1)
  ) AS phone,
  contact.name AS contact,
  callback.direction, callback.channel, callback.purpose, callback.status, callback.due_on, callback.done_at,
  callback.outcome, callback.satisfaction, callback.tries, CASE callback.status WHEN 'done' THEN callback.note ELSE callback.planned_note END AS note,
  callback.complaint_id, callback.sale_id, callback.every, callback.due_at,
  callback.owner, callback.from_done, callback.objection, callback.suggestion,
  callback.cost_cents, callback.cost_cents / 100.0 AS cost,
  callback.origin, callback.planned_on, callback.series_on, callback.series_time, callback.planned_note, callback.done_on, callback.done_by,
  (SELECT note FROM callback_try WHERE callback_id = callback.id AND note IS NOT NULL ORDER BY at DESC, id DESC LIMIT 1)
    AS last_try,
  callback.after_sale, callback.reason, callback.served_with, callback.external_id, callback.created_at,
  callback.agreed_on, callback.counts_on, customer.best_time,
  customer.region, customer.route, customer.route_order, customer.archived_on
FROM callback
JOIN customer ON customer.id = callback.customer_id
LEFT JOIN contact ON contact.id = callback.contact_id;
