-- How present somebody wants to be, and until when their sockets count as being there. `told` is what everybody last heard.
create table presence (
  user_id text primary key references users (id) on delete cascade,
  status text check (status in ('online', 'busy', 'away', 'offline')),
  chosen_at timestamptz,
  connected_until timestamptz,
  told text not null default 'offline'
);

-- A choice holds 12 hours; for whom a socket was there since, it rests while none is. Whoever chose nothing is online
-- while they have one. A socket's time ends 30 seconds after it was last known, on whatever server that was.
create function presence_at(status text, chosen_at timestamptz, connected_until timestamptz, at timestamptz) returns text
language sql stable as $$
  select case
    when status is null or chosen_at <= at - interval '12 hours'
      then case when connected_until > at then 'online' else 'offline' end
    when connected_until >= chosen_at + interval '30 seconds' and connected_until <= at then 'offline'
    else status
  end
$$;

create table assignment_rules (
  id text primary key,
  name text not null,
  priority int not null,
  enabled boolean not null default true,
  conditions jsonb not null default '[]',
  action jsonb not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Tickets that nobody has found somebody for: without a team not looked at yet, with one waiting until someone of it is
-- free. `event_id` is the creation or reopening that put them here; what people did since then goes before. Without foreign
-- keys: to put a ticket here must not wait for whoever works on it.
create table routing_queue (
  ticket_id text primary key,
  event_id bigint not null,
  team_id text,
  created_at timestamptz not null,
  tries int not null default 0
);
create index routing_queue_in_order on routing_queue (team_id, created_at, ticket_id);

-- Whose turn it was last.
create table routing_turns (
  team_id text primary key references teams (id) on delete cascade,
  user_id text not null
);

insert into event_readers (name, xid, event_id) values ('routing', pg_snapshot_xmin(pg_current_snapshot()), 0);
