-- name: workspace.take_load_back
-- purpose: Take the rows of a load out and all that hangs on it; its mapping stays if another has its header.
-- entity: any
-- params: load INTEGER, now TIMESTAMP

delete from raw.{entity} where load_id = $load;
delete from raw.conflicting_{entity} where load_id = $load;
delete from raw.quarantine where load_id = $load;
delete from raw.set_aside where load_id = $load;
delete from raw.flags where load_id = $load;
delete from raw.conflicts where load_id = $load;
delete from raw.picked where load_id = $load;
delete from raw.load_currencies where load_id = $load;

delete from raw.mappings
where
    fingerprint in (select mapping ->> 'fingerprint' from raw.loads where load_id = $load)
    and fingerprint not in (
        select mapping ->> 'fingerprint'
        from raw.loads
        where
            load_id <> $load
            and undone_at is null
    );

update raw.loads set undone_at = $now where load_id = $load
