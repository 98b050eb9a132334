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

-- What some reader has not read yet, in the order that it had until now. A cursor from another cluster lies in this one's
-- future: what was written here since then comes last, and no reader has read it.
create temporary table cursors on commit drop as
  select name, xid, event_id, xid >= pg_snapshot_xmax(pg_current_snapshot()) as moved from event_readers;
create temporary table unread on commit drop as
  select e.id, e.xid, e.moved, row_number() over (order by e.moved, e.xid, e.id) as position
  from (
    select id, xid, coalesce(xid < pg_snapshot_xmax(pg_current_snapshot())
      and id > (select max(event_id) from cursors where moved), false) as moved from events) e
  where e.moved or (e.xid, e.id) > (select xid, event_id from cursors order by xid, event_id limit 1);

alter table events disable trigger events_append_only;
update events e set position = u.position, placed_at = now() from unread u where u.id = e.id;
alter table events enable trigger events_append_only;

-- As far as each has read of these.
update event_readers r set position = coalesce((
  select max(u.position) from unread u, cursors c
  where c.name = r.name and (u.xid, u.id) <= (c.xid, c.event_id) and not (c.moved and u.moved)), 0);
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
