-- name: metrics.left_out_reasons
-- purpose: The reasons for which a row reaches no number, in words.
-- grain: reason
-- columns:
--   reason  VARCHAR  the reason's name
--   words   VARCHAR  what it means

select reason, words
from (values
    ('amount_missing', 'The amount is missing'), ('amount_not_a_number', 'The amount is not a number'),
    ('client_missing', 'The client is missing'), ('date_missing', 'The date is missing'),
    ('conflicting_duplicate', 'Two rows of the file say different things about one key'),
    ('date_impossible', 'There is no such date'), ('date_out_of_range', 'The date is too early or too late to be true'),
    ('date_order_conflict', 'Day and month come in both orders'), ('error_cell', 'A cell holds a spreadsheet''s error'),
    ('hours_missing', 'The hours are missing'), ('hours_not_readable', 'The hours can''t be read'),
    ('id_missing', 'The number that identifies the row is missing'),
    ('out_of_range', 'A number is beyond what is plausible in its column'),
    ('nul_byte', 'The row holds bytes that are no text'),
    ('rate_not_positive', 'The exchange rate is not above 0'),
    ('time_zone_ambiguous', 'The time zone stands for several'), ('unclosed_quote', 'A quotation mark is never closed'),
    ('wrong_number_of_cells', 'The row has too few or too many cells'), ('blank', 'Blank'), ('footer', 'Footer'),
    ('already_loaded', 'Loaded already from another file'), ('exact_duplicate', 'The same row again'),
    ('repeated_header', 'The captions again'), ('subtotal_or_total', 'A total, or a heading of a group'),
    ('not_revenue', 'No revenue, such as a payment'), ('draft_or_voided', 'A draft, or voided'),
    ('not_approved', 'Hours that were not approved'),
    ('ended_without_a_day', 'An agreement that has ended, without a last day: add the day to its row'),
    ('group_title', 'The title of a group of rows'), ('note_without_time', 'A note without time'),
    ('not_a_review', 'An appointment that is no review'), ('superseded', 'A later file has a newer version'),
    ('other_currency', 'In a currency that you chose to leave out'),
    ('other_version_chosen', 'You chose another version of the row'),
    ('replaced_invoice', 'A later file replaces the invoice')
) as listed (reason, words)
