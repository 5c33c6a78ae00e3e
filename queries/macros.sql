-- What stands once: the guarded share, how names are compared, and each formula over the sums that it is made from.
-- Every workspace holds these, so a query pasted into a DuckDB shell opened on a workspace runs as it stands.

-- part / whole; empty where the whole isn't above 0
create or replace macro share(part, whole) as cast(part as double) / nullif(greatest(whole, 0), 0);

-- revenue whose class is stated or confirmed, of all; a credit without a class counts as an amount without one
create or replace macro classed_share(classed, suggested, unclassified) as
share(classed - suggested, classed + abs(unclassified));

-- a share of what the part belongs to; empty where credits elsewhere make the whole less than it
create or replace macro share_within(part, whole) as case when part <= whole then share(part, whole) end;

-- both ends included
create or replace macro months_in(month_from, month_to) as date_diff('month', month_from, month_to) + 1;

-- a text NFC, without blanks at its ends, with single blanks inside
create or replace macro spelling(written) as trim(regexp_replace(nfc_normalize(written), '[\s\p{Z}]+', ' ', 'g'));

-- what two spellings of one name share; lower() leaves two letters that case folding doesn't, and takes the dot from a
-- third that keeps it
create or replace macro name_key(spelt) as
replace(replace(lower(replace(spelt, 'İ', 'i' || chr(775))), 'ß', 'ss'), 'ς', 'σ');

-- what ways of writing one ticket's number share: #1001, Ticket #1001, 1001.0, 0001001 and 1,001 are 1001, 1001-1 isn't
create or replace macro bare_number(written) as
regexp_replace(regexp_replace(lower(written), '^[\pL\s]*#|[\s\p{Z}\p{Cf}]+', '', 'g'), '^(.*\d)[.,]0+$', '\1');
create or replace macro ticket_number(written) as regexp_replace(
    if(
        regexp_full_match(bare_number(written), '\d{1,3}([,.'']\d{3})+'),
        regexp_replace(bare_number(written), '[,.'']', '', 'g'), bare_number(written)
    ),
    '^([a-z]*-?)0+(\d+)$', '\1\2'
);

-- a word of a short list, such as a status: no_show for " No-Show"
create or replace macro keyword(written) as replace(replace(lower(trim(written)), ' ', '_'), '-', '_');

-- a credit note counts negative, however its file writes it
create or replace macro signed(amount, is_credit) as case when is_credit then -abs(amount) else amount end;

-- what of an amount, in whole units, falls on the first months of those that it is spread over; half is rounded up
create or replace macro spread_until(units, place, months) as
(2 * abs(units) * place + months) // nullif(2 * months, 0);

-- whether a ticket's status says that it is done
create or replace macro says_closed(status) as
regexp_matches(lower(status), '\b(closed|resolved|completed?|done|solved|cancell?ed)\b');

-- a moment on the business clock, from the working time of its day
create or replace macro business_minute(moment, day, opens_at, minutes, minutes_before) as
minutes_before + least(minutes, greatest(0, epoch(moment - day) / 60 - opens_at));

-- cost of an hour: the technician's own, else the assumed one
create or replace macro hour_cost(own_rate, assumed_rate) as cast(coalesce(own_rate, assumed_rate) as decimal(38, 8));

-- what lines say of tools and third-party cost; empty, not 0, where no line of the workspace states any
create or replace macro stated_cost(cost, has_direct_cost) as case when has_direct_cost then cost end;

-- margins and rates
create or replace macro gross_margin_pct(gross_margin, revenue) as share(gross_margin, revenue);
create or replace macro service_gross_margin_pct(service_gross_margin, service_revenue) as
share(service_gross_margin, service_revenue);
create or replace macro managed_gross_margin_pct(managed_gross_margin, managed_revenue) as
share(managed_gross_margin, managed_revenue);
-- neither is of a client without managed revenue
create or replace macro effective_hourly_rate(managed_revenue, managed_cost, managed_hours) as
share(case when managed_revenue > 0 then managed_revenue - managed_cost end, managed_hours);

