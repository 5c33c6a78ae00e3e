-- name: workspace.set_client_terms
-- purpose: Keep a client's own prices; without any, none are kept.
-- params: client_key VARCHAR, seat_price DECIMAL(18,4), outcome_fee DECIMAL(18,4)

insert or replace into raw.client_terms values ($client_key, $seat_price, $outcome_fee);
delete from raw.client_terms where seat_price is null and outcome_fee is null
