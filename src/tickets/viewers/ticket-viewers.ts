// Who is on a ticket right now, looking or writing, so that two people do not trip over each other. It lives in the memory
// of the servers: each says what its own sockets do, and says it again, so that what a dead server said runs out.
import { z } from "zod"
import type { Kit } from "#kernel/http/request-transaction.ts"
import { newId } from "#kernel/ids.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { onBroadcast, broadcast } from "#kernel/database/broadcast.ts"
import { namesOf, type Principal } from "#people/index.ts"
import {
  type ViewerMode,
  modes,
  type Viewers,
  staffRoomsOf,
  viewersEvent,
  mergeWindows,
  typingEvent,
  viewingEvent,
} from "./viewer-events.ts"
import { ticketAudience } from "../realtime-audience.ts"
import { visibleAmong } from "../ticket-store.ts"

const holdsMs = 30_000
const repeatEveryMs = 10_000
const batchDelayMs = 50
const mostAtOnce = 40

const id = z.string().max(100)
const looking = z.strictObject({ ticketId: id.nullable() })
const writing = z.strictObject({ ticketId: id, mode: z.enum(modes).nullable() })
const snapshot = z.object({
  from: z.string(),
  company: z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.enum(modes).nullable()]))])),
})

type ClientSession = { who: Principal; ticketId: string | null; mode: ViewerMode; modeUntil: number; until: number }
type Says = Record<string, (body: unknown) => boolean>

/** One server's knowledge of who is where. */
export class TicketViewers {
  private readonly me = newId("srv")
  private readonly seats = new Set<ClientSession>()
  private readonly others = new Map<string, { users: Viewers; until: number }>()
  private readonly shown = new Map<string, Viewers>()
  private readonly dirty = new Set<string>()
  private readonly unsubscribe: () => Promise<void>
  private readonly beat: NodeJS.Timeout
  private gathering: NodeJS.Timeout | null = null
  private repeatedAt: number
  private work: Promise<unknown> = Promise.resolve()
  private readonly kit: Pick<Kit, "db" | "now">
  private readonly emit: (emission: SocketEvent) => void

  constructor(kit: Pick<Kit, "db" | "now">, emit: (emission: SocketEvent) => void) {
    this.kit = kit
    this.emit = emit
    this.repeatedAt = this.now()
    this.unsubscribe = onBroadcast(kit.db, (what) => this.received(what))
    this.beat = setInterval(() => this.tick(), 1_000)
  }

  /** A socket of somebody who was let in: what it may say, and what to do when it is gone. */
  enter(who: Principal): { says: Says; left: () => void } {
    const session: ClientSession = { who, ticketId: null, mode: null, modeUntil: 0, until: Infinity }
    const looks = (body: unknown) => {
      const said = looking.safeParse(body)
      if (!said.success) return false
      const { ticketId } = said.data
      if (ticketId === null) this.inTurn(async () => this.move(session, null, null))
      else this.goTo(session, ticketId, (at) => (at === ticketId ? session.mode : null))
      return true
    }
    const types = (body: unknown) => {
      const said = writing.safeParse(body)
      if (said.success) this.goTo(session, said.data.ticketId, () => said.data.mode)
      return said.success
    }
    const left = () => void (session.until = this.now() + holdsMs)
    return { says: { viewing: looks, typing: types }, left }
  }

  /** Who is where, of the tickets that this person may see. */
  async state(who: Principal): Promise<SocketEvent[]> {
    const { db } = this.kit
    const visible = [...(await visibleAmong(db, who, [...this.shown.keys()]))]
    const names = await namesOf(
      db.kysely,
      visible.flatMap((ticketId) => [...this.all(ticketId).keys()]),
    )
    return visible.flatMap((ticketId) => viewersEvent(ticketId, this.all(ticketId), names))
  }

  /** The ticket may have gone out of somebody's sight: they are not there any more. */
  recheck(ticketId: string): void {
    this.inTurn(async () => {
      for (const session of [...this.seats].filter((one) => one.ticketId === ticketId))
        if (!(await this.sees(session.who, ticketId))) this.move(session, null, null)
    })
  }

