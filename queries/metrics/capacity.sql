-- name: metrics.capacity
-- purpose: Whether the client hours that the trend leads to in the next three months fit into contracted time, within
--   the healthy band.
-- grain: one row
-- params: month_to DATE
-- needs: time_entries|tickets, technicians
-- uses: time_off, holidays
-- columns:
--   months           BIGINT   months that the trend is of; fewer than six make none
--   last_month       DATE     the last of them
--   first_ahead      DATE     the first of the three months after it
--   last_ahead       DATE     the last of these
--   hours_a_month    DOUBLE   client hours a month of the trend's months, on average
--   slope            DOUBLE   by how many hours they rise a month
--   expected_hours   DOUBLE   client hours to be expected in the three months
--   capacity_hours   DOUBLE   client hours that contracted time has room for
--   hours_left       DOUBLE   capacity - expected; below 0 is missing
--   spread_hours     DOUBLE   by how much three months usually miss the line: spread of one x the root of three
--   people_left      DOUBLE   hours left / what one technician of 3 months' average net hours has room for
--   net_share        DOUBLE   net hours / contracted hours of the trend's months
--   time_capture     DOUBLE   logged hours / net hours of these months
--   verdict          VARCHAR  room, short, or even where the trend's spread is larger than what is left or missing

with ahead as (
    select min(month_start) as first_ahead, max(month_start) as last_ahead,
        case when count(expected_hours) = count(*) then sum(expected_hours) end as expected_hours,
        sum(capacity_hours) as capacity_hours, share(sum(technicians), count(*)) as technicians
    from metrics.capacity_months($month_to)
)

select trend.months, trend.last_month, ahead.first_ahead, ahead.last_ahead, trend.hours_a_month, trend.slope,
    ahead.expected_hours, ahead.capacity_hours, ahead.capacity_hours - ahead.expected_hours as hours_left,
    trend.spread * sqrt(3) as spread_hours,
    share(
        abs(ahead.capacity_hours - ahead.expected_hours), share(ahead.capacity_hours, ahead.technicians)
    ) * sign(ahead.capacity_hours - ahead.expected_hours) as people_left,
    trend.net_share, team.time_capture,
    case
        when ahead.capacity_hours - ahead.expected_hours > trend.spread * sqrt(3) then 'room'
        when ahead.expected_hours - ahead.capacity_hours > trend.spread * sqrt(3) then 'short'
        when ahead.capacity_hours - ahead.expected_hours is not null then 'even'
    end as verdict
from metrics.capacity_demand($month_to) as trend
cross join ahead
cross join metrics.utilisation(cast($month_to - interval 11 months as date), $month_to) as team
