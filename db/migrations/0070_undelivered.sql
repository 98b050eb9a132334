-- What people wrote and nobody got: found at once, until somebody has dealt with it.
alter table messages add column delivery_settled_at timestamptz;

-- What failed on tickets that were ended since, or before a reply that arrived, is nobody's work any more.
update messages m set delivery_settled_at = now()
where m.direction = 'out' and m.sender_kind = 'user' and not m.is_internal
  and m.delivery_state in ('failed', 'unknown', 'unreachable')
  and (exists (select from tickets t where t.id = m.ticket_id and t.phase in ('resolved', 'closed'))
    or exists (select from messages l where l.ticket_id = m.ticket_id and l.position > m.position and l.direction = 'out'
      and l.sender_kind = 'user' and not l.is_internal and l.delivery_state in ('sent', 'delivered', 'read')));

create index messages_undelivered on messages (ticket_id)
  where direction = 'out' and sender_kind = 'user' and not is_internal and delivery_settled_at is null
    and delivery_state in ('queued', 'failed', 'unknown', 'unreachable');

-- A reply that was written after a failure, and reached the same person, has dealt with it. What is being changed by
-- somebody else is left to them: nobody waits here.
create function later_reply_settles_failures() returns trigger language plpgsql as $$
begin
  update messages set delivery_settled_at = now() where id in (
    select m.id from messages m
    where m.ticket_id = new.ticket_id and m.direction = 'out' and m.sender_kind = 'user' and not m.is_internal
      and m.delivery_settled_at is null and m.delivery_state in ('queued', 'failed', 'unknown', 'unreachable')
      and m.delivery_state <> 'queued' and m.id <> new.id and m.contact_id is not distinct from new.contact_id
      and new.created_at > coalesce((select s.claimed_at from sends s where s.message_id = m.id), m.created_at)
    for update skip locked);
  return null;
end $$;

create trigger messages_settle_failures after update of delivery_state on messages for each row
  when (new.direction = 'out' and new.sender_kind = 'user' and new.delivery_state in ('sent', 'delivered', 'read')
    and old.delivery_state not in ('sent', 'delivered', 'read'))
  execute function later_reply_settles_failures();

create trigger messages_sent_settle_failures after insert on messages for each row
  when (new.direction = 'out' and new.sender_kind = 'user' and new.delivery_state in ('sent', 'delivered', 'read'))
  execute function later_reply_settles_failures();

-- What was given up in an outage is tried again: when, and how often it was.
alter table sends add column revive_at timestamptz, add column revived smallint not null default 0;
create index sends_to_revive on sends (revive_at) where revive_at is not null;
