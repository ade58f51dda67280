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

-- Money that came in or went back: for a sale, or on account, where it has no sale. The other half of what was set off
-- stands in `set_off`: that money isn't new.
CREATE VIEW payment_list AS
SELECT
  payment.id, payment.sale_id, sale.external_id, sale.bill, sale.customer_id, customer.name AS customer, sale.product,
  payment.amount_cents, payment.amount_cents / 100.0 AS amount, payment.paid_on, payment.note, payment.by,
  payment.created_at, sale.product AS title, sale.cancelled_on, customer.archived_on, 0 AS on_account, payment.set_off
FROM payment
JOIN sale ON sale.id = payment.sale_id
JOIN customer ON customer.id = sale.customer_id
UNION ALL
SELECT
  payment.id, NULL, NULL, NULL, payment.customer_id, customer.name, NULL,
  payment.amount_cents, payment.amount_cents / 100.0, payment.paid_on, payment.note, payment.by,
  payment.created_at, payment.note, NULL, customer.archived_on, 1, payment.set_off
FROM payment
JOIN customer ON customer.id = payment.customer_id;

CREATE VIEW signature_list AS
SELECT
  signature.id, signature.sale_id, sale.customer_id, customer.name AS customer, signature.contact_id, signature.name,
  signature.sign_off, signature.signed_on, signature.created_at
FROM signature
JOIN sale ON sale.id = signature.sale_id
JOIN customer ON customer.id = sale.customer_id;

-- What a customer has with us on a sale: an open credit note, what was paid above a bill, what was paid for a cancelled
-- sale; the balance is below 0.
CREATE VIEW sale_credit AS
SELECT
  sale.id, sale.customer_id, customer.name AS customer,
  CASE WHEN sale.cancelled_on IS NOT NULL THEN 'cancelled' WHEN sale.amount_cents < 0 THEN 'credit-note'
    ELSE 'overpaid' END AS kind,
  sale.bill, sale.product, sale.amount_cents, sale.paid_cents, sale.balance_cents, sale.sold_on, sale.cancelled_on,
  sale.cancel_reason,
  CASE WHEN sale.cancelled_on IS NOT NULL THEN sale.cancelled_on WHEN sale.amount_cents < 0 THEN sale.sold_on
    ELSE coalesce((SELECT max(paid_on) FROM payment WHERE payment.sale_id = sale.id), sale.sold_on) END AS since,
  customer.owner, customer.region
FROM sale JOIN customer ON customer.id = sale.customer_id
WHERE (sale.cancelled_on IS NULL AND sale.paid_cents > sale.amount_cents)
  OR (sale.cancelled_on IS NOT NULL AND sale.paid_cents > 0);

-- What is left of the money on the account of a customer, which is as old as the oldest payment that is still there when
-- the oldest is used first. Another program can take more from an account than there is: the balance is then above 0.
CREATE VIEW account_list AS
SELECT
  customer.id, customer.id AS customer_id, customer.name AS customer,
  -(SELECT sum(amount_cents) FROM payment WHERE payment.customer_id = customer.id) AS balance_cents,
  coalesce(
    (SELECT max(paid_on) FROM (
      SELECT paid_on, sum(amount_cents) OVER (ORDER BY paid_on DESC, id DESC) AS since
      FROM payment WHERE payment.customer_id = customer.id AND amount_cents > 0)
     WHERE since >= (SELECT sum(amount_cents) FROM payment WHERE payment.customer_id = customer.id)
       AND (SELECT sum(amount_cents) FROM payment WHERE payment.customer_id = customer.id) > 0),
    (SELECT min(paid_on) FROM payment WHERE payment.customer_id = customer.id)) AS since,
  customer.owner, customer.region
FROM customer
WHERE (SELECT sum(amount_cents) FROM payment WHERE payment.customer_id = customer.id) <> 0;

-- What a customer has with us (source: handbook 8), a row a credit.
CREATE VIEW account_credit AS
SELECT customer_id, customer, kind, id AS sale_id, -balance_cents AS cents, since AS since_on FROM sale_credit
UNION ALL
SELECT account_list.customer_id, account_list.customer, 'deposit', NULL, -account_list.balance_cents, account_list.since
FROM (SELECT DISTINCT customer_id FROM payment WHERE customer_id IS NOT NULL) AS account
CROSS JOIN account_list ON account_list.id = account.customer_id;

