import type { Invariant } from "#kernel/invariant.ts"
import { hookInvariants } from "./hooks/invariants.ts"
import { linkedSystemInvariants } from "./systems/invariants.ts"

export const agreementInvariants: Invariant[] = [
  {
    name: "agreements_and_tickets",
    why: "A mirrored ticket is closed when its agreement is, closing while the work system alone has closed it, and else open.",
    remedy: "Reopen or close it by hand on its agreement; the next answers of both systems do the rest.",
    find: `select t.id from agreements a join tickets t on t.id = a.ticket_id
      where t.status is distinct from case when a.closed_at is not null then 'closed'
        when a.work_closed_at is not null then 'closing' else 'open' end`,
  },
  ...hookInvariants,
  ...linkedSystemInvariants,
]
