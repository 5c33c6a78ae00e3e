-- name: staging.item_words
-- purpose: What the words of each distinct invoice item say about its class of revenue and the months it pays for.
-- grain: item_key
-- columns:
--   item_key     VARCHAR  the item NFC, case-folded, with single blanks
--   word_class   VARCHAR  the class that its words speak for; empty if none do
--   word_months  INTEGER  months that its words speak for, 1 if they say nothing

with class_words as (
    -- The first class that fits counts: "server monitoring" is a service before it is a server,
    -- "laptop setup" is work before it is hardware.
    select * from (values
        (1, 'project', 'projects?|migrations?|onboarding|implementations?|install(ations?)?|deploy(ments?)?|set-?up|'
            'upgrades?|professional services?|consult(ing|ancy)|office move|cut-?over|statement of work|sow'),
        (2, 'tm', 'hourly|per hour|labou?r|time (and|&) materials?|t ?& ?m|overtime|ad[- ]?hoc|call-?out|'
            'break[-/ ]?fix|block (of )?hours?|prepaid hours?|after[- ]hours|on-?site (support|visit)'),
        (3, 'managed', 'managed|msp|per (seat|user|device|endpoint)|support (agreement|contract|plan)|it support|'
            'service agreement|care plan|retainer|help ?desk|service desk|monitoring|rmm|noc|maintenance|'
            'monthly (support|service)s?|vcio'),
        (4, 'other_recurring', 'licen[cs]es?|licensing|subscriptions?|(microsoft|office) ?365|[mo]365|azure|aws|'
            'backups?|bcdr|voip|hosted|hosting|domain|dns|ssl|certificate|anti-?virus|edr|mdr|xdr|siem|spam|'
            'e?mail (security|filtering)|internet|broadband|colocation|saas|google workspace|adobe|mfa|cloud|renewal'),
        (5, 'product', 'hardware|laptops?|notebooks?|desktops?|workstations?|monitors?|displays?|printers?|servers?|'
            'switch(es)?|firewalls?|routers?|access points?|ups|cables?|cabling|docks?|docking|keyboards?|mice|mouse|'
            'headsets?|toner|ssd|hdd|nas|ram|memory|phones?|handsets?|tablets?|cameras?|webcams?|adapters?|warranty|'
            'shipping|freight|equipment|dell|lenovo|hp|cisco|ubiquiti|logitech')
    ) as listed (place, word_class, pattern)
),

month_words as (
    select * from (values
        (1, 1, 'monthly|per month|/ ?mo'),
        (2, 36, '36 ?months?|3[- ]?(years?|yrs?)|three[- ]years?'),
        (3, 24, '24 ?months?|2[- ]?(years?|yrs?)|two[- ]years?'),
        (4, 48, '48 ?months?|4[- ]?(years?|yrs?)|four[- ]years?'),
        (5, 60, '60 ?months?|5[- ]?(years?|yrs?)|five[- ]years?'),
        -- of another number of years nothing is said, and least that it is one
        (6, 1, '([6-9]|[1-9][0-9])[- ]?(years?|yrs?)'),
        (7, 6, 'semi-?annual(ly)?|half[- ]year(ly)?|6 ?months?|six months?'),
        (8, 3, 'quarterly|per quarter|3 ?months?|three months?'),
        (9, 12, 'annual(ly)?|yearly|per year|per annum|12 ?months?|1[- ]?years?|one[- ]year|'
            '(1[- ]?)?yrs?|-ann')
    ) as listed (place, months, pattern)
),

items as (
    -- codes are written with a line below as with a hyphen
    select distinct item_key, replace(item_key, '_', '-') as words
    from staging.invoice_lines
    where item_key is not null
)

select items.item_key, arg_min(class_words.word_class, class_words.place) as word_class,
    coalesce(arg_min(month_words.months, month_words.place), 1) as word_months
from items
left join class_words on regexp_matches(items.words, concat('\b(', class_words.pattern, ')\b'))
left join month_words on regexp_matches(items.words, concat('\b(', month_words.pattern, ')\b'))
group by items.item_key
