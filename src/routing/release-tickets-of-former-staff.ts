// An account that is switched off, or is no longer staff, answers nobody: its open tickets are free again and go by the rules.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { record, type ReactionPayload } from "#event-log/index.ts"
import { teamLeadsOf, userFacts } from "#people/index.ts"
import { assign, lockTicket } from "#tickets/index.ts"

const atOnce = 20

export function routingJobs(kit: Kit): Job[] {
  return [{ name: "free-tickets", run: (payload) => freeTickets(kit, payload as ReactionPayload) }]
}

/** Of each team a lead is notified once. A free ticket is left as it is, so that a repeat changes nothing. */
async function freeTickets(kit: Kit, { subjectId, ...cause }: ReactionPayload): Promise<void> {
  if (subjectId === null) return
  const notified = new Set<string | null>()
  const some = () =>
    inTransaction(kit.db, { actor: system, now: kit.now(), cause }, (act) => freeSome(act, subjectId, notified))
  while ((await some()) > 0);
}

/** For the doctor: what accounts still have that were switched off before their tickets went free by themselves. */
export async function releaseTicketsOfFormerStaff(act: Act): Promise<void> {
  const { rows } = await sql<{ id: string }>`select distinct assignee_id as id from (${sql.raw(ticketsOfFormerStaff)}) t
    order by 1`.execute(act.tx)
  for (const { id } of rows) {
    const notified = new Set<string | null>()
    while ((await freeSome(act, id, notified)) > 0);
  }
}

/** SQL of open tickets whose agent answers nobody. Who is that only since a moment ago is about to be seen to. */
export const ticketsOfFormerStaff = `select t.id, t.assignee_id from tickets t join users u on u.id = t.assignee_id
  where t.active and t.merged_into is null and (u.role = 'user' or u.disabled_at is not null)
    and u.updated_at < now() - interval '1 minute'`

async function freeSome(act: Act, userId: string, notified: Set<string | null>): Promise<number> {
  const agent = await userFacts(act, userId)
  if (!agent || (agent.role !== "user" && !agent.disabled)) return 0
  const ids = await openTicketsOf(act, userId)
  for (const id of ids) await free(act, id, userId, notified)
  return ids.length
}

async function free(act: Act, ticketId: string, previousAgentId: string, notified: Set<string | null>) {
  const ticket = await lockTicket(act, ticketId)
  if (ticket.assigneeId !== previousAgentId || !ticket.active) return
  await assign(act, ticket, { agentId: null })
  const leadIds = notified.has(ticket.teamId) ? [] : await teamLeadsOf(act, ticket.teamId)
  notified.add(ticket.teamId)
  await record(act, "ticket.freed", { ticketId, data: { previousAgentId, leadIds } })
}

/** The longest open first. */
async function openTicketsOf(act: Act, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from tickets
    where assignee_id = ${userId} and active and merged_into is null order by created_at, id limit ${atOnce}`.execute(
    act.tx,
  )
  return rows.map(({ id }) => id)
}
