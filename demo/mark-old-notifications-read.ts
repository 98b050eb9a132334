// Which notifications are read: what is older than a day was seen.
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { markRead } from "#notifications/notification-store.ts"
import type { Workspace } from "./seeded-workspace-type.ts"

const dayMs = 86_400_000

export async function markOldNotificationsRead(
  { db }: Pick<Kit, "db">,
  { people }: Workspace,
  now: Date,
): Promise<void> {
  for (const who of Object.values(people)) {
    const old = await db.kysely
      .selectFrom("notifications")
      .select("id")
      .where("userId", "=", who.id)
      .where("createdAt", "<", new Date(now.getTime() - dayMs))
      .execute()
    if (old.length === 0) continue
    await inTransaction(db, { actor: who, now }, (act) => markRead(act, who.id, { ids: old.map(({ id }) => id) }))
  }
}
