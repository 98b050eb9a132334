-- Tickets that were queued in bulk, by a policy or calendar: screens are not sent their rows one by one.
alter table sla_recomputations add column in_bulk boolean not null default false;

-- What was overdue when it was paused stays due: lists by deadline did not hold it.
update ticket_sla s set due_at = overdue.due_at
from (select counted_on, min(due_at) as due_at from sla_targets
  where ended_at is null and paused_at is not null and due_at is not null group by counted_on) overdue
where overdue.counted_on = s.ticket_id and (s.due_at is null or s.due_at > overdue.due_at);
