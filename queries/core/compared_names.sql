-- name: core.compared_names
-- purpose: The names of clients and technicians as they are compared: without accents, punctuation and legal form.
-- grain: kind, name_key
-- columns:
--   kind      VARCHAR  client or technician
--   name_key  VARCHAR  key of the name
--   name      VARCHAR  the name as shown
--   is_child  BOOLEAN  whether it stands inside a group, as Parent:Child
--   parent    VARCHAR  what stands before the colon
--   words     VARCHAR  its words, apart by blanks
--   letters   VARCHAR  its words without blanks
--   initials  VARCHAR  the first letters of its words

with known as (
    select distinct 'client' as kind, client_key as name_key, client as name
    from staging.client_names
    where is_client
    union all
    select distinct 'technician' as kind, technician_key as name_key, technician as name
    from staging.technician_names
),

shortened as (
    -- "Parent:Child" in one file is often just the child in another
    select *, contains(name_key, ':') as is_child, split_part(name_key, ':', 1) as parent, trim(regexp_replace(
        replace(strip_accents(regexp_replace(name_key, '^.*:', '')), '&', ' and '),
        '[^a-z0-9]+(ltd|limited|llc|llp|inc|incorporated|corp|corporation|co|company|plc|gmbh|pty|bv|sa)\b|[^a-z0-9]+',
        ' ', 'g'
    )) as words
    from known
)

select *, replace(words, ' ', '') as letters, regexp_replace(words, '([a-z0-9])[a-z0-9]* ?', '\1', 'g') as initials
from shortened
where words <> ''
