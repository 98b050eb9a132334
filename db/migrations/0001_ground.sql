-- What everything else stands on: settings, the event log, and bookkeeping of the HTTP door.

create table settings (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);

-- The trunk. Readers follow (xid, id) below the oldest running transaction, so a late commit is never skipped.
create table events (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  kind text not null,
  ticket_id text,
  subject_id text,
  actor_kind text not null,
  actor_id text,
  cause_id bigint,
  depth int not null default 0,
  data jsonb not null default '{}',
  why jsonb
);
create index events_in_commit_order on events (xid, id);
create index events_of_ticket on events (ticket_id, id) where ticket_id is not null;

create function refuse_event_change() returns trigger language plpgsql as $$
begin
  if current_setting('hilo.erasing', true) = 'on' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  raise exception 'events are append-only' using errcode = 'restrict_violation';
end $$;
create trigger events_append_only before update or delete on events
  for each row execute function refuse_event_change();

-- One row per reader of the log. Whoever holds the row lock reads now.
create table event_readers (
  name text primary key,
  xid xid8 not null,
  event_id bigint not null
);

create table idempotency_keys (
  principal text not null,
  route text not null,
  key text not null,
  body_hash text not null,
  state text not null check (state in ('running', 'done', 'secret')),
  status int,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (principal, route, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- Shape expected by rate-limiter-flexible.
create table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

insert into event_readers (name, xid, event_id) values ('reactions', '0', 0);
