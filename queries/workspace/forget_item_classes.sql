-- name: workspace.forget_item_classes
-- purpose: Take every confirmed class back.

delete from raw.item_classes
