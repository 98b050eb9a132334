// The everyday messages of many deliveries in one transaction and a handful of statements: those that join an active
// ticket, and first ones. It decides nothing: whatever needs the rule is left for the rule, one message at a time.
import { system } from "#kernel/act.ts"
import { type Statement, statement } from "#kernel/db.ts"
import type { Run } from "#kernel/pipeline.ts"
import type { ConnectionKind } from "#connections/index.ts"
import { holdContactsStatement, insertContactsStatement, type Newcomer } from "#contacts/index.ts"
import { type Fact, recordAllStatement } from "#events/index.ts"
import {
  insertMessagesStatement,
  knownMessagesStatement,
  type NewMessage,
  type OutsideId,
  promiseFilesStatement,
} from "#messages/index.ts"
import {
  insertTicketsStatement,
  lockActiveStatement,
  type Span,
  threadsWithHistoryStatement,
  touchAllStatement,
} from "#tickets/index.ts"
import type { Inbound } from "./inbound.ts"
import { firstTicket } from "./first.ts"
import { joinedActive, newMessage } from "./message.ts"
import { readPeople, type Someone } from "./people.ts"
import { lostRace } from "./store.ts"

/** One message with all that is known of it. */
type Told = { inbound: Inbound; message: NewMessage; sender: Someone; thread: Someone; threadKey: string; door: Door }
type Door = { id: string; kind: ConnectionKind; teamIds: string[] }

/** May it be taken in together with others? */
export function isEveryday({ kind, direction, categoryIds, assigneeId, campaignShipmentId }: Inbound): boolean {
  const isAsked = categoryIds !== null || assigneeId !== null || campaignShipmentId !== null
  return kind === "message" && direction === "in" && !isAsked
}

/** Takes in what it can; gives those that are settled, repeats of what came before included. */
export async function takeTogether(run: Run, inbounds: readonly Inbound[], now: Date): Promise<Set<Inbound>> {
  if (inbounds.length === 0) return new Set()
  const { told, settled, repeats } = await look(run, inbounds, now)
  const active = await ticketsOf(run, lockActiveStatement(distinct(told, (one) => one.threadKey)))
  const joining = told.filter(({ threadKey }) => active.has(threadKey))
  const firsts = await withoutHistory(
    run,
    told.filter(({ threadKey }) => !active.has(threadKey)),
  )
  const isThere = await introduceAll(run, joining, firsts, now)
  const opened = await openThreads(run, firsts.filter(isThere), now)
  const joined = joining.filter(isThere)
  const placed = [
    ...opened.map((one) => ({ ...one, isNew: true })),
    ...joined.map((one) => ({ ...one, isNew: false, ticketId: active.get(one.threadKey)!, because: joinedActive })),
  ]
  for (const inbound of await store(run, placed, now)) settled.add(inbound)
  for (const [repeat, first] of repeats) if (settled.has(first)) settled.add(repeat)
  return settled
}

async function look(run: Run, inbounds: readonly Inbound[], now: Date) {
  const [doors, people, known] = await Promise.all([
    run<Door>(openDoorsStatement(distinct(inbounds, (one) => one.connectionId))),
    readPeople(run, inbounds.flatMap(identitiesOf)),
    run<OutsideId>(knownMessagesStatement(inbounds)),
  ])
  const doorOf = new Map(doors.map((door) => [door.id, door]))
  const settled = new Set<Inbound>()
  const repeats = new Map<Inbound, Inbound>()
  const firstWith = new Map<string, Inbound>()
  const before = new Set(known.map(outsideKey))
  const told: Told[] = []
  for (const inbound of inbounds) {
    const door = doorOf.get(inbound.connectionId)
    if (!door) continue
    const first = firstWith.get(outsideKey(inbound))
    if (before.has(outsideKey(inbound))) settled.add(inbound)
    else if (first) repeats.set(inbound, first)
    else {
      firstWith.set(outsideKey(inbound), inbound)
      const one = readOne(inbound, door, people, now)
      if (one) told.push(one)
    }
  }
  return { told, settled, repeats }
}

const outsideKey = ({ connectionId, externalId }: OutsideId) => `${connectionId} ${externalId}`

const identitiesOf = ({ person, group }: Inbound) => [
  person.identity,
  ...(person.also ?? []),
  ...(group ? [group.identity] : []),
]

function readOne(inbound: Inbound, door: Door, people: Awaited<ReturnType<typeof readPeople>>, now: Date) {
  const { person, group } = inbound
  const sender = people.person([person.identity, ...(person.also ?? [])], person.name)
  const thread = group ? people.group(group.identity, group.name) : sender
  if (!sender || !thread) return null
  const message = { ...newMessage(inbound, now), senderId: sender.contactId }
  return { inbound, message, sender, thread, door, threadKey: `${door.id}:${thread.contactId}` }
}

// A door that is shut takes nothing; the rule says so for each message.
const openDoorsStatement = (ids: string[]): Statement =>
  statement(
    "open-doors",
    (p) => `select id, kind, team_ids as "teamIds" from connections
      where id = any(${p(ids)}::text[]) and enabled and deleted_at is null`,
  )

async function ticketsOf(run: Run, asked: Statement): Promise<Map<string, string>> {
  const rows = await run<{ id: string; threadKey: string }>(asked)
  return new Map(rows.map(({ id, threadKey }) => [threadKey, id]))
}

/** Only threads that never had a ticket need no rule. Asked after the locks: one may have been closed meanwhile. */
async function withoutHistory(run: Run, told: Told[]): Promise<Told[]> {
  if (told.length === 0) return []
  const rows = await run<{ threadKey: string }>(
    threadsWithHistoryStatement(distinct(told, ({ threadKey }) => threadKey)),
  )
  const old = new Set(rows.map(({ threadKey }) => threadKey))
  return told.filter(({ threadKey }) => !old.has(threadKey))
}

