-- name: metrics.load_balances
-- purpose: Both sides of every load: rows, money and hours read, and where each of them went.
-- grain: load_id
-- columns:
--   load_id            INTEGER        the load
--   file_name          VARCHAR        the file
--   entity             VARCHAR        the kind of row
--   label              VARCHAR        what the file holds
--   system             VARCHAR        the system whose captions the file has
--   loaded_at          TIMESTAMP      when it was loaded
--   short_hash         VARCHAR        first twelve digits of the file's SHA-256: the same file has the same
--   rows_read          BIGINT         rows after the header
--   rows_loaded        BIGINT         rows that reached the tables, those folded into another included
--   rows_in_use        BIGINT         rows that count
--   rows_replaced      BIGINT         rows for which a row of another load counts
--   rows_quarantined   BIGINT         rows that can't be read
--   rows_set_aside     BIGINT         rows that are no data: totals, titles, duplicates
--   money_read         DECIMAL(28,4)  money in the rows read
--   money_loaded       DECIMAL(28,4)  money loaded
--   money_quarantined  DECIMAL(28,4)  money that can't be used
--   money_set_aside    DECIMAL(28,4)  money in rows set aside
--   hours_read         DECIMAL(28,9)  hours in the rows read
--   hours_loaded       DECIMAL(28,9)  hours loaded
--   hours_quarantined  DECIMAL(28,9)  hours that can't be used
--   hours_set_aside    DECIMAL(28,9)  hours in rows set aside
--   evidence           VARCHAR        how well that caption set is known
--   confidence         DOUBLE         how sure the match of its captions was, as far as it is known
--   is_balanced        BOOLEAN        whether rows, money and hours read are those accounted for
--   undone_at          TIMESTAMP      when it was taken back; empty while in use
--   state              VARCHAR        in_use, taken_back, or nothing_new where all of it was loaded before

with gone as (
    select load_id, count(*) as rows, count(*) filter (where fate = 'already_loaded') as known_rows
    from raw.unused_rows
    group by load_id
),

earlier as (
    select distinct again.load_id
    from raw.loads as again
    inner join raw.loads as first_load
        on again.sha256 = first_load.sha256
        and again.entity = first_load.entity
        and again.load_id > first_load.load_id
        and (first_load.undone_at is null or first_load.undone_at > again.undone_at)
    where again.undone_at is not null
)

select loads.load_id, file_name, entity, concat(upper(entity[1]), replace(entity[2:], '_', ' ')) as label, loads.system,
    loaded_at, left(sha256, 12) as short_hash, rows_read,
    rows_read - rows_quarantined - rows_set_aside as rows_loaded,
    rows_read - rows_quarantined - rows_set_aside - coalesce(gone.rows, 0) as rows_in_use,
    coalesce(gone.rows, 0) as rows_replaced, rows_quarantined, rows_set_aside,
    money_read, money_loaded, money_quarantined, money_set_aside,
    hours_read, hours_loaded, hours_quarantined, hours_set_aside, matches.evidence, matches.confidence,
    rows_read = rows_in_table + coalesce(rows_folded, 0) + rows_quarantined + rows_set_aside
    and coalesce(money_read, 0)
    = coalesce(money_loaded, 0) + coalesce(money_quarantined, 0) + coalesce(money_set_aside, 0)
    and coalesce(hours_read, 0)
    = coalesce(hours_loaded, 0) + coalesce(hours_quarantined, 0) + coalesce(hours_set_aside, 0) as is_balanced,
    undone_at,
    case
        when earlier.load_id is not null or gone.known_rows = rows_in_table then 'nothing_new'
        when undone_at is not null then 'taken_back'
        else 'in_use'
    end as state
from raw.loads as loads
left join gone using (load_id)
left join earlier using (load_id)
left join metrics.load_matches as matches using (load_id)
order by loads.load_id asc
