-- What a merge has to put back when it is undone. One row for each ticket that is merged now; the log tells of those that were.
create table ticket_merges (
  source_id text primary key references tickets,
  target_id text not null references tickets,
  status text not null,
  thread_key text,
  resolved_at timestamptz,
  closed_at timestamptz,
  resolution text,
  snoozed_until timestamptz,
  unread_messages integer not null,
  -- Of the target before: what it took over because it had none.
  target_first_response_at timestamptz,
  adopted_contact boolean not null default false,
  adopted_connection boolean not null default false,
  message_ids text[] not null,
  reason text,
  merged_at timestamptz not null
);
create index ticket_merges_of_target on ticket_merges (target_id);

insert into ticket_merges (source_id, target_id, status, thread_key, resolved_at, closed_at, unread_messages, message_ids, merged_at)
  select t.id, t.merged_into, t.status, t.thread_key, t.resolved_at, t.closed_at, 0,
    coalesce((select array_agg(m.id) from messages m where m.origin_ticket_id = t.id), '{}'), t.updated_at
  from tickets t where t.merged_into is not null;
update tickets set thread_key = null where merged_into is not null;

-- The law with its aliases: a merged ticket that keeps its thread key holds the thread, and leads it to where it was merged.
drop index tickets_one_active_per_thread;
create unique index tickets_one_active_per_thread on tickets (thread_key) where active or merged_into is not null;
create index tickets_merged_into on tickets (merged_into) where merged_into is not null;
