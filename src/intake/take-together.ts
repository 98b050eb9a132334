// The everyday messages of many deliveries in one transaction and a handful of statements: those that join an active
// ticket, and first ones. It decides nothing: whatever needs the rule is left for the rule, one message at a time.
import { type Statement, statement } from "#kernel/db.ts"
import type { Run } from "#kernel/pipeline.ts"
import { knownMessagesStatement, type OutsideId } from "#messages/index.ts"
import { lockActiveStatement, threadsWithHistoryStatement } from "#tickets/index.ts"
import { type Inbound, proofOf } from "./inbound.ts"
import { joinedActive, newMessage } from "./message.ts"
import { type People, readPeople } from "./people.ts"
import { distinct, type Door, held, introduceAll, openThreads, placeAll, type Told } from "./place-together.ts"

/** May it be taken in together with others? */
export function isEveryday({ kind, direction, categoryIds, assigneeId, campaignShipmentId }: Inbound): boolean {
  const isAsked = categoryIds !== null || assigneeId !== null || campaignShipmentId !== null
  return kind === "message" && direction === "in" && !isAsked
}

/** Takes in what it can; gives those that are settled, repeats of what came before included. */
export async function takeTogether(run: Run, inbounds: readonly Inbound[], now: Date): Promise<Set<Inbound>> {
  if (inbounds.length === 0) return new Set()
  const { told, settled, repeats } = await look(run, inbounds, now)
  const { there, links } = await introduceAll(run, told, now)
  const active = await ticketsOf(run, lockActiveStatement(distinct(there, (one) => one.threadKey)))
  const joining = there.filter(({ threadKey }) => active.has(threadKey))
  const firsts = await withoutHistory(
    run,
    there.filter(({ threadKey }) => !active.has(threadKey)),
  )
  const opened = await openThreads(run, await held(run, firsts), now)
  const joined = joining.map((one) => {
    return { ...one, ticketId: active.get(one.threadKey)!, because: joinedActive, isNew: false }
  })
  for (const { inbound } of await placeAll(run, [...opened, ...joined], links, now)) settled.add(inbound)
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

function readOne(inbound: Inbound, door: Door, people: People, now: Date): Told | null {
  const { person, group } = inbound
  const sender = people.person([person.identity, ...(person.also ?? [])], person.name, proofOf(inbound))
  const thread = group ? people.group(group.identity, group.name, proofOf(inbound)) : sender
  if (!sender || !thread) return null
  const by = { kind: "contact", id: sender.contactId }
  const { contactId, identityId } = thread
  const message = { ...newMessage(inbound, now), senderId: sender.contactId, contactId, identityId }
  return { inbound, message, by, people: [sender, thread], thread, door, threadKey: `${door.id}:${thread.contactId}` }
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
