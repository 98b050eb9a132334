import { z } from "zod"
import type { Database } from "#kernel/db.ts"
import type { Emission } from "#kernel/realtime.ts"
import { onBroadcast } from "#kernel/broadcast.ts"

const notified = z.object({ notified: z.array(z.tuple([z.string(), z.string()])) })

/** Tells each user's sockets on this server that there is something for them, by its id. */
export function tellNotified(db: Database, emit: (emission: Emission) => void): () => Promise<void> {
  return onBroadcast(db, (what) => {
    for (const [userId, id] of notified.safeParse(what).data?.notified ?? [])
      emit({ rooms: [`staff:${userId}`], name: "notification", body: { id } })
  })
}
