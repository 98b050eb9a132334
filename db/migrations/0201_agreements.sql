-- An agreement watches one problem in two outside systems: the work system, where operators close tickets and Hilo can reopen them,
-- and the record system, whose closing must follow. What each side said, and what Hilo did, is its evidence.
create table agreements (
  id text primary key,
  ticket_id text not null unique references tickets (id),
  work_system_id text not null references linked_systems (id),
  -- What the ticket is called there; null while it is not opened there yet.
  work_number text,
  record_system_id text references linked_systems (id),
  record_number text,
  -- Whose number it is, where several companies have equal ones; folded.
  company text not null default '',
  customer_number text not null default '',
  motive text not null default '',
  operator_number text,
  state text not null,
  cycle integer not null default 1,
  -- Closures of the record system that came from here on count for the cycle.
  closures_from timestamptz not null,
  record_closed_at timestamptz,
  work_status text,
  -- When that was asked for: an older answer changes nothing.
  work_asked_at timestamptz,
  -- Since when the window runs.
  work_closed_at timestamptz,
  recreado integer not null default 0,
  -- Something is to be done in the work system though no window says so: open a ticket, or reopen it because somebody wants that.
  wanted_at timestamptz,
  -- A first try is over: the checker tries again, no timer does.
  tried_at timestamptz,
  -- A request that changes the work system is on its way, or was when a server died; nobody else acts before the lease ends.
  intent_at timestamptz,
  intent_until timestamptz,
  -- The work system refused to reopen it.
  refused_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint agreements_state check (state in ('agreed_open', 'awaiting', 'disagreed', 'acting', 'agreed_closed', 'escalated')),
  constraint agreements_work_status check (work_status in ('open', 'closed')),
  constraint agreements_intent check ((intent_at is null) = (intent_until is null)),
  constraint agreements_closed check ((closed_at is not null) = (state = 'agreed_closed'))
);
create index agreements_by_state on agreements (state, id);
create index agreements_of_record on agreements (record_number, record_system_id);
create index agreements_of_record_system on agreements (record_system_id);
create index agreements_of_work_system on agreements (work_system_id, id) where closed_at is null;
create index agreements_of_work on agreements (work_system_id, work_number);
-- What the timer asks for, and the checker.
create index agreements_with_window on agreements (work_closed_at) where work_closed_at is not null and tried_at is null;
create index agreements_wanted on agreements (wanted_at) where wanted_at is not null and tried_at is null;
create index agreements_unsettled on agreements (id)
  where closed_at is null and (work_closed_at is not null or wanted_at is not null or intent_at is not null);

create table agreement_evidence (
  id bigint generated always as identity primary key,
  -- Null: it matches none, or several. It is kept, shown, and closes nothing.
  agreement_id text references agreements (id),
  -- Null: Hilo itself.
  system_id text references linked_systems (id),
  said text not null,
  source text not null,
  at timestamptz not null,
  -- By the system's own clock.
  said_at timestamptz,
  number text,
  company text,
  cycle integer,
  hook_id bigint,
  data jsonb not null default '{}'
);
create index agreement_evidence_of_agreement on agreement_evidence (agreement_id, id);
create index agreement_evidence_of_system on agreement_evidence (system_id);
create index agreement_evidence_of_number on agreement_evidence (number, system_id) where cycle is null;
create index agreement_evidence_unmatched on agreement_evidence (id) where agreement_id is null;

-- One run of each job at a time, on whichever server.
create table agreement_runs (
  job text primary key,
  token text,
  lease_until timestamptz,
  finished_at timestamptz,
  checked integer not null default 0,
  acted integer not null default 0
);

alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in
  ('mentioned', 'assigned', 'unassigned', 'answered', 'merged_away', 'freed', 'sla_warning', 'sla_breached', 'escalated'));
