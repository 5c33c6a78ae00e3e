-- name: staging.work_types
-- purpose: What each distinct work type of the time entries is by its words: project, internal, or other known work,
--   and whether it looks after accounts.
-- grain: work_type
-- columns:
--   work_type   VARCHAR  the work type as the file has it
--   is_account  BOOLEAN  account management or sales
--   kind        VARCHAR  project, internal or other; empty if no rule knows it

with spelt as (
    select distinct work_type, concat(' ', trim(regexp_replace(lower(work_type), '[^a-z0-9]+', ' ', 'g')), ' ') as words
    from raw.time_entries
    where trim(work_type) != ''
)

select work_type,
    regexp_matches(words, ' (account (mgmt|management|manager|managing)|pre ?sales|sales|selling) ')
        and not regexp_matches(words, ' (non|not|no) (account|sales) ') as is_account,
    case
        when regexp_matches(words, ' (non|not|no) (project|internal) ') then 'other'
        when regexp_matches(words, '^ (internal|non billable internal) ') then 'internal'
        when regexp_matches(words, ' projects? ') then 'project'
        when
            regexp_matches(
                words,
                ' (support|proactive|admin(istration)?|account|mgmt|management|sales|meetings?|training|remote|'
                'on ?site|maintenance|service|help ?desk|desk|travel|consult(ing|ancy)?|install(ation)?|emergency|'
                'after|overtime|regular|standard|monitoring|phone|bench|billable|incident|request|review|visit|'
                'backup|patching|security) '
            )
            then 'other'
    end as kind
from spelt
