-- Acts of administration in full, as the audit page reads them: a small table, so that it need not search the log.
drop table admin_changes;
create table admin_acts (
  id text primary key,
  at timestamptz not null,
  kind text not null,
  actor_kind text not null,
  actor_id text,
  subject_id text not null,
  subject_name text not null,
  fields jsonb not null
);
create index admin_acts_in_order on admin_acts (at desc, id desc);
