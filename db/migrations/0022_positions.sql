-- The order of the log is Hilo's own: numbers that it gives itself, and no longer the cluster's transaction ids.
-- Events are born without a position; a sequencer numbers those that are committed, and readers go by position alone.
-- 0 stands for the past: what every reader had read before there were positions. Told by a default that is taken away
-- again, so that no row is rewritten.
alter table events
  add column position bigint default 0,
  add column placed_at timestamptz,
  -- Of the ticket at that moment; null in events older than these columns.
  add column team_id text,
  add column assignee_id text;
alter table events alter column position drop default;

alter table event_readers add column position bigint not null default 0;
alter table event_readers alter column position drop default;

-- What some reader has not read yet, in the order that it had until now. A cursor from another cluster may lie in this
-- one's future: then what was written here since is unread too.
create temporary table unread on commit drop as
  select e.id, e.xid, row_number() over (order by e.xid, e.id) as position
  from events e
  where (e.xid, e.id) > (select r.xid, r.event_id from event_readers r order by r.xid, r.event_id limit 1)
    or exists (select from event_readers r where r.xid >= pg_snapshot_xmax(pg_current_snapshot())
      and e.xid < pg_snapshot_xmax(pg_current_snapshot()) and e.id > r.event_id);

alter table events disable trigger events_append_only;
update events e set position = u.position, placed_at = now() from unread u where u.id = e.id;
alter table events enable trigger events_append_only;

-- As far as each has read of these.
update event_readers r set position = coalesce((
  select max(u.position) from unread u where (u.xid, u.id) <= (r.xid, r.event_id)
    and not (r.xid >= pg_snapshot_xmax(pg_current_snapshot())
      and u.xid < pg_snapshot_xmax(pg_current_snapshot()) and u.id > r.event_id)), 0);
insert into event_readers (name, xid, event_id, position)
  select 'sequencer', '0', 0, coalesce(max(position), 0) from unread;

drop index events_in_commit_order;
alter table events drop column xid;
alter table event_readers drop column xid, drop column event_id;

create unique index events_in_order on events (position) where position > 0;
create index events_unplaced on events (id) where position is null;

-- An event gets its position once. Nothing else of it ever changes.
create or replace function refuse_event_change() returns trigger language plpgsql as $$
begin
  if current_setting('hilo.erasing', true) = 'on' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'UPDATE' and old.position is null and new.position > 0 then
    old.position := new.position;
    old.placed_at := new.placed_at;
    if new is not distinct from old then
      return new;
    end if;
  end if;
  raise exception 'events are append-only' using errcode = 'restrict_violation';
end $$;
