-- name: metrics.component_parts
-- purpose: What each component of the operating model is judged by on a day: found, and scored from 1 to 5 in
--   proportion between the bounds of the catalogue, which are our judgement.
-- grain: component, part
-- params: as_of DATE
-- needs: invoice_lines
-- uses: time_entries, tickets, technicians, clients, agreements, reviews, time_off, holidays
-- columns:
--   place      BIGINT   place of the part
--   component  VARCHAR  delivery, people, commercial, technology, client_relationship or metrics
--   part       VARCHAR  what is judged, in words
--   measured   VARCHAR  what was found, in words; empty where it can't be measured
--   score      DOUBLE   1 at the worse bound, 5 at the better one; empty where it can't be measured
--   missing    VARCHAR  what to add; empty where nothing is missing

with parts as (
    from (values
        (1, 'delivery', 'resolution_attainment_pct', 'tickets resolved in time', 'tickets with targets'),
        (2, 'delivery', 'technician_share_of_variance', 'effort that hangs on who does it', 'tickets with hours'),
        (3, 'delivery', 'iqr_gross_margin_pct', 'spread of margins in a tier', 'five clients of one tier, with hours'),
        (4, 'people', 'clients_on_one_share', 'clients that hang on one person', 'hours that name a technician'),
        (5, 'people', 'senior_account_share', 'account work of seniors and owners', 'levels, and hours by work type'),
        (6, 'people', 'in_band_share', 'technicians in the healthy band', 'technicians who log nine hours in ten'),
        (7, 'people', 'owner_escalation_share', 'escalations to the owner', 'an owner, and ten escalated tickets'),
        (8, 'commercial', 'out_of_scope_share', 'unbilled work out of scope', 'hours that say they were out of scope'),
        (9, 'commercial', 'target_revenue_share', 'revenue at the target margin', 'hours'),
        (10, 'commercial', 'loss_client_share', 'clients that lose money', 'hours'),
        (11, 'commercial', 'recurring_share', 'recurring revenue', 'classes of the invoiced items'),
        (12, 'technology', 'auto_resolved_share', 'tickets resolved by automation', 'tickets that say so'),
        (13, 'technology', 'tickets_per_user_month', 'tickets a user and month', 'tickets, and users of the clients'),
        (14, 'technology', 'hours_per_ticket', 'hours a ticket', 'tickets with hours'),
        (15, 'client_relationship', 'completion_pct', 'reviews held when owed', 'reviews'),
        (16, 'client_relationship', 'gross_revenue_retention', 'revenue kept over a year', 'invoices a year back'),
        (17, 'client_relationship', 'csat_positive_pct', 'tickets rated well', 'ten tickets with a rating'),
        (18, 'metrics', 'time_capture', 'time that is written down', 'technicians'),
        (19, 'metrics', 'filled_share', 'tickets with categories and first responses', 'tickets'),
        (20, 'metrics', 'classed_share', 'revenue with a confirmed class', 'invoices of covered months')
    ) as listed (place, component, number, part, missing)
),

found as (
    -- in the order of the parts
    select unnest(range(1, 21)) as place, unnest([
        desk.resolution_attainment_pct, desk.technician_share_of_variance, money.iqr_gross_margin_pct,
        people.clients_on_one_share, people.senior_account_share, people.in_band_share, people.owner_escalation_share,
        money.out_of_scope_share, money.target_revenue_share, money.loss_client_share, money.recurring_share,
        desk.auto_resolved_share, desk.tickets_per_user_month, desk.hours_per_ticket, money.completion_pct,
        money.gross_revenue_retention, desk.csat_positive_pct, people.time_capture, desk.filled_share,
        money.classed_share
    ]) as measured
    from metrics.desk_measures($as_of) as desk
    cross join metrics.people_measures($as_of) as people
    cross join metrics.money_measures($as_of) as money
)

select cast(parts.place as bigint) as place, parts.component, parts.part,
    case
        when parts.number in ('tickets_per_user_month', 'hours_per_ticket') then format('{:.2f}', found.measured)
        else in_percent(found.measured)
    end as measured,
    1 + 4 * case
        when parts.number in (
            'technician_share_of_variance', 'iqr_gross_margin_pct', 'clients_on_one_share', 'senior_account_share',
            'owner_escalation_share', 'out_of_scope_share', 'loss_client_share', 'tickets_per_user_month',
            'hours_per_ticket'
        ) then points(found.measured, bounds.high, bounds.low)
        else points(found.measured, bounds.low, bounds.high)
    end as score,
    case when found.measured is null then parts.missing end as missing
from parts
inner join core.benchmark as bounds on bounds.number = 'scored_' || parts.number
inner join found on parts.place = found.place
order by place asc
