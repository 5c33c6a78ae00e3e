"""The tables on screen: a query and the names of its columns, with other words only where the screen needs them."""

from __future__ import annotations

from vitals.ui.page.tables import Table, TableColumn

CLIENT = TableColumn("client", width=170)
TECHNICIAN = TableColumn("technician", width="medium")
FILE = TableColumn("file_name", width="medium")

MARGIN = Table(
    "metrics.client_margin",
    (
        CLIENT,
        "service_tier",
        "gross_margin",
        "gross_margin_pct",
        "service_gross_margin_pct",
        "managed_gross_margin_pct",
        "revenue",
        "direct_cost",
        "labour_cost",
        "labour_hours",
        TableColumn("earned_an_hour", form="money_exact"),
        "assumed_rate_hours",
    ),
)
UTILISATION = Table(
    "metrics.technician_utilisation",
    (
        TECHNICIAN,
        "utilisation_net",
        "billable_utilisation",
        "utilisation_gross",
        "time_capture",
        "client_hours",
        "billable_hours",
        "logged_hours",
        "net_hours",
        "gross_hours",
    ),
)
REVIEWS = Table(
    "metrics.qbr_status",
    (
        CLIENT,
        TableColumn("standing", "Where it stands"),
        TableColumn("days_waited", "Overdue", "days"),
        TableColumn("last_held_on", "Last held"),
        TableColumn("cadence_days", "Every", "days"),
        TableColumn("is_due", "Owed"),
        TableColumn("is_completed", "Held"),
        TableColumn("mrr", "Monthly revenue"),
    ),
)
COMPANY = Table(
    "metrics.company_margin_monthly",
    ("month_start", "revenue", "gross_margin", "gross_margin_pct", "service_gross_margin_pct"),
)
RECURRING = Table(
    "metrics.mrr_bridge",
    (
        "month_start",
        TableColumn("opening", "Before", "money"),
        TableColumn("expansion", "Rises", "money"),
        TableColumn("new", "New clients", "money"),
        TableColumn("reactivation", "Came back", "money"),
        TableColumn("contraction", "Falls", "money"),
        TableColumn("churn", "Lost", "money"),
        TableColumn("closing", "After", "money"),
        "clients",
    ),
)
ATTAINMENT = Table(
    "metrics.sla_attainment",
    (
        "priority",
        "resolution_attainment_pct",
        "resolution_met",
        "resolution_missed",
        "open_past_due",
        "response_attainment_pct",
        "response_met",
        "response_missed",
        "left_out",
    ),
)
RESOLUTION_TIME = Table(
    "metrics.resolution_time", ("priority", "tickets", "median_business_hours", "p90_business_hours")
)
CONSISTENCY = Table(
    "metrics.resolution_consistency", ("category", "technician_share_of_variance", "technicians", "tickets")
)
KEY_PEOPLE = Table(
    "metrics.key_person", (CLIENT, "top_technician", "top_share", "bus_factor", "technicians", "client_hours")
)
CLIENT_MONTHS = Table(
    "metrics.client_margin_monthly",
    ("month_start", "revenue", "direct_cost", "labour_cost", "labour_hours", "gross_margin", "gross_margin_pct"),
)
CLIENT_TECHNICIANS = Table(
    "metrics.client_technicians",
    (
        TECHNICIAN,
        TableColumn("labour_hours", "Hours"),
        TableColumn("hours_share", "Of its hours"),
        "labour_cost",
        TableColumn("hourly_cost", "Cost an hour", "money_exact"),
        "assumed_rate_hours",
    ),
)
CLIENT_REVIEWS = Table(
    "metrics.client_reviews",
    (
        TableColumn("scheduled_on", "Planned for"),
        "held_on",
        TableColumn("is_held", "Counts as held"),
        TableColumn("not_held_because", "Why not", "words"),
    ),
)
PRICING = Table(
    "metrics.pricing_regimes",
    (
        CLIENT,
        TableColumn(
            "outcome_gain", "Outcome less hourly", "money", "Margin under an outcome fee less margin by the hour"
        ),
        TableColumn("provider_margin_hourly", "Margin hourly", "money"),
        TableColumn("provider_margin_per_seat", "Margin per seat", "money"),
        TableColumn("provider_margin_outcome", "Margin outcome", "money"),
        TableColumn("customer_pays_hourly", "Pays hourly", "money"),
        TableColumn("customer_pays_per_seat", "Pays per seat", "money"),
        TableColumn("customer_pays_outcome", "Pays outcome", "money"),
        TableColumn(
            "crossover_automation_share_outcome",
            "Outcome beats hours",
            "from_share",
            "From this share of hours automated",
        ),
    ),
)

