// Who types right now on either side of a chat, and that staff have read it. Kept nowhere: every server tells all others, and
// what is not repeated is over.
import { z } from "zod"
import { broadcast, onBroadcast } from "#kernel/database/broadcast.ts"
import { type Database, statement } from "#kernel/db.ts"
import type { Kit } from "#kernel/kit.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { staffRooms, visitorRoom } from "#event-log/index.ts"
import { ticketAudience } from "#tickets/index.ts"

/** `typing` and `read` are staff's; `identityId` is the visitor's in all. */
const signal = z.object({
  chat: z.enum(["typing", "read", "visitor"]),
  identityId: z.string(),
  isTyping: z.boolean().optional(),
})

type Signal = z.output<typeof signal>

/** So many wait at most; what comes then is left out. */
const mostWaiting = 200

export function startChatSignals({ db }: Pick<Kit, "db">, emit: (event: SocketEvent) => void): () => Promise<void> {
  let work: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return onBroadcast(db, (what) => {
    const { data } = signal.safeParse(what)
    if (!data || waiting >= mostWaiting) return
    waiting++
    // One after the other: that somebody has stopped is not overtaken by that they typed. Lost is lost: it is said again in seconds.
    work = work
      .then(() => emitSignal(db, data, emit))
      .catch(() => {})
      .finally(() => waiting--)
  })
}

async function emitSignal(db: Database, heard: Signal, emit: (event: SocketEvent) => void) {
  const event = await eventOf(db, heard)
  if (event) emit(event)
}

async function eventOf(db: Database, { chat, identityId, isTyping = true }: Signal) {
  if (chat === "visitor") return visitorTypes(db, identityId, isTyping)
  const [visitor] = await db.run<{ person: string }>(
    statement(
      "chat-visitor-room",
      (p) => `select coalesce(confirmed_for, id) as person from contact_identities where id = ${p(identityId)}`,
    ),
  )
  // What was read shows when the conversation is fetched anew.
  return visitor && { rooms: [visitorRoom(visitor.person)], name: chat === "typing" ? "typing" : "message", body: {} }
}

/** To the staff who see the conversation that they are in; who is blocked is shown to nobody. */
async function visitorTypes(db: Database, identityId: string, isTyping: boolean): Promise<SocketEvent | undefined> {
  const [place] = await db.run<{ ticketId: string }>(
    statement(
      "chat-ticket-of-visitor",
      (p) => `select t.id as "ticketId" from messages m join tickets t on t.id = m.ticket_id
        join contacts c on c.id = m.contact_id and not c.blocked
        where m.identity_id = ${p(identityId)} and m.direction = 'in' and t.active order by m.position desc limit 1`,
    ),
  )
  const audience = place && (await ticketAudience(db, [place.ticketId])).get(place.ticketId)
  if (!audience) return undefined
  return { rooms: staffRooms(audience), name: "customer:typing", body: { ticketId: audience.id, isTyping } }
}

const typingBody = z.strictObject({ isTyping: z.boolean() })
const repeatAfterMs = 2_000
/** So many visitors are remembered; of one that was dropped the next signal is broadcast at once. */
const mostVisitors = 10_000

/**
 * What a visitor's page may say over its socket: that they type, or no longer do. Never what. However many sockets a visitor
 * opens on this server, staff are notified so often: that they type every two seconds, and that they stopped once after that.
 */
export function visitorTyping({ db, now }: Pick<Kit, "db" | "now">) {
  const lastSignals = new Map<string, { typingAt: number; isTyping: boolean }>()
  return (identityId: string, body: unknown): boolean => {
    const said = typingBody.safeParse(body)
    if (!said.success) return false
    const { isTyping } = said.data
    const at = now().getTime()
    const before = lastSignals.get(identityId) ?? { typingAt: Number.NEGATIVE_INFINITY, isTyping: false }
    const isNews = isTyping ? at - before.typingAt >= repeatAfterMs : before.isTyping
    if (!isNews) return true
    lastSignals.delete(identityId)
    if (lastSignals.size >= mostVisitors) lastSignals.delete(lastSignals.keys().next().value!)
    lastSignals.set(identityId, { typingAt: isTyping ? at : before.typingAt, isTyping })
    broadcast(db, { chat: "visitor", identityId, isTyping })
    return true
  }
}
