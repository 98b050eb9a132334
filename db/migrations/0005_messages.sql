create table messages (
  id text primary key,
  ticket_id text not null references tickets (id),
  origin_ticket_id text references tickets (id),
  connection_id text references connections (id),
  external_id text,
  kind text not null default 'message' check (kind in ('message', 'reaction', 'system')),
  direction text not null check (direction in ('in', 'out')),
  sender_kind text not null check (sender_kind in ('contact', 'user', 'system', 'bot')),
  sender_id text,
  content text not null,
  content_html text,
  is_internal boolean not null default false,
  reply_to text,
  attachments jsonb not null default '[]',
  delivery_state text not null default 'received'
    check (delivery_state in ('received', 'queued', 'sent', 'delivered', 'read', 'failed', 'unknown')),
  delivery_reason text,
  sent_at timestamptz not null,
  created_at timestamptz not null,
  check (not is_internal or sender_kind in ('user', 'system'))
);
-- Each message of a provider once. Without an id of the provider there is nothing to compare.
create unique index messages_once on messages (connection_id, external_id) where external_id is not null;
create index messages_of_ticket on messages (ticket_id, sent_at, id);

create table drafts (
  user_id text not null references users (id) on delete cascade,
  ticket_id text not null references tickets (id),
  mode text not null check (mode in ('reply', 'note')),
  content text not null,
  updated_at timestamptz not null,
  primary key (user_id, ticket_id, mode)
);
create index drafts_of_ticket on drafts (ticket_id);
