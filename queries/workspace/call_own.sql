-- name: workspace.call_own
-- purpose: Take a name for the MSP itself.
-- params: client_key VARCHAR

insert or replace into raw.own_names values ($client_key)
