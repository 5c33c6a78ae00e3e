-- name: workspace.call_client
-- purpose: Take back that a name is the MSP itself.
-- params: client_key VARCHAR

delete from raw.own_names where client_key = $client_key
