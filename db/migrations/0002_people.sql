create table users (
  id text primary key,
  email text not null,
  name text not null,
  role text not null check (role in ('user', 'agent', 'lead', 'admin')),
  password_hash text,
  capacity int not null default 20 check (capacity >= 0),
  phone text,
  language text not null default 'es' check (language in ('es', 'en')),
  timezone text not null default 'America/Bogota',
  external_ids jsonb not null default '{}',
  disabled_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index users_email on users (lower(email));

create table teams (
  id text primary key,
  name text not null,
  is_default boolean not null default false,
  auto_assign text[] not null default '{support}',
  created_at timestamptz not null
);
create unique index teams_name on teams (lower(name));
create unique index teams_one_default on teams (is_default) where is_default;

create table team_members (
  team_id text not null references teams (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  is_lead boolean not null default false,
  primary key (team_id, user_id)
);
create index team_members_of_user on team_members (user_id);

create table sessions (
  token_hash text primary key,
  user_id text not null references users (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_of_user on sessions (user_id);

create table api_keys (
  id text primary key,
  name text not null,
  role text not null check (role in ('user', 'agent', 'lead', 'admin')),
  user_id text not null references users (id) on delete cascade,
  key_hash text not null unique,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null
);

create table setup_links (
  token_hash text primary key,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
