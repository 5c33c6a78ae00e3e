"""The tables on screen: a query and the names of its columns, with other words only where the screen needs them."""

from __future__ import annotations

from vitals.ui.page.tables import Table
from vitals.ui.page.tables import TableColumn as Named

CLIENT = Named("client", width=170)
TECHNICIAN = Named("technician", width="medium")
FILE, ROW = Named("file_name", "File", width="medium"), Named("row_number", "Row")
GROSS = Named("gross_margin_pct", "Gross margin, %")
SERVICE = Named("service_gross_margin_pct", "Service margin, %")
ASSUMED = Named("assumed_rate_hours", "At assumed rate")

MARGIN = Table("metrics.client_margin", (
    CLIENT, "service_tier", "gross_margin", GROSS, "revenue", Named("earned_an_hour", form="money_exact"), SERVICE,
    Named("managed_gross_margin_pct", "Managed margin, %"), Named("stated_direct_cost", "Direct cost", "money"),
    "labour_cost", "labour_hours", ASSUMED))  # fmt: skip
GAPS = Table("metrics.client_margin_gap", (
    CLIENT, "service_tier", "gap", Named("main_reason", "Most by", "words"), Named("price", "Price", "money"),
    Named("tools", "Tools", "money"), Named("demand", "Tickets filed", "money"),
    Named("handling", "Time per ticket", "money"), Named("seniority", "Cost of an hour", "money"),
    Named("price_ratio", "Price, of its tier's", "percent_whole"),
    Named("demand_ratio", "Tickets, of its tier's", "percent_whole"),
    Named("handling_ratio", "Time per ticket, of its tier's", "percent_whole"),
    Named("fee_to_tier", "Fee to its tier, above its average", "percent_whole"), Named("user_months", "User-months"),
    Named("clients_in_tier", "Clients in its tier"),
))  # fmt: skip
AGREEMENTS = Table("metrics.agreement_margin", (
    CLIENT, Named("agreement", "Agreement", width=170), Named("gross_margin", "Gross margin", "money"), GROSS,
    Named("revenue", "Revenue", "money"), Named("direct_cost", "Direct cost", "money"),
    Named("labour_cost", "Labour cost", "money"), Named("labour_hours", "Client hours", "hours"),
))  # fmt: skip
UNBILLED = Table("metrics.client_margin", (CLIENT, "service_tier", "labour_cost", "labour_hours", ASSUMED))
UTILISATION = Table("metrics.technician_utilisation", (
    TECHNICIAN, Named("utilisation_net", "Utilisation, net"), "billable_utilisation",
    Named("utilisation_gross", "Utilisation, gross"), "time_capture",
    "client_hours", "billable_hours", "logged_hours", "net_hours", "gross_hours",
))  # fmt: skip
LEVELS = Table("metrics.level_utilisation", (
    "level", Named("utilisation_net", "Utilisation, net"), "technicians", "client_hours", "net_hours", "time_capture",
))  # fmt: skip
LEVEL_MONTHS = Table("metrics.level_utilisation_monthly", (
    "level", "month_start", Named("utilisation_net", "Utilisation, net"), "technicians", "client_hours", "net_hours",
    "time_capture",
))  # fmt: skip
WATCH_LIST = Table("metrics.watch_list", (
    TECHNICIAN, Named("state", "Standing", "words"), Named("months", "Months in a row"),
    Named("since", "Since", "month"), Named("utilisation_net", "Utilisation, net"), "time_capture",
    Named("hours_a_month", "Hours a month", "hours", "Beyond the nearer end of the healthy band"),
))  # fmt: skip
ROLES = Table("metrics.technician_roles", (
    TECHNICIAN, "level", Named("is_owner", "Owner"), Named("other_share", "Both of all hours"),
    Named("account_hours", "Account work"), Named("above_hours", "Above the level"),
    Named("above_cost", "Costs more", "money"), Named("main_category", "Mostly"), "ticket_hours",
    "logged_hours",
))  # fmt: skip
CATEGORY_LEVELS = Table("metrics.category_levels", (
    "category", Named("usual_rank", "Usual level"), Named("level_rank", "Level"),
    Named("ticket_hours", "Hours"), Named("hours_share", "Of the category"), Named("is_above", "Above it"),
))  # fmt: skip
CAPACITY_MONTHS = Table("metrics.capacity_months", (
    "month_start", Named("expected_hours", "To be expected"), Named("capacity_hours", "Fit into the band"),
    Named("hours_left", "Left"), Named("net_hours", "Net hours"), Named("gross_hours", "Contracted hours"),
    "technicians",
))  # fmt: skip
PERSON_DEPENDENCE = Table("metrics.person_dependence", (
    TECHNICIAN, Named("exposed_mrr", "Monthly revenue"), Named("exposed_of_all", "Of all revenue", "percent"),
    Named("clients", "Clients"), Named("categories", "Categories"), Named("largest_client", "Largest", width=170),
))  # fmt: skip
CLIENT_DEPENDENCE = Table("metrics.client_dependence", (
    CLIENT, "top_technician", "top_share", Named("is_on_one", "Half or more"), Named("mrr", "Monthly revenue"),
    "bus_factor", "technicians", "client_hours",
))  # fmt: skip
CATEGORY_DEPENDENCE = Table("metrics.category_dependence", (
    "category", "top_technician", "category_top_share", Named("is_on_one", "Nobody else"),
    Named("tickets", "Tickets ended"), "technicians",
))  # fmt: skip
TECHNICIAN_MONTHS = Table("metrics.technician_months", (
    "month_start", Named("utilisation_net", "Utilisation, net"), "hours_over_band", "hours_of_room", "client_hours",
    "net_hours", "time_capture",
))  # fmt: skip
TECHNICIAN_CLIENTS = Table("metrics.technician_clients", (
    CLIENT, Named("labour_hours", "Hours"), Named("hours_share", "Of the client hours"), "labour_cost",
))  # fmt: skip
ROOM = Table("metrics.technician_room", (
    TECHNICIAN, "hours_of_room", Named("utilisation_net", "Utilisation, net"), "time_capture",
))  # fmt: skip
REVIEWS = Table("metrics.qbr_status", (
    CLIENT, Named("mrr", "Monthly revenue"), Named("standing", "Where it stands"),
    Named("days_waited", "Overdue", "days"), Named("last_held_on", "Last held"),
    Named("cadence_days", "Every", "days"), Named("is_due", "Owed"), Named("is_completed", "Held"),
))  # fmt: skip
REVIEW_GROUPS = Table("metrics.review_groups", (
    Named("group_name", "Manager or tier", width=170), Named("quarter_start", "Quarter", "quarter"),
    Named("completion_pct", "Held when due"), Named("clients_due", "Owed"), Named("clients_completed", "Had it"),
    Named("reviews_held", "Held in the quarter"),
))  # fmt: skip
REVIEW_WARNINGS = Table("metrics.review_warnings", (
    CLIENT, Named("misses_in_row", "Missed in a row"), Named("mrr", "Monthly revenue"), "account_manager",
    Named("first_missed_on", "First missed"), Named("last_missed_on", "Last missed"),
    Named("last_held_on", "Last held"),
))  # fmt: skip
EXPOSURE = Table("metrics.review_exposure", (
    Named("label", "When", width=200), "clients", Named("client_months", "Client months", "count"),
    Named("exposure_share", "Of all months"), "reviews", Named("review_share", "Of all reviews"),
    Named("reviews_per_year", "A client, a year", "number", width=110),
))  # fmt: skip
COMPANY = Table("metrics.company_margin_monthly", (
    "month_start", "revenue", Named("gross_margin", "Before bench"), Named("gross_margin_pct", "Before bench, %"),
    "bench_labour", Named("gross_margin_after_bench", "After bench"),
    Named("gross_margin_after_bench_pct", "After bench, %"), SERVICE,
))  # fmt: skip
RECURRING = Table("metrics.mrr_bridge", (
    "month_start", Named("opening", "Before", "money"), Named("expansion", "Rises", "money"),
    Named("arrived", "New clients", "money"),
    Named("first_seen", "First seen", "money", "Clients whose bill before would lie before the first invoice on file"),
    Named("reactivation", "Came back", "money"),
    Named("contraction", "Falls", "money"), Named("churn", "Lost", "money"),
    Named("closing", "After", "money", "Recurring revenue of the month"), "clients",
    Named("credits", "Credits, apart", "money"), Named("prepaid_beyond_end", "Prepaid beyond the end, apart", "money"),
))  # fmt: skip
TRAJECTORY = Table("metrics.retention_trajectory", (
    "month_start", Named("gross_revenue_retention", "Kept, without rises"),
    Named("net_revenue_retention", "Kept, with rises"), Named("opening_mrr", "A year before"),
    Named("clients_opening", "Clients then"), Named("clients_lost", "Of them lost"),
    Named("logo_churn", "Clients lost, %"),
))  # fmt: skip
COHORTS = Table("metrics.revenue_cohorts", (
    Named("began", "Clients since", width=150), Named("quarters_since", "Quarters since"),
    Named("clients_start", "Clients at first"), Named("clients_kept", "Clients kept"),
    Named("clients_share", "Clients kept, %"),
    Named("mrr_start", "Monthly revenue at first"), Named("mrr_kept", "Monthly revenue kept"),
    Named("mrr_share", "Revenue kept, %"),
))  # fmt: skip
MIX = Table("metrics.revenue_mix", (
    Named("label", "Class", width=150), "revenue", Named("share_of_revenue", "Of all revenue", "percent"),
    Named("share_without_products", "Without products", "percent"), Named("direct_cost", "Tools and resale"),
    Named("left_over", "Left before labour"), "clients", Named("suggested_revenue", "Class suggested"),
))  # fmt: skip
MIX_MONTHS = Table("metrics.revenue_mix_monthly", (
    "month_start", "revenue", Named("recurring_share", "Recurs"),
    Named("recurring_share_without_products", "Recurs, without products", "percent"), "managed", "other_recurring",
    "project", "by_the_hour", "product", "unclassified", Named("stray_credits", "Credits without a class", "money"),
    Named("is_complete", "Whole"),
))  # fmt: skip
LARGEST = Table("metrics.largest_clients", (
    CLIENT, Named("revenue", "Without products"), Named("revenue_share", "Share"),
    Named("cumulative_share", "With all larger ones"), Named("clients", "Clients in it"),
))  # fmt: skip
AGEING = Table("metrics.receivable_ageing", (
    Named("label", "How long due", width=200), "open_amount", Named("share_of_open", "Of what is open", "percent"),
    "invoices", "clients",
))  # fmt: skip
OWED = Table("metrics.open_invoices", (
    CLIENT, Named("invoice_number", "Invoice"), "open_amount", Named("days_overdue", "Overdue", "days"),
    Named("due_on", "Due"), Named("invoiced_on", "Invoiced"),
))  # fmt: skip
PAYING = Table("metrics.client_payments", (
    CLIENT, "overdue_amount", Named("longest_overdue", "Overdue since", "days"),
    Named("overdue_invoices", "Overdue invoices"), "open_amount", Named("days_to_pay", "Days to pay", "days"),
    Named("late_share", "Paid late"), Named("paid_invoices", "Invoices paid in a year"),
))  # fmt: skip
RENEWALS = Table("metrics.renewal_calendar", (
    CLIENT, Named("at_stake", "At stake a month"), Named("said", "Where it stands"), Named("notice_by", "Notice by"),
    Named("renews_on", "Comes up"), Named("comes_as", "As", "words"), Named("agreement", "Agreement", width="medium"),
    Named("stake_basis", "Known from", "words"),
))  # fmt: skip
BLOCKS = Table("metrics.block_hours", (
    CLIENT, Named("agreement", "Block", width="medium"), Named("burnt_share", "Used up", "percent_whole"),
    Named("said", "Where it stands", width=260), Named("month_used_up", "Runs out in", "month"),
    Named("included_hours", "Included", "hours"), Named("burnt_hours", "Used", "hours"),
    Named("left_hours", "Left", "hours"), Named("hours_per_month", "A month", "hours"),
    Named("term_from", "From"), Named("term_to", "To"),
))  # fmt: skip
ATTAINMENT = Table("metrics.sla_attainment", (
    "priority", Named("resolution_attainment_pct", "Resolved in time"), "resolution_met", "resolution_missed",
    "open_past_due", Named("response_attainment_pct", "Answered in time"), "response_met", "response_missed",
    "left_out",
))  # fmt: skip
ATTAINMENT_MONTHS = Table("metrics.sla_attainment_monthly", (
    "priority", "month_start", Named("resolution_attainment_pct", "Resolved in time"), Named("tickets", "Of tickets"),
    "open_past_due", Named("response_attainment_pct", "Answered in time"), Named("answers", "Of tickets answered"),
))  # fmt: skip
RESOLUTION_TIME = Table("metrics.resolution_time", (
    "priority", Named("tickets", "Incidents"), Named("median_business_hours", "Median, business time"),
    Named("p90_business_hours", "Nine in ten, business time"), "paused_share", Named("answered", "Answered"),
    Named("median_response_hours", "Answered, median"), Named("p90_response_hours", "Nine in ten answered"),
))  # fmt: skip
DEMAND = Table("metrics.demand_by_client", (
    CLIENT, Named("reactive_hours", "Reactive hours"), Named("reactive_tickets", "Reactive tickets"),
    Named("reactive_tickets_per_user", "Tickets a user"), Named("reactive_hours_per_user", "Hours a user"),
    Named("reactive_hours_per_endpoint", "Hours a device"), "users", Named("tickets", "Tickets, planned too"),
))  # fmt: skip
DEMAND_CATEGORIES = Table("metrics.demand_by_category", (
    "category", Named("ticket_hours", "Hours"), Named("hours_share", "Of all hours"), "tickets",
    Named("ticket_share", "Of all tickets"), "hours_per_ticket", "clients",
))  # fmt: skip
RECURRING_CAUSES = Table("metrics.recurring_causes", (
    CLIENT, Named("category", width=190), Named("quarters", "Quarters"), Named("quarters_in_all", "Of quarters"),
    "tickets", Named("ticket_hours", "Hours"), Named("most_in_a_quarter", "Most in one"),
    Named("last_quarter", "Last in", "quarter"),
))  # fmt: skip
BACKLOG_AGES = Table("metrics.backlog_ages", (
    Named("age", "Opened", "words"), "tickets", Named("open_share", "Of all open"),
))  # fmt: skip
QUALITY = Table("metrics.service_quality", (
    Named("measure", "Tickets", "words", width=250), Named("rate", "Share", "percent"), Named("found", "Tickets so"),
    Named("tickets", "Of tickets"), Named("rate_low", "From", "percent", "Lower end of where the true share lies"),
    Named("rate_high", "To", "percent", "Upper end of where the true share lies"),
    Named("needs", "What to add", "words", width=240),
))  # fmt: skip
CONSISTENCY = Table("metrics.resolution_consistency", (
    "category", "technician_share_of_variance", "technicians", "tickets",
))  # fmt: skip
CLIENT_MONTHS = Table("metrics.client_margin_monthly", (
    "month_start", "revenue", "direct_cost", "labour_cost", "labour_hours", "gross_margin", GROSS,
))  # fmt: skip
CLIENT_TECHNICIANS = Table("metrics.client_technicians", (
    TECHNICIAN, Named("labour_hours", "Hours"), Named("hours_share", "Of its hours"), "labour_cost",
    Named("hourly_cost", "Cost an hour", "money_exact"), ASSUMED,
))  # fmt: skip
CLIENT_REVIEWS = Table("metrics.client_reviews", (
    Named("scheduled_on", "Planned for"), "held_on", Named("is_held", "Counts as held"),
    Named("not_held_because", "Why not", "words"),
))  # fmt: skip
TIERS = Table("metrics.tier_dispersion", (
    Named("service_tier", "Tier"), "clients", "median_gross_margin_pct", "iqr_gross_margin_pct",
    Named("lowest_client", "Lowest"), Named("highest_client", "Highest"),
))  # fmt: skip
MODELS = Table("metrics.pricing_regimes", (
    Named("regime", "Model", "words"), Named("price_basis", "Priced by", "words"), "customer_pays",
    Named("pays_change", "Change"), "provider_margin", "provider_margin_pct",
    Named("crossover_automation_share", "Beats hours", "from_share"),
))  # fmt: skip
SIGNAL_MONTHS = Table("metrics.signal_margin_months", (
    "month_start", Named("is_year_before", "A year before"),
    Named("service_gross_margin_pct", "Service margin before bench, %"),
    Named("service_gross_margin", "Service margin before bench", "money"),
    Named("service_revenue", "Without products", "money"),
))  # fmt: skip
NEW_CLIENTS = Table("metrics.new_client_effort", (
    CLIENT, "service_tier", "start_month", Named("months", "Months counted"),
    Named("effort_ratio", "Of the usual hours", "percent"), Named("hours", "Hours", "hours"),
    Named("usual_hours", "Usual hours", "hours"),
))  # fmt: skip
SENIORS = Table("metrics.senior_account_work", (
    TECHNICIAN, "level", "is_owner", Named("senior_account_share", "Of the hours", "percent"),
    Named("senior_account_hours", "Accounts and sales", "hours"), Named("senior_hours", "Hours", "hours"),
))  # fmt: skip
SCOPE_CREEP = Table("metrics.scope_creep_year", (
    "month_start", Named("is_over", "Counts"), Named("out_of_scope_share", "Out of scope, unbilled", "percent"),
    Named("out_of_scope_hours", "Hours", "hours"), Named("stated_hours", "Client hours", "hours"),
))  # fmt: skip
ESCALATIONS = Table("metrics.owner_escalations", (
    "ticket_id", CLIENT, Named("technician", "Owner"), "opened_at", "priority", "category", "hours",
))  # fmt: skip
COMPONENTS = Table("metrics.components", (
    Named("component", "Component", "words", width=150), Named("data_score", "By the data", "tenths", width=90),
    Named("checklist_score", "By your answers", "tenths", width=110), Named("evidence", "What was found", width=560),
    Named("needs", "What is missing", width=280), Named("parts_measured", "Parts measured"),
    Named("answered", "Answered"),
))  # fmt: skip
COMPONENT_PARTS = Table("metrics.component_parts", (
    Named("component", "Component", "words", width=150), Named("part", "Judged by", width=240),
    Named("measured", "Found"), Named("score", "Score, 1 to 5", "tenths"),
    Named("missing", "What is missing", width=280),
))  # fmt: skip
BACKLOG = Table("metrics.backlog_monthly", (
    "month_start", "opened", "ended", Named("open_at_end", "Open at its end"),
    Named("open_over_30_days", "Over 30 days"), Named("median_age_days", "Median age, days", "tenths"),
))  # fmt: skip
WHAT = Named("label", "What it is")
BALANCED = Named("is_balanced", "Balances")
UNDONE = Named("undone_at", "Taken back")
HASH = Named("short_hash", "SHA-256")
SURE = Named("confidence", "How sure", "percent_whole", "How well its captions fit; a dash where you said what is what")
EVIDENCE = Named("evidence", "How its captions are known", width=300)
FATE = Named(
    "fate", "What happened", help="It can't be read, waits for you, is no data, or another row counts", width=260
)

