-- Saved views: a list's filters under a name, for one person, a team, or everybody of the staff.
create table views (
  id text primary key,
  name text not null,
  visibility text not null check (visibility in ('me', 'team', 'all')),
  owner_id text not null references users (id) on delete cascade,
  team_id text references teams (id) on delete cascade,
  filters jsonb not null,
  sort text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((visibility = 'team') = (team_id is not null))
);
create index views_of_owner on views (owner_id);
create index views_of_team on views (team_id) where team_id is not null;
