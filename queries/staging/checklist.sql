-- name: staging.checklist
-- purpose: What the user answers about the components of the operating model.
-- grain: question
-- columns:
--   component  VARCHAR  delivery, people, commercial, technology, client_relationship or metrics
--   question   VARCHAR  what is asked
--   answer     VARCHAR  yes, partly or no; empty while it isn't given

select component, question, answer
from raw.checklist
