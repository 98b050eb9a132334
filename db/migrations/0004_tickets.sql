create table categories (
  id text primary key,
  name text not null,
  reopen_window_minutes int check (reopen_window_minutes >= 0),
  created_at timestamptz not null
);
create unique index categories_name on categories (lower(name));

create sequence ticket_number_seq;

-- The only source of numbers: TKT-00001 … TKT-99999, TKT-100000 …
create function next_ticket_number() returns text language sql volatile as $$
  select 'TKT-' || lpad(n::text, greatest(5, length(n::text)), '0') from nextval('ticket_number_seq') as n
$$;

-- Compared with src/tickets/lifecycle.ts by a test.
create table ticket_transitions (
  kind text not null,
  from_status text not null,
  to_status text not null,
  primary key (kind, from_status, to_status)
);
insert into ticket_transitions values
  ('conversation', 'pending', 'open'), ('conversation', 'pending', 'closed'), ('conversation', 'open', 'pending'),
  ('conversation', 'open', 'closed'), ('conversation', 'closed', 'open'), ('conversation', 'closed', 'pending'),
  ('support', 'open', 'pending'), ('support', 'open', 'resolved'), ('support', 'open', 'closed'),
  ('support', 'pending', 'open'), ('support', 'pending', 'resolved'), ('support', 'pending', 'closed'),
  ('support', 'resolved', 'open'), ('support', 'resolved', 'closed'), ('support', 'closed', 'open'),
  ('incident', 'open', 'in_progress'), ('incident', 'in_progress', 'resolved'), ('incident', 'resolved', 'closed'),
  ('incident', 'resolved', 'in_progress'),
  ('mirrored', 'open', 'closing'), ('mirrored', 'open', 'closed'), ('mirrored', 'closing', 'open'),
  ('mirrored', 'closing', 'closed');

create table tickets (
  id text primary key,
  number text not null unique default next_ticket_number(),
  kind text not null,
  thread_key text,
  status text not null,
  active boolean not null generated always as (
    case kind
      when 'conversation' then status in ('pending', 'open')
      when 'support' then status in ('open', 'pending')
      when 'incident' then status in ('open', 'in_progress')
      else status in ('open', 'closing')
    end) stored,
  phase text not null generated always as (
    case
      when status = 'closed' then 'closed'
      when status = 'resolved' or status = 'closing' then 'resolved'
      when kind = 'conversation' then case status when 'pending' then 'new' else 'active' end
      when kind = 'support' then
        case when status = 'pending' then 'waiting' when assignee_id is null then 'new' else 'active' end
      when kind = 'incident' then case status when 'open' then 'new' else 'active' end
      else 'active'
    end) stored,
  subject text not null default '',
  description text not null default '',
  priority text not null default 'medium' check (priority in ('low', 'medium', 'high', 'urgent')),
  channel text not null check (channel in ('web', 'whatsapp', 'email', 'chat', 'api', 'phone')),
  contact_id text references contacts (id),
  connection_id text references connections (id),
  is_group boolean not null default false,
  assignee_id text references users (id),
  team_id text references teams (id),
  tags text[] not null default '{}',
  custom_fields jsonb not null default '{}',
  campaign_shipment_id text,
  unread_messages int not null default 0 check (unread_messages >= 0),
  message_count int not null default 0 check (message_count >= 0),
  first_message_at timestamptz,
  last_message_at timestamptz not null,
  last_message_id text,
  reopen_count int not null default 0,
  cycle int not null default 1,
  snoozed_until timestamptz,
  first_response_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  resolution text,
  merged_into text references tickets (id),
  created_by_kind text not null,
  created_by_id text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (
    (kind = 'conversation' and status in ('pending', 'open', 'closed')) or
    (kind = 'support' and status in ('open', 'pending', 'resolved', 'closed')) or
    (kind = 'incident' and status in ('open', 'in_progress', 'resolved', 'closed')) or
    (kind = 'mirrored' and status in ('open', 'closing', 'closed')))
);

-- The law: at most one active ticket per thread key.
create unique index tickets_one_active_per_thread on tickets (thread_key) where active;

-- Every message moves last_message_at, so each index below is paid for by every message: no more than the lists need.
create index tickets_of_thread on tickets (thread_key) where thread_key is not null;
create index tickets_newest on tickets (created_at desc, id desc);
create index tickets_by_activity on tickets (last_message_at desc, id desc);
create index tickets_open_by_activity on tickets (last_message_at desc, id desc)
  where phase in ('new', 'active', 'waiting');
create index tickets_open_of_assignee on tickets (assignee_id, last_message_at desc, id desc)
  where phase in ('new', 'active', 'waiting');
create index tickets_open_of_team on tickets (team_id, last_message_at desc, id desc)
  where phase in ('new', 'active', 'waiting');
create index tickets_of_contact on tickets (contact_id, created_at desc, id desc);
create index tickets_created_by on tickets (created_by_id, created_at desc, id desc) where created_by_kind = 'user';

create function refuse_unknown_transition() returns trigger language plpgsql as $$
begin
  if not exists (select from ticket_transitions
                 where kind = new.kind and from_status = old.status and to_status = new.status) then
    raise exception 'a % ticket cannot go from % to %', new.kind, old.status, new.status
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger tickets_follow_lifecycle before update of status on tickets
  for each row when (old.status is distinct from new.status) execute function refuse_unknown_transition();

create table ticket_categories (
  ticket_id text not null references tickets (id) on delete cascade,
  category_id text not null references categories (id) on delete cascade,
  primary key (ticket_id, category_id)
);
create index ticket_categories_of_category on ticket_categories (category_id);
