-- What a number is looked up by: tkt-42, TKT 00042, #42 and 42 are one; what is no number of ours stays as it is written.
create function ticket_alias_key(written text) returns text language sql immutable parallel safe strict as $$
  select case when bare ~ '^(tkt[[:space:]_-]*)?0*[1-9][0-9]*$' then regexp_replace(bare, '^(tkt[[:space:]_-]*)?0*', '') else bare end
  from lower(btrim(left(written, 100), E'# \t\r\n')) as bare
$$;

-- Numbers that a ticket had before, or has in another system. Several tickets may have had the same.
create table ticket_number_aliases (
  alias text not null,
  key text not null generated always as (ticket_alias_key(alias)) stored check (key <> ''),
  ticket_id text not null references tickets (id) on delete cascade,
  created_at timestamptz not null,
  primary key (key, ticket_id)
);
create index ticket_number_aliases_of_ticket on ticket_number_aliases (ticket_id);
