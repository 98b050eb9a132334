-- Outside systems that Hilo is linked to, such as Splynx and Gestión Real. What kinds there are the program says, so that another one
-- needs no migration. `secrets` are sealed. One that was removed stays for what it said about tickets.
create table linked_systems (
  id text primary key,
  kind text not null,
  name text not null,
  settings jsonb not null default '{}',
  secrets text,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index linked_systems_name on linked_systems (lower(name)) where deleted_at is null;