-- what a technician is paid for a month, of one not employed in full by its weekdays
create or replace macro month_of_pay(hourly_rate, hours_per_week, employed_weekdays, weekdays) as
cast(hourly_rate * hours_per_week * 52 / 12 * employed_weekdays / nullif(weekdays, 0) as decimal(28, 8));

-- working time
create or replace macro utilisation_gross(client_hours, gross_hours) as share(client_hours, gross_hours);
create or replace macro utilisation_net(client_hours, net_hours) as share(client_hours, net_hours);
create or replace macro billable_utilisation(billable_hours, net_hours) as share(billable_hours, net_hours);
-- hours beyond a bound, 0 up to it; empty where either isn't known
create or replace macro hours_beyond(hours, bound) as
cast(case when hours > bound then hours - bound when hours <= bound then 0 end as double);
create or replace macro time_capture(logged_hours, net_hours) as share(logged_hours, net_hours);

-- reviews: owed once a client has been active for a full cadence, on time inside the cadence after the one before
create or replace macro is_review_due(cadence_days, started_on, ends_on, day) as
cadence_days > 0 and coalesce(started_on <= day - cadence_days, false) and ends_on >= day;
create or replace macro is_review_held(last_held_on, cadence_days, day) as
coalesce(last_held_on > day - cadence_days, false);
create or replace macro review_days_overdue(last_held_on, started_on, cadence_days, day) as
day - coalesce(last_held_on, started_on) - cadence_days;
-- before the first review on file nobody knows what was held, except of a client that came later
create or replace macro is_review_known(cadence_days, started_on, first_on, day) as
coalesce(day - cadence_days + 1 >= first_on or started_on >= first_on, false);
create or replace macro completion_pct(completed, due) as share(completed, due);

-- prices over a number of months: what a client pays per seat and for an outcome, what is left, and from which share of
-- automation on that beats hours
create or replace macro price_per_seat(seat_price, users, months) as
cast(seat_price as decimal(18, 4)) * cast(users as decimal(18, 4)) * months;
-- exact in money, so that a cent hangs on no order of rows
create or replace macro kept_of(automation_share) as cast(1 - automation_share as decimal(18, 9));
create or replace macro price_by_the_hour(hours, bill_rate) as hours * cast(bill_rate as decimal(18, 4));
create or replace macro price_of_outcome(labour_cost, tools_cost, target_margin) as
cast(share(labour_cost + tools_cost, 1 - target_margin) as decimal(28, 8));
create or replace macro provider_margin(pays, kept_share, labour_cost, borne_cost) as
pays - kept_share * labour_cost - borne_cost;
create or replace macro crossover_automation_share(pays, tools_cost, pays_by_the_hour) as
1 - share(pays - tools_cost, pays_by_the_hour);

-- whether less of a measure is better, by the words of its name
create or replace macro is_lower_better(measure) as
regexp_matches(
    replace(lower(measure), '_', ' '),
    '\b(downtime|mttr|incidents|tickets|breaches|errors|defects|overdue|backlog|age|minutes|hours|days)\b|'
    || '\bfalse positives\b'
)
and not regexp_matches(replace(lower(measure), '_', ' '), '%|\b(within|under|inside)\b');

-- a quantile of values of which each stands for several, between its neighbours as quantile_cont takes it: upto counts
-- all up to a value, whole all
create or replace macro counted_quantile(value, upto, whole, part) as
min(value) filter (where upto > floor(part * (whole - 1)))
+ max(part * (whole - 1) - floor(part * (whole - 1))) * (
    min(value) filter (where upto > ceil(part * (whole - 1)))
    - min(value) filter (where upto > floor(part * (whole - 1)))
);

-- of the time from opening to resolution the part that the clock stood, of counted times
create or replace macro paused_share(paused_minutes, tickets, hours) as
share(sum(paused_minutes), sum(tickets * hours * 60 + paused_minutes));

-- service levels: more misses than chance explains where the promise is just kept
create or replace macro is_more_than_chance(misses, tickets, target) as
misses > tickets * (1 - target) + 2 * sqrt(tickets * target * (1 - target));

