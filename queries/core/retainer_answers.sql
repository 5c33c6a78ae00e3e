-- name: core.retainer_answers
-- purpose: What the user says of each client's engagement, for the questions that no file answers.
-- grain: client_key
-- columns:
--   client_key   VARCHAR  key of the client
--   success      VARCHAR  yes or no: both sides agree on what success is
--   last_review  VARCHAR  outcomes or activity: what the last review was about
--   endpoint     VARCHAR  yes or no: there is a defined end

select names.client_key, answers.success, answers.last_review, answers.endpoint
from staging.retainer_answers as answers
inner join staging.client_names as names on name_key(spelling(answers.client)) = names.name_key
qualify row_number() over (partition by names.client_key order by answers.client asc) = 1
