-- Accounts of connections that somebody has signed in at their provider (OAuth): what was granted, and who is signing in just now.

-- One row a connection. `claim` is a fencing number: each server that asks the provider for other tokens raises it, and so does
-- whoever signs in anew; what a server before it still wants to write is refused.
create table oauth_grants (
  connection_id text primary key references connections,
  -- The access and the refresh token, sealed.
  tokens text not null,
  access_ends_at timestamptz not null,
  granted_at timestamptz not null,
  refreshed_at timestamptz,
  claim bigint not null default 0,
  claimed_until timestamptz not null default '-infinity',
  -- In a row: tries without an answer of use, and answers that the grant is not good.
  failures integer not null default 0,
  refusals integer not null default 0,
  failure text check (failure in ('refused', 'app', 'server')),
  retry_at timestamptz not null default '-infinity',
  -- The provider has ended it: somebody signs in again.
  ended_at timestamptz
);

-- One row a connection: who begins anew takes the place of who began before. The state is a hash, and good for one session alone.
create table oauth_sign_ins (
  connection_id text primary key references connections,
  state_hash text not null unique,
  session_hash text not null,
  code_verifier text not null,
  ends_at timestamptz not null
);