  /** Lets go of what ran out, and says again what holds. */
  tick(): void {
    for (const session of this.seats) {
      if (session.until <= this.now()) this.leave(session)
      else if (session.mode !== null && session.modeUntil <= this.now()) this.move(session, session.ticketId, null)
    }
    for (const [key, { until }] of this.others) {
      if (until > this.now()) continue
      this.others.delete(key)
      this.inTurn(() => this.tell(key.split(" ")[1]!))
    }
    if (this.now() - this.repeatedAt < repeatEveryMs) return
    this.repeatedAt = this.now()
    for (const { ticketId } of this.seats) if (ticketId !== null) this.dirty.add(ticketId)
    this.say()
  }

  async stop(): Promise<void> {
    clearInterval(this.beat)
    if (this.gathering) clearTimeout(this.gathering)
    await this.unsubscribe()
    await this.work
  }

  private now = () => this.kit.now().getTime()

  // One thing after the other: what somebody said first is told first.
  private inTurn(what: () => Promise<unknown>): void {
    this.work = this.work.then(what).catch(() => {})
  }

  private sees = async (who: Principal, ticketId: string) =>
    (await visibleAmong(this.kit.db, who, [ticketId])).has(ticketId)

  private goTo(session: ClientSession, ticketId: string, mode: (at: string | null) => ViewerMode): void {
    this.inTurn(async () => {
      if (!(await this.sees(session.who, ticketId))) return
      // Whoever comes back is where they say now, not where they were lost.
      for (const ghost of this.seats) if (ghost.who.id === session.who.id && ghost.until !== Infinity) this.leave(ghost)
      if (session.until !== Infinity) return
      this.seats.add(session)
      this.move(session, ticketId, mode(session.ticketId))
    })
  }

  private move(session: ClientSession, ticketId: string | null, mode: ViewerMode): void {
    const before = session.ticketId
    Object.assign(session, { ticketId, mode, modeUntil: this.now() + holdsMs })
    if (before !== ticketId) this.changed(before)
    this.changed(ticketId)
  }

  private leave(session: ClientSession): void {
    this.seats.delete(session)
    this.changed(session.ticketId)
  }

  private changed(ticketId: string | null): void {
    if (ticketId === null) return
    this.dirty.add(ticketId)
    this.gathering ??= setTimeout(() => this.say(), batchDelayMs)
    this.inTurn(() => this.tell(ticketId))
  }

  private say(): void {
    this.gathering = null
    const tickets = [...this.dirty]
    this.dirty.clear()
    while (tickets.length > 0) {
      const company = tickets.splice(0, 2).map((ticketId) => [ticketId, [...this.mine(ticketId)]])
      broadcast(this.kit.db, { from: this.me, company })
    }
  }

  private received(what: unknown): void {
    const said = snapshot.safeParse(what)
    if (!said.success || said.data.from === this.me) return
    for (const [ticketId, users] of said.data.company) {
      const key = `${said.data.from} ${ticketId}`
      if (users.length > 0) this.others.set(key, { users: new Map(users), until: this.now() + holdsMs })
      else this.others.delete(key)
      this.inTurn(() => this.tell(ticketId))
    }
  }

  private mine(ticketId: string): Viewers {
    const here = [...this.seats].filter((session) => session.ticketId === ticketId).slice(0, mostAtOnce)
    return mergeWindows(here.map(({ who, mode }) => [who.id, mode]))
  }

  private all(ticketId: string): Viewers {
    const theirs = [...this.others]
      .filter(([key]) => key.endsWith(` ${ticketId}`))
      .flatMap(([, { users }]) => [...users])
    return mergeWindows([...this.mine(ticketId), ...theirs])
  }

  private async tell(ticketId: string): Promise<void> {
    const [before, users] = [this.shown.get(ticketId) ?? new Map<string, ViewerMode>(), this.all(ticketId)]
    const everybody = [...new Set([...before.keys(), ...users.keys()])]
    const isSame = everybody.length === before.size && everybody.length === users.size
    const writers = everybody.filter((user) => (before.get(user) ?? null) !== (users.get(user) ?? null))
    if (isSame && writers.length === 0) return
    if (users.size > 0) this.shown.set(ticketId, users)
    else this.shown.delete(ticketId)
    const facts = (await ticketAudience(this.kit.db, [ticketId])).get(ticketId)
    if (!facts) return
    const names = await namesOf(this.kit.db.kysely, everybody)
    const rooms = staffRoomsOf(facts)
    if (!isSame) this.emit(viewingEvent(rooms, ticketId, users, names))
    for (const user of writers) this.emit(typingEvent(rooms, ticketId, { user, mode: users.get(user) ?? null }, names))
  }
}