-- prices for an outcome from a client's own history: the weight of its own months against its group's (Buhlmann), its
-- months in blocks of three on end, and the fee that carries cost, risk, credits and margin
create or replace macro credibility(months, clients, within_clients, among_clients) as case
    when clients < 2 then 1
    when among_clients <= 0 then 0
    when within_clients = 0 then 1
    else share(months, months + share(within_clients, among_clients))
end;
create or replace macro weighs_little(credibility) as credibility < 0.3;
create or replace macro blocks_of_three(amounts) as list_transform(
    range(1, len(amounts) - 1),
    lambda place: list_extract(amounts, place) + list_extract(amounts, place + 1) + list_extract(amounts, place + 2)
);
create or replace macro outcome_fee(cost, risk_load, target_margin, credit_pct) as
share(cost + risk_load, 1 - target_margin - credit_pct);

-- whether a client's outcomes may be promised: bounds of the gates, and how far a value is from the worst to the best
create or replace macro is_filled(filled, rows_in_all, at_least) as share(filled, rows_in_all) >= at_least;
create or replace macro is_margin_near(margin, target_margin, gap) as margin >= target_margin - gap;
create or replace macro points(measured, worst, best) as
case when measured is not null then least(greatest((measured - worst) / nullif(best - worst, 0), 0), 1) end;

-- the other rows of a load that contradict one of its rows about a key
create or replace macro rivals_of(of_load, of_row) as table
select rival.row_number
from raw.conflicts as chosen
inner join raw.conflicts as rival using (load_id, entity, row_key)
where chosen.load_id = of_load and chosen.row_number = of_row and rival.row_number != of_row;

-- Wilson's interval of a share at 95 %: its lower end, and its upper one
create or replace macro wilson_end(positive, responses, deviations) as share(
    share(positive, responses) + share(deviations * deviations, 2 * responses) + deviations * sqrt(
        share(positive * (responses - positive), responses * responses * responses)
        + share(deviations * deviations, 4 * responses * responses)
    ),
    1 + share(deviations * deviations, responses)
);
create or replace macro wilson_low(positive, responses) as wilson_end(positive, responses, -1.959964);
create or replace macro wilson_high(positive, responses) as wilson_end(positive, responses, 1.959964);

-- what a client's difference from its tier, for a user and month, comes to in money over all of them
create or replace macro gap_to_tier(user_months, own, of_tier) as
user_months * (cast(own as double) - cast(of_tier as double));

-- whether a part of a gap explains it: a quarter of it at the least
create or replace macro explains(part, gap) as share(part * sign(gap), abs(gap)) >= 0.25;
-- whether a client is about like its tier in something: within a twentieth
create or replace macro is_about_alike(ratio) as ratio between 0.95 and 1.05;

-- the value that all rows of a group have; empty where they differ
create or replace macro where_alike(value) as if(min(value) = max(value), min(value), null);

-- whether a technician's level is the third or senior
create or replace macro is_senior(level) as coalesce(regexp_matches(lower(level), '(^|\D)3(\D|$)|\bsenior\b'), false);

-- a technician's level as a number: what it says, else 3 of a senior and 1 of a junior; empty where it says neither
create or replace macro level_rank(level) as coalesce(
    try_cast(regexp_extract(level, '(\d+)', 1) as integer),
    case when is_senior(level) then 3 when regexp_matches(lower(level), '\bjunior\b') then 1 end
);

-- a share in words, to a tenth of a percent; a signal's sentence is made where its numbers are
create or replace macro in_percent(part) as replace(format('{:.1f} %', 100 * part), '-', '−');
create or replace macro whole_percent(part) as concat(format('{:.0f}', 100 * part), chr(160), '%');
-- what is missing, one after the other; empty where nothing is
create or replace macro all_of_them(wants) as
nullif(array_to_string(list_filter(wants, lambda want: want is not null), '; '), '');
-- thresholds are met within a billionth: sums of doubles end in dust
create or replace macro reaches(found, bound) as round(found, 9) >= bound;

