-- Since when the customer of a ticket has been waiting for us: since the first of their messages that no person has answered, and
-- of a ticket that staff typed in for them since it was made. Null where nobody waits, and where the ticket has ended.
alter table tickets add column waiting_since timestamptz;

update tickets t set waiting_since = w.since
from (
  select o.id, least(
      (select min(m.sent_at) from messages m
        where m.ticket_id = o.id and m.direction = 'in' and m.kind = 'message' and m.sender_kind = 'contact'
          and m.position > coalesce(a.position, 0) and m.created_at >= coalesce(r.at, '-infinity')
          and not exists (select from events e
            where e.ticket_id = coalesce(m.origin_ticket_id, m.ticket_id) and e.subject_id = m.id and e.kind = 'message.attached')),
      case when a.position is null and r.at is null and o.kind = 'support' and o.contact_id is not null then o.created_at end) as since
  from tickets o left join lateral (
    select max(m.position) as position from messages m
    where m.ticket_id = o.id and m.direction = 'out' and m.kind = 'message' and m.sender_kind in ('user', 'system')
      and not m.is_internal and m.delivery_state <> 'unreachable'
      and not exists (select from events e where e.ticket_id = coalesce(m.origin_ticket_id, m.ticket_id)
        and e.subject_id = m.id and (e.data ? 'opening' or e.data ? 'fixed'))) a on true
    left join lateral (
      select max(e.at) as at from events e where e.ticket_id = o.id and e.kind = 'ticket.reopened'
        and not exists (select from users u where u.id = e.actor_id and u.role <> 'user' and e.actor_kind in ('user', 'key'))) r on true
  where o.active and o.kind in ('conversation', 'support') and o.created_by_kind <> 'import') w
where w.id = t.id and w.since is not null;

create index tickets_waiting on tickets (waiting_since, id) where waiting_since is not null and phase in ('new', 'active');
