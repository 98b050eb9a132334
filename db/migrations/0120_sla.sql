-- By when customers are to be answered and helped. Policies are asked in the order of their priority, then of their ids; the
-- default one is asked last. `targets` null: no SLA for what it matches.
create table sla_policies (
  id text primary key,
  name text not null,
  priority int not null,
  is_default boolean not null default false,
  enabled boolean not null default true,
  conditions jsonb not null default '[]',
  calendar_id text references calendars (id),
  targets jsonb,
  visible_to_customer boolean not null default false,
  escalations jsonb not null default '[]',
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index sla_policies_one_default on sla_policies (is_default) where is_default;
create index sla_policies_by_calendar on sla_policies (calendar_id) where calendar_id is not null;

-- Each run of each metric. It is counted on its own ticket, or on the one that this was merged into. What a policy says no time
-- for (`minutes` null) is kept all the same: the priority or the policy may change. `left_ms`: working time left while it stands. `wakes_at`: when it fires next.
create table sla_targets (
  id bigint generated always as identity primary key,
  ticket_id text not null references tickets (id),
  counted_on text not null references tickets (id),
  cycle int not null,
  metric text not null check (metric in ('first_response', 'next_response', 'resolution')),
  policy_id text,
  calendar_id text,
  minutes int,
  started_at timestamptz not null,
  started_by text not null check (started_by in ('created', 'reopened', 'customer_message')),
  pauses jsonb not null default '[]',
  paused_at timestamptz,
  warn_at timestamptz,
  due_at timestamptz,
  left_ms bigint,
  warned_at timestamptz,
  breached_at timestamptz,
  ended_at timestamptz,
  outcome text check (outcome in ('met', 'breached', 'none')),
  wakes_at timestamptz,
  constraint sla_targets_end check ((ended_at is null) = (outcome is null))
);
create index sla_targets_running on sla_targets (counted_on) where ended_at is null;
create index sla_targets_of_ticket on sla_targets (ticket_id, cycle);
create index sla_targets_waking on sla_targets (wakes_at) where wakes_at is not null;
create index sla_targets_by_policy on sla_targets (policy_id) where ended_at is null;
create index sla_targets_by_calendar on sla_targets (calendar_id) where ended_at is null;

-- How a ticket stands in its present cycle, for lists: their deadline is the earliest that runs.
create table ticket_sla (
  ticket_id text primary key references tickets (id),
  cycle int not null,
  policy_id text,
  state text not null check (state in ('none', 'on_track', 'warning', 'breached', 'met', 'paused')),
  due_at timestamptz,
  paused_at timestamptz,
  breached_at timestamptz,
  has_met boolean not null default false
);
create index ticket_sla_by_deadline on ticket_sla (due_at, ticket_id) where due_at is not null;
create index ticket_sla_by_state on ticket_sla (state, ticket_id) where state <> 'none';

-- Tickets whose policy and deadlines are to be looked at again. `is_quiet`: what is overdue by that is recorded and nobody is
-- notified. `heir_id`: the policy that they get, '' for none; null: which one is asked. Without foreign keys, as a queue is.
create table sla_recomputations (
  ticket_id text primary key,
  is_quiet boolean not null,
  heir_id text,
  queued_at timestamptz not null
);
create index sla_recomputations_in_order on sla_recomputations (queued_at, ticket_id);

insert into event_readers (name, position) select 'sla', position from event_readers where name = 'sequencer';

alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check
  check (kind in ('mentioned', 'assigned', 'unassigned', 'answered', 'merged_away', 'freed', 'sla_warning', 'sla_breached'));
