-- name: workspace.tables
-- purpose: The tables of a workspace beside those of the contract's entities: those that it lacks are created.

create table if not exists raw.loads (
    load_id integer primary key,
    file_name varchar,
    sha256 varchar,
    file_bytes bigint,
    loaded_at timestamp,
    entity varchar,
    system varchar,
    evidence varchar,
    table_name varchar,
    decision varchar,
    header_row integer,
    preamble_lines integer,
    rows_read bigint,
    rows_in_table bigint,
    rows_quarantined bigint,
    rows_set_aside bigint,
    rows_folded bigint,
    records bigint,
    hours_read decimal(28, 9),
    hours_loaded decimal(28, 9),
    hours_quarantined decimal(28, 9),
    hours_set_aside decimal(28, 9),
    money_read decimal(28, 4),
    money_loaded decimal(28, 4),
    money_quarantined decimal(28, 4),
    money_set_aside decimal(28, 4),
    mapping varchar,
    answers varchar,
    message varchar,
    warnings varchar,
    undone_at timestamp
);

create table if not exists raw.quarantine (
    load_id integer,
    entity varchar,
    row_number bigint,
    reason varchar,
    column_name varchar,
    value varchar,
    raw_text varchar,
    money decimal(18, 4),
    hours decimal(18, 9)
);

create table if not exists raw.conflicts (
    load_id integer,
    entity varchar,
    row_number bigint,
    row_key varchar,
    says varchar
);

create table if not exists raw.picked as select * from raw.quarantine where false;

create table if not exists raw.set_aside (
    load_id integer,
    entity varchar,
    row_number bigint,
    reason varchar,
    raw_text varchar,
    money decimal(18, 4),
    hours decimal(18, 9)
);

create table if not exists raw.flags (
    load_id integer,
    entity varchar,
    row_number bigint,
    flag varchar,
    detail varchar
);

create table if not exists raw.unused_rows (
    load_id integer,
    entity varchar,
    row_number bigint,
    fate varchar,
    by_load_id integer,
    by_row_number bigint
);

create table if not exists raw.assumptions (
    name varchar primary key,
    value double,
    changed_at timestamp
);

alter table raw.assumptions add column if not exists said varchar;

create table if not exists raw.item_classes (
    item_key varchar primary key,
    revenue_class varchar,
    service_months integer
);

create table if not exists raw.aliases (
    kind varchar,
    name_key varchar,
    target_key varchar
);

create table if not exists raw.own_names (
    client_key varchar primary key
);

create table if not exists raw.mappings (
    fingerprint varchar primary key,
    entity varchar,
    mapping varchar
);

create table if not exists raw.client_terms (
    client_key varchar primary key,
    seat_price decimal(18, 4),
    outcome_fee decimal(18, 4)
);

create table if not exists raw.load_currencies (
    load_id integer,
    currency varchar
);

create table if not exists raw.load_matches (
    load_id integer primary key,
    confidence double
);

create table if not exists raw.workspace (
    format integer,
    built_from varchar
);

-- what the contract gained after a workspace may have been written
alter table if exists raw.outcomes add column if not exists direction varchar;
alter table if exists raw.conflicting_outcomes add column if not exists direction varchar
