-- name: metrics.assumptions
-- purpose: What the numbers rest on where the exports say nothing, as it stands now.
-- grain: one row
-- columns:
--   loaded_hourly_cost      DOUBLE   loaded hourly cost, per hour
--   bill_rate               DOUBLE   bill rate, per hour
--   burden_pct              DOUBLE   burden on wages, of the wage
--   hours_per_week          DOUBLE   hours per week, hours
--   working_day_start       DOUBLE   working day starts, local time, in minutes after midnight
--   working_day_end         DOUBLE   working day ends, local time, in minutes after midnight
--   review_cadence_days     DOUBLE   review cadence, days
--   target_gross_margin     DOUBLE   target gross margin, of the fee
--   risk_percentile         DOUBLE   risk percentile, of simulated years
--   sla_target              DOUBLE   sla target, of tickets
--   sla_credit              DOUBLE   sla credit, a missed measure, of the month's fee
--   sla_credit_critical     DOUBLE   sla credit, critical, of the month's fee
--   sla_credit_cap          DOUBLE   sla credit cap, of the month's fee
--   sla_critical            DOUBLE   sla critical below, of tickets
--   sla_min_tickets         DOUBLE   sla minimum volume, tickets
--   hybrid_share            DOUBLE   hybrid share, of the fee
--   gain_share              DOUBLE   gain share, of the saved labour cost
--   onboarding_days         DOUBLE   onboarding, days
--   readiness_months        DOUBLE   readiness: history, months
--   readiness_filled        DOUBLE   readiness: tickets filled in, of tickets
--   readiness_margin_gap    DOUBLE   readiness: margin below the target, of the fee
--   device_price            DOUBLE   device price, per device and month
--   ticket_price            DOUBLE   ticket price, per ticket
--   automation_share        DOUBLE   automation share, of labour hours
--   seat_price              DOUBLE   seat price, per user and month
--   holiday_country         VARCHAR  holidays of, country
--   desk_time_zone          VARCHAR  time zone of the desk, by the name of the IANA
--   billable_work           VARCHAR  hours marked billable are, covered or on top
--   margin_fall             DOUBLE   signal: fall of the service margin, percentage points within a year
--   revenue_growth          DOUBLE   signal: growth of revenue, within a year
--   new_client_effort       DOUBLE   signal: effort of new clients, of older clients' hours
--   senior_account_share    DOUBLE   signal: account work of seniors, of their hours
--   out_of_scope_share      DOUBLE   signal: work out of scope in a month, of client hours
--   out_of_scope_months     DOUBLE   signal: months of scope creep, of twelve months
--   owner_escalation_share  DOUBLE   signal: the owner's escalations, of escalations
--   owner_absence_ratio     DOUBLE   signal: the desk without the owner, of the usual tickets
--   renewal_rise            DOUBLE   rise that one renewal carries, of the fee
--   near_limit              DOUBLE   signal: just above or below its limit, of the limit
--   sev1_users_share        DOUBLE   users that a critical incident stops, of the client's
--   sev2_users_share        DOUBLE   users that a high-priority incident stops

select
    assumption.loaded_hourly_cost, assumption.bill_rate, assumption.burden_pct, assumption.hours_per_week,
    assumption.working_day_start, assumption.working_day_end, assumption.review_cadence_days,
    assumption.target_gross_margin, assumption.risk_percentile, assumption.sla_target, assumption.sla_credit,
    assumption.sla_credit_critical, assumption.sla_credit_cap, assumption.sla_critical, assumption.sla_min_tickets,
    assumption.hybrid_share, assumption.gain_share, assumption.onboarding_days,
    assumption.readiness_months, assumption.readiness_filled, assumption.readiness_margin_gap, assumption.device_price,
    assumption.ticket_price, assumption.automation_share, assumption.seat_price, assumption.holiday_country,
    assumption.desk_time_zone, assumption.billable_work, assumption.margin_fall, assumption.revenue_growth,
    assumption.new_client_effort, assumption.senior_account_share, assumption.out_of_scope_share,
    assumption.out_of_scope_months, assumption.owner_escalation_share, assumption.owner_absence_ratio,
    assumption.renewal_rise, assumption.near_limit, assumption.sev1_users_share, assumption.sev2_users_share
from core.assumption as assumption
