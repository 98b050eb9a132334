-- What happens to tickets by itself: after what (`trigger`), to which tickets, and what is done. A rule that waits acts when nobody has
-- written for so long; `waited_until`: when the messages that it has looked at came in.
create table automation_rules (
  id text primary key,
  name text not null,
  priority int not null,
  enabled boolean not null default true,
  trigger text not null check (trigger in ('ticket_created', 'message_received', 'status_changed', 'waiting')),
  waits_for text check (waits_for in ('us', 'customer')),
  waits_minutes int check (waits_minutes between 5 and 525600),
  waited_until timestamptz,
  conditions jsonb not null default '[]',
  actions jsonb not null,
  stops boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((trigger = 'waiting') = (waits_for is not null and waits_minutes is not null and waited_until is not null)),
  check (trigger = 'waiting' or (waits_for is null and waits_minutes is null and waited_until is null))
);

-- What rules did and what was refused to them, by the rule.
create index events_of_automation_rules on events (subject_id, at) where kind in ('automation.applied', 'automation.refused');

-- What people said, by when it came in: for how long nobody has answered.
create index messages_by_arrival on messages (created_at)
  where kind = 'message' and not is_internal and sender_kind in ('contact', 'user');
