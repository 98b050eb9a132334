// A small Hilo in memory, written from what is promised (find or create, unread, agents, merging) and not from the code.
export type Said = {
  connection: number
  contact: number
  group: boolean
  kind: "message" | "reaction" | "system"
  direction: "in" | "out"
  text: "plain" | "thanks" | "farewell"
  /** Minutes before now that the message says it was written; null when it says nothing. */
  ago: number | null
  shipment: string | null
  bot: boolean
  agent: number | null
  /** What a reaction is about: the n-th message received so far. */
  about: number
}

export type Ticket = {
  number: string
  connection: number
  who: string
  status: "pending" | "open" | "closed"
  agent: number | null
  shipment: string | null
  unread: number
  count: number
  notes: number
  reopened: number
  version: number
  first: number
  last: number
  createdAt: number
  updatedAt: number
  closedAt: number | null
  snoozedUntil: number | null
  isMerged: boolean
}

type TakenMessage = { connection: number; ticket: Ticket; said: Said; at: number }
export type Model = { tickets: Ticket[]; taken: TakenMessage[]; mergedInto: Map<number, number> }

export const emptyModel = (): Model => ({ tickets: [], taken: [], mergedInto: new Map() })

/** Connection 0 counts its window from the last activity, 1 from the closing; 2 never reopens. */
export const modelConnections = [
  { windowMinutes: 120, reopenFrom: "activity" },
  { windowMinutes: 30, reopenFrom: "closure" },
  { windowMinutes: 0, reopenFrom: "activity" },
] as const

const minute = 60_000

export function personOf(model: Model, contact: number): number {
  const into = model.mergedInto.get(contact)
  return into === undefined ? contact : personOf(model, into)
}

const whoOf = (model: Model, said: Said) => (said.group ? "group" : `person ${personOf(model, said.contact)}`)
export const isActive = (ticket: Ticket) => ticket.status !== "closed"

export type ExpectedDecision = {
  action: "created" | "joined" | "reopened" | "attached" | "ignored"
  ticket: Ticket | null
  status?: Ticket["status"]
  keepsStatus?: boolean
}

/** What must become of a message that came for the first time. */
export function expect(model: Model, said: Said, now: number): ExpectedDecision {
  const who = whoOf(model, said)
  const thread = model.tickets.filter((t) => t.connection === said.connection && t.who === who && !t.isMerged)
  const active = thread.find(isActive)
  if (said.kind === "reaction") return attachedOrIgnored(targetOf(model, said)?.ticket)
  if (said.kind === "system") return attachedOrIgnored(targetOf(model, said)?.ticket ?? active)
  if (active) return { action: "joined", ticket: active }
  const newestFirst = thread.toSorted((a, b) => b.updatedAt - a.updatedAt)
  const own = said.ago === null ? null : now - said.ago * minute
  const late = own === null ? undefined : newestFirst.find((t) => t.first <= own && own <= t.last)
  if (late) return { action: "attached", ticket: late }
  const latest = newestFirst[0]
  if (!latest) return created(said)
  if (said.direction === "out" && said.text === "farewell") return { action: "attached", ticket: latest }
  if (said.direction === "in" && said.text === "thanks" && isWithinWindow(said.connection, latest, now)) {
    return { action: "attached", ticket: latest }
  }
  if (said.group) return { action: "reopened", ticket: latest, status: "open" }
  if (said.shipment !== null && latest.shipment !== said.shipment) return created(said)
  if (!isWithinWindow(said.connection, latest, now)) return created(said)
  if (latest.shipment !== null && said.direction === "out")
    return { action: "attached", ticket: latest, keepsStatus: true }
  return { action: "reopened", ticket: latest, status: latest.agent === null ? "pending" : "open" }
}

export function targetOf(model: Model, said: Said): TakenMessage | undefined {
  const target = model.taken.length > 0 ? model.taken[said.about % model.taken.length] : undefined
  return target?.connection === said.connection ? target : undefined
}

const attachedOrIgnored = (ticket: Ticket | undefined): ExpectedDecision =>
  ticket ? { action: "attached", ticket } : { action: "ignored", ticket: null }

function isWithinWindow(connection: number, ticket: Ticket, now: number): boolean {
  const { windowMinutes, reopenFrom } = modelConnections[connection]!
  const from = reopenFrom === "closure" ? ticket.closedAt! : ticket.updatedAt
  return windowMinutes > 0 && now - from <= windowMinutes * minute
}

function created(said: Said): ExpectedDecision {
  const isOurOwn = said.direction === "out" && (said.shipment !== null || said.bot)
  const status = isOurOwn ? "closed" : said.group || said.agent !== null ? "open" : "pending"
  return { action: "created", ticket: null, status }
}

