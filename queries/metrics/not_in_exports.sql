-- name: metrics.not_in_exports
-- purpose: What a buyer asks for and no export of tickets and billing holds, with what it would take, and the bound of
--   those who name one.
-- grain: place
-- columns:
--   place    BIGINT   its place
--   item     VARCHAR  what is asked for
--   because  VARCHAR  why these exports don't say it
--   needs    VARCHAR  what it would take
--   bound    VARCHAR  the bound that buyers name; empty where none
--   source   VARCHAR  who names it

select cast(place as bigint) as place, item, because, needs, bound, source
from (values
    (1, 'Adjusted EBITDA', 'overhead, rent and the owner''s pay are in no invoice line', 'the general ledger',
    'two million for a platform, half a million for an add-on',
    'Evergreen, via channele2e.com, MSP valuation worksheet'),
    (2, 'Bridge from accounts to EBITDA', 'it begins with the profit and loss account', 'the general ledger', null,
    null),
    (3, 'Add-backs and the owner''s pay at market', 'what is private or happens once is not marked',
    'the general ledger with its vouchers', null, null),
    (4, 'Net working capital and its peg', 'stock, payables and accruals are missing', 'balance sheets by month', null,
    null),
    (5, 'Debt and what is like debt', 'loans, leases and tax owed are missing', 'the balance sheet', null, null),
    (6, 'Tax', 'invoices say what was charged, not what was filed', 'tax returns', null, null),
    (7, 'Legal and signed contracts', 'a row of an agreements file is no signed paper', 'the signed papers',
    'more than 20 % of the recurring clients without one',
    'dealflow-os.com, checklist for IT managed services providers'),
    (8, 'Cyber liability and insurance', 'incidents and cover are in no ticket export', 'policies and incident reports',
    null, null),
    (9, 'Proof of cash', 'a date of payment is no bank statement', 'bank statements by month', null, null),
    (10, 'Telemetry that is kept', 'it lies with the monitoring system', 'the settings of the monitoring system',
    'more than 90 days', 'managedai.im, AI readiness'),
    (11, 'Vendor cost by period', 'only the cost on invoice lines is known', 'the vendors'' invoices', null, null),
    (12, 'Price and volume within a rise or a fall', 'invoice lines are read as amounts, without units and their price',
    'the quantity and the unit price of every recurring line', null, null),
    (13, 'What clients wrote beside their ratings', 'ratings are read as scores, without the words',
    'the answers to the satisfaction survey', null, null)
) as listed (place, item, because, needs, bound, source)
order by place asc
