-- Surveys, a respondent's scores each; the scores by item are in `items`, as on the form. `gap` is the mean of perception
-- less expectation over the dimensions that have both.
CREATE VIEW survey_list AS
SELECT
  survey.id, survey.customer_id, customer.name AS customer, survey.taken_on, survey.respondent, survey.subject,
  survey.scale, survey.csat, survey.nps,
  survey.tangibles_e, survey.tangibles_p, survey.reliability_e, survey.reliability_p, survey.responsiveness_e,
  survey.responsiveness_p, survey.assurance_e, survey.assurance_p, survey.empathy_e, survey.empathy_p,
  survey.weights, survey.value, survey.satisfaction, survey.switching, survey.intention, survey.comment,
  (coalesce(survey.tangibles_p - survey.tangibles_e, 0)
    + coalesce(survey.reliability_p - survey.reliability_e, 0)
    + coalesce(survey.responsiveness_p - survey.responsiveness_e, 0)
    + coalesce(survey.assurance_p - survey.assurance_e, 0)
    + coalesce(survey.empathy_p - survey.empathy_e, 0))
    / nullif((survey.tangibles_p - survey.tangibles_e IS NOT NULL)
      + (survey.reliability_p - survey.reliability_e IS NOT NULL)
      + (survey.responsiveness_p - survey.responsiveness_e IS NOT NULL)
      + (survey.assurance_p - survey.assurance_e IS NOT NULL)
      + (survey.empathy_p - survey.empathy_e IS NOT NULL), 0) AS gap,
  survey.complaint_id, survey.items, survey.perceived, survey.shape, survey.external_id, survey.created_at,
  survey.created_by, survey.comment AS title,
  customer.phone, customer.phone_digits, customer.owner, customer.region, customer.grade, customer.archived_on
FROM survey LEFT JOIN customer ON customer.id = survey.customer_id;
