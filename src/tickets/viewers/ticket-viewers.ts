// Who views a ticket or types on it right now, so that two agents do not answer at once. Kept in the memory of the servers:
// each broadcasts what its own sockets do, and repeats it, so that what a dead server sent expires.
import { z } from "zod"
import type { Kit } from "#kernel/kit.ts"
import { newId } from "#kernel/ids.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { onBroadcast, broadcast } from "#kernel/database/broadcast.ts"
import { staffRooms } from "#event-log/index.ts"
import { namesOf, type Principal } from "#people/index.ts"
import {
  type ViewerMode,
  modes,
  type Viewers,
  viewersEvent,
  mergeWindows,
  typingEvent,
  viewingEvent,
} from "./viewer-events.ts"
import { ticketAudience } from "../realtime-audience.ts"
import { visibleAmong } from "../ticket-store.ts"

const expiresMs = 30_000
const repeatEveryMs = 10_000
const batchDelayMs = 50
const mostAtOnce = 40

const id = z.string().max(100)
const viewingBody = z.strictObject({ ticketId: id.nullable() })
const typingBody = z.strictObject({ ticketId: id, mode: z.enum(modes).nullable() })
const snapshot = z.object({
  from: z.string(),
  viewers: z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.enum(modes).nullable()]))])),
})

type ClientSession = { who: Principal; ticketId: string | null; mode: ViewerMode; modeUntil: number; until: number }
type ClientEvents = Record<string, (body: unknown) => boolean>

/** One server's view of who is on which ticket, on all servers. */
export class TicketViewers {
  private readonly serverId = newId("srv")
  private readonly sessions = new Set<ClientSession>()
  private readonly remote = new Map<string, { users: Viewers; until: number }>()
  private readonly shown = new Map<string, Viewers>()
  private readonly dirty = new Set<string>()
  private readonly unsubscribe: () => Promise<void>
  private readonly beat: NodeJS.Timeout
  private batchTimer: NodeJS.Timeout | null = null
  private repeatedAt: number
  private work: Promise<unknown> = Promise.resolve()
  private readonly kit: Pick<Kit, "db" | "now">
  private readonly emit: (emission: SocketEvent) => void

  constructor(kit: Pick<Kit, "db" | "now">, emit: (emission: SocketEvent) => void) {
    this.kit = kit
    this.emit = emit
    this.repeatedAt = this.now()
    this.unsubscribe = onBroadcast(kit.db, (message) => this.receive(message))
    this.beat = setInterval(() => this.tick(), 1_000)
  }

  /** For the socket of an admitted user: what it may send, and what to do when it is gone. */
  open(who: Principal): { clientEvents: ClientEvents; close: () => void } {
    const session: ClientSession = { who, ticketId: null, mode: null, modeUntil: 0, until: Infinity }
    const viewing = (body: unknown) => {
      const parsed = viewingBody.safeParse(body)
      if (!parsed.success) return false
      const { ticketId } = parsed.data
      if (ticketId === null) this.enqueue(async () => this.move(session, null, null))
      else this.goTo(session, ticketId, (at) => (at === ticketId ? session.mode : null))
      return true
    }
    const typing = (body: unknown) => {
      const parsed = typingBody.safeParse(body)
      if (parsed.success) this.goTo(session, parsed.data.ticketId, () => parsed.data.mode)
      return parsed.success
    }
    const close = () => void (session.until = this.now() + expiresMs)
    return { clientEvents: { viewing, typing }, close }
  }

  /** Who is where, of the tickets that this user may see. */
  async state(who: Principal): Promise<SocketEvent[]> {
    const { db } = this.kit
    const visible = [...(await visibleAmong(db, who, [...this.shown.keys()]))]
    const names = await namesOf(
      db.kysely,
      visible.flatMap((ticketId) => [...this.allViewers(ticketId).keys()]),
    )
    return visible.flatMap((ticketId) => viewersEvent(ticketId, this.allViewers(ticketId), names))
  }

  /** The ticket may have gone out of a user's sight: they are not on it any more. */
  recheck(ticketId: string): void {
    this.enqueue(async () => {
      for (const session of [...this.sessions].filter((one) => one.ticketId === ticketId))
        if (!(await this.canSee(session.who, ticketId))) this.move(session, null, null)
    })
  }

