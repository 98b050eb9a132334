-- An incident is about a shipment and never about a person: its row cannot hold one. (Lengths are not in the patterns: a
-- pattern with {1,64} costs ten times as much in each row, and rows come in thousands.)
alter table tickets add constraint tickets_incident_is_about_nobody check (
  kind <> 'incident' or (
    contact_id is null and connection_id is null and campaign_shipment_id is null and not is_group
    and description = '' and custom_fields = '{}' and priority in ('medium', 'high')
    and subject ~ '^((FAILED_4XX|FAILED_5XX_RETRIES|NO_MOVEMENT_AFTER_CONTACT|AT_OFFICE_STILL) · [A-Za-z0-9_-]+)?$'
    and length(subject) <= 90));

-- What is known of a parcel now: its newest movement.
create table shipments (
  guia text primary key check (guia ~ '^[A-Z0-9-]+$' and length(guia) between 4 and 40),
  carrier text not null default '',
  word text not null default '',
  canonical text not null check (canonical in ('CREATED', 'PROCESSING', 'SHIPPED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'IN_OFFICE',
    'DELIVERED', 'ISSUE', 'RETURNED', 'CANCELLED', 'UNKNOWN')),
  is_final boolean not null default false,
  transportadora text,
  estatus text,
  ciudad_de_destino text,
  novedad text,
  ultimo_movimiento text,
  fecha_de_generacion_de_guia text,
  moved_at timestamptz not null,
  event_id text not null,
  updated_at timestamptz not null
);
create index shipments_by_word on shipments (carrier, word);

-- What carriers reported, each report once.
create table movements (
  event_id text primary key check (event_id ~ '^[A-Za-z0-9_-]+$' and length(event_id) <= 64),
  guia text not null,
  at timestamptz not null,
  carrier text not null,
  word text not null,
  canonical text not null,
  created_at timestamptz not null
);

-- What was tried for a parcel, and how it ended.
create table shipment_actions (
  action_id text primary key check (action_id ~ '^[A-Za-z0-9_-]+$' and length(action_id) <= 64),
  guia text not null,
  type text not null,
  status text not null check (status in ('SUCCESS', 'FAILED')),
  at timestamptz not null,
  http_code int,
  error_code int,
  error_class text,
  retry_count int not null default 0,
  phone_hash text check (phone_hash ~ '^(ph_)?[0-9a-f]+$' and length(phone_hash) between 32 and 67),
  created_at timestamptz not null
);
create index shipment_actions_good on shipment_actions (at, guia) where status = 'SUCCESS' and type = 'SEND_WHATSAPP';

create table incidents (
  ticket_id text primary key references tickets (id),
  guia text not null check (guia ~ '^([A-Z0-9-]+|SYSTEM-[A-Za-z0-9_-]+)$' and length(guia) between 4 and 60),
  trigger text not null check (trigger in ('FAILED_4XX', 'FAILED_5XX_RETRIES', 'NO_MOVEMENT_AFTER_CONTACT', 'AT_OFFICE_STILL')),
  -- Why a whole connection fails, when it does.
  cause text,
  -- Copies of the ticket's own, for lists; kept by the trigger below.
  status text not null default 'open',
  priority text not null default 'medium',
  created_at timestamptz not null,
  fecha text,
  ciudad_de_destino text,
  transportadora text,
  estatus text,
  novedad text,
  ultimo_movimiento text,
  fecha_de_ultimo_movimiento text,
  fecha_de_generacion_de_guia text,
  failure_code int,
  failure_reason text,
  retry_count int,
  phone_hash text check (phone_hash ~ '^(ph_)?[0-9a-f]+$' and length(phone_hash) between 32 and 67),
  canonical text,
  is_final boolean not null default false,
  moved_at timestamptz,
  -- Folded, for grouping.
  carrier text not null default '',
  city text not null default '',
  score int not null default 0 check (score between 0 and 100),
  entry_count int not null default 0,
  ref_count int not null default 0,
  check (greatest(length(fecha), length(ciudad_de_destino), length(transportadora), length(estatus), length(novedad),
    length(ultimo_movimiento), length(fecha_de_ultimo_movimiento), length(fecha_de_generacion_de_guia), length(failure_reason)) <= 500)
);
create index incidents_in_order on incidents (status, trigger, priority, created_at desc, ticket_id desc);
create index incidents_worst_first on incidents (score desc, created_at, ticket_id) where status in ('open', 'in_progress');

