-- What-ifs: a candidate rule, policy or window, run over past tickets, with what it would have changed. A run touches its row as
-- it goes on; one that is not touched has died with its server.
create table simulations (
  id text primary key,
  kind text not null,
  user_id text not null references users (id) on delete cascade,
  state text not null default 'running',
  progress real not null default 0,
  checked integer not null default 0,
  differing integer not null default 0,
  items jsonb not null default '[]',
  touched_at timestamptz not null default now(),
  constraint simulations_state check (state in ('running', 'done', 'cancelled', 'failed')),
  constraint simulations_progress check (progress between 0 and 1)
);
create index simulations_of_user on simulations (user_id);
create index simulations_by_age on simulations (touched_at);
