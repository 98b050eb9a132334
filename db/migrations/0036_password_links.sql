-- One-time links by which a person sets their own password: an invitation, or a forgotten password. A link that is used,
-- replaced or over is deleted.
create table password_links (
  token_hash text primary key,
  user_id text not null references users (id) on delete cascade,
  -- Who gave it; null when the account's owner asked for it.
  given_by text references users (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index password_links_of_user on password_links (user_id);