WHAT = TableColumn("label", "What it is")
BALANCED = TableColumn("is_balanced", "Balances")
UNDONE = TableColumn("undone_at", "Taken back")
HASH = TableColumn("short_hash", "SHA-256")
SURE = TableColumn(
    "confidence", "How sure", "percent_whole", "How well its captions fit; a dash where you said what is what"
)
EVIDENCE = TableColumn("evidence", "How its captions are known", width=300)

BALANCES = Table(
    "metrics.load_balances",
    (
        FILE,
        WHAT,
        BALANCED,
        "rows_read",
        "rows_in_use",
        "rows_replaced",
        "rows_quarantined",
        "rows_set_aside",
        "money_read",
        "money_loaded",
        "money_quarantined",
        "money_set_aside",
        "hours_read",
        "hours_loaded",
        "hours_quarantined",
        "hours_set_aside",
        UNDONE,
    ),
)
HISTORY = Table(
    "metrics.load_balances",
    (
        FILE,
        WHAT,
        TableColumn("state", help="Only a load in use can be taken back"),
        TableColumn("loaded_at", "When"),
        "rows_read",
        "rows_loaded",
        "rows_quarantined",
        "rows_set_aside",
        HASH,
        "money_loaded",
        "hours_loaded",
        SURE,
        EVIDENCE,
        UNDONE,
    ),
)
ACCOUNTS = Table(
    "metrics.load_accounts",
    (
        FILE,
        WHAT,
        "system",
        SURE,
        EVIDENCE,
        TableColumn("loaded_at", "Loaded"),
        HASH,
        TableColumn("first_month", "From"),
        TableColumn("last_month", "To"),
        TableColumn("months_covered", "Months"),
        TableColumn("missing_months", "Without rows"),
        "rows_in_use",
        "rows_replaced",
        TableColumn("replaced_by", width="medium"),
        TableColumn("rows_replacing", "Replaces"),
    ),
)
STEPS = Table(
    "metrics.step_balances",
    (
        TableColumn("step", form="words", width="medium"),
        TableColumn("measure", "What", "words", width="medium"),
        TableColumn("left_side", "Before"),
        TableColumn("right_side", "After"),
        "difference",
        BALANCED,
    ),
)
FATE = TableColumn(
    "fate",
    "What happened",
    help="It can't be read, waits for you, is no data, or another row counts",
    width=260,
)
LEFT_OUT_COUNTS = Table("metrics.left_out_counts", (TableColumn("words", "Why", width="large"), FATE, FILE, "rows"))
LEFT_OUT = Table(
    "metrics.left_out_first",
    (
        FILE,
        TableColumn("row_number", "Row"),
        FATE,
        TableColumn("words", "Why", width="medium"),
        TableColumn("column_name", form="words"),
        TableColumn("value", "Cell"),
        TableColumn("raw_text", "As found", width="large"),
        TableColumn("stands_for", "Counts in its place", width="medium"),
    ),
)
FLAGS = Table(
    "metrics.flag_counts",
    (TableColumn("label", "What is odd", width="large"), TableColumn("rows", "Rows of the files")),
)
FLAGGED = Table(
    "metrics.flagged_first",
    (
        FILE,
        TableColumn("entity", "What it is", "words"),
        TableColumn("row_number", "Row"),
        TableColumn("detail", "What exactly", width="large"),
    ),
)
