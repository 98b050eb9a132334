// Which open tickets a policy would be for, before it is saved.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { asIfSaved, conditionFacts, type TicketFacts, ticketFactColumns, unsavedId } from "#conditions/index.ts"
import { choosePolicy } from "./choose-policy.ts"
import type { MatchesBody, Policy } from "./api-contract.ts"
import { policiesInForce } from "./policy-store.ts"

/** Looking is bounded: the newest open tickets, and of those that match some to look at. */
const examinedAtMost = 1_000
const shownAtMost = 50

type AskedPolicy = Pick<Policy, "id" | "priority" | "isDefault" | "conditions" | "calendarId" | "targets">
type OpenTicket = TicketFacts & { number: string; status: string; createdAt: Date }

/** The candidate stands in for the policy whose id it has, or among the others. */
export async function matchOpenTickets(from: Kysely<DB>, candidate: MatchesBody) {
  const saved: AskedPolicy[] = await policiesInForce(from)
  const policies = asIfSaved(saved, { ...candidate, calendarId: null, targets: null })
  const candidateId = candidate.id ?? unsavedId()
  const open = await newestOpenTickets(from)
  const examined = open.slice(0, examinedAtMost)
  const matching = examined.filter((one) => choosePolicy(policies, conditionFacts(one))?.id === candidateId)
  return {
    examined: examined.length,
    isCapped: open.length > examined.length,
    matched: matching.length,
    items: matching.slice(0, shownAtMost).map(({ id: ticketId, number, subject, status, createdAt }) => ({
      id: ticketId,
      number,
      subject,
      status,
      createdAt,
    })),
  }
}

async function newestOpenTickets(from: Kysely<DB>): Promise<OpenTicket[]> {
  const { rows } = await sql<OpenTicket>`
    select t.number, t.status, t.created_at, ${sql.raw(ticketFactColumns)}
    from tickets t left join contacts c on c.id = t.contact_id
    where t.kind in ('support', 'conversation') and t.phase in ('new', 'active', 'waiting')
    order by t.created_at desc, t.id desc limit ${examinedAtMost + 1}`.execute(from)
  return rows
}
