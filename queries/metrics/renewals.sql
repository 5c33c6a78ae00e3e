-- name: metrics.renewals
-- purpose: The answer to "which contracts come up, and by when must notice be given" on a day.
-- grain: one row
-- params: as_of DATE
-- needs: agreements
-- uses: invoice_lines, clients
-- columns:
--   agreements         BIGINT         agreements on file, not with the MSP itself
--   in_force           BIGINT         of them in force on the day; the others have ended or not begun
--   notices_90         BIGINT         whose last day of notice is within 90 days
--   stake_90           DECIMAL(28,2)  their recurring revenue a month
--   notices_past       BIGINT         whose notice for the next date has gone by
--   stake_past         DECIMAL(28,2)  their recurring revenue a month
--   without_notice     BIGINT         with a date and no days of notice
--   without_date       BIGINT         with neither renewal nor end
--   without_stake      BIGINT         of which neither invoices nor the agreement say what they bring
--   next_client        VARCHAR        the client whose notice comes first
--   next_notice_by     DATE           its last day of notice
--   next_stake         DECIMAL(28,2)  its recurring revenue a month
--   unsaid_agreements  BIGINT         agreements in force that include hours and don't say that they are a block

with listed as (
    select * from metrics.renewal_calendar($as_of)
),

counted as (
    select count(*) as in_force,
        count(*) filter (where days_to_notice <= 90) as notices_90,
        coalesce(sum(at_stake) filter (where days_to_notice <= 90), 0) as stake_90,
        count(*) filter (where state = 'notice_past') as notices_past,
        coalesce(sum(at_stake) filter (where state = 'notice_past'), 0) as stake_past,
        count(*) filter (where state = 'no_notice') as without_notice,
        count(*) filter (where state = 'no_date') as without_date,
        count(*) filter (where at_stake is null) as without_stake
    from listed
),

next as (
    select * from listed where state = 'open' order by notice_by asc, client asc, agreement asc, row_number asc limit 1
),

on_file as (
    select count(*) as agreements
    from core.dim_agreements as agreements
    inner join core.dim_clients as clients on agreements.client_key = clients.client_key and not clients.is_internal
),

unsaid as (
    select count(agreements.unsaid_hours) as unsaid
    from listed
    inner join core.dim_agreements as agreements using (load_id, row_number)
)

select on_file.agreements, counted.in_force, counted.notices_90, cast(counted.stake_90 as decimal(28, 2)) as stake_90,
    counted.notices_past, cast(counted.stake_past as decimal(28, 2)) as stake_past, counted.without_notice,
    counted.without_date, counted.without_stake, next.client as next_client, next.notice_by as next_notice_by,
    next.at_stake as next_stake, unsaid.unsaid as unsaid_agreements
from on_file
cross join counted
cross join unsaid
left join next on true
