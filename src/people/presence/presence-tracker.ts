// Who is there. A choice holds 12 hours; sockets are known in the database, so that it does not matter on which server they
// are, nor whether that server still lives. A user with the inbox open is online unless they chose otherwise.
import type { Timer } from "#timers/index.ts"
import { recordBatch } from "#event-log/index.ts"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import type { Presence } from "../api-contract.ts"
import { keepSocketsAlive, markPresenceReported, saveChoice, hasUnreportedPresence } from "./presence-store.ts"

export const presenceChoiceMs = 12 * 3_600_000
const beatEveryMs = 5_000

export async function choosePresence(act: Act, userId: string, status: Presence): Promise<void> {
  await saveChoice(act, userId, status)
  await broadcastAll(act)
}

/** Broadcasts each change once, also those that only the passing of time made. */
async function broadcastAll(act: Act) {
  const reported = await markPresenceReported(act)
  const facts = reported.map(({ userId, status }) => ({ subjectId: userId, data: { status } }))
  await recordBatch(act, "presence.changed", facts)
}

async function broadcastChanges(kit: Kit): Promise<false> {
  if (await hasUnreportedPresence(kit.db, kit.now()))
    await inTransaction(kit.db, { actor: system, now: kit.now() }, broadcastAll)
  return false
}

/** When somebody's presence is next another one because time has passed, and at once while some are not reported. */
export const presenceTimer: Timer = {
  topic: "presence",
  dueSql: `select min(case when reported_status <> presence_at(status, chosen_at, connected_until, now()) then now()
    else least(case when connected_until > now() then connected_until end,
      case when chosen_at + interval '12 hours' > now() then chosen_at + interval '12 hours' end) end) from presence`,
}

/** Notices who fell to offline, or whose choice ran out. Any number of servers may do it. */
export function startPresenceUpdates(kit: Kit, log: Log): PollingLoop {
  return startPollingLoop(kit.db, log, { name: "presence", step: () => broadcastChanges(kit), everyMs: 500 })
}

export type PresenceTracker = {
  connected: (userId: string) => void
  disconnected: (userId: string) => void
  stop: () => Promise<void>
}

/**
 * Keeps in the database whose sockets this server holds. What it says last holds for 30 seconds: a server that dies
 * takes nobody with it for longer, and a user with a socket elsewhere stays.
 */
export function startPresenceTracker(kit: Kit, log: Log): PresenceTracker {
  const sockets = new Map<string, number>()
  const writing = new Set<Promise<unknown>>()
  const write = (userIds: string[]) => {
    const done = keepSocketsAlive(kit.db, userIds, kit.now())
      .then(() => broadcastChanges(kit))
      // The next beat says it again.
      .catch((error: unknown) => log.warn({ err: error }, "presence"))
      .finally(() => writing.delete(done))
    writing.add(done)
  }
  const beat = setInterval(() => sockets.size > 0 && write([...sockets.keys()]), beatEveryMs)
  return {
    connected: (userId) => {
      sockets.set(userId, (sockets.get(userId) ?? 0) + 1)
      write([userId])
    },
    disconnected: (userId) => {
      const others = (sockets.get(userId) ?? 1) - 1
      if (others > 0) sockets.set(userId, others)
      else sockets.delete(userId)
      write([userId])
    },
    stop: async () => {
      clearInterval(beat)
      await Promise.all(writing)
    },
  }
}
