-- name: core.name_spellings
-- purpose: How each client's and technician's name is spelled in the files, before any merging.
-- grain: kind, name_key
-- columns:
--   kind      VARCHAR  client or technician
--   name_key  VARCHAR  key of the name
--   spelling  VARCHAR  its spelling

-- a name that stands for itself is spelled as pages show it
select 'client' as kind, name_key, min(if(name_key = client_key, client, spelling)) as spelling
from staging.client_names
group by name_key
union all
select 'technician' as kind, name_key, min(if(name_key = technician_key, technician, spelling)) as spelling
from staging.technician_names
group by name_key