-- what so many of the five signals say together, of those that could be tested
create or replace macro reading_of(fired, tested) as case
    when tested = 0 then null
    when fired = 0 then 'none'
    when fired = 1 then 'watch'
    when fired = 5 then 'redesign'
    else 'structural'
end;

-- by what share a fee would rise, and whether that is more than a client can be asked in one step
create or replace macro fee_rise(offered, fee) as share(offered - fee, fee);
create or replace macro is_steep(rise, renewal_rise) as coalesce(round(rise, 9) > renewal_rise, false);

-- whether an agreement's kind or name says that it is a block of hours, bought once and used up
create or replace macro is_block(pricing_model, agreement_name) as
regexp_matches(lower(concat_ws(' ', pricing_model, agreement_name)), '\b(blocks?|pre-?paid|bucket|bank)\b');

-- whether so many covered months can be made a year: with fewer one quiet or busy month would be told six times over
create or replace macro carries_a_year(months) as months >= 3;

-- whether so many reviews, with a chance between none and all, carry a verdict on when they are held; our judgement
create or replace macro carries_a_verdict(reviews, by_chance) as
reviews >= 20 and by_chance > 0 and by_chance < 1;

-- the exact chance of more misses than so many among tickets that each miss by chance, and of missing a target
create or replace macro chance_of_more(tickets, allowed, miss_chance) as greatest(0, 1 - list_sum(list_transform(
    range(0, cast(least(allowed, tickets) as bigint) + 1),
    lambda misses: exp(
        lgamma(tickets + 1) - lgamma(misses + 1) - lgamma(tickets - misses + 1)
        + if(misses = 0, 0, misses * ln(greatest(miss_chance, 1e-300)))
        + if(misses = tickets, 0, (tickets - misses) * ln(greatest(1 - miss_chance, 1e-300)))
    )
)));
create or replace macro misses_allowed(tickets, target) as floor(round(tickets * (1 - target), 9));
create or replace macro chance_of_miss(tickets, target, truly) as
chance_of_more(tickets, misses_allowed(tickets, target), 1 - truly);

-- which severity a priority is, by its number or its word
create or replace macro severity(priority) as case
    when regexp_matches(lower(priority), '(^|[^0-9])1([^0-9]|$)|\b(critical|urgent|emergency|blocker|highest)\b')
        then 'SEV 1'
    when regexp_matches(lower(priority), '(^|[^0-9])2([^0-9]|$)|\b(high|major)\b') then 'SEV 2'
    when regexp_matches(lower(priority), '(^|[^0-9])3([^0-9]|$)|\b(medium|normal|standard|moderate)\b') then 'SEV 3'
    when regexp_matches(lower(priority), '(^|[^0-9])[45]([^0-9]|$)|\b(low|lowest|minor|trivial)\b') then 'SEV 4'
end;

-- automation of a ticket: minutes that a try saves, failures and their hand-backs taken off, and the success rate from
-- which that covers what it costs
create or replace macro automation_saves(minutes, success_share, handback_minutes) as
success_share * minutes - (1 - success_share) * handback_minutes;
create or replace macro automation_break_even(fixed_each, attempt_cost, minutes, handback_minutes, minute_cost) as
share(fixed_each + attempt_cost + handback_minutes * minute_cost, (minutes + handback_minutes) * minute_cost);
-- how far two mixes of work lie apart (Jensen-Shannon, in bits): each side's part of one category's divergence, and the
-- distance that two mixes of the same work rarely exceed by chance
create or replace macro divergence(part, other) as
case when part > 0 then part * log2(share(2 * part, part + other)) / 2 else 0 end;
create or replace macro chance_distance(categories, worth, compared_worth) as sqrt(
    share(categories - 1 + 2 * sqrt(2 * (categories - 1)), 8 * ln(2)) * (share(1, worth) + share(1, compared_worth))
);

-- whether something billed was not paid on a day, and whether it was in the twelve months up to it
create or replace macro is_unpaid(invoiced_on, paid_on, day) as
invoiced_on <= day and coalesce(paid_on > day, true);
create or replace macro is_paid_lately(paid_on, day) as paid_on <= day and paid_on > day - interval 12 months;