/** Makes the contacts that are new, and holds those that get a first ticket. Tells of whom both can be counted on. */
async function introduceAll(run: Run, joining: Told[], firsts: Told[], now: Date) {
  const newcomers = [...new Set([...joining, ...firsts].flatMap(peopleOf).flatMap(({ newcomer }) => newcomer ?? []))]
  const holding = distinct(firsts.flatMap(peopleOf), ({ newcomer, contactId }) => (newcomer ? null : contactId))
  const [held, made] = await Promise.all([
    holding.length > 0 ? run<{ id: string }>(holdContactsStatement(holding)) : [],
    newcomers.length > 0 ? run<Introduced>(insertContactsStatement(newcomers, now)) : [],
  ])
  const got = new Map(made.map(({ contactId, n }) => [contactId, n]))
  const whole = newcomers.filter(({ id, identities }) => got.get(id) === identities.length)
  const facts = whole.flatMap(linksOf)
  if (facts.length > 0) await run(recordAllStatement(facts, now))
  const missing = new Set([...holding, ...newcomers.map(({ id }) => id)])
  for (const { id } of [...held, ...whole]) missing.delete(id)
  return (one: Told) => peopleOf(one).every(({ contactId }) => !missing.has(contactId))
}

type Introduced = { contactId: string; n: number }

const peopleOf = ({ sender, thread }: Told) => [sender, thread]

const linksOf = ({ id, identities }: Newcomer) =>
  identities.slice(1).map(({ kind }): Fact => {
    const about = { actor: system, ticketId: null, subjectId: id }
    return { kind: "contact.identified", ...about, data: { identityKind: kind } }
  })

type Placed = Told & { ticketId: string; isNew: boolean; because: Fact["why"]; opened?: Fact }

/** A ticket for each thread, with all that it begins with. Threads that somebody else opened meanwhile are left out. */
async function openThreads(run: Run, told: Told[], now: Date) {
  if (told.length === 0) return []
  const threads = [...Map.groupBy(told, ({ threadKey }) => threadKey).values()].map((all) => {
    const { inbound, message, sender, thread, door } = all[0]!
    const by = { kind: "contact", id: sender.contactId }
    const first = firstTicket(inbound, message, { ...door, contactId: thread.contactId, by })
    return { all, by, why: first.why, ticket: { ...first.ticket, span: spanOf(all) } }
  })
  const made = await run<{ id: string }>(
    insertTicketsStatement(
      threads.map(({ ticket }) => ticket),
      now,
    ),
  )
  const ids = new Set(made.map(({ id }) => id))
  return threads
    .filter(({ ticket }) => ids.has(ticket.id))
    .flatMap(({ all, by, why, ticket: { id } }) =>
      all.map((one, place) => {
        const opened: Fact = { kind: "ticket.created", actor: by, ticketId: id, subjectId: one.message.id, why }
        return { ...one, ticketId: id, ...(place === 0 ? { because: null, opened } : { because: joinedActive }) }
      }),
    )
}

/** Stores the messages with their files and what they change. Gives those that are in. */
async function store(run: Run, placed: Placed[], now: Date): Promise<Inbound[]> {
  if (placed.length === 0) return []
  const rows = await run<{ id: string }>(
    insertMessagesStatement(
      placed.map(({ message, ticketId }) => ({ ...message, ticketId })),
      now,
    ),
  )
  const ids = new Set(rows.map(({ id }) => id))
  const stored = placed.filter(({ message }) => ids.has(message.id))
  // A ticket was counted together with its messages: then all of them must be there.
  if (placed.some(({ isNew, message }) => isNew && !ids.has(message.id))) throw lostRace()
  const joined = Map.groupBy(
    stored.filter(({ isNew }) => !isNew),
    ({ ticketId }) => ticketId,
  )
  const touched = [...joined].map(([id, all]) => ({ id, ...spanOf(all) }))
  const files = stored.flatMap(({ inbound, message }) =>
    (inbound.files ?? []).map((file) => ({ ...file, messageId: message.id })),
  )
  await Promise.all([
    touched.length > 0 && run(touchAllStatement(touched, now)),
    files.length > 0 && run(promiseFilesStatement(files, now)),
    run(recordAllStatement(stored.flatMap(factsOf), now)),
  ])
  return stored.map(({ inbound }) => inbound)
}

function factsOf({ inbound, message, sender, ticketId, opened, because = null }: Placed): Fact[] {
  const about = { ticketId, subjectId: message.id, actor: { kind: "contact", id: sender.contactId } }
  const data = { direction: message.direction }
  const promised = (inbound.files ?? []).length > 0
  return [
    ...(opened ? [opened] : []),
    { kind: "message.received", ...about, data, why: because },
    ...(promised ? [{ kind: "message.files_announced", ...about } as const] : []),
  ]
}

function spanOf(all: readonly { message: NewMessage }[]): Span {
  const times = all.map(({ message }) => message.sentAt.getTime())
  const lastAt = Math.max(...times)
  const last = all.findLast(({ message }) => message.sentAt.getTime() === lastAt)!
  return {
    messages: all.length,
    unread: all.length,
    firstAt: new Date(Math.min(...times)),
    lastAt: new Date(lastAt),
    lastId: last.message.id,
  }
}

function distinct<One>(all: readonly One[], of: (one: One) => string | null): string[] {
  return [...new Set(all.flatMap((one) => of(one) ?? []))]
}
