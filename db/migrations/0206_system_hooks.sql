-- What linked systems post by their hooks: stored before it is answered, processed afterwards. Once it is done its body is
-- empty; the digest stays, by which a repetition is known.
create table system_hooks (
  id bigint generated always as identity primary key,
  system_id text not null references linked_systems,
  path text not null,
  digest text not null,
  body text not null,
  is_hint boolean not null,
  received_at timestamptz not null,
  state text not null default 'stored' check (state in ('stored', 'done', 'failed')),
  -- What became of it, or why it failed.
  outcome text,
  tries integer not null default 0,
  next_at timestamptz not null,
  unique (system_id, path, digest)
);
create index system_hooks_due on system_hooks (next_at) where state = 'stored';
