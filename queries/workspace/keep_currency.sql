-- name: workspace.keep_currency
-- purpose: Remember in which currency the amounts of a load are.
-- params: load INTEGER, currency VARCHAR

insert into raw.load_currencies values ($load, $currency)
