-- What is paused has no due time in lists, overdue or not.
update ticket_sla s set due_at = (
  select min(g.due_at) from sla_targets g where g.counted_on = s.ticket_id and g.ended_at is null and g.paused_at is null)
where s.paused_at is not null and s.due_at is not null;
