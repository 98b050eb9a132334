// What a policy wants done at a warning or a breach, besides telling people: a higher priority, another team.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { teamExists } from "#people/index.ts"
import { handToTeam, lockTicket, priorities, updateFields } from "#tickets/index.ts"

export function escalationJobs(kit: Kit): Job[] {
  return [{ name: "escalate-ticket", run: (payload) => escalate(kit, payload as ReactionPayload) }]
}

type Escalation = { priority?: (typeof priorities)[number]; teamId?: string }

async function escalate(kit: Kit, { ticketId, ...cause }: ReactionPayload): Promise<void> {
  if (ticketId === null) return
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause }, async (act) => {
    const ticket = await lockTicket(act, ticketId)
    if (!ticket.active || ticket.mergedInto !== null || (await wasCarriedOut(act, ticketId, cause.eventId))) return
    const { priority, teamId } = await escalationOf(act, cause.eventId)
    if (priority && isHigher(priority, ticket.priority)) await updateFields(act, ticket, { priority })
    if (teamId && (await teamExists(act, teamId))) await handToTeam(act, await lockTicket(act, ticketId), teamId)
  })
}

const isHigher = (priority: string, than: string) => rank(priority) > rank(than)
const rank = (priority: string) => (priorities as readonly string[]).indexOf(priority)

async function escalationOf(act: Act, eventId: number): Promise<Escalation> {
  const event = await act.tx.selectFrom("events").select("data").where("id", "=", eventId).executeTakeFirstOrThrow()
  return event.data as Escalation
}

/** Under the ticket's lock: of two servers that do the same job, the second sees what the first has recorded. */
async function wasCarriedOut(act: Act, ticketId: string, eventId: number): Promise<boolean> {
  const caused = await act.tx
    .selectFrom("events")
    .select("id")
    .where("ticketId", "=", ticketId)
    .where("causeId", "=", eventId)
    .executeTakeFirst()
  return caused !== undefined
}
