-- name: metrics.load_accounts
-- purpose: The account of each load in use: file, how well its captions are known, which months, what it replaced.
-- grain: load_id
-- columns:
--   load_id          INTEGER    the load
--   file_name        VARCHAR    the file
--   entity           VARCHAR    the kind of row
--   label            VARCHAR    what the file holds
--   short_hash       VARCHAR    first twelve digits of the file's SHA-256: the same file has the same
--   file_bytes       BIGINT     size of the file
--   loaded_at        TIMESTAMP  when it was loaded
--   system           VARCHAR    the system whose captions the file has; empty for our own
--   evidence         VARCHAR    how well that caption set is known
--   confidence       DOUBLE     how sure the match of its captions was, as far as it is known
--   header_row       INTEGER    row of the captions
--   rows_in_use      BIGINT     rows that count
--   rows_replaced    BIGINT     rows for which a row of another load counts
--   replaced_by      VARCHAR    the files whose rows count instead
--   rows_replacing   BIGINT     rows of other loads that these replace
--   first_month      DATE       first month with a row in use
--   last_month       DATE       last month with a row in use
--   months_covered   BIGINT     months with a row in use
--   missing_months   BIGINT     months between without a single row, of files about what happens every month
--   missing_in       VARCHAR    which, oldest first
--   warnings         VARCHAR    what looked wrong with the file, one sentence after the other
--   mapping          VARCHAR    which column was read as what, as JSON

with covered as (
    select load_id, sum(rows) as rows, min(month_start) as first_month, max(month_start) as last_month,
        count(month_start) as months
    from core.load_months
    group by load_id
),

gone as (
    select unused.load_id, count(*) as rows,
        string_agg(distinct loads.file_name, ', ' order by loads.file_name) as files
    from raw.unused_rows as unused
    left join raw.loads as loads on unused.by_load_id = loads.load_id
    group by unused.load_id
),

taken as (
    select by_load_id as load_id, count(*) as rows from raw.unused_rows where fate != 'already_loaded' group by all
)

select loads.load_id, loads.file_name, loads.entity, concat(upper(loads.entity[1]), replace(loads.entity[2:], '_', ' '))
    as label, left(loads.sha256, 12) as short_hash, loads.file_bytes, loads.loaded_at,
    matches.system, matches.evidence, matches.confidence,
    loads.header_row, cast(coalesce(covered.rows, 0) as bigint) as rows_in_use, coalesce(gone.rows, 0) as rows_replaced,
    gone.files as replaced_by, coalesce(taken.rows, 0) as rows_replacing, covered.first_month, covered.last_month,
    coalesce(covered.months, 0) as months_covered, coalesce(gaps.months, 0) as missing_months, gaps.words as missing_in,
    nullif(concat_ws(' ', warned.words, capped.words), '') as warnings, loads.mapping
from raw.loads as loads
left join metrics.load_matches as matches using (load_id)
left join covered using (load_id)
left join gone using (load_id)
left join taken using (load_id)
left join core.load_gaps as gaps using (load_id)
left join core.load_caps as capped using (load_id)
left join metrics.load_warnings as warned using (load_id)
where loads.undone_at is null
order by loads.load_id asc
