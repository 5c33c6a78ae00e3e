-- name: workspace.set_item_class
-- purpose: Keep the class of a billing item.
-- params: item_key VARCHAR, revenue_class VARCHAR, service_months INTEGER

insert or replace into raw.item_classes values (name_key(spelling($item_key)), $revenue_class, $service_months)
