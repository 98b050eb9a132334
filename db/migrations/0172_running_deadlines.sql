-- Does anything run on the ticket? What does is found by its state, the next deadline first, however many ended in that state.
alter table ticket_sla add column is_running boolean not null default false;
update ticket_sla s set is_running = true
where exists (select from sla_targets g where g.counted_on = s.ticket_id and g.ended_at is null);
drop index ticket_sla_by_state;
create index ticket_sla_by_state on ticket_sla (state, is_running, due_at, ticket_id) where state <> 'none';

-- Of what was queued in bulk the last row keeps that deadlines of others have moved: only then do screens fetch what they show.
alter table sla_recomputations add column has_moved boolean not null default false;
