// Mail threads in memory, written from what is promised (docs/email.md) and not from the code.
export type Thread = { people: Set<number> }

export type Ticket = {
  thread: Thread | null
  isActive: boolean
  count: number
  closedAt: number
  updatedAt: number
  mergedInto: Ticket | null
}

/** A mail that came, or (`writer` is null) one of ours. `tokenThread`: to which the address leads that ours asks answers to. */
export type Mail = {
  id: string
  thread: Thread
  ticket: Ticket
  writer: number | null
  isStranger: boolean
  isNotice: boolean
  tokenThread: Thread | null
}

type KnownId = { thread: Thread; isBorne: boolean }

export type Model = { tickets: Ticket[]; mails: Mail[]; ids: Map<string, KnownId> }

export const emptyModel = (): Model => ({ tickets: [], mails: [], ids: new Map() })

/** What a mail names, in the order in which it counts. */
export type IncomingMail = {
  id: string
  writer: number
  others: readonly number[]
  names: readonly string[]
  token: Thread | null
  isNotice: boolean
}

const windowMs = 14 * 86_400_000

/** Does to the model what must become of a mail; null where it belongs nowhere. */
export function receive(model: Model, mail: IncomingMail, now: number): Mail | null {
  const chosen = chooseThread(model, mail)
  if (chosen === null && mail.isNotice) return null
  const thread = chosen ?? { people: new Set() }
  const isStranger = chosen !== null && !thread.people.has(mail.writer)
  for (const id of [...mail.names, mail.id]) learn(model, id, { thread, isBorne: id === mail.id })
  if (!isStranger) for (const person of [mail.writer, ...mail.others]) thread.people.add(person)
  const place = placeOf(model, thread)
  const ticket = mail.isNotice ? place : wake(place, now)
  const isNew = ticket === null
  const on = ticket ?? open(model, thread, now)
  on.count += 1
  const taken = {
    id: mail.id,
    thread,
    ticket: on,
    writer: mail.writer,
    // Who begins a ticket is no stranger in it.
    isStranger: isStranger && !isNew,
    isNotice: mail.isNotice,
    tokenThread: null,
  }
  model.mails.push(taken)
  return taken
}

/** A token, then an id of ours; then, for who takes part, the id of a mail, and one that is only named. */
function chooseThread(model: Model, { token, names, writer, id }: IncomingMail): Thread | null {
  if (token !== null) return token
  const known = [...names, id].flatMap((name) => {
    const ours = model.mails.find((mail) => mail.writer === null && mail.id === name)
    const found = ours ? { thread: ours.thread, isBorne: true } : model.ids.get(name)
    return found ? [{ ...found, isOurs: ours !== undefined }] : []
  })
  const theirs = known.filter(({ thread }) => thread.people.has(writer))
  const best = known.find(({ isOurs }) => isOurs) ?? theirs.find(({ isBorne }) => isBorne) ?? theirs[0]
  return best?.thread ?? null
}

/** The first thread that has an id keeps it. */
function learn(model: Model, id: string, { thread, isBorne }: KnownId) {
  if (model.mails.some((mail) => mail.writer === null && mail.id === id)) return
  const known = model.ids.get(id)
  if (known) known.isBorne ||= isBorne
  else model.ids.set(id, { thread, isBorne })
}

export const rootOf = (ticket: Ticket): Ticket => (ticket.mergedInto ? rootOf(ticket.mergedInto) : ticket)

/** The active ticket of the thread or the latest, also of the one that it leads to since a merge. */
function placeOf(model: Model, thread: Thread): Ticket | null {
  const led = model.tickets.find((one) => one.thread === thread && one.mergedInto)
  const root = led ? rootOf(led) : null
  const threads = [thread, ...(root?.thread ? [root.thread] : [])]
  const all = model.tickets.filter(
    (one) => !one.mergedInto && (one === root || (one.thread && threads.includes(one.thread))),
  )
  const [best] = all.toSorted((a, b) => Number(b.isActive) - Number(a.isActive) || b.updatedAt - a.updatedAt)
  return best ?? null
}

/** Null when it is over for good. */
function wake(ticket: Ticket | null, now: number): Ticket | null {
  if (!ticket || (!ticket.isActive && now - ticket.closedAt > windowMs)) return null
  Object.assign(ticket, { isActive: true, updatedAt: now })
  return ticket
}

function open(model: Model, thread: Thread, now: number): Ticket {
  // Where the thread was led there is nothing to go on with.
  for (const one of model.tickets) if (one.thread === thread && one.mergedInto) one.thread = null
  const ticket = { thread, isActive: true, count: 0, closedAt: 0, updatedAt: now, mergedInto: null }
  model.tickets.push(ticket)
  return ticket
}

/** The mail that an answer on a ticket answers: the last of somebody who takes part. */
export const answeredOn = (model: Model, ticket: Ticket) =>
  model.mails.findLast((mail) => mail.ticket === ticket && mail.writer !== null && !mail.isStranger && !mail.isNotice)

export function close(ticket: Ticket, now: number) {
  Object.assign(ticket, { isActive: false, closedAt: now, updatedAt: now })
}

const holderOf = (model: Model, thread: Thread) =>
  model.tickets.find((one) => one.thread === thread && (one.isActive || one.mergedInto))

/** The source's thread leads to the target from now on, unless it has another ticket or is the target's own. */
export function merge(model: Model, source: Ticket, target: Ticket, now: number) {
  const ofTarget = target.thread && holderOf(model, target.thread)
  if (ofTarget?.mergedInto && rootOf(ofTarget) === source) ofTarget.thread = null
  const holder = source.thread && holderOf(model, source.thread)
  if (source.thread === target.thread || (holder && holder !== source)) source.thread = null
  for (const mail of model.mails) if (mail.ticket === source) mail.ticket = target
  Object.assign(target, { count: target.count + source.count, updatedAt: now })
  if (source.isActive) close(source, now)
  Object.assign(source, { mergedInto: target, count: 0, updatedAt: now })
}

/** The mail has a ticket and a thread of its own, in which the same people take part. */
export function split(model: Model, mail: Mail, now: number): Thread {
  const thread = { people: new Set(mail.thread.people) }
  const ticket = open(model, thread, now)
  Object.assign(mail.ticket, { count: mail.ticket.count - 1, updatedAt: now })
  Object.assign(mail, { thread, ticket })
  ticket.count = 1
  const known = model.ids.get(mail.id)
  if (known) known.thread = thread
  return thread
}
