-- The contact that a customer's account is. Not unique: one person may have two accounts, and contacts become one.
alter table users add column contact_id text references contacts (id);
create index users_of_contact on users (contact_id) where contact_id is not null;

-- Fields that an admin gave tickets. Values live in tickets.custom_fields and outlive their definition.
create table custom_fields (
  id text primary key,
  key text not null,
  label text not null,
  type text not null check (type in ('text', 'number', 'boolean', 'date', 'select', 'multi_select')),
  options text[] not null default '{}',
  required boolean not null default false,
  is_public boolean not null default false,
  kinds text[] not null default '{support,conversation}',
  created_at timestamptz not null
);
create unique index custom_fields_key on custom_fields (key);

-- The same values one by one, to be found by. Beside the tickets, whose every index is paid by every message.
create table ticket_field_values (
  ticket_id text not null references tickets (id) on delete cascade,
  key text not null,
  value text not null,
  primary key (ticket_id, key, value)
);
create index ticket_field_values_by_value on ticket_field_values (key, value, ticket_id);

create table ticket_links (
  from_id text not null references tickets (id) on delete cascade,
  to_id text not null references tickets (id) on delete cascade,
  type text not null check (type in ('related', 'follow_up', 'conversation', 'split', 'merged')),
  created_at timestamptz not null,
  primary key (from_id, to_id, type),
  check (from_id <> to_id)
);
create index ticket_links_to on ticket_links (to_id);

-- What a field was and became. Texts of people stay out of the log, whose event names the rows by `change_id`.
create table ticket_changes (
  change_id text not null,
  field text not null,
  ticket_id text not null references tickets (id) on delete cascade,
  old jsonb,
  new jsonb,
  primary key (change_id, field)
);
create index ticket_changes_of_ticket on ticket_changes (ticket_id);

-- Who looked at a ticket of a team that is not theirs, once a day each.
create table ticket_looks (
  user_id text not null references users (id) on delete cascade,
  ticket_id text not null references tickets (id) on delete cascade,
  day date not null,
  primary key (day, user_id, ticket_id)
);
create index ticket_looks_of_ticket on ticket_looks (ticket_id);
create index ticket_looks_of_user on ticket_looks (user_id);

create index tickets_snoozed on tickets (snoozed_until) where snoozed_until is not null;
