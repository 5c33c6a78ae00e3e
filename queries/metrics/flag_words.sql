-- name: metrics.flag_words
-- purpose: What each flag on a row means, in words.
-- grain: flag
-- columns:
--   flag   VARCHAR  the flag's name
--   label  VARCHAR  what it means

select flag, label
from (values
    ('client_missing', 'Ticket without a client'),
    ('unknown_client', 'Client that the clients file does not list'),
    ('client_only_in_billing', 'Billed client without tickets or hours'),
    ('client_differs_from_ticket', 'Time entry for another client than its ticket''s'),
    ('ticket_not_loaded', 'Time entry whose ticket is in no loaded file'),
    ('unknown_work_type', 'Work type that no rule knows, taken as support'),
    ('technician_missing', 'Work without a technician'),
    ('no_cost_rate', 'Technician without a cost rate on the day'), ('rate_zero', 'Cost rate of 0'),
    ('outside_employment', 'Hours outside the technician''s employment'),
    ('over_24_hours', 'More than 24 hours in one entry'),
    ('over_24_hours_in_a_day', 'Part of a day over 24 hours'), ('negative_hours', 'Negative hours'),
    ('zero_hours', 'Entry of 0 hours'), ('future_date', 'Date in the future'),
    ('closed_before_opened', 'Closed before it was opened'),
    ('response_before_opened', 'Answered before it was opened'),
    ('identical_lines_kept', 'Identical rows, all kept'), ('replaces_older_version', 'Replaces an older version'),
    ('sub_cent', 'Amount finer than a cent'), ('text_shortened', 'Very long text, shortened'),
    ('hidden_row', 'Hidden row of a sheet'), ('filled_down', 'Value taken from the row above'),
    ('value_from_formula', 'Value of a formula'), ('read_as_excel_serial', 'Date written as a serial number'),
    ('read_as_unix_time', 'Date written as Unix time'), ('invisible_characters', 'Invisible characters in a name'),
    ('looks_double_encoded', 'Text that looks wrongly encoded'), ('encoding_fallback', 'Encoding was guessed'),
    ('name_looks_like_missing', 'Name that looks like an empty cell'),
    ('id_damaged_by_spreadsheet', 'Number damaged by a spreadsheet'),
    ('mixed_number_format', 'Numbers written in two ways'), ('no_final_newline', 'File may be cut off'),
    ('no_time_zone_in_a_zoned_column', 'Time without a zone among zoned ones'),
    ('version_chosen', 'Chosen by hand among versions that differ'),
    ('trailing_optional_cell_missing', 'Last cells of the row are missing')
) as listed (flag, label)
