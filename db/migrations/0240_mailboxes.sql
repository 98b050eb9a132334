-- E-mail as a channel: how far each mailbox was read, the threads of mails and the ids that lead to them, and what a mail says
-- beside its text.

-- One row a mailbox, which is one connection. `lease` is a fencing number: each server that takes the mailbox raises it, and what
-- the server before it still wants to write is refused.
create table mailboxes (
  connection_id text primary key references connections,
  folder text not null,
  -- Null: the folder was never opened.
  uid_validity bigint,
  -- All mails up to this one are stored.
  last_uid bigint not null default 0,
  -- Mails up to this one were there before the connection.
  silent_uid bigint not null default 0,
  lease bigint not null default 0,
  leased_until timestamptz not null default '-infinity',
  checked_at timestamptz,
  reconciled_at timestamptz,
  -- The mail after `last_uid` that could not be fetched, and how often.
  stuck_tries integer not null default 0,
  -- Of the tries to connect that failed since the last that did not.
  failures integer not null default 0,
  failing_since timestamptz,
  failed_at timestamptz,
  failure text,
  next_try_at timestamptz not null default '-infinity'
);

create unique index connections_mailbox on connections (lower(settings ->> 'address'))
  where kind = 'email' and deleted_at is null;

-- What a delivery stands for is in the file storage, by this hash.
alter table webhook_deliveries add column file_sha256 text;

create table mail_threads (
  id text primary key,
  connection_id text not null references connections,
  created_at timestamptz not null
);

-- Ids of mails as SHA-256 in hex: of those that came or were sent, and of those that they name. The first thread that has one
-- keeps it.
create table mail_ids (
  connection_id text not null references connections,
  digest text not null,
  thread_id text not null references mail_threads,
  -- False: mails name it, and none that bears it has come.
  is_borne boolean not null,
  primary key (connection_id, digest)
);
create index mail_ids_of_thread on mail_ids (thread_id);

-- Who takes part in a thread: who began it, and whom mails of it went to.
create table mail_participants (
  thread_id text not null references mail_threads,
  address text not null,
  name text not null,
  role text not null check (role in ('requester', 'follower')),
  joined_at timestamptz not null,
  primary key (thread_id, address)
);

create table message_mails (
  message_id text primary key references messages,
  thread_id text not null references mail_threads,
  -- The Message-ID without brackets; null of a mail that has none.
  mail_id text,
  subject text not null,
  sender jsonb not null,
  reply_to jsonb not null,
  recipients jsonb not null,
  in_reply_to text[] not null,
  -- Mails before it, oldest first; messages of ours by their own id.
  reference_ids text[] not null,
  -- Null: we sent it.
  writer_role text check (writer_role in ('requester', 'follower', 'stranger')),
  automatic text not null check (automatic in ('no', 'auto_reply', 'bounce', 'list', 'receipt')),
  auth text not null check (auth in ('pass', 'fail', 'unknown')),
  claims_to_be_us boolean not null,
  html text,
  -- Offsets into the message's content.
  folded_from integer,
  quoted_from integer,
  -- The mail as it came, in the file storage.
  raw_sha256 text
);
create index message_mails_of_thread on message_mails (thread_id);
