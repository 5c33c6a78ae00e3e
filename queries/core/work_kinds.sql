-- name: core.work_kinds
-- purpose: Which kinds of work the time entries tell apart at all, so that what no entry says is not taken for 0.
-- grain: one row
-- columns:
--   says_work_type      BOOLEAN  whether any entry has a work type
--   has_account_work    BOOLEAN  whether any is account management or sales
--   says_coverage       BOOLEAN  whether any entry says how it is covered
--   has_out_of_scope    BOOLEAN  whether any is out of scope and not billed
--   has_levels          BOOLEAN  whether the technicians file gives anybody a level
--   has_owner           BOOLEAN  whether it names an owner
--   has_time_off        BOOLEAN  whether time off is loaded

select exists (select 1 from staging.work_types) as says_work_type,
    coalesce((select bool_or(is_account) from core.fct_labour), false) as has_account_work,
    coalesce((select bool_or(is_stated) from core.fct_labour), false) as says_coverage,
    coalesce((select bool_or(is_out_of_scope) from core.fct_labour), false) as has_out_of_scope,
    coalesce((select count(level) > 0 from staging.technician_versions), false) as has_levels,
    coalesce((select bool_or(is_owner) from staging.technician_versions), false) as has_owner,
    exists (select 1 from staging.time_off) as has_time_off
