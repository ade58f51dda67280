-- Sales, their payments and signatures; amounts both in cents (exact) and in units of the file's currency.
-- How late a sale is depends on the day: whoever asks compares `due_on` with it.
CREATE VIEW sale_list AS
SELECT
  sale.id, sale.external_id, sale.bill, sale.customer_id, customer.name AS customer, sale.product, sale.line,
  sale.quantity, sale.unit, sale.amount_cents, sale.amount_cents / 100.0 AS amount,
  sale.sold_on, sale.delivery_on, sale.delivered_on, sale.due_on,
  sale.paid_cents, sale.paid_cents / 100.0 AS paid,
  sale.balance_cents, sale.balance_cents / 100.0 AS balance,
  (SELECT name FROM signature WHERE sale_id = sale.id ORDER BY signed_on DESC, id DESC LIMIT 1) AS signed_by,
  sale.status, sale.serial, sale.install, sale.terms, sale.note,
  (SELECT max(paid_on) FROM payment WHERE sale_id = sale.id) AS paid_on,
  (SELECT signed_on FROM signature WHERE sale_id = sale.id ORDER BY signed_on DESC, id DESC LIMIT 1) AS signed_on,
  sale.cancelled_on, sale.cancel_reason, sale.cancel_id, sale.planned, sale.created_at, sale.created_by,
  sale.guaranteed_from, sale.product AS title,
  customer.phone, customer.phone_digits, customer.owner, customer.region, customer.industry, customer.archived_on
FROM sale JOIN customer ON customer.id = sale.customer_id;

CREATE VIEW payment_list AS
SELECT
  payment.id, payment.sale_id, sale.external_id, sale.bill, sale.customer_id, customer.name AS customer, sale.product,
  payment.amount_cents, payment.amount_cents / 100.0 AS amount, payment.paid_on, payment.note, payment.by,
  payment.created_at, sale.product AS title, sale.cancelled_on, customer.archived_on
FROM payment
JOIN sale ON sale.id = payment.sale_id
JOIN customer ON customer.id = sale.customer_id;

CREATE VIEW signature_list AS
SELECT
  signature.id, signature.sale_id, sale.customer_id, customer.name AS customer, signature.contact_id, signature.name,
  signature.sign_off, signature.signed_on, signature.created_at
FROM signature
JOIN sale ON sale.id = signature.sale_id
JOIN customer ON customer.id = sale.customer_id;

-- A bill that isn't paid, and where it is stuck: `next_contact_id` is the next of the customer's people who signs, in
-- the order department manager, general manager, finance manager, cashier, after the furthest that has signed.
CREATE VIEW sale_unpaid AS
SELECT
  sale.id, sale.customer_id, customer.name AS customer, sale.bill, sale.product, sale.line,
  sale.amount_cents, sale.amount_cents / 100.0 AS amount, sale.paid_cents, sale.paid_cents / 100.0 AS paid,
  sale.balance_cents, sale.balance_cents / 100.0 AS balance, sale.sold_on, sale.due_on,
  (SELECT contact.id FROM contact
   WHERE contact.customer_id = sale.customer_id AND contact.sign_off IS NOT NULL AND contact.left_on IS NULL
     AND instr('department-manager general-manager finance-manager cashier', contact.sign_off) > coalesce(
       (SELECT max(instr('department-manager general-manager finance-manager cashier', signature.sign_off))
        FROM signature WHERE signature.sale_id = sale.id), 0)
   ORDER BY instr('department-manager general-manager finance-manager cashier', contact.sign_off), contact.id
   LIMIT 1) AS next_contact_id,
  coalesce((SELECT max(signed_on) FROM signature WHERE signature.sale_id = sale.id), sale.sold_on) AS since,
  sale.product AS title, customer.owner, customer.region, customer.phone_digits, customer.archived_on,
  customer.key_account, customer.grade
FROM sale JOIN customer ON customer.id = sale.customer_id
WHERE sale.cancelled_on IS NULL AND sale.amount_cents > 0 AND sale.paid_cents < sale.amount_cents;

-- Money that stands on the account of a customer and on no sale, as a balance: below zero it is theirs.
CREATE VIEW account_list AS
SELECT
  customer.id, customer.id AS customer_id, customer.name AS customer,
  -(SELECT sum(amount_cents) FROM payment WHERE payment.customer_id = customer.id) AS balance_cents,
  (SELECT max(paid_on) FROM payment WHERE payment.customer_id = customer.id) AS since,
  customer.owner, customer.region, customer.archived_on
FROM customer
WHERE (SELECT sum(amount_cents) FROM payment WHERE payment.customer_id = customer.id) <> 0;

-- On which days customers bought: what retention, rhythm and journeys are counted from.
CREATE VIEW purchase_day AS
SELECT DISTINCT sale.customer_id, customer.name AS customer, sale.sold_on
FROM sale JOIN customer ON customer.id = sale.customer_id
WHERE sale.cancelled_on IS NULL AND sale.amount_cents >= 0;
