import { z } from "zod"
import type { Database } from "#kernel/db.ts"
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
