import { z } from "zod"
import { type Database, statement } from "#kernel/db.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { onBroadcast } from "#kernel/database/broadcast.ts"

const notified = z.object({ notified: z.array(z.tuple([z.string(), z.string()])) })

/** Sends each user's sockets on this server the id of their new notification. */
export function emitNotifications(db: Database, emit: (emission: SocketEvent) => void): () => Promise<void> {
  return onBroadcast(db, (what) => {
    for (const [userId, id] of notified.safeParse(what).data?.notified ?? [])
      emit({ rooms: [`user:${userId}`], name: "notification", body: { id } })
  })
}

/** What was asked for before its page was counted as open; notifications that were made later than what they are about. */
const slackMs = 2_000

/**
 * The newest notification, if it may be missing in what a page has fetched. `openedMs`: how long ago the page was opened; of no
 * other client it is a number.
 */
export async function notificationSince(db: Database, userId: string, openedMs: unknown): Promise<SocketEvent[]> {
  if (typeof openedMs !== "number") return []
  const newest = statement(
    "newest-notification",
    (p) => `select id from (select id, created_at from notifications where user_id = ${p(userId)}
        order by created_at desc, id desc limit 1) newest
      where extract(epoch from clock_timestamp() - created_at)::float8 * 1000 < ${p(openedMs + slackMs)}::float8`,
  )
  return (await db.run<{ id: string }>(newest)).map(({ id }) => ({ rooms: [], name: "notification", body: { id } }))
}
