// The law: at most one active ticket of a thread. What would be a second one is imported closed, and said.
import { sql } from "kysely"
import { isActive } from "#tickets/index.ts"
import type { ImportStep } from "./batch-import-context.ts"
import type { PlannedTicket } from "./plan-tickets.ts"

export async function keepOneActivePerThread(step: ImportStep, planned: readonly PlannedTicket[]): Promise<void> {
  const active = planned.filter(({ ticket }) => ticket.threadKey !== null && isActive(ticket.kind, ticket.status))
  if (active.length === 0) return
  const { rows } = await sql<{ threadKey: string; number: string }>`
    select thread_key, number from tickets where thread_key = any(${active.map(({ ticket }) => ticket.threadKey)}::text[])
      and (active or merged_into is not null)`.execute(step.act.tx)
  const holders = new Map(rows.map(({ threadKey, number }) => [threadKey, number]))
  // The one that was last in use goes on.
  for (const { row, ticket } of active.toSorted(
    (a, b) => b.ticket.updatedAt.getTime() - a.ticket.updatedAt.getTime(),
  )) {
    const holder = holders.get(ticket.threadKey!)
    if (holder === undefined) holders.set(ticket.threadKey!, `the one on line ${row.line}`)
    else {
      Object.assign(ticket, { status: "closed", closedAt: ticket.updatedAt, resolvedAt: ticket.updatedAt })
      const expected = `one active ticket of a conversation, and ${holder} is; this one is closed`
      step.say({ line: row.line, field: "status", expected, isRefused: false })
    }
  }
}
