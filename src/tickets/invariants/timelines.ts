// The timeline of a ticket, read from its beginning, ends where the ticket stands.
import type { Invariant } from "#kernel/invariant.ts"

const newest = (kinds: string, value: string) => `select distinct on (ticket_id) ticket_id, data ->> '${value}' as value
  from events where ticket_id is not null and kind in (${kinds}) order by ticket_id, id desc`

const ofKind = {
  status: newest("'ticket.status_changed', 'ticket.reopened'", "to"),
  agent: newest("'ticket.assigned'", "agentId"),
}

export const timelineInvariants: Invariant[] = [
  {
    name: "timelines",
    why: "The last step that a ticket's timeline shows is its status, and the last assignment its agent.",
    remedy:
      "Somebody changed the database by hand: change status or agent of these in Hilo, back and forth, and the timeline says it.",
    find: `select t.id || ' is ' || t.status || ', its timeline says ' || s.value from tickets t join (${ofKind.status}) s on s.ticket_id = t.id
        where s.value <> t.status
      union all select t.id || ' is with ' || coalesce(t.assignee_id, 'nobody') || ', its timeline says ' || coalesce(a.value, 'nobody')
        from tickets t join (${ofKind.agent}) a on a.ticket_id = t.id where a.value is distinct from t.assignee_id`,
  },
]
