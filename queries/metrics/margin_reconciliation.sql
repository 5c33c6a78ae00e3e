-- name: metrics.margin_reconciliation
-- purpose: From revenue by way of the clients' margins to what is left after bench, and from the labour in those
--   margins to the service payroll: two chains, in each of which a total is the sum of what stands above it.
-- grain: chain, place
-- params: month_from DATE, month_to DATE
-- needs: invoice_lines, time_entries|tickets
-- uses: technicians
-- columns:
--   chain     VARCHAR        margin or payroll
--   place     BIGINT         its place in the chain
--   step      VARCHAR        the column of metrics.company_margin that it is
--   amount    DECIMAL(28,2)  with the sign by which it adds up; empty where it isn't known
--   is_total  BOOLEAN        whether it is the sum of those above it

with listed as (
    select unnest([
        { 'chain': 'margin', 'place': 1, 'step': 'revenue', 'amount': revenue, 'is_total': true },
        { 'chain': 'margin', 'place': 2, 'step': 'direct_cost', 'amount': -direct_cost, 'is_total': false },
        { 'chain': 'margin', 'place': 3, 'step': 'labour_cost', 'amount': -labour_cost, 'is_total': false },
        { 'chain': 'margin', 'place': 4, 'step': 'gross_margin', 'amount': gross_margin, 'is_total': true },
        { 'chain': 'margin', 'place': 5, 'step': 'bench_labour', 'amount': -bench_labour, 'is_total': false },
        {
            'chain': 'margin', 'place': 6, 'step': 'gross_margin_after_bench', 'amount': gross_margin_after_bench,
            'is_total': true
        },
        { 'chain': 'payroll', 'place': 1, 'step': 'labour_cost', 'amount': labour_cost, 'is_total': true },
        {
            'chain': 'payroll', 'place': 2, 'step': 'labour_outside_payroll', 'amount': -labour_outside_payroll,
            'is_total': false
        },
        { 'chain': 'payroll', 'place': 3, 'step': 'bench_labour', 'amount': bench_labour, 'is_total': false },
        { 'chain': 'payroll', 'place': 4, 'step': 'service_payroll', 'amount': service_payroll, 'is_total': true }
    ]) as said
    from metrics.company_margin($month_from, $month_to)
)

select said.chain as chain, cast(said.place as bigint) as place, said.step as step,
    cast(said.amount as decimal(28, 2)) as amount, said.is_total as is_total
from listed
-- what no line states is no step
where said.step != 'direct_cost' or said.amount is not null
order by chain asc, place asc
