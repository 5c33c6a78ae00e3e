"""Which caption of which export holds which column of the contract, and of what kind it is."""

from __future__ import annotations

NEEDED = {
    "tickets": ("ticket_id", "opened_at"),
    "ticket_pauses": ("ticket_id", "paused_at"),
    "time_entries": ("worked_on", "hours"),
    "invoice_lines": ("client", "invoiced_on", "amount"),
    "clients": ("client",),
    "technicians": ("technician",),
    "agreements": ("client", "starts_on"),
    "time_off": ("technician", "day"),
    "holidays": ("day",),
    "reviews": ("client",),
    "outcomes": ("client", "month", "measure", "value"),
}
KEYS = {
    "tickets": ("ticket_id",),
    "ticket_pauses": ("ticket_id", "paused_at"),
    "time_entries": ("entry_id",),
    "invoice_lines": ("invoice_number", "line_number"),
    "clients": ("client",),
    "technicians": ("technician", "valid_from"),
    "agreements": ("agreement_id",),
    "time_off": ("technician", "day", "kind"),
    "holidays": ("day",),
    "reviews": ("client", "scheduled_on"),
    "outcomes": ("client", "month", "measure"),
}
RENAMED = {
    "tickets": {
        "Ticket Number": "ticket_id", "Title": "title", "Company": "client", "Created": "opened_at",
        "Complete Date": "resolved_at", "Issue Type": "category", "Status": "status", "Source": "source",
        "Priority": "priority", "Primary Resource": "technician", "Total Hours Worked": "hours",
    },
    "time_entries": {
        "Date": "worked_on", "Member": "technician", "Company": "client", "Hours": "hours", "Work Type": "work_type",
        "Billable": "billable_word",
    },
    "invoice_lines": {
        "ContactName": "client", "InvoiceNumber": "invoice_number", "InvoiceDate": "invoiced_on",
        "LineAmount": "amount", "TaxAmount": "tax", "Description": "item", "DueDate": "due_on", "Type": "type",
    },
}  # fmt: skip
STAMPS = ("opened_at", "resolved_at", "first_response_at", "paused_at", "resumed_at")
HAPPENED = (*STAMPS, "worked_on", "invoiced_on", "held_on", "month")
DATES = (
    "worked_on", "invoiced_on", "service_from", "due_on", "paid_on", "starts_on", "ends_on", "renews_on", "valid_from",
    "day", "scheduled_on", "held_on", "month",
)  # fmt: skip
HOURS = ("hours", "hours_billed")
MONEY = ("amount", "direct_cost", "tax", "billed_amount", "annual_wage", "hourly_cost", "monthly_fee")
NUMBERS = (
    "burden_pct", "hours_per_week", "users", "endpoints", "review_cadence_days", "sla_response_minutes",
    "sla_resolution_minutes", "csat", "service_months", "reopened_count", "touches", "value", "target", "notice_days",
    "included_hours",
)  # fmt: skip
NAMES = ("client", "technician", "parent")