  /** Removes what expired, and repeats what holds. */
  tick(): void {
    for (const session of this.sessions) {
      if (session.until <= this.now()) this.remove(session)
      else if (session.mode !== null && session.modeUntil <= this.now()) this.move(session, session.ticketId, null)
    }
    for (const [key, { until }] of this.remote) {
      if (until > this.now()) continue
      this.remote.delete(key)
      this.enqueue(() => this.emitChanges(key.split(" ")[1]!))
    }
    if (this.now() - this.repeatedAt < repeatEveryMs) return
    this.repeatedAt = this.now()
    for (const { ticketId } of this.sessions) if (ticketId !== null) this.dirty.add(ticketId)
    this.broadcastDirty()
  }

  async stop(): Promise<void> {
    clearInterval(this.beat)
    if (this.batchTimer) clearTimeout(this.batchTimer)
    await this.unsubscribe()
    await this.work
  }

  private now = () => this.kit.now().getTime()

  // One step after the other: what a user sent first is emitted first.
  private enqueue(step: () => Promise<unknown>): void {
    this.work = this.work.then(step).catch(() => {})
  }

  private canSee = async (who: Principal, ticketId: string) =>
    (await visibleAmong(this.kit.db, who, [ticketId])).has(ticketId)

  private goTo(session: ClientSession, ticketId: string, mode: (at: string | null) => ViewerMode): void {
    this.enqueue(async () => {
      if (!(await this.canSee(session.who, ticketId))) return
      // A user who reconnects is where they say now, not where the connection was lost.
      for (const ghost of this.sessions)
        if (ghost.who.id === session.who.id && ghost.until !== Infinity) this.remove(ghost)
      if (session.until !== Infinity) return
      this.sessions.add(session)
      this.move(session, ticketId, mode(session.ticketId))
    })
  }

  private move(session: ClientSession, ticketId: string | null, mode: ViewerMode): void {
    const before = session.ticketId
    Object.assign(session, { ticketId, mode, modeUntil: this.now() + expiresMs })
    if (before !== ticketId) this.changed(before)
    this.changed(ticketId)
  }

  private remove(session: ClientSession): void {
    this.sessions.delete(session)
    this.changed(session.ticketId)
  }

  private changed(ticketId: string | null): void {
    if (ticketId === null) return
    this.dirty.add(ticketId)
    this.batchTimer ??= setTimeout(() => this.broadcastDirty(), batchDelayMs)
    this.enqueue(() => this.emitChanges(ticketId))
  }

  private broadcastDirty(): void {
    this.batchTimer = null
    const tickets = [...this.dirty]
    this.dirty.clear()
    while (tickets.length > 0) {
      const viewers = tickets.splice(0, 2).map((ticketId) => [ticketId, [...this.localViewers(ticketId)]])
      broadcast(this.kit.db, { from: this.serverId, viewers })
    }
  }

  private receive(message: unknown): void {
    const parsed = snapshot.safeParse(message)
    if (!parsed.success || parsed.data.from === this.serverId) return
    for (const [ticketId, users] of parsed.data.viewers) {
      const key = `${parsed.data.from} ${ticketId}`
      if (users.length > 0) this.remote.set(key, { users: new Map(users), until: this.now() + expiresMs })
      else this.remote.delete(key)
      this.enqueue(() => this.emitChanges(ticketId))
    }
  }

  private localViewers(ticketId: string): Viewers {
    const sessions = [...this.sessions].filter((session) => session.ticketId === ticketId).slice(0, mostAtOnce)
    return mergeWindows(sessions.map(({ who, mode }) => [who.id, mode]))
  }

  private allViewers(ticketId: string): Viewers {
    const remote = [...this.remote]
      .filter(([key]) => key.endsWith(` ${ticketId}`))
      .flatMap(([, { users }]) => [...users])
    return mergeWindows([...this.localViewers(ticketId), ...remote])
  }

  private async emitChanges(ticketId: string): Promise<void> {
    const [before, users] = [this.shown.get(ticketId) ?? new Map<string, ViewerMode>(), this.allViewers(ticketId)]
    const everybody = [...new Set([...before.keys(), ...users.keys()])]
    const isSame = everybody.length === before.size && everybody.length === users.size
    const writers = everybody.filter((user) => (before.get(user) ?? null) !== (users.get(user) ?? null))
    if (isSame && writers.length === 0) return
    if (users.size > 0) this.shown.set(ticketId, users)
    else this.shown.delete(ticketId)
    const audience = (await ticketAudience(this.kit.db, [ticketId])).get(ticketId)
    if (!audience) return
    const names = await namesOf(this.kit.db.kysely, everybody)
    const rooms = staffRooms(audience)
    if (!isSame) this.emit(viewingEvent(rooms, ticketId, users, names))
    for (const user of writers) this.emit(typingEvent(rooms, ticketId, { user, mode: users.get(user) ?? null }, names))
  }
}
