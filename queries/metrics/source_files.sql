-- name: metrics.source_files
-- purpose: The files in use that everything rests on, with the hash by which each can be told again.
-- grain: load_id
-- columns:
--   load_id           INTEGER    the load
--   file_name         VARCHAR    the file
--   entity            VARCHAR    what it holds
--   sha256            VARCHAR    hash of its bytes
--   file_bytes        BIGINT     its size
--   loaded_at         TIMESTAMP  when it was loaded
--   system            VARCHAR    the system whose captions it has; empty for our own
--   rows_read         BIGINT     rows below the captions
--   rows_loaded       BIGINT     of them loaded
--   rows_quarantined  BIGINT     of them not to be read
--   rows_set_aside    BIGINT     of them no data: totals, titles, duplicates
--   money_read        DOUBLE     money on the rows read; empty of files without any
--   money_loaded      DOUBLE     of it on rows loaded
--   money_left        DOUBLE     of it on rows quarantined or set aside
--   mapping           VARCHAR    which column was read as what

select loads.load_id, loads.file_name, replace(loads.entity, '_', ' ') as entity, loads.sha256, loads.file_bytes,
    loads.loaded_at, balances.system, balances.rows_read, balances.rows_loaded, balances.rows_quarantined,
    balances.rows_set_aside, cast(balances.money_read as double) as money_read,
    cast(balances.money_loaded as double) as money_loaded,
    cast(balances.money_quarantined + balances.money_set_aside as double) as money_left, loads.mapping
from raw.loads as loads
inner join metrics.load_balances as balances using (load_id)
where loads.undone_at is null
order by loads.load_id asc