-- A bill that isn't paid, and where it is stuck: `next_contact_id` is the next of the customer's people who signs, in
-- the order department manager, general manager, finance manager, cashier, after the furthest that has signed.
-- `asked_cents` is what of it the customer is asked to pay: what they have with us and what a repayment plan asks for
-- cover the oldest bills first, so that nobody is asked for more than they owe altogether. csm.domain.sale.account says the same; a test holds the two equal.
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
  customer.key_account, customer.grade,
  CASE
    -- most have nothing with us: two looks into small indexes (that of all sales doesn't hold the balance)
    WHEN NOT EXISTS (SELECT 1 FROM payment WHERE payment.customer_id = customer.id)
      AND NOT EXISTS (SELECT 1 FROM repayment_plan AS plan
        WHERE plan.customer_id = customer.id AND plan.ended_on IS NULL)
      AND NOT EXISTS (
        SELECT 1 FROM sale AS own WHERE own.customer_id = customer.id AND own.balance_cents < 0
          AND ((own.cancelled_on IS NULL AND own.paid_cents > own.amount_cents)
            OR (own.cancelled_on IS NOT NULL AND own.paid_cents > 0)))
    THEN sale.balance_cents
    ELSE max(0, min(sale.balance_cents, sale.balance_cents
      -- what is open on the bills before it
      + (SELECT coalesce(sum(max(0, iif(older.cancelled_on IS NULL, older.amount_cents, 0) - older.paid_cents)), 0)
         FROM sale AS older WHERE older.customer_id = customer.id AND older.sold_on <= sale.sold_on
           AND (older.sold_on < sale.sold_on OR older.id < sale.id))
      -- what covers bills: credits and money on account
      - (SELECT coalesce(sum(-own.balance_cents), 0) FROM sale AS own WHERE own.customer_id = customer.id
           AND ((own.cancelled_on IS NULL AND own.paid_cents > own.amount_cents)
             OR (own.cancelled_on IS NOT NULL AND own.paid_cents > 0)))
      - (SELECT coalesce(sum(amount_cents), 0) FROM payment WHERE payment.customer_id = customer.id)
      -- and what an open repayment plan asks for part by part
      - (SELECT coalesce(sum(part.amount_cents - part.paid_cents), 0)
         FROM repayment_plan AS plan CROSS JOIN instalment AS part ON part.plan_id = plan.id
         WHERE plan.customer_id = customer.id AND plan.ended_on IS NULL AND part.cancelled_on IS NULL AND part.paid_cents < part.amount_cents)))
  END AS asked_cents
FROM sale JOIN customer ON customer.id = sale.customer_id
WHERE (sale.cancelled_on IS NULL AND sale.paid_cents < sale.amount_cents)
  OR (sale.cancelled_on IS NOT NULL AND sale.paid_cents < 0);

-- On which days customers bought: what retention, rhythm and journeys are counted from.
CREATE VIEW purchase_day AS
SELECT DISTINCT sale.customer_id, customer.name AS customer, sale.sold_on
FROM sale JOIN customer ON customer.id = sale.customer_id
WHERE sale.cancelled_on IS NULL AND sale.amount_cents >= 0;

-- What is paid of each part of a plan that goes on, the oldest first: what the plan's customer owes less of its bills than
-- when it was made, each up to the plan's part of it. A bill that is somebody else's now isn't owed any more, like one that
-- was cancelled (source: handbook 8). Triggers keep it in `instalment.paid_cents`.
CREATE VIEW instalment_ticked AS
SELECT i.id, i.plan_id, min(i.amount_cents, max(0,
  (SELECT coalesce(sum(min(b.planned_cents, max(0, b.open_cents
      - iif(s.customer_id = p.customer_id, max(0, s.balance_cents), 0)))), 0)
   FROM plan_bill AS b JOIN sale AS s ON s.id = b.sale_id WHERE b.plan_id = p.id)
  - (SELECT coalesce(sum(e.amount_cents), 0) FROM instalment AS e
     WHERE e.plan_id = p.id AND e.cancelled_on IS NULL AND (e.due_on, e.id) < (i.due_on, i.id)))) AS cents
FROM repayment_plan AS p JOIN instalment AS i ON i.plan_id = p.id
WHERE p.ended_on IS NULL AND i.cancelled_on IS NULL;
