import type { Invariant } from "#kernel/invariant.ts"

export const slaInvariants: Invariant[] = [
  {
    name: "sla_running",
    why: "A target runs only on a ticket that is open, and once.",
    remedy: "Change the priority of the ticket, back and forth: its deadlines are counted again.",
    find: `select g.id::text from sla_targets g join tickets t on t.id = g.counted_on
      where g.ended_at is null and not t.active and not exists (select from events e, event_readers r
        where r.name = 'sla' and e.ticket_id = t.id and (e.position is null or e.position > r.position))
      union all select min(id)::text from sla_targets where ended_at is null group by ticket_id, metric having count(*) > 1`,
  },
]
