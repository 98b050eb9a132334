import type { Invariant } from "#kernel/invariant.ts"
import { releaseTicketsOfFormerStaff, ticketsOfFormerStaff } from "./release-tickets-of-former-staff.ts"
import { maxTries } from "./routing-queue.ts"

export const routingInvariants: Invariant[] = [
  {
    name: "routing_reader_known",
    why: "Who gives tickets out knows how far the log was read.",
    remedy: "doctor --repair puts it back with the other readers (log_reader_known).",
    find: "select 'the row of the reader routing is missing' where not exists (select from event_readers where name = 'routing')",
  },
  {
    name: "routing_queue",
    why: "Every ticket that waits for somebody exists and could be looked at.",
    remedy: "The log of the worker says why; assign the tickets by hand.",
    find: `select ticket_id from routing_queue q
      where tries >= ${maxTries} or not exists (select from tickets t where t.id = q.ticket_id)`,
  },
  {
    name: "tickets_of_former_staff",
    why: "No open ticket stays with somebody who is switched off or no longer staff.",
    remedy: "takes each from its former agent and looks for another.",
    find: `select id from (${ticketsOfFormerStaff}) t`,
    repair: releaseTicketsOfFormerStaff,
  },
]
