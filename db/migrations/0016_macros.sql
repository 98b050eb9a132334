-- Prepared replies and acts, and what each use of a macro changed, so that it can be taken back.
create table saved_replies (
  id text primary key,
  name text not null,
  content text not null,
  language text,
  visibility text not null check (visibility in ('me', 'team', 'all')),
  owner_id text not null references users (id) on delete cascade,
  team_id text references teams (id) on delete cascade,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((visibility = 'team') = (team_id is not null))
);
create index saved_replies_of_owner on saved_replies (owner_id);
create index saved_replies_of_team on saved_replies (team_id) where team_id is not null;

create table macros (
  id text primary key,
  name text not null,
  usable_when text[] not null,
  reply jsonb,
  actions jsonb not null,
  visibility text not null check (visibility in ('me', 'team', 'all')),
  owner_id text not null references users (id) on delete cascade,
  team_id text references teams (id) on delete cascade,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((visibility = 'team') = (team_id is not null))
);
create index macros_of_owner on macros (owner_id);
create index macros_of_team on macros (team_id) where team_id is not null;

create table macro_runs (
  id text primary key,
  macro_id text not null,
  ticket_id text not null references tickets (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  changes jsonb not null,
  at timestamptz not null,
  undone_at timestamptz
);
create index macro_runs_of_ticket on macro_runs (ticket_id);
create index macro_runs_of_user on macro_runs (user_id);

-- What an act of administration changed. The log holds ids and enums only, so names and texts stand here.
create table admin_changes (
  id text primary key,
  subject_name text not null,
  fields jsonb not null
);
