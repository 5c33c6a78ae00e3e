-- name: workspace.picked_versions
-- purpose: The versions of a row's key that were chosen.
-- params: load INTEGER, row BIGINT

select rival.row_number
from raw.conflicts as chosen
inner join raw.conflicts as rival using (load_id, entity, row_key)
inner join raw.picked as picked on picked.load_id = rival.load_id and picked.row_number = rival.row_number
where
    chosen.load_id = $load
    and chosen.row_number = $row
