-- Customer cards as lists show them; amounts both in cents (exact) and in units of the file's currency.
CREATE VIEW customer_list AS
SELECT
  customer.id, code, name, kind, status, grade, key_account, relationship, owner, region, industry, size,
  revenue_cents, revenue_cents / 100.0 AS revenue,
  credit_limit_cents, credit_limit_cents / 100.0 AS credit_limit,
  phone, email, route, route_order,
  (SELECT group_concat(tag, ';') FROM (SELECT tag FROM customer_tag WHERE customer_id = customer.id ORDER BY tag)) AS tags,
  (SELECT max(done_on) FROM callback WHERE customer_id = customer.id AND callback.status = 'done') AS last_contact_on,
  (SELECT min(due_on) FROM callback WHERE customer_id = customer.id AND callback.status = 'open') AS next_callback_on,
  (SELECT count(*) FROM complaint CROSS JOIN complaint_state AS state ON state.complaint_id = complaint.id
   WHERE complaint.customer_id = customer.id AND state.status IN ('open', 'waiting') AND state.level = 'complaint')
    AS open_complaints,
  -- what they owe less what they have on account (source: handbook 8)
  (SELECT coalesce(sum(CASE WHEN cancelled_on IS NULL THEN amount_cents ELSE 0 END - paid_cents), 0)
   FROM sale WHERE sale.customer_id = customer.id)
  - (SELECT coalesce(sum(amount_cents), 0) FROM payment WHERE payment.customer_id = customer.id) AS balance_cents,
  ((SELECT coalesce(sum(CASE WHEN cancelled_on IS NULL THEN amount_cents ELSE 0 END - paid_cents), 0)
   FROM sale WHERE sale.customer_id = customer.id)
  - (SELECT coalesce(sum(amount_cents), 0) FROM payment WHERE payment.customer_id = customer.id)) / 100.0 AS balance,
  created_at, updated_at, external_id, short_name, address, source, referred_by, terms, supply_stopped,
  payment_record, competitors, attitude, promotions,
  category_spend_cents, category_spend_cents / 100.0 AS category_spend,
  contract_start_on, contract_end_on, receiving_hours, goods_place, parking, delivery_wishes,
  visit_every, best_time, channel, do_not_contact, reviewed_on,
  -- The share, in per cent, of the twelve things that csm.domain.card.ESSENTIALS names; a test holds the two equal.
  100 * (
    1
    + (coalesce(phone, '') <> '')
    + (coalesce(email, '') <> '' OR coalesce(address, '') <> '')
    + (coalesce(industry, '') <> '')
    + (coalesce(region, '') <> '')
    + (size IS NOT NULL)
    + (coalesce(source, '') <> '')
    + (coalesce(owner, '') <> '')
    + (grade IS NOT NULL)
    + (relationship IS NOT NULL)
    + (coalesce(best_time, '') <> '' OR coalesce(channel, '') <> '')
    + EXISTS (SELECT 1 FROM contact WHERE contact.customer_id = customer.id AND contact.left_on IS NULL)
  ) / 12 AS completeness,
  archived_on, name_key, pinyin, phone_digits, parent_id,
  (SELECT head.name FROM customer AS head WHERE head.id = customer.parent_id) AS parent
FROM customer;

CREATE VIEW contact_list AS
SELECT
  contact.id, contact.customer_id, customer.name AS customer, contact.name,
  contact.nickname, contact.role,
  -- A short number behind a ; alone would be the extension of the one before it.
  (SELECT trim(group_concat(CASE WHEN length(digits) <= 4 THEN ' ' || number ELSE number END, ';'))
   FROM (SELECT number, digits FROM contact_phone WHERE contact_id = contact.id ORDER BY id)) AS phone,
  contact.email, contact.wechat, contact.birthday, contact.sign_off, contact.remarks,
  contact.family, contact.hobbies, contact.clubs, contact.faith, contact.customs,
  contact.left_on, contact.moved_to, contact.lunar_birthday,
  (SELECT elsewhere.name FROM contact AS now JOIN customer AS elsewhere ON elsewhere.id = now.customer_id
   WHERE now.id = contact.moved_to) AS moved_to_customer,
  customer.archived_on, contact.created_at
FROM contact JOIN customer ON customer.id = contact.customer_id;

CREATE VIEW note_list AS
SELECT
  note.id, note.customer_id, customer.name AS customer, note.noted_at, note.by, note.text AS title, note.text,
  note.remind_on, note.remind_at, note.pinned, note.settled_on, customer.archived_on
FROM note JOIN customer ON customer.id = note.customer_id;

CREATE VIEW staff_list AS
SELECT
  id, name, level, department, phone, email, retired_on, successor,
  (SELECT count(*) FROM customer WHERE owner = staff.name AND archived_on IS NULL)
  + (SELECT count(*) FROM callback WHERE owner = staff.name AND status = 'open')
  + (SELECT count(*) FROM complaint_state WHERE owner = staff.name AND status IN ('open', 'waiting'))
  + (SELECT count(*) FROM promise WHERE in_charge = staff.name AND status = 'open')
  + (SELECT count(*) FROM prevention WHERE in_charge = staff.name AND done_at IS NULL) AS open_work
FROM staff;

CREATE VIEW loss_list AS
SELECT
  loss.id, loss.customer_id, customer.name AS customer, loss.lost_on, loss.kind, loss.cause, loss.text, loss.by,
  loss.won_back_on, loss.won_back_text, loss.won_back_by, loss.created_at, loss.text AS title,
  customer.owner, customer.region, customer.archived_on
FROM loss JOIN customer ON customer.id = loss.customer_id;

CREATE VIEW setting_list AS
SELECT id, key, value, key AS title FROM setting;