/** Does to the model what was expected; returns the ticket that the message is on now. */
export function take(model: Model, said: Said, expected: ExpectedDecision, number: string, now: number): Ticket | null {
  if (expected.action === "ignored") return null
  const at = now - (said.ago ?? 0) * minute
  const ticket = expected.ticket ?? newTicket(model, said, number, expected.status!, now)
  model.taken.push({ connection: said.connection, ticket, said, at })
  if (expected.action === "created") {
    Object.assign(ticket, { first: at, last: at, count: 1, unread: said.direction === "in" ? 1 : 0 })
    return ticket
  }
  Object.assign(ticket, { first: Math.min(ticket.first, at), last: Math.max(ticket.last, at), count: ticket.count + 1 })
  if (expected.action === "attached" && !expected.keepsStatus) return ticket
  ticket.unread = said.direction === "in" ? ticket.unread + 1 : 0
  if (said.direction === "in") ticket.snoozedUntil = null
  ticket.updatedAt = now
  ticket.shipment = said.shipment ?? ticket.shipment
  if (expected.action === "reopened") reopen(ticket, expected.status!, now)
  if (said.agent !== null) give(ticket, said.agent, now)
  return ticket
}

function newTicket(model: Model, said: Said, number: string, status: Ticket["status"], now: number): Ticket {
  const ticket: Ticket = {
    number,
    connection: said.connection,
    who: whoOf(model, said),
    status,
    agent: said.agent,
    shipment: said.shipment,
    unread: 0,
    count: 0,
    notes: 0,
    reopened: 0,
    version: 1,
    first: now,
    last: now,
    createdAt: now,
    updatedAt: now,
    closedAt: status === "closed" ? now : null,
    snoozedUntil: null,
    isMerged: false,
  }
  model.tickets.push(ticket)
  return ticket
}

export function reopen(ticket: Ticket, to: Ticket["status"], now: number) {
  step(ticket, to, now)
  ticket.reopened += 1
}

/** One step of the lifecycle that really happens. */
export function step(ticket: Ticket, to: Ticket["status"], now: number) {
  Object.assign(ticket, {
    status: to,
    version: ticket.version + 1,
    updatedAt: now,
    closedAt: to === "closed" ? now : null,
    ...(to === "closed" && { snoozedUntil: null }),
  })
}

/** Snoozes it, or unsnoozes it. */
export function snooze(ticket: Ticket, until: number | null, now: number) {
  if (ticket.snoozedUntil === until) return
  Object.assign(ticket, { snoozedUntil: until, version: ticket.version + 1, updatedAt: now })
}

/** Nobody changed what has slept long enough: `updatedAt` stays. */
export function wakeDue(model: Model, now: number) {
  for (const ticket of model.tickets)
    if (ticket.snoozedUntil !== null && ticket.snoozedUntil <= now)
      Object.assign(ticket, { snoozedUntil: null, version: ticket.version + 1 })
}

/** Gaining an agent opens a conversation, losing its agent lets it wait; a group stays open. */
export function give(ticket: Ticket, agent: number | null, now: number) {
  if (ticket.agent === agent) return
  Object.assign(ticket, { agent, version: ticket.version + 1, updatedAt: now })
  if (!isActive(ticket)) return
  if (agent !== null && ticket.status === "pending") step(ticket, "open", now)
  if (agent === null && ticket.status === "open" && ticket.who !== "group") step(ticket, "pending", now)
}

export const hasActiveTwin = (model: Model, ticket: Ticket) =>
  model.tickets.some(
    (t) => t !== ticket && t.connection === ticket.connection && t.who === ticket.who && !t.isMerged && isActive(t),
  )

/** Two contacts are one person: their threads are one, and of two active tickets the younger goes into the older. */
export function mergePersons(model: Model, from: number, into: number, now: number) {
  model.mergedInto.set(from, into)
  const [source, target] = [`person ${from}`, `person ${into}`]
  for (const connection of modelConnections.keys()) {
    const both = model.tickets.filter(
      (t) => t.connection === connection && (t.who === source || t.who === target) && isActive(t),
    )
    const [older, younger] = both.toSorted((a, b) => a.createdAt - b.createdAt)
    if (older && younger) mergeTickets(model, younger, older, now)
  }
  for (const ticket of model.tickets) if (ticket.who === source) ticket.who = target
}

function mergeTickets(model: Model, source: Ticket, target: Ticket, now: number) {
  step(source, "closed", now)
  for (const one of model.taken) if (one.ticket === source) one.ticket = target
  Object.assign(target, {
    unread: target.unread + source.unread,
    count: target.count + source.count,
    notes: target.notes + source.notes,
    first: Math.min(target.first, source.first),
    last: Math.max(target.last, source.last),
    version: target.version + 1,
    updatedAt: now,
  })
  Object.assign(source, { unread: 0, count: 0, notes: 0, isMerged: true })
}
