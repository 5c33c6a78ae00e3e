-- name: checks.service_months_beyond_ten_years
-- purpose: Invoice lines that pay for more than ten years: perhaps days or a date in the wrong column.
-- grain: load_id, row_number
-- columns:
--   client          VARCHAR        the client
--   service_months  BIGINT         months as stated
--   amount          DECIMAL(18,4)  the line's amount
--   load_id         INTEGER        the load that brought the row
--   row_number      BIGINT         the row's place in its file

select client, service_months, amount, load_id, row_number
from staging.invoice_lines
where service_months > 120
