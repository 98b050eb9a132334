-- Mail on its way out. What it says is sealed (it may hold a link that lets somebody in) and gone once it is settled.
create table mails (
  id text primary key,
  recipient text not null,
  sealed text,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  tries int not null default 0,
  due_at timestamptz not null,
  reason text,
  created_at timestamptz not null,
  settled_at timestamptz
);
create index mails_due on mails (due_at) where state = 'queued';
create index mails_settled on mails (settled_at) where settled_at is not null;

-- Everybody who asked for a link, known or not: the answer is the same, in the same time. A worker looks who it was.
create table link_requests (
  id text primary key,
  email text not null,
  created_at timestamptz not null
);

create table sign_in_links (
  token_hash text primary key,
  email text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_links_age on sign_in_links (created_at);
