-- WhatsApp: what its webhooks brought, what we send, and the files on both ways.

-- The webhook only stores; a loop takes stored deliveries in. `held` came while the connection was switched off.
create table webhook_deliveries (
  id bigint generated always as identity primary key,
  connection_id text not null references connections (id),
  digest text not null,
  body text not null,
  received_at timestamptz not null,
  state text not null default 'stored' check (state in ('stored', 'done', 'held')),
  tries int not null default 0,
  next_at timestamptz not null,
  unique (connection_id, digest)
);
create index webhook_deliveries_due on webhook_deliveries (next_at, id) where state = 'stored';
create index webhook_deliveries_held on webhook_deliveries (connection_id) where state = 'held';

-- What could not be taken in, kept as it came (json, not jsonb: nothing is refused) for people to look at and try again.
create table set_aside (
  id text primary key,
  delivery_id bigint not null references webhook_deliveries (id),
  connection_id text not null references connections (id),
  ordinal int not null,
  element json not null,
  reason text not null,
  tries int not null,
  created_at timestamptz not null,
  replayed_at timestamptz,
  unique (delivery_id, ordinal)
);

-- What the channel says became of our messages. A report may come before the send has stored the channel's id.
create table delivery_reports (
  connection_id text not null references connections (id),
  external_id text not null,
  status text not null check (status in ('sent', 'delivered', 'read', 'failed')),
  participant text not null default '',
  at timestamptz not null,
  code int,
  reason text,
  message_id text references messages (id),
  primary key (connection_id, external_id, status, participant)
);

-- One row for each message on its way out.
create table sends (
  message_id text primary key references messages (id),
  connection_id text not null references connections (id),
  recipient text not null,
  state text not null default 'queued'
    check (state in ('queued', 'sending', 'sent', 'unknown', 'failed', 'cancelled')),
  tries int not null default 0,
  next_at timestamptz not null,
  claimed_at timestamptz,
  error_code int,
  error_class text,
  created_at timestamptz not null
);
create index sends_due on sends (next_at) where state = 'queued';
create index sends_under_way on sends (claimed_at) where state in ('sending', 'unknown');
create index sends_to_recipient on sends (connection_id, recipient, claimed_at) where claimed_at is not null;

create table attachments (
  id text primary key,
  message_id text references messages (id),
  uploaded_by text references users (id),
  file_name text not null,
  mime_type text not null,
  size bigint,
  sha256 text,
  state text not null check (state in ('pending', 'stored', 'failed')),
  reason text,
  provider_id text,
  -- For more than one message: it stays however long it is not sent.
  is_held boolean not null default false,
  created_at timestamptz not null,
  check (state <> 'stored' or (size is not null and sha256 is not null))
);
create index attachments_of_message on attachments (message_id) where message_id is not null;
create index attachments_unsent on attachments (created_at) where message_id is null;
create index attachments_of_content on attachments (sha256);

create table templates (
  connection_id text not null references connections (id),
  name text not null,
  language text not null,
  category text not null,
  status text not null,
  components jsonb not null default '[]',
  synced_at timestamptz not null,
  primary key (connection_id, name, language)
);

alter table connections add column health jsonb not null default '{}';
alter table messages add column delivery_code int, drop column attachments;
