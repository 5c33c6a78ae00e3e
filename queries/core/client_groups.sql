-- name: core.client_groups
-- purpose: The group that each client belongs to in the end: its parent, its parent's parent and so on, or itself.
-- grain: client_key
-- columns:
--   client_key  VARCHAR  key of the client, or of a name that is only a parent
--   parent_key  VARCHAR  key of the group, its own where it has none
--   parent      VARCHAR  name of the group

with recursive known as (
    select client_key, any_value(client) as client from staging.client_names group by client_key
),

merged as (
    select name_key, min(target_key) as target_key from raw.aliases where kind = 'client' group by name_key
),

links as (
    -- what the clients file says, else "Parent:Child" names the parent before the colon, or what that is merged into
    select known.client_key,
        coalesce(
            listed.parent_key,
            case
                when contains(known.client_key, ':')
                    then coalesce(merged.target_key, nullif(trim(split_part(known.client_key, ':', 1)), ''))
            end
        ) as parent_key
    from known
    left join staging.clients as listed on known.client_key = listed.client_key and listed.is_standing
    left join merged on trim(split_part(known.client_key, ':', 1)) = merged.name_key
),

above as (
    select client_key, parent_key from links where parent_key != client_key
    union
    select above.client_key, links.parent_key
    from above
    inner join links on above.parent_key = links.client_key
    where links.parent_key is not null
),

tops as (
    -- where parents name each other in a circle, the first of them by key stands for all
    select above.client_key, coalesce(
        min(above.parent_key) filter (where links.parent_key is null or links.parent_key = links.client_key),
        min(above.parent_key)
    ) as parent_key
    from above
    left join links on above.parent_key = links.client_key
    group by above.client_key
)

select known.client_key, coalesce(tops.parent_key, known.client_key) as parent_key,
    -- one spelling for a group however its members' names begin: its own, else the first of theirs
    coalesce(
        groups.client,
        min(trim(split_part(known.client, ':', 1))) over (partition by coalesce(tops.parent_key, known.client_key))
    ) as parent
from known
left join tops using (client_key)
left join known as groups on coalesce(tops.parent_key, known.client_key) = groups.client_key
