"""The charts: a table of numbers becomes a figure, and a figure is drawn on a page."""

from vitals.ui.charts.answer import answer_bars
from vitals.ui.charts.automation import scale_lines
from vitals.ui.charts.components import COMPONENT_SIGNS, component_rows
from vitals.ui.charts.contracts import RENEWAL_SIGNS, ageing_bars, renewal_marks
from vitals.ui.charts.credits import CREDIT_SIGNS, credit_strip
from vitals.ui.charts.drawing import draw, draw_pickable
from vitals.ui.charts.health import left_out_bars
from vitals.ui.charts.margin import gap_bars, margin_bars, months_bars, tier_strip
from vitals.ui.charts.people import (
    CAPACITY_SIGNS,
    DEPENDENCE_SIGNS,
    ROLE_SIGNS,
    capacity_bars,
    dependence_bars,
    level_lines,
    role_bars,
    technician_bars,
    utilisation_rows,
)
from vitals.ui.charts.plans import GATE_SIGNS, criteria_bars, engagement, gate_grid, migration_bridge, proposals
from vitals.ui.charts.pricing import CORRIDOR_SIGNS, client_prices, corridors, crossovers, gains, pricing_curve
from vitals.ui.charts.recurring import (
    CLASS_SIGNS,
    MOVEMENT_SIGNS,
    cohort_grid,
    mix_bars,
    recurring_bridge,
    retention_lines,
)
from vitals.ui.charts.reviews import REVIEW_SIGNS, completion_grid, review_grid
from vitals.ui.charts.service import (
    ATTAINMENT_SIGNS,
    DEMAND_SIGNS,
    attainment_by_month,
    attainment_by_priority,
    backlog_bars,
    demand_bars,
    quality_rows,
)
from vitals.ui.charts.waterfall import waterfall

__all__ = [
    "ATTAINMENT_SIGNS",
    "CAPACITY_SIGNS",
    "CLASS_SIGNS",
    "COMPONENT_SIGNS",
    "CORRIDOR_SIGNS",
    "CREDIT_SIGNS",
    "DEMAND_SIGNS",
    "DEPENDENCE_SIGNS",
    "GATE_SIGNS",
    "MOVEMENT_SIGNS",
    "RENEWAL_SIGNS",
    "REVIEW_SIGNS",
    "ROLE_SIGNS",
    "ageing_bars",
    "answer_bars",
    "attainment_by_month",
    "attainment_by_priority",
    "backlog_bars",
    "capacity_bars",
    "client_prices",
    "cohort_grid",
    "completion_grid",
    "component_rows",
    "corridors",
    "credit_strip",
    "criteria_bars",
    "crossovers",
    "demand_bars",
    "dependence_bars",
    "draw",
    "draw_pickable",
    "engagement",
    "gains",
    "gap_bars",
    "gate_grid",
    "left_out_bars",
    "level_lines",
    "margin_bars",
    "migration_bridge",
    "mix_bars",
    "months_bars",
    "pricing_curve",
    "proposals",
    "quality_rows",
    "recurring_bridge",
    "renewal_marks",
    "retention_lines",
    "review_grid",
    "role_bars",
    "scale_lines",
    "technician_bars",
    "tier_strip",
    "utilisation_rows",
    "waterfall",
]
