import type { ListedTicket, Priority } from "../../tickets/ticket.ts"

export interface BulkChange {
  priority?: Priority
  tags?: { add: string[]; remove: string[] }
  assignment?: { agentId?: string | null; teamId?: string | null; override?: string }
  status?: string
  resolution?: string
  /** Until when; null wakes it. */
  snooze?: string | null
}

export interface BulkJob {
  tickets: string[]
  change: BulkChange
}

/** What brings the tickets back to what they were, those with the same past together. */
export function undoJobs(tickets: ListedTicket[], change: BulkChange): BulkJob[] {
  const jobs = new Map<string, BulkJob>()
  for (const ticket of tickets) {
    const past = pastOf(ticket, change)
    const key = JSON.stringify(past)
    const job = jobs.get(key) ?? { tickets: [], change: past }
    job.tickets.push(ticket.number)
    jobs.set(key, job)
  }
  return [...jobs.values()].filter((job) => Object.keys(job.change).length > 0)
}

function pastOf(ticket: ListedTicket, { priority, tags, assignment, status, snooze }: BulkChange): BulkChange {
  const added = tags?.add.filter((tag) => !ticket.tags.includes(tag)) ?? []
  const removed = tags?.remove.filter((tag) => ticket.tags.includes(tag)) ?? []
  return {
    ...(priority && { priority: ticket.priority }),
    ...(added.length + removed.length > 0 && { tags: { add: removed, remove: added } }),
    ...(assignment && { assignment: { agentId: ticket.assignee?.id ?? null, teamId: ticket.team?.id ?? null } }),
    ...(status && status !== ticket.status && { status: ticket.status }),
    ...(snooze !== undefined && { snooze: ticket.snoozedUntil }),
  }
}

/** The jobs cut so that each batch holds no more than `most` tickets. */
export function batchesOf(jobs: readonly BulkJob[], most: number): BulkJob[][] {
  const single = jobs.flatMap(({ tickets, change }) => tickets.map((ticket) => ({ ticket, change })))
  return Array.from({ length: Math.ceil(single.length / most) }, (_, nth) => {
    const batch = Map.groupBy(single.slice(nth * most, (nth + 1) * most), ({ change }) => change)
    return [...batch].map(([change, rows]) => ({ tickets: rows.map(({ ticket }) => ticket), change }))
  })
}
