// The whole life of every kind of ticket on one screen. The database holds the same table and refuses the rest.

export const lifecycles = {
  conversation: {
    pending: ["open", "closed"],
    open: ["pending", "closed"],
    closed: ["open", "pending"],
  },
  support: {
    open: ["pending", "resolved", "closed"],
    pending: ["open", "resolved", "closed"],
    resolved: ["open", "closed"],
    closed: ["open"],
  },
  incident: {
    open: ["in_progress"],
    in_progress: ["resolved"],
    resolved: ["closed", "in_progress"],
    closed: [],
  },
  mirrored: {
    open: ["closing", "closed"],
    closing: ["open", "closed"],
    closed: [],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>

export type TicketKind = keyof typeof lifecycles
export type Status = { [K in TicketKind]: keyof (typeof lifecycles)[K] }[TicketKind]
export type Phase = "new" | "active" | "waiting" | "resolved" | "closed"

export const kinds = Object.keys(lifecycles) as TicketKind[]
export const statuses = ["pending", "open", "in_progress", "closing", "resolved", "closed"] as const satisfies Status[]
export const phases = ["new", "active", "waiting", "resolved", "closed"] as const satisfies Phase[]

/** In these, new reports of the same thread belong to the ticket. */
export const activeStatuses = {
  conversation: ["pending", "open"],
  support: ["open", "pending"],
  incident: ["open", "in_progress"],
  mirrored: ["open", "closing"],
} as const satisfies Record<TicketKind, readonly Status[]>

/** Incidents are one by their own key and hold nothing personal; mirrored tickets follow their agreement. */
export const mergeableKinds: readonly TicketKind[] = ["conversation", "support"]

/** The kinds that have somebody to write to; the others take notes alone. */
export const kindsWithContact: readonly TicketKind[] = ["conversation", "support"]

/** Where a ticket may go next; nothing for a status its kind does not know. */
export function nextStatuses(kind: TicketKind, status: Status): readonly Status[] {
  return (lifecycles[kind] as Record<string, readonly Status[]>)[status] ?? []
}

/** The steps that lead from one status to another, the shortest way; none when they are the same. */
export function pathBetween(kind: TicketKind, from: Status, to: Status): Status[] {
  const paths: Status[][] = [[]]
  const seen = new Set<Status>([from])
  for (const path of paths) {
    const last = path.at(-1) ?? from
    if (last === to) return path
    const unseen = nextStatuses(kind, last).filter((next) => !seen.has(next))
    for (const next of unseen) seen.add(next)
    paths.push(...unseen.map((next) => [...path, next]))
  }
  throw new Error(`a ${kind} ticket never gets from ${from} to ${to}`)
}

export function isActive(kind: TicketKind, status: Status): boolean {
  return (activeStatuses[kind] as readonly Status[]).includes(status)
}

/** The shared reading of a status, for lists and counts of all kinds. */
export function phaseOf(kind: TicketKind, status: Status, assigned: boolean): Phase {
  if (status === "closed") return "closed"
  if (status === "resolved" || status === "closing") return "resolved"
  if (kind === "conversation") return status === "pending" ? "new" : "active"
  if (kind === "support" && status === "pending") return "waiting"
  if (kind === "support") return assigned ? "active" : "new"
  if (kind === "incident") return status === "open" ? "new" : "active"
  return "active"
}