-- Which actions and movements an incident rests on. One thread knows a ref once and for all, also after closing.
create table incident_refs (
  id bigint generated always as identity,
  thread_key text not null,
  kind text not null check (kind in ('action', 'event')),
  ref text not null check (ref ~ '^[A-Za-z0-9_-]+$' and length(ref) <= 64),
  ticket_id text not null references tickets (id),
  primary key (thread_key, kind, ref)
);
create index incident_refs_of_ticket on incident_refs (ticket_id, kind, id desc);

-- The documented timeline. Past a hundred entries, repeats are counted by the hour.
create table incident_entries (
  id bigint generated always as identity primary key,
  ticket_id text not null references tickets (id),
  at timestamptz not null,
  action text not null check (action in ('TICKET_CREATED', 'DUPLICATE_TRIGGER_RECEIVED', 'ADMIN_UPDATE', 'PRIORITY_UPGRADED')),
  actor text not null check (actor in ('system', 'user')),
  details jsonb not null default '{}',
  times int not null default 1,
  hour timestamptz
);
create index incident_entries_of_ticket on incident_entries (ticket_id, id desc);
create unique index incident_entries_by_hour on incident_entries (ticket_id, hour) where hour is not null;

-- How many incidents there are: sums of small changes, so that nobody waits for one row. Folded together every hour.
create table incident_counts (
  id bigint generated always as identity primary key,
  status text not null,
  trigger text not null,
  priority text not null,
  n bigint not null,
  resolved bigint not null default 0,
  resolved_ms bigint not null default 0
);

create function count_new_incidents() returns trigger language plpgsql as $$
begin
  insert into incident_counts (status, trigger, priority, n)
    select status, trigger, priority, count(*) from fresh group by status, trigger, priority;
  return null;
end $$;
create trigger incidents_are_counted after insert on incidents
  referencing new table as fresh for each statement execute function count_new_incidents();

create function follow_incident_ticket() returns trigger language plpgsql as $$
declare
  its text;
begin
  update incidents set status = new.status, priority = new.priority where ticket_id = new.id returning trigger into its;
  if its is null then return null; end if;
  insert into incident_counts (status, trigger, priority, n, resolved, resolved_ms) values
    (old.status, its, old.priority, -1, -(old.resolved_at is not null)::int,
      -coalesce(extract(epoch from old.resolved_at - old.created_at) * 1000, 0)::bigint),
    (new.status, its, new.priority, 1, (new.resolved_at is not null)::int,
      coalesce(extract(epoch from new.resolved_at - new.created_at) * 1000, 0)::bigint);
  return null;
end $$;
create trigger tickets_incident_follows after update of status, priority, resolved_at on tickets
  for each row when (new.kind = 'incident' and (old.status, old.priority, old.resolved_at) is distinct from (new.status, new.priority, new.resolved_at))
  execute function follow_incident_ticket();

-- What carriers' words mean where it is not what Hilo knows by itself; '' is every carrier.
create table carrier_words (
  carrier text not null,
  word text not null check (length(word) between 1 and 200),
  canonical text not null check (canonical in ('CREATED', 'PROCESSING', 'SHIPPED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'IN_OFFICE',
    'DELIVERED', 'ISSUE', 'RETURNED', 'CANCELLED', 'UNKNOWN')),
  updated_at timestamptz not null,
  primary key (carrier, word)
);

-- Words that nobody could read yet.
create table unknown_words (
  carrier text not null,
  word text not null check (length(word) between 1 and 200),
  times bigint not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (carrier, word)
);
