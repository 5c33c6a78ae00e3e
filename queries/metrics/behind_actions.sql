-- name: metrics.behind_actions
-- purpose: The clients that would bring more, each with the amount of the chosen months, why, and what that is a year:
--   what is at stake, amounts below one a month left aside.
-- grain: client_key
-- params: month_from DATE, month_to DATE, client VARCHAR, at_most BIGINT
-- needs: invoice_lines, time_entries|tickets
-- uses: tickets, technicians, clients, agreements
-- columns:
--   client_key     VARCHAR        key of the client
--   client         VARCHAR        the client
--   kind           VARCHAR        reach_tier, reach_target, cover_cost or bill_out_of_scope
--   money_a_year   DECIMAL(28,2)  twelve times the amount / the months
--   money_a_month  DECIMAL(28,2)  the amount / the months
--   amount         DECIMAL(28,2)  the amount over these months
--   months         BIGINT         covered months with revenue or client hours
--   reason         VARCHAR        what costs most against the tier
--   ratio          DOUBLE         in that, the client / its tier
--   hours          DOUBLE         hours out of scope and not billed
--   fee            DECIMAL(28,2)  what it pays a month without products
--   new_fee        DECIMAL(28,2)  that and the amount
--   rows_in_all    BIGINT         clients behind the number, however many are shown
--   whole_in_all   DECIMAL(38,9)  what they would bring a year together

select client_key, client, kind, money_a_year, money_a_month,
    cast(money_a_year * months / 12 as decimal(28, 2)) as amount, months, reason, ratio, hours, fee, new_fee,
    count(*) over () as rows_in_all, cast(sum(money_a_year) over () as decimal(38, 9)) as whole_in_all
from metrics.client_actions($month_from, $month_to)
where money_a_month >= 1 and ($client is null or client = $client)
order by money_a_year desc, client asc
limit $at_most
