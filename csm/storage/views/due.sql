-- One view a kind of due item, all with the same columns; csm.storage.due joins them and knows leads and ends.
-- `term` is a value of a closed list that says what it is, `detail` the words beside it.
CREATE VIEW due_callback AS
SELECT
  'callback' AS kind, callback.id, callback.customer_id, callback.contact_id, callback.purpose AS term,
  callback.planned_note AS detail, callback.channel, callback.due_on, callback.owner, NULL AS level, callback.tries,
  callback.planned_note AS title
FROM callback JOIN customer ON customer.id = callback.customer_id
WHERE callback.status = 'open' AND customer.archived_on IS NULL;

CREATE VIEW due_reminder AS
SELECT
  'reminder' AS kind, note.id, note.customer_id, NULL AS contact_id, NULL AS term,
  note.text AS detail, NULL AS channel, note.remind_on AS due_on, customer.owner, NULL AS level, 0 AS tries,
  note.text AS title
FROM note JOIN customer ON customer.id = note.customer_id
WHERE note.remind_on IS NOT NULL AND note.settled_on IS NULL AND customer.archived_on IS NULL;

-- A birthday has no year of its own: whoever reads this view says which days count.
CREATE VIEW due_birthday AS
SELECT
  'birthday' AS kind, contact.id, contact.customer_id, contact.id AS contact_id, NULL AS term,
  contact.name AS detail, NULL AS channel, contact.birthday_month_day AS month_day, customer.owner, NULL AS level,
  0 AS tries, contact.name AS title, contact.birthday
FROM contact JOIN customer ON customer.id = contact.customer_id
WHERE contact.birthday IS NOT NULL AND customer.archived_on IS NULL;