BALANCES = Table("metrics.load_balances", (
    FILE, WHAT, BALANCED, "rows_read", "rows_in_use", "rows_replaced", "rows_quarantined", "rows_set_aside",
    "money_read", "money_loaded", "money_quarantined", "money_set_aside",
    "hours_read", "hours_loaded", "hours_quarantined", "hours_set_aside", UNDONE,
))  # fmt: skip
HISTORY = Table("metrics.load_balances", (
    FILE, WHAT, Named("state", help="Only a load in use can be taken back"), Named("loaded_at", "When"),
    "rows_read", "rows_loaded", "rows_quarantined", "rows_set_aside", HASH, "money_loaded", "hours_loaded",
    SURE, EVIDENCE, UNDONE,
))  # fmt: skip
ACCOUNTS = Table("metrics.load_accounts", (
    FILE, WHAT, Named("first_month", "From"), Named("last_month", "To"), Named("months_covered", "Months"),
    Named("missing_months", "Without rows"), "system", SURE, EVIDENCE, Named("loaded_at", "Loaded"), HASH,
    "rows_in_use", "rows_replaced", Named("replaced_by", width="medium"), Named("rows_replacing", "Replaces"),
))  # fmt: skip
STEPS = Table("metrics.step_balances", (
    Named("step", form="words", width="medium"), Named("measure", "What", "words", width="medium"),
    Named("left_side", "Before"), Named("right_side", "After"), "difference", BALANCED,
))  # fmt: skip
LEFT_OUT_COUNTS = Table("metrics.left_out_counts", (Named("words", "Why", width="large"), FATE, FILE, "rows"))
LEFT_OUT = Table("metrics.left_out_first", (
    FILE, ROW, FATE, Named("words", "Why", width="medium"), Named("column_name", form="words"),
    Named("value", "Cell"), Named("raw_text", "As found", width="large"),
    Named("stands_for", "Counts in its place", width="medium"),
))  # fmt: skip
FLAGS = Table("metrics.flag_counts", (Named("label", "What is odd", width="large"), Named("rows", "Rows of the files")))
FLAGGED = Table("metrics.flagged_first", (
    FILE, Named("entity", "What it is", "words"), ROW, Named("detail", "What exactly", width="large"),
))  # fmt: skip
INVOICE_LINES = Table("metrics.behind_invoice_lines", (
    CLIENT, Named("revenue", "Revenue in these months", "money_exact"),
    Named("direct_cost", "Cost in these months", "money_exact"), "invoiced_on", "invoice_number", "item",
    "revenue_class", Named("amount", "Whole line", "money_exact"), "service_months", "first_month", "is_internal", FILE,
    ROW,
))  # fmt: skip
LABOUR = Table("metrics.behind_labour", (
    CLIENT, TECHNICIAN, Named("hours", form="number"), Named("labour_cost", form="money_exact"), "worked_on",
    "is_internal", "is_managed", "is_billable", "is_project", FILE, ROW,
))  # fmt: skip
TICKETS = Table("metrics.behind_tickets", (
    "ticket_id", CLIENT, TECHNICIAN, "priority", "category", "opened_at", "responded_at", "resolved_at",
    "response_minutes", "response_target", "resolution_minutes", "resolution_target",
    Named("effort_hours", "Hours", "number"), "is_auto_resolved", "escalated", "reopened_count", "csat", FILE, ROW,
))  # fmt: skip
REVIEW_ROWS = Table("metrics.behind_reviews", (
    CLIENT, "held_on", "scheduled_on", "is_held", "not_held_because", FILE, ROW,
))  # fmt: skip
PAYMENTS = Table("metrics.behind_payments", (
    CLIENT, Named("owed", "Amount and tax", "money_exact"), Named("days_to_pay", form="days"),
    Named("days_overdue", form="days"), "invoiced_on", "due_on", "paid_on", "invoice_number", FILE, ROW,
))  # fmt: skip
REVIEWS_OWED = Table("metrics.behind_reviews_owed", (
    CLIENT, "is_completed", "last_held_on", "cadence_days", Named("days_overdue", form="days"), "started_on",
    "account_manager", Named("mrr", "Recurring revenue a month", "money_exact"),
))  # fmt: skip
CAPACITY = Table("metrics.behind_capacity", (
    TECHNICIAN, "month_start", Named("gross_hours", "Contracted hours", "number"),
    Named("off_hours", "Leave and holidays", "number"), Named("net_hours", "Net hours", "number"),
    Named("logged_hours", "Logged hours", "number"), Named("client_hours", "Client hours", "number"),
    Named("billable_hours", "Billable hours", "number"),
))  # fmt: skip
AT_STAKE = Table("metrics.behind_actions", (
    CLIENT, Named("money_a_year", "A year", "money_exact"), Named("money_a_month", "A month", "money_exact"),
    Named("kind", "To do what", "words"), Named("amount", "In these months", "money_exact"), "months",
    Named("reason", "What costs most", "words"), Named("ratio", "Of the tier's", "percent"),
    Named("hours", "Hours out of scope", "number"), Named("fee", "Pays a month", "money_exact"),
    Named("new_fee", "Would pay a month", "money_exact"),
))  # fmt: skip
