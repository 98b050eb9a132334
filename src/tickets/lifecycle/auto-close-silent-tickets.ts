// A resolved support ticket closes by itself when its customer has been silent for so many days; a day before, the log says that it
// will. One that came back in time stays open: the row decides, under its lock.
import type { Timer } from "#timers/index.ts"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import { statement } from "#kernel/db.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import { startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { recordBatch } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { lockFreeTickets } from "../ticket-store.ts"
import {
  autoCloseDueSql,
  dayMs,
  lockSilentTickets,
  markAnnounced,
  restartSilence,
  type SilentTicket,
} from "./lock-and-mark-silent-tickets.ts"
import { transition } from "./transition.ts"

const topic = "auto-close"
const atOnce = 50

export const autoCloseTimer: Timer = { topic, dueSql: autoCloseDueSql }

export function startAutoClose(kit: Kit, log: Log) {
  return startPollingLoop(kit.db, log, { name: topic, step: () => closeSilentTickets(kit) })
}

/** Closes and announces what is due, some at a time; true when there may be more. */
export async function closeSilentTickets(kit: Pick<Kit, "db" | "now">): Promise<boolean> {
  const now = kit.now()
  // Looked for outside of a transaction, which would wake every loop, this one too.
  const due = await kit.db.run(
    statement("auto-close-due", (p) => `select from (${autoCloseDueSql}) d (at) where d.at <= ${p(now)}::timestamptz`),
  )
  if (due.length === 0) return false
  return inTransaction(kit.db, { actor: system, now }, async (act) => {
    const days = await readSetting(act, "support.autoCloseDays")
    if (days === 0) return false
    const over = await lockSilentTickets(act, "all", before(act, days), atOnce)
    await closeAll(act, await stillSilent(act, over), days)
    // There may be more that are over: they are closed first, for an announcement would name a day that has passed.
    if (over.length === atOnce) return true
    const nearly = days > 1 ? await lockSilentTickets(act, "unannounced", before(act, days - 1), atOnce) : []
    await announceAll(act, await stillSilent(act, nearly), days)
    return nearly.length === atOnce
  })
}

const before = ({ now }: Act, days: number) => new Date(now.getTime() - days * dayMs)

async function stillSilent(act: Act, tickets: SilentTicket[]): Promise<SilentTicket[]> {
  if (tickets.length === 0) return []
  const restarted = await restartSilence(act, tickets)
  return tickets.filter(({ id }) => !restarted.has(id))
}

async function closeAll(act: Act, tickets: SilentTicket[], days: number): Promise<void> {
  if (tickets.length === 0) return
  const why = { question: "status", answer: "closed", code: "auto_closed", inputs: { days }, rejected: [] }
  for (const ticket of await lockFreeTickets(
    act,
    tickets.map(({ id }) => id),
  ))
    await transition(act, ticket, { to: "closed", why })
}

async function announceAll(act: Act, tickets: SilentTicket[], days: number): Promise<void> {
  if (tickets.length === 0) return
  await markAnnounced(
    act,
    tickets.map(({ id }) => id),
  )
  const announced = tickets.map(({ id, since }) => ({
    ticketId: id,
    data: { closesAt: new Date(since.getTime() + days * dayMs).toISOString() },
  }))
  await recordBatch(act, "ticket.closing_announced", announced)
}
