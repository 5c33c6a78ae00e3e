-- name: staging.item_words
-- purpose: What the words of each distinct invoice item say about its class of revenue and the months it pays for.
-- grain: item_key
-- columns:
--   item_key     VARCHAR  the item NFC, in lower case, with single blanks
--   word_class   VARCHAR  the class that its words speak for; empty if none do
--   word_months  INTEGER  months that its words speak for, 1 if they say nothing

with items as (
    select distinct item_key from staging.invoice_lines where item_key is not null
)

-- The order decides: "server monitoring" is a service before it is a server, "laptop setup" work before hardware.
select item_key,
    case
        when regexp_matches(item_key, '\b(project|migration|onboarding|implementation|install(ation)?|deploy(ment)?|set-?up|'
            'professional services?|consult(ing|ancy)|office move|upgrade|cut-?over|statement of work|sow)\b') then 'project'
        when regexp_matches(item_key, '(\b(hourly|per hour|labou?r|time (and|&) materials?|overtime|ad[- ]?hoc|'
            'call-?out|break[-/ ]?fix|block (of )?hours?|prepaid hours?|after[- ]hours|on-?site (support|visit))\b|\bt ?& ?m\b)')
            then 'tm'
        when regexp_matches(item_key, '\b(managed|msp|per (seat|user|device|endpoint)|support (agreement|contract|plan)|'
            'service agreement|care plan|retainer|help ?desk|service desk|monitoring|rmm|noc|maintenance|it support|'
            'monthly (support|service)s?|vcio)\b') then 'managed'
        when regexp_matches(item_key, '\b(licen[cs]es?|licensing|subscriptions?|(microsoft|office) ?365|[mo]365|azure|aws|'
            'backups?|bcdr|voip|hosted|hosting|domain|dns|ssl|certificate|anti-?virus|edr|mdr|xdr|siem|e?mail (security|filtering)|'
            'spam|internet|broadband|colocation|saas|google workspace|adobe|mfa|cloud|renewal)\b') then 'other_recurring'
        when regexp_matches(item_key, '\b(hardware|laptops?|notebooks?|desktops?|workstations?|monitors?|displays?|printers?|'
            'servers?|switch(es)?|firewalls?|routers?|access points?|ups|cables?|cabling|docks?|docking|keyboards?|mice|mouse|'
            'headsets?|toner|ssd|hdd|nas|ram|memory|phones?|handsets?|tablets?|cameras?|webcams?|adapters?|warranty|'
            'shipping|freight|equipment|dell|lenovo|hp|cisco|ubiquiti|logitech)\b') then 'product'
    end as word_class,
    case
        when regexp_matches(item_key, '\b(monthly|per month|/ ?mo)\b') then 1
        when regexp_matches(item_key, '\b(36 ?months?|3 ?years?|3 ?yr|three[- ]years?)\b') then 36
        when regexp_matches(item_key, '\b(24 ?months?|2 ?years?|2 ?yr|two[- ]years?)\b') then 24
        when regexp_matches(item_key, '\b(semi-?annual(ly)?|half[- ]year(ly)?|6 ?months?|six months?)\b') then 6
        when regexp_matches(item_key, '\b(quarterly|per quarter|3 ?months?|three months?)\b') then 3
        when regexp_matches(item_key, '\b(annual(ly)?|yearly|per year|per annum|12 ?months?|1 ?years?|one[- ]year)\b') then 12
        else 1
    end as word_months
from items
